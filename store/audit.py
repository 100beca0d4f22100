"""Audit (留痕): each change of what is known of a person at an occurrence, or of leave for days; rows are added, never
changed."""

from datetime import datetime
from enum import StrEnum
from functools import cache

from sqlalchemy import bindparam, insert
from sqlmodel import Field, Session, col, select

from store.columns import Table, one_of
from store.prepared import Prepared


class AuditFact(StrEnum):
    """What was changed; ATTENDANCE is a person's word about it, which counts more than what was pressed."""

    RESPONSE = "response"
    LEAVE = "leave"
    CHECK_IN = "check_in"
    ATTENDANCE = "attendance"
    RECORD = "record"
    REFLECTION = "reflection"
    MINUTES = "minutes"
    BULLETIN = "bulletin"


class Audit(Table, table=True):
    """`actor_id`: who did it, None for the system; `was` and `became`: codes, "" for none. `why` is said by a person:
    never the reason of a leave, never a reflection. `span_id`, and no occurrence: of a request for days as a whole."""

    id: int | None = Field(default=None, primary_key=True)
    at: datetime
    actor_id: int | None = Field(default=None, foreign_key="person.id")
    person_id: int = Field(foreign_key="person.id", index=True)
    occurrence_id: int | None = Field(default=None, foreign_key="occurrence.id", index=True)
    span_id: int | None = Field(default=None, foreign_key="leave_span.id", index=True)
    fact: AuditFact = Field(sa_type=one_of(AuditFact))
    was: str = ""
    became: str = ""
    why: str = ""


def note(
    session: Session,
    fact: AuditFact,
    occurrence: int | None,
    person: int,
    at: datetime,
    *,
    by: int | None,
    was: str | None,
    became: str | None,
    why: str = "",
    span: int | None = None,
) -> None:
    about = {"person_id": person, "occurrence_id": occurrence, "span_id": span}
    row = about | {"at": at, "actor_id": by, "fact": fact}
    noting().first(session, row | {"was": was or "", "became": became or "", "why": why})


@cache  # a press notes one: building a statement takes longer than executing it
def noting() -> Prepared:
    names = ("at", "actor_id", "person_id", "occurrence_id", "span_id", "fact", "was", "became", "why")
    return Prepared(insert(Audit).values({name: bindparam(name) for name in names}))


def of(session: Session, occurrence: int, person: int) -> list[Audit]:
    """Oldest first."""
    rows = select(Audit).where(Audit.occurrence_id == occurrence, Audit.person_id == person)
    return list(session.exec(rows.order_by(col(Audit.id))))


def of_days(session: Session, span: int) -> list[Audit]:
    """Of a request for several days as a whole, oldest first."""
    return list(session.exec(select(Audit).where(Audit.span_id == span).order_by(col(Audit.id))))
