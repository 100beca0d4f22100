"""Statuses (考勤状态): what one person's part in one event comes to (domain 4.2)."""

from enum import StrEnum


class AttendanceStatus(StrEnum):
    """Codes of the contract. The system says at most ABSENT_PENDING (缺席待核); TRUANT (旷) only a person does."""

    EXPECTED = "expected"
    NOT_EXPECTED = "not_expected"
    PRESENT = "present"
    LATE = "late"
    LEFT_EARLY = "left_early"
    ONLINE = "online"
    LEAVE = "leave"
    OFFICIAL = "official"
    EXCUSED = "excused"
    LEAVE_PENDING = "leave_pending"
    LEAVE_REFUSED = "leave_refused"
    ABSENT_PENDING = "absent_pending"
    TRUANT = "truant"
    VOID = "void"


CAME = frozenset(
    {AttendanceStatus.PRESENT, AttendanceStatus.LATE, AttendanceStatus.LEFT_EARLY, AttendanceStatus.ONLINE}
)
