"""Report facts (台账): what a report says of an event, of a person at it, and of a term; each is a value."""

from collections import Counter
from datetime import date, datetime

from msgspec import Struct

from store.activities import ActivityKind
from store.check_ins import CheckInMethod
from store.leaves import LeaveState
from store.responses import ParticipationStatus
from store.statuses import CAME, AttendanceStatus


class Participation(Struct, frozen=True):
    """One person at one event. `person` and `school` are keys; the school is the one where the person is counted.

    Who is not `expected` is a guest. `reflected`: of a class meeting whether its record is written. `came_at` (local)
    and `method` are of the check-in.
    """

    person: str
    name: str
    school: str
    expected: bool
    seen: bool
    response: ParticipationStatus | None
    response_late: bool
    leave: LeaveState | None
    attendance: AttendanceStatus
    late_minutes: int | None
    reflected: bool
    came_at: datetime | None
    method: CheckInMethod | None

    @property
    def came(self) -> bool:
        return self.attendance in CAME

    @property
    def leave_unused(self) -> bool:
        return self.came and self.leave is LeaveState.APPROVED


class ReportEvent(Struct, frozen=True):
    """Instants are local. `term` and `class_` are keys, "" and None for none; `school`: the key of the class's.

    `before_us`: nobody was asked yet when it began; `record`: of a class meeting (`ClassRecord.code`), None while there
    is none.
    """

    occurrence: int
    activity: str
    kind: ActivityKind
    title: str
    date: date
    starts_at: datetime
    ends_at: datetime
    week: int
    term: str
    class_: str | None
    class_name: str | None
    school: str | None
    host: str | None
    place: str | None
    theme: str | None
    cancelled: bool
    before_us: bool
    checks_in: bool
    record: str | None
    people: tuple[Participation, ...]

    @property
    def expected(self) -> list[Participation]:
        return [one for one in self.people if one.expected]

    @property
    def counts(self) -> Counter[AttendanceStatus]:
        """Of those expected: what it adds up to is 应到."""
        return Counter(one.attendance for one in self.expected)

    @property
    def guests(self) -> int:
        return sum(one.came and not one.expected for one in self.people)


class ReportTerm(Struct, frozen=True):
    """`closed`: its figures stand. `plan`: the JSON of the blueprint as it stood then."""

    key: str
    name: str
    first_day: date
    last_day: date
    stands_at: datetime
    closed: bool
    plan: str
