"""Absences (缺席待核): at the close whoever answers for people hears who of them is missing (domain 3.2, step 13)."""

from dataclasses import dataclass
from datetime import datetime

from handlers.oversight import Overseer
from handlers.roll import SchoolNames, answered_for, by_school
from store import persons
from store.database import Session
from store.occurrences import Held
from store.persons import Known, Person
from store.statuses import AttendanceStatus


@dataclass(frozen=True, slots=True)
class AbsencesListed:
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
