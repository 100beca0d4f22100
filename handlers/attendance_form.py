"""Attendance form (考勤汇总表, domain 5.8): what the events of some days come to, by school and by person."""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from msgspec import Struct

from handlers.event_form import term_of
from store import agendas, attendance, consortiums
from store.attendance import Standing
from store.consortiums import Consortium
from store.database import Session
from store.statuses import CAME
from store.statuses import AttendanceStatus as Status

FEWEST = 5  # expected: a school with fewer has counts, and no percentage (domain 4.3)
NOT_DUE = (Status.OFFICIAL, Status.EXCUSED)
OPEN = (Status.ABSENT_PENDING, Status.LEAVE_PENDING, Status.LEAVE_REFUSED, Status.EXPECTED)
ONE_DAY = timedelta(days=1)


class Tally(Struct, frozen=True):
    """Of a school, or of a person at one. `events`: those at which it had somebody who was expected; `counts` add up to
    `expected` (人次)."""

    name: str
    school: str
    events: int
    counts: Counter[Status]

    @property
    def expected(self) -> int:
        return self.counts.total()

    @property
    def came(self) -> int:
        return sum(self.counts[status] for status in CAME)

    @property
    def pending(self) -> int:
        """待核: what a person has still to say."""
        return sum(self.counts[status] for status in OPEN)

    @property
    def rate(self) -> float | None:
        """出勤率; leave stays in what it is taken of. None of too few."""
        due = self.expected - sum(self.counts[status] for status in NOT_DUE)
        return self.came / due if due > 0 and self.expected >= FEWEST else None


class AttendanceForm(Struct, frozen=True):
    """From `first` to `last`, both included. `total` is the sum over `schools`. `people`: for who may see names."""

    consortium: str
    term: str
    first: date
    last: date
    schools: tuple[Tally, ...]
    total: Tally
    people: tuple[Tally, ...]
    made_at: datetime


def attendance_form(
    session: Session,
    consortium: Consortium,
    days: tuple[date, date],
    now: datetime,
    *,
    school: int | None = None,
    named: bool = False,
) -> AttendanceForm:
    """Of the events that began on these days and before now; cancelled ones and class meetings are none. `school`: of
    that one alone; `named`: by person, too."""
    first, last = days
    zone = ZoneInfo(consortium.timezone)
    from_, until = (datetime.combine(day, datetime.min.time(), zone) for day in (first, last + ONE_DAY))
    rows = agendas.between(session, consortium.id or 0, from_, min(until, now))
    held = [row.id for row, _ in rows if row.class_id is None and row.id is not None and row.starts_at >= from_]
    found = attendance.expected(attendance.standings(session, held, now))
    seen = [one for one in found if school in (None, one.facts.school_id)]
    schools = tallies(seen, lambda one: one.facts.school_id, lambda one: one.facts.school)
    people = tallies(seen, lambda one: (one.facts.school_id, one.facts.person), lambda one: one.facts.name)
    return AttendanceForm(
        consortium.name,
        term_of(consortiums.blueprint(consortium), min(last, now.astimezone(zone).date())),
        first,
        last,
        schools,
        tally("", "", seen),
        people if named else (),
        now.astimezone(zone),
    )


def tallies(
    seen: Iterable[Standing], key: Callable[[Standing], object], name: Callable[[Standing], str]
) -> tuple[Tally, ...]:
    """By school as they were settled, then by name."""
    parts: defaultdict[object, list[Standing]] = defaultdict(list)
    for one in seen:
        parts[key(one)].append(one)
    rows = sorted(parts.values(), key=lambda part: (part[0].facts.school_id, part[0].facts.name))
    return tuple(tally(name(part[0]), part[0].facts.school, part) for part in rows)


def tally(name: str, school: str, part: Collection[Standing]) -> Tally:
    return Tally(name, school, len({one.facts.occurrence for one in part}), Counter(one.status for one in part))
