"""Class records (班会记录): whether a class meeting was held, moved or not held, and a few lines about it."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement
from sqlmodel import Field, Session, SQLModel, col, select

from store.columns import one_of
from store.engine import upsert


class RecordStatus(StrEnum):
    """已开 · 改期 · 未开."""

    HELD = "held"
    MOVED = "moved"
    NOT_HELD = "not_held"


class ClassRecord(SQLModel, table=True):
    __tablename__ = "class_record"
    occurrence_id: int = Field(foreign_key="occurrence.id", primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    status: RecordStatus = Field(sa_type=one_of(RecordStatus))
    note: str = ""
    recorded_at: datetime


def record(session: Session, occurrence: int, person: int, status: RecordStatus, at: datetime) -> bool:
    """The newest word counts; False where it already was this one."""
    row = {"person_id": person, "status": status, "recorded_at": at}
    key = {"occurrence_id": occurrence}
    return upsert(session, ClassRecord, key, row, only_if=another)


def another(given: Any) -> ColumnElement[bool]:
    return col(ClassRecord.status).is_distinct_from(given.status)


def of(session: Session, occurrence: int) -> ClassRecord | None:
    return session.exec(select(ClassRecord).where(ClassRecord.occurrence_id == occurrence)).first()


def note(session: Session, occurrence: int, text: str) -> None:
    row = session.get_one(ClassRecord, occurrence)
    row.note = text
    session.add(row)
    session.flush()
