"""Check-ins (签到): who was there, when, and by which way."""

from datetime import datetime
from enum import StrEnum
from functools import cache
from typing import Any

from sqlalchemy import bindparam, delete, literal
from sqlmodel import Field, Session, col, select

from store import audit
from store.audit import AuditFact
from store.columns import Table, one_of, unique
from store.engine import insert_of
from store.persons import Person


class CheckInMethod(StrEnum):
    """按钮, 口令, 二维码 (the code as a link), by the organiser (补签), and from a list that was sent (签到表)."""

    BUTTON = "button"
    CODE = "code"
    QR = "qr"
    ORGANISER = "organiser"
    SHEET = "sheet"


class CheckIn(Table, table=True):
    """Of somebody expected, or of a guest (旁听). `late`: after `late_at` of the occurrence as it was then (迟到).
    `school_id`: where the person worked then, which is where a guest stays counted."""

    __tablename__ = "check_in"
    __table_args__ = (unique("occurrence_id", "person_id"),)
    id: int | None = Field(default=None, primary_key=True)
    occurrence_id: int = Field(foreign_key="occurrence.id")
    person_id: int = Field(foreign_key="person.id", index=True)
    at: datetime
    method: CheckInMethod = Field(sa_type=one_of(CheckInMethod))
    late: bool
    school_id: int | None = Field(default=None, foreign_key="school.id")


def record(session: Session, occurrence: int, person: int, at: datetime, method: CheckInMethod, *, late: bool) -> bool:
    """The first one stands; False where there was one."""
    row = {"occurrence_id": occurrence, "person_id": person, "at": at, "method": method, "late": late}
    statement = recording(session.get_bind().dialect.name)
    return session.connection().execute(statement, row | {"who": person}).first() is not None


@cache  # a press records one: building a statement takes longer than executing it
def recording(dialect: str) -> Any:
    school = select(Person.school_id).where(Person.id == bindparam("who")).scalar_subquery()
    names = ("occurrence_id", "person_id", "at", "method", "late")
    values: dict[str, Any] = {name: bindparam(name) for name in names}
    insert = insert_of(dialect, CheckIn).values(values | {"school_id": school})
    once = insert.on_conflict_do_nothing(index_elements=["occurrence_id", "person_id"])
    return once.returning(literal(1))  # `rowcount` is -1 on PostgreSQL


def of(session: Session, occurrence: int, person: int) -> CheckIn | None:
    asked = select(CheckIn).where(CheckIn.occurrence_id == occurrence, CheckIn.person_id == person)
    return session.exec(asked).first()


def people(session: Session, occurrence: int) -> list[int]:
    rows = select(CheckIn.person_id).where(CheckIn.occurrence_id == occurrence)
    return list(session.exec(rows.order_by(col(CheckIn.person_id))))


def ask_again(session: Session, occurrence: int, before: datetime, at: datetime) -> None:
    """It is on another day now: who had come on the old one has not been there yet. The audit keeps that they came."""
    theirs = col(CheckIn.occurrence_id) == occurrence, col(CheckIn.at) < before
    gone = session.exec(select(CheckIn).where(*theirs).order_by(col(CheckIn.person_id)))
    for one in gone.all():
        was = "late" if one.late else "present"
        audit.note(session, AuditFact.CHECK_IN, occurrence, one.person_id, at, by=None, was=was, became=None)
    session.connection().execute(delete(CheckIn).where(*theirs))
