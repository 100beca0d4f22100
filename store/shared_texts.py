"""Shared texts: reflections (反思) as others read them: by school of the author then, those handed in alone."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from msgspec import Struct
from sqlalchemy import ColumnElement, and_, func, or_
from sqlmodel import Session, col, select

from store.activities import Activity
from store.attendees import Attendee
from store.occurrences import Occurrence, OccurrenceState
from store.persons import Person
from store.reflections import Reflection, is_shared, is_written
from store.schools import School


class Readable(Struct, frozen=True):
    """What somebody may read: all of these schools (本校), what is shared (同意公开) in these consortiums."""

    schools: tuple[int, ...] = ()
    consortiums: tuple[int, ...] = ()


class Told(Struct, frozen=True):
    """A reflection as somebody else may read it; `school`: where its author worked then."""

    id: int
    occurrence: int
    school: str
    author: str
    text: str


class About(Struct, frozen=True):
    """An event of which there is something to read: `first` is the number of the first reflection."""

    occurrence: int
    title: str
    starts_at: datetime
    count: int
    first: int


class SchoolCount(Struct, frozen=True):
    """`written`: handed in, those taken out since included; `shared`: those of them that all may read."""

    school: str
    written: int
    shared: int


def events(session: Session, readable: Readable, skip: int, most: int) -> list[About]:
    """The newest first."""
    numbers = func.count(), func.min(col(Reflection.id))
    rows = (
        told(Occurrence.id, Activity.title, Occurrence.starts_at, *numbers)
        .where(may_read(readable), Occurrence.state == OccurrenceState.PLANNED)
        .group_by(col(Occurrence.id), col(Activity.title), col(Occurrence.starts_at))
        .order_by(col(Occurrence.starts_at).desc(), col(Occurrence.id))
    )
    return [About(*row) for row in session.exec(rows.offset(skip).limit(most))]


def texts(session: Session, readable: Readable, first: int, most: int) -> list[Told]:
    """That one and those after it, about the same event; none where it may not be read."""
    about = told(Reflection.occurrence_id).where(Reflection.id == first, may_read(readable)).scalar_subquery()
    rows = told(Reflection.id, Reflection.occurrence_id, School.name, Person.name, Reflection.text)
    rows = rows.where(may_read(readable), Reflection.occurrence_id == about, col(Reflection.id) >= first)
    return [Told(*row) for row in session.exec(rows.order_by(col(Reflection.id)).limit(most))]


def quotable(session: Session, occurrences: Collection[int]) -> list[Told]:
    """All that is shared with all schools, in the order in which it was begun."""
    rows = told(Reflection.id, Reflection.occurrence_id, School.name, Person.name, Reflection.text)
    rows = rows.where(is_shared(), col(Reflection.occurrence_id).in_(occurrences))
    return [Told(*row) for row in session.exec(rows.order_by(col(Reflection.id)))]


def counts(session: Session, occurrences: Collection[int]) -> list[SchoolCount]:
    """The schools of which something was handed in, by their order in the file."""
    written, shared = func.count(), func.count().filter(is_shared())
    rows = (
        told(School.name, written, shared)
        .where(col(Reflection.submitted_at).is_not(None), col(Reflection.occurrence_id).in_(occurrences))
        .group_by(col(School.id), col(School.name))
        .order_by(col(School.id))
    )
    return [SchoolCount(*row) for row in session.exec(rows)]


def told(*columns: Any) -> Any:
    """Each reflection beside its author, the author's school then, and the event."""
    theirs = and_(
        col(Attendee.occurrence_id) == Reflection.occurrence_id, col(Attendee.person_id) == Reflection.person_id
    )
    return (
        select(*columns)
        .select_from(Reflection)
        .join(Attendee, theirs)
        .join(School, col(Attendee.school_id) == School.id)
        .join(Person, col(Reflection.person_id) == Person.id)
        .join(Occurrence, col(Reflection.occurrence_id) == Occurrence.id)
        .join(Activity, col(Occurrence.activity_id) == Activity.id)
    )


def may_read(readable: Readable) -> ColumnElement[bool]:
    own = and_(is_written(), col(Attendee.school_id).in_(readable.schools))
    return or_(own, and_(is_shared(), col(Activity.consortium_id).in_(readable.consortiums)))
