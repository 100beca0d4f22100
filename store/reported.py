"""Reported events (台账): what has begun in a range, with all that a report says of an event itself."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from msgspec import Struct
from sqlalchemy import or_
from sqlmodel import Session, col, select

from store.activities import Activity
from store.classes import SchoolClass
from store.occurrences import Held, Occurrence, OccurrenceState, helds
from store.persons import Person, PersonRole, Role


class Event(Struct, frozen=True):
    """`class_` and `class_name` of a class meeting; `school_id` that of its class."""

    held: Held
    day: date
    class_: str | None
    class_name: str | None
    school_id: int | None


def events(session: Session, consortium: int, first: datetime, until: datetime) -> list[Event]:
    """What began from `first` on and before `until`, by start; of what was cancelled only what had been announced."""
    rows: Any = (
        helds()
        .add_columns(
            col(Occurrence.date),
            col(SchoolClass.key),
            col(SchoolClass.name),
            col(SchoolClass.school_id),
        )
        .join(SchoolClass, col(Occurrence.class_id) == SchoolClass.id, isouter=True)
        .where(
            col(Activity.consortium_id) == consortium,
            col(Occurrence.starts_at) >= first,
            col(Occurrence.starts_at) < until,
            or_(col(Occurrence.state) == OccurrenceState.PLANNED, col(Occurrence.settled_at).is_not(None)),
        )
        .order_by(col(Occurrence.starts_at), col(Activity.key), col(Occurrence.slot), col(Occurrence.id))
    )
    return [Event(Held(*row[:-4]), *row[-4:]) for row in session.connection().execute(rows)]


def people(session: Session, consortium: int) -> dict[int, Person]:
    """Everybody, retired and erased people too."""
    rows = select(Person).where(Person.consortium_id == consortium).order_by(col(Person.id))
    return {row.id: row for row in session.exec(rows) if row.id is not None}


def roles(session: Session, consortium: int) -> Mapping[int, set[Role]]:
    rows = select(PersonRole).join(Person, col(Person.id) == PersonRole.person_id)
    found: dict[int, set[Role]] = {}
    for row in session.exec(rows.where(Person.consortium_id == consortium)):
        found.setdefault(row.person_id, set()).add(Role(row.role))
    return found
