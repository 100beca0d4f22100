"""Attendees (应到): who is expected at an occurrence, settled when its first message goes out."""

from collections.abc import Collection, Iterable
from datetime import datetime

from sqlalchemy import delete
from sqlmodel import Field, Session, col, select

from store.audiences import Meant
from store.columns import Table
from store.engine import insert_new


class Attendee(Table, table=True):
    """`school_id` is the school the person worked at then: that is where they are counted. `added_at`: when a person's
    word put somebody on the list; None of who was meant from the beginning."""

    occurrence_id: int = Field(foreign_key="occurrence.id", primary_key=True)
    person_id: int = Field(foreign_key="person.id", primary_key=True, index=True)
    school_id: int = Field(foreign_key="school.id")
    added_at: datetime | None = None


def expect(session: Session, occurrence: int, people: Iterable[Meant]) -> None:
    """Whoever is expected already stays so."""
    rows = [{"occurrence_id": occurrence, "person_id": person.id, "school_id": person.school_id} for person in people]
    insert_new(session, Attendee, rows, "occurrence_id", "person_id")


def add(session: Session, occurrence: int, person: int, school: int, at: datetime) -> None:
    """By a person's word, counted where the person is counted there already."""
    row = {"occurrence_id": occurrence, "person_id": person, "school_id": school, "added_at": at}
    insert_new(session, Attendee, [row], "occurrence_id", "person_id")


def remove(session: Session, occurrence: int, people: Collection[int]) -> None:
    theirs = col(Attendee.occurrence_id) == occurrence, col(Attendee.person_id).in_(people)
    session.connection().execute(delete(Attendee).where(*theirs))


def of(session: Session, occurrence: int) -> list[int]:
    rows = select(Attendee.person_id).where(Attendee.occurrence_id == occurrence)
    return list(session.exec(rows.order_by(col(Attendee.person_id))))


def expected_at(session: Session, person: int) -> frozenset[int]:
    """The occurrences for which it was settled that the person is expected."""
    return frozenset(session.exec(select(Attendee.occurrence_id).where(Attendee.person_id == person)))
