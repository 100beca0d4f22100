"""Leave (请假): asked by the teacher, decided by an approver (审批人) of the teacher's current school."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, update
from sqlmodel import Field, Session, col, select

from store import audit
from store.audit import AuditFact
from store.columns import Table, one_of, unique
from store.engine import upsert
from store.persons import Person


class LeaveKind(StrEnum):
    """病假, 事假, 公假(公务), 婚假, 产假(含陪产), 丧假, 其他 (domain 4.3): for the approver and the person alone."""

    SICK = "sick"
    PERSONAL = "personal"
    OFFICIAL = "official"
    MARRIAGE = "marriage"
    PARENTAL = "parental"
    BEREAVEMENT = "bereavement"
    OTHER = "other"


class LeaveState(StrEnum):
    PENDING = "pending"
    APPROVED = "approved"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


DECIDED = (LeaveState.APPROVED, LeaveState.REFUSED)
STANDING = (LeaveState.PENDING, LeaveState.APPROVED)


class LeaveSpan(Table, table=True):
    """Several days at a time, both included, local: one request and one decision for every event in them.

    `kind` and `reason` are for the approver and the person alone; `remark` is what the approver says to the person.
    """

    __tablename__ = "leave_span"
    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    first_day: date
    last_day: date
    kind: LeaveKind | None = Field(default=None, sa_type=one_of(LeaveKind))
    reason: str
    state: LeaveState = Field(default=LeaveState.PENDING, sa_type=one_of(LeaveState))
    asked_at: datetime
    decided_by: int | None = Field(default=None, foreign_key="person.id")
    decided_at: datetime | None = None
    remark: str | None = None


class Leave(Table, table=True):
    """From one event. `kind` and `reason` are for the approver and the person alone: in no log, no group, no report;
    of one that came with several days (`span_id`) they stand there. `remark`: the approver's, to the person."""

    __table_args__ = (unique("occurrence_id", "person_id"),)
    id: int | None = Field(default=None, primary_key=True)
    occurrence_id: int = Field(foreign_key="occurrence.id")
    person_id: int = Field(foreign_key="person.id", index=True)
    span_id: int | None = Field(default=None, foreign_key="leave_span.id", index=True)
    kind: LeaveKind | None = Field(default=None, sa_type=one_of(LeaveKind))
    reason: str
    state: LeaveState = Field(default=LeaveState.PENDING, sa_type=one_of(LeaveState))
    asked_at: datetime
    decided_by: int | None = Field(default=None, foreign_key="person.id")
    decided_at: datetime | None = None
    remark: str | None = None


def ask(
    session: Session, occurrence: int, person: int, kind: LeaveKind | None, reason: str, at: datetime
) -> Leave | None:
    """A request, or its kind and reason told again while it is open; None where it is decided."""
    found = of(session, occurrence, person)
    was = found.state if found else None
    key = {"occurrence_id": occurrence, "person_id": person}
    row = {"kind": kind, "reason": reason, "state": LeaveState.PENDING, "asked_at": at, "span_id": None}
    if not upsert(session, Leave, key, row, only_if=open_still):
        return None
    asked = found or of(session, occurrence, person)
    assert asked is not None
    session.refresh(asked)
    if was is not LeaveState.PENDING:
        note(session, asked, was, person, at)
    return asked


def open_still(_given: Any) -> ColumnElement[bool]:
    return col(Leave.state).in_([LeaveState.PENDING, LeaveState.WITHDRAWN])


def note(session: Session, row: Leave | LeaveSpan, was: LeaveState | None, by: int | None, at: datetime) -> None:
    """Its trace, once it is what it is now."""
    occurrence, span = (row.occurrence_id, None) if isinstance(row, Leave) else (None, row.id)
    about = AuditFact.LEAVE, occurrence, row.person_id, at
    audit.note(session, *about, by=by, was=was, became=row.state, span=span)


def of(session: Session, occurrence: int, person: int) -> Leave | None:
    asked = select(Leave).where(Leave.occurrence_id == occurrence, Leave.person_id == person)
    return session.exec(asked).first()


def get(session: Session, leave: int) -> Leave | None:
    return session.get(Leave, leave)


def standing(occurrence: int) -> Any:
    """Who asks for leave there or has it: a statement of person ids, for others to leave out."""
    return select(Leave.person_id).where(Leave.occurrence_id == occurrence, col(Leave.state).in_(STANDING))


def pending(session: Session, consortium: int) -> list[Leave | LeaveSpan]:
    """The requests that nobody has decided: each for an event by itself, and each for several days."""
    theirs = select(Person.id).where(Person.consortium_id == consortium)
    alone = select(Leave).where(Leave.state == LeaveState.PENDING, col(Leave.span_id).is_(None))
    days = select(LeaveSpan).where(LeaveSpan.state == LeaveState.PENDING)
    events = session.exec(alone.where(col(Leave.person_id).in_(theirs)).order_by(col(Leave.id))).all()
    spans = session.exec(days.where(col(LeaveSpan.person_id).in_(theirs)).order_by(col(LeaveSpan.id))).all()
    return [*events, *spans]


def turn(
    session: Session, row: Leave | LeaveSpan, was: LeaveState, became: LeaveState, by: int | None, at: datetime
) -> bool:
    """Decided, changed or withdrawn; False where it is no longer `was`: somebody was faster."""
    table: Any = type(row)
    values: dict[str, Any] = {"state": became}
    if became in DECIDED:
        values |= {"decided_by": by, "decided_at": at, "remark": None}
    change = update(table).where(table.id == row.id, table.state == was).values(**values)
    turned: bool = session.connection().execute(change).rowcount == 1
    session.refresh(row)
    if turned:
        note(session, row, was, by, at)
    return turned


def close(session: Session, occurrence: int, before: datetime) -> None:
    """It is cancelled, or on another day: what was asked for earlier is asked no more, what was granted is not used."""
    asked = select(Leave).where(Leave.occurrence_id == occurrence, Leave.asked_at < before)
    for leave in session.exec(asked.where(Leave.state != LeaveState.WITHDRAWN)).all():
        turn(session, leave, leave.state, LeaveState.WITHDRAWN, None, before)
