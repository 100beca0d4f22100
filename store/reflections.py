"""Reflections (活动反思): what a teacher takes home from an event. Never logged."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import update
from sqlmodel import Field, Session, SQLModel, col, select

from store.columns import one_of, unique
from store.engine import upsert


class Visibility(StrEnum):
    """仅本校可见 (where nothing else is said) and 同意公开."""

    SCHOOL = "school"
    CONSORTIUM = "consortium"


class Reflection(SQLModel, table=True):
    """A draft until `submitted_at`."""

    __table_args__ = (unique("occurrence_id", "person_id"),)
    id: int | None = Field(default=None, primary_key=True)
    occurrence_id: int = Field(foreign_key="occurrence.id")
    person_id: int = Field(foreign_key="person.id", index=True)
    text: str
    visibility: Visibility = Field(default=Visibility.SCHOOL, sa_type=one_of(Visibility))
    submitted_at: datetime | None = None


def draft(session: Session, occurrence: int, person: int, text: str) -> None:
    """The text as it stands now; what was submitted becomes a draft again."""
    key = {"occurrence_id": occurrence, "person_id": person}
    upsert(session, Reflection, key, {"text": text, "submitted_at": None})


def of(session: Session, occurrence: int, person: int) -> Reflection | None:
    asked = select(Reflection).where(Reflection.occurrence_id == occurrence, Reflection.person_id == person)
    return session.exec(asked).first()


def show(session: Session, reflection: int, visibility: Visibility) -> None:
    change = update(Reflection).where(col(Reflection.id) == reflection).values(visibility=visibility)
    session.connection().execute(change)


def submit(session: Session, reflection: int, at: datetime) -> bool:
    """False where it was submitted before."""
    mine = col(Reflection.id) == reflection, col(Reflection.submitted_at).is_(None)
    return session.connection().execute(update(Reflection).where(*mine).values(submitted_at=at)).rowcount == 1


def submitted(session: Session, occurrence: int) -> set[int]:
    """Who has handed one in."""
    rows = select(Reflection.person_id).where(
        Reflection.occurrence_id == occurrence, col(Reflection.submitted_at).is_not(None)
    )
    return set(session.exec(rows))


def of_occurrence(session: Session, occurrence: int) -> list[Reflection]:
    """Those handed in."""
    rows = select(Reflection).where(
        Reflection.occurrence_id == occurrence, col(Reflection.submitted_at).is_not(None)
    )
    return list(session.exec(rows.order_by(col(Reflection.id))))
