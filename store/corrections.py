"""Corrections (更正): a person's word about who came; rows are added, never changed, and the newest holds."""

from datetime import datetime

from msgspec import Struct
from sqlmodel import Field, Session, col, func, select

from store.columns import Table, one_of
from store.persons import Person
from store.statuses import AttendanceStatus


class Correction(Table, table=True):
    """`was`: the code of the status before. Two take something back: EXPECTED all earlier ones, so that what is
    recorded counts again; ABSENT_PENDING the check-in, which was a mistake. `why` is for the person and who may
    correct, and in no log."""

    id: int | None = Field(default=None, primary_key=True)
    occurrence_id: int = Field(foreign_key="occurrence.id", index=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    status: AttendanceStatus = Field(sa_type=one_of(AttendanceStatus))
    was: str
    by_id: int = Field(foreign_key="person.id")
    at: datetime
    why: str = ""


class Told(Struct, frozen=True):
    """A correction, and who made it, by name."""

    correction: Correction
    by: str


def add(session: Session, correction: Correction) -> int:
    """Its number."""
    session.add(correction)
    session.flush()
    assert correction.id is not None
    return correction.id


def newest(session: Session, correction: int) -> Told | None:
    """None where a newer one about the same person and event has overtaken it."""
    row = session.get(Correction, correction)
    if row is None:
        return None
    same = Correction.occurrence_id == row.occurrence_id, Correction.person_id == row.person_id
    last = session.exec(select(func.max(Correction.id)).where(*same)).one()
    if last != correction:
        return None
    return Told(row, session.exec(select(Person.name).where(col(Person.id) == row.by_id)).one())
