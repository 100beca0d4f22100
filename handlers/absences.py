"""Absences (缺席待核): at the close whoever is missing is told in private, and whoever answers for people hears who of
them is (domain 3.2, step 13; 8.3)."""

from datetime import datetime

from msgspec import Struct

from handlers.oversight import Overseer
from handlers.roll import SchoolNames, answered_for, by_school
from store import attendance, persons
from store.database import Session
from store.leaves import LeaveState
from store.occurrences import Held
from store.persons import Known, Person
from store.statuses import AttendanceStatus


class AbsencesListed(Struct, frozen=True):
    """To an organiser of all schools, to an approver of the own one without himself. Where nobody `checks_in` they
    said 请假, and have none."""

    occurrence: int
    name: str
    title: str
    starts_at: datetime
    week: int
    missing: int
    checks_in: bool
    schools: tuple[SchoolNames, ...]


class AbsenceTold(Struct, frozen=True):
    """To the person who is missing. `checks_in` as above; `refused`: leave was asked for, and not granted."""

    occurrence: int
    name: str
    title: str
    starts_at: datetime
    week: int
    checks_in: bool
    refused: bool


def absences(session: Session, held: Held, person: int, now: datetime) -> AbsencesListed | None:
    """None where nobody is missing any more, or the person answers for nobody who is."""
    row = session.get_one(Person, person)
    roles = frozenset(persons.roles(session, [person]).get(person, set()))
    found = Overseer(Known(person, row.consortium_id, row.key, row.name, row.school_id, roles), held)
    missing = [one for one in answered_for(session, found, now) if one.status is AttendanceStatus.ABSENT_PENDING]
    if not missing:
        return None
    start = held.local(held.starts_at)
    event = held.title, start, held.week
    return AbsencesListed(held.id, row.name, *event, len(missing), held.opens_at is not None, by_school(missing))


def own_absence(session: Session, held: Held, person: int, now: datetime) -> AbsenceTold | None:
    """None where it is settled meanwhile, and of a check-in that was struck, which the person was told."""
    stands = attendance.of(session, held.id, person, now)
    if stands is None or stands.status is not AttendanceStatus.ABSENT_PENDING:
        return None
    if stands.facts.corrected is AttendanceStatus.ABSENT_PENDING:
        return None
    event = held.title, held.local(held.starts_at), held.week
    refused = stands.facts.leave is LeaveState.REFUSED
    return AbsenceTold(held.id, stands.facts.name, *event, held.opens_at is not None, refused)
