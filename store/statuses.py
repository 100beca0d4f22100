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


# Why it is so, or is so no more, may be about somebody's health: 免到 is also of 产假.
ABOUT_LEAVE = frozenset(
    {
        AttendanceStatus.LEAVE,
        AttendanceStatus.LEAVE_PENDING,
        AttendanceStatus.LEAVE_REFUSED,
        AttendanceStatus.EXCUSED,
    }
)
CAME = frozenset(
    {AttendanceStatus.PRESENT, AttendanceStatus.LATE, AttendanceStatus.LEFT_EARLY, AttendanceStatus.ONLINE}
)
