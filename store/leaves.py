"""Leave (请假): asked by the teacher, decided by an approver (审批人) of the teacher's current school."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, update
from sqlmodel import Field, Session, SQLModel, col, select

from store.columns import one_of, unique
from store.engine import upsert


class LeaveState(StrEnum):
    PENDING = "pending"
    APPROVED = "approved"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


class Leave(SQLModel, table=True):
    """`reason` is for the approver alone: in no log, no group, no report."""

    __table_args__ = (unique("occurrence_id", "person_id"),)
    id: int | None = Field(default=None, primary_key=True)
    occurrence_id: int = Field(foreign_key="occurrence.id")
    person_id: int = Field(foreign_key="person.id", index=True)
    reason: str
    state: LeaveState = Field(default=LeaveState.PENDING, sa_type=one_of(LeaveState))
    asked_at: datetime
    decided_by: int | None = Field(default=None, foreign_key="person.id")
    decided_at: datetime | None = None


def ask(session: Session, occurrence: int, person: int, reason: str, at: datetime) -> bool:
    """A request, or its reason told again while it is open; False where it is decided."""
    key = {"occurrence_id": occurrence, "person_id": person}
    row = {"reason": reason, "state": LeaveState.PENDING, "asked_at": at}
    return upsert(session, Leave, key, row, only_if=open_still)


def open_still(_given: Any) -> ColumnElement[bool]:
    return col(Leave.state).in_([LeaveState.PENDING, LeaveState.WITHDRAWN])


def of(session: Session, occurrence: int, person: int) -> Leave | None:
    asked = select(Leave).where(Leave.occurrence_id == occurrence, Leave.person_id == person)
    return session.exec(asked).first()


def get(session: Session, leave: int) -> Leave | None:
    return session.get(Leave, leave)


def decide(session: Session, leave: int, state: LeaveState, by: int, at: datetime) -> bool:
    """Decided once; False where it no longer was open."""
    mine = col(Leave.id) == leave, col(Leave.state) == LeaveState.PENDING
    change = update(Leave).where(*mine).values(state=state, decided_by=by, decided_at=at)
    return session.connection().execute(change).rowcount == 1


def withdraw(session: Session, occurrence: int, person: int) -> bool:
    """The person comes after all; False where nothing was open."""
    mine = col(Leave.occurrence_id) == occurrence, col(Leave.person_id) == person
    change = update(Leave).where(*mine, col(Leave.state) == LeaveState.PENDING).values(state=LeaveState.WITHDRAWN)
    return session.connection().execute(change).rowcount == 1


def close(session: Session, occurrence: int, before: datetime) -> None:
    """It is cancelled, or on another day: what was asked for earlier is asked no more, what was granted is not used."""
    change = update(Leave).where(col(Leave.occurrence_id) == occurrence, col(Leave.asked_at) < before)
    session.connection().execute(change.values(state=LeaveState.WITHDRAWN))


def on_leave(session: Session, occurrence: int) -> set[int]:
    """The people whose leave is approved."""
    rows = select(Leave.person_id).where(Leave.occurrence_id == occurrence, Leave.state == LeaveState.APPROVED)
    return set(session.exec(rows))
