"""Attendance (考勤): the one computed truth of who came, from what people said, pressed and decided (domain 4).

What counts most is a person's correction, then the check-in, then an approved leave, and last what was intended.
"""

from collections import Counter
from collections.abc import Collection, Iterable
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from msgspec import Struct
from sqlalchemy import ColumnElement, and_, bindparam, func, union
from sqlalchemy import select as columns
from sqlmodel import Session, col

from store.attendees import Attendee
from store.check_ins import CheckIn, CheckInMethod
from store.corrections import Correction
from store.engine import slices
from store.leaves import Leave, LeaveState
from store.occurrences import Occurrence, OccurrenceState
from store.persons import Person
from store.responses import ParticipationStatus, Response
from store.schools import School
from store.statuses import CAME, AttendanceStatus

EVENTS = 200  # a statement asks about at most
ONE_MINUTE = timedelta(minutes=1)


class Facts(Struct, frozen=True):
    """What is known of one person at one event. `school` is where the person worked when the event's first message went
    out, of a guest when he checked in. `corrected`: the newest correction; `answered_by`: who registered the answer for
    the person; `note`: the person's word to a late one, for organisers and the own school's approvers alone."""

    occurrence: int
    person: int
    name: str
    school_id: int
    school: str
    expected: bool
    seen_at: datetime | None
    said: ParticipationStatus | None
    said_late: bool | None
    leave: LeaveState | None
    came_at: datetime | None
    late: bool | None
    corrected: AttendanceStatus | None
    state: OccurrenceState
    checks_in: bool
    closes_at: datetime
    starts_at: datetime
    method: CheckInMethod | None
    answered_by: int | None
    note: str | None


class Standing(Struct, frozen=True):
    """A person at an event. Who was not `expected` is a guest: never in 应到, never absent."""

    facts: Facts
    status: AttendanceStatus

    @property
    def came(self) -> bool:
        return self.status in CAME

    @property
    def guest(self) -> bool:
        """Came, and was not expected (旁听)."""
        return self.came and not self.facts.expected

    @property
    def late_minutes(self) -> int | None:
        """After the start, whole ones; None of who is not late, or late by somebody's word alone."""
        if self.status is not AttendanceStatus.LATE or self.facts.came_at is None:
            return None
        return max(0, int((self.facts.came_at - self.facts.starts_at) / ONE_MINUTE))

    @property
    def leave_unused(self) -> bool:
        """Approved, and then the person came after all (未使用)."""
        return self.came and self.facts.leave is LeaveState.APPROVED


def standings(
    session: Session, occurrences: Collection[int], now: datetime, person: int | None = None
) -> list[Standing]:
    """Everybody who is expected, checked in or was spoken of there, or that `person` alone: by event, school, name."""
    found: list[Standing] = []
    statement, whose = (known(), {}) if person is None else (known_of_one(), {"person": person})
    for part in slices(sorted(occurrences), EVENTS):
        rows = session.connection().execute(statement, {"occurrences": list(part)} | whose)
        found += [Standing(facts, status_of(facts, now)) for facts in (Facts(*row) for row in rows)]
    return found


def of(session: Session, occurrence: int, person: int, now: datetime) -> Standing | None:
    """None: neither expected there nor known to have come."""
    found = session.connection().execute(known_of_one(), {"occurrences": [occurrence], "person": person}).first()
    if found is None:
        return None
    facts = Facts(*found)
    return Standing(facts, status_of(facts, now))


def attended(session: Session, occurrence: int, now: datetime) -> list[int]:
    """Person ids of the expected who came; without a check-in nobody has before the end."""
    found = expected(standings(session, [occurrence], now))
    return sorted(one.facts.person for one in found if one.came)


def expected(found: Iterable[Standing]) -> list[Standing]:
    """Without the guests."""
    return [one for one in found if one.facts.expected]


def counts(found: Iterable[Standing]) -> Counter[AttendanceStatus]:
    """Of those expected: what it adds up to is 应到."""
    return Counter(one.status for one in expected(found))


def status_of(facts: Facts, now: datetime) -> AttendanceStatus:
    """By the order of truth."""
    if facts.state is OccurrenceState.CANCELLED:
        return AttendanceStatus.VOID
    struck = facts.corrected is AttendanceStatus.ABSENT_PENDING
    if facts.corrected is not None and not struck and facts.corrected is not AttendanceStatus.EXPECTED:
        return facts.corrected
    if facts.came_at is not None and not struck:
        return AttendanceStatus.LATE if facts.late else AttendanceStatus.PRESENT
    if not facts.expected:
        return AttendanceStatus.NOT_EXPECTED
    if facts.leave is LeaveState.APPROVED:
        return AttendanceStatus.LEAVE
    if facts.leave is LeaveState.PENDING:
        return AttendanceStatus.LEAVE_PENDING
    if now < facts.closes_at:
        return AttendanceStatus.LEAVE_REFUSED if facts.leave is LeaveState.REFUSED else AttendanceStatus.EXPECTED
    supposed = not facts.checks_in and not struck and facts.said is not ParticipationStatus.DECLINED
    return AttendanceStatus.PRESENT if supposed else AttendanceStatus.ABSENT_PENDING


@cache  # building a statement takes longer than executing it
def known() -> Any:
    """Columns in the order of `Facts`; one row a person and event."""
    involved = union(*(those(table) for table in (Attendee, CheckIn, Correction))).subquery()
    newest = (
        columns(func.max(col(Correction.id)).label("id"))
        .where(asked(Correction))
        .group_by(col(Correction.occurrence_id), col(Correction.person_id))
        .subquery()
    )
    standing = columns(Correction).join(newest, col(Correction.id) == newest.c.id).subquery()
    where = func.coalesce(col(Attendee.school_id), col(CheckIn.school_id), col(Person.school_id))

    def theirs(table: Any) -> ColumnElement[bool]:
        return and_(table.occurrence_id == involved.c.occurrence_id, table.person_id == involved.c.person_id)

    return (
        columns(
            involved.c.occurrence_id,
            involved.c.person_id,
            col(Person.name),
            col(School.id),
            col(School.name),
            col(Attendee.person_id).is_not(None),
            col(Response.seen_at),
            col(Response.status),
            col(Response.late),
            col(Leave.state),
            col(CheckIn.at),
            col(CheckIn.late),
            standing.c.status,
            col(Occurrence.state),
            col(Occurrence.opens_at).is_not(None),
            func.coalesce(col(Occurrence.closes_at), col(Occurrence.ends_at)),
            col(Occurrence.starts_at),
            col(CheckIn.method),
            col(Response.answered_by),
            col(Response.note),
        )
        .select_from(involved)
        .join(Occurrence, col(Occurrence.id) == involved.c.occurrence_id)
        .join(Person, col(Person.id) == involved.c.person_id)
        .join(Attendee, theirs(Attendee), isouter=True)
        .join(CheckIn, theirs(CheckIn), isouter=True)
        .join(School, col(School.id) == where)
        .join(Response, theirs(Response), isouter=True)
        .join(Leave, theirs(Leave), isouter=True)
        .join(standing, theirs(standing.c), isouter=True)
        .order_by(col(Occurrence.starts_at), involved.c.occurrence_id, col(School.id), col(Person.name), col(Person.id))
    )


@cache
def known_of_one() -> Any:
    return known().where(col(Person.id) == bindparam("person"))


def those(table: Any) -> Any:
    return columns(table.occurrence_id, table.person_id).where(asked(table))


def asked(table: Any) -> Any:
    return table.occurrence_id.in_(bindparam("occurrences", expanding=True))
