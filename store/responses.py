"""Responses (回复): what one person said about one occurrence before it (RFC 5545, PARTSTAT)."""

from collections.abc import Collection
from datetime import datetime
from enum import StrEnum
from functools import cache
from typing import Any

from msgspec import Struct
from sqlalchemy import ColumnElement, and_, bindparam, case, func, or_, update
from sqlalchemy import select as columns
from sqlmodel import Field, Session, col, select

from store import audit, leaves
from store.accounts import Account, KnownAccount
from store.activities import Activity
from store.attendees import Attendee
from store.audit import AuditFact
from store.columns import Table, one_of, unique
from store.engine import upsert
from store.further_accounts import FurtherAccount
from store.occurrences import Held, Occurrence, helds
from store.persons import Person, speaks_for
from store.prepared import Prepared
from store.prompts import Asks, Prompt
from store.schools import School


class ParticipationStatus(StrEnum):
    """参加 and 请假. 收到 is `seen_at`, a fact of its own (domain 4.1)."""

    ACCEPTED = "accepted"
    DECLINED = "declined"


class Response(Table, table=True):
    """`late`: answered after `respond_by`; `note`: the person's word to that, for organisers and the own school's
    approvers alone. `answered_by`: who registered it for the person; None: the person did."""

    __table_args__ = (unique("occurrence_id", "person_id"),)
    id: int | None = Field(default=None, primary_key=True)
    occurrence_id: int = Field(foreign_key="occurrence.id")
    person_id: int = Field(foreign_key="person.id", index=True)
    seen_at: datetime | None = None
    status: ParticipationStatus | None = Field(default=None, sa_type=one_of(ParticipationStatus))
    answered_at: datetime | None = None
    late: bool = False
    answered_by: int | None = Field(default=None, foreign_key="person.id")
    note: str = ""


NOTHING: dict[str, Any] = {"status": None, "answered_at": None, "late": False, "answered_by": None, "note": ""}


class SchoolTally(Struct, frozen=True):
    """One school's counts at one occurrence; `expected` are its attendees."""

    school: str
    expected: int
    accepted: int
    declined: int
    seen: int

    @property
    def answered(self) -> int:
        return self.accepted + self.declined


class Said(Struct, frozen=True):
    """What one person, by name, has said so far."""

    name: str
    status: ParticipationStatus | None
    seen_at: datetime | None


class Expected(Struct, frozen=True):
    """`awaited`: what was asked of this account about the occurrence in private, and is not answered yet."""

    person: int
    said: ParticipationStatus | None
    awaited: Asks | None


def see(session: Session, occurrence: int, person: int, at: datetime) -> bool:
    """收到: read the notice; False where that was known."""
    key = {"occurrence_id": occurrence, "person_id": person}
    return upsert(session, Response, key, {"seen_at": at}, only_if=unseen)


def unseen(_given: Any) -> ColumnElement[bool]:
    return col(Response.seen_at).is_(None)


def record(
    session: Session,
    occurrence: int,
    person: int,
    status: ParticipationStatus,
    at: datetime,
    *,
    late: bool,
    by: int | None = None,
) -> bool:
    """Keep the answer, registered for the person `by` somebody, or the person's own; False where it already was this
    one. The guard is in the statement, not before it. An own answer takes the place of one that was registered."""
    key = {"occurrence_id": occurrence, "person_id": person}
    answer: dict[str, Any] = {"status": status, "answered_at": at, "late": late, "answered_by": by, "note": ""}
    return upsert(session, Response, key, answer, only_if=another)


def another(given: Any) -> ColumnElement[bool]:
    own = and_(col(Response.answered_by).is_not(None), given.answered_by.is_(None))
    return or_(col(Response.status).is_distinct_from(given.status), own)


def remark(session: Session, occurrence: int, person: int, note: str) -> None:
    """A word to the answer that stands."""
    theirs = col(Response.occurrence_id) == occurrence, col(Response.person_id) == person
    session.connection().execute(update(Response).where(*theirs).values(note=note))


def ask_again(session: Session, occurrence: int, before: datetime, at: datetime) -> None:
    """It is on another day now: no earlier answer counts any more (domain 3.2)."""
    theirs = col(Response.occurrence_id) == occurrence, col(Response.answered_at) < before
    gone = columns(col(Response.person_id), col(Response.status)).where(*theirs, col(Response.status).is_not(None))
    for person, was in session.connection().execute(gone).all():
        audit.note(session, AuditFact.RESPONSE, occurrence, person, at, by=None, was=was, became=None)
    session.connection().execute(update(Response).where(*theirs).values(**NOTHING))


def take_back(session: Session, occurrence: int, person: int) -> bool:
    """请假 holds no more, for leave is not given or not asked for any longer; False where that was not the answer."""
    mine = col(Response.occurrence_id) == occurrence, col(Response.person_id) == person
    change = update(Response).where(*mine, col(Response.status) == ParticipationStatus.DECLINED)
    return session.connection().execute(change.values(**NOTHING)).rowcount == 1


def standing(session: Session, occurrence: int, account: Account) -> tuple[Held, Expected | None] | None:
    """The occurrence, and who of those expected there answers by this account; None: there is no such occurrence.

    In one statement, built once: it is asked at every press.
    """
    asked = {"occurrence": occurrence, "platform": account.platform, "address": account.address}
    found = standings().first(session, asked)
    if found is None:
        return None
    *held, person, said, awaited = found
    return Held(*held), None if person is None else Expected(person, said, awaited)


@cache
def standings() -> Prepared:
    """One row an occurrence: an account is one person in a consortium. Outer joins are taken in this order, from the
    account on one row of an index each: SQLite would look through all who are expected."""
    account = col(KnownAccount.platform) == bindparam("platform"), col(KnownAccount.address) == bindparam("address")
    person = speaks_for(), col(Person.consortium_id) == Activity.consortium_id, col(Person.retired_at).is_(None)
    expected = col(Attendee.occurrence_id) == Occurrence.id, col(Attendee.person_id) == Person.id
    asked = and_(col(Prompt.account_id) == KnownAccount.id, col(Prompt.occurrence_id) == col(Attendee.occurrence_id))
    found = helds().add_columns(col(Attendee.person_id), col(Response.status), col(Prompt.asks))
    found = found.join(KnownAccount, and_(*account), isouter=True)
    found = found.join(FurtherAccount, col(FurtherAccount.account_id) == KnownAccount.id, isouter=True)
    found = found.join(Person, and_(*person), isouter=True)
    found = found.join(Attendee, and_(*expected), isouter=True).join(Response, answered_by_attendee(), isouter=True)
    found = found.join(Prompt, asked, isouter=True).where(col(Occurrence.id) == bindparam("occurrence"))
    return Prepared(found)


def of(session: Session, occurrence: int, person: int) -> Response | None:
    asked = select(Response).where(Response.occurrence_id == occurrence, Response.person_id == person)
    return session.exec(asked).first()


def said(session: Session, occurrence: int, person: int) -> Said:
    return said_by(session, occurrence, [person])[person]


def said_by(session: Session, occurrence: int, people: Collection[int]) -> dict[int, Said]:
    """By person. In one statement, built once: it is asked for by nudges, many at a time."""
    found = session.connection().execute(saying(), {"occurrence": occurrence, "people": list(people)})
    return {person: Said(*rest) for person, *rest in found}


@cache
def saying() -> Any:
    theirs = and_(col(Response.person_id) == Person.id, col(Response.occurrence_id) == bindparam("occurrence"))
    found = columns(col(Person.id), col(Person.name), col(Response.status), col(Response.seen_at))
    found = found.select_from(Person).join(Response, theirs, isouter=True)
    return found.where(col(Person.id).in_(bindparam("people", expanding=True)))


def coming(session: Session, occurrence: int) -> list[str]:
    """The names of those who said 参加 and neither left nor ask for leave, school by school in the file's order."""
    rows = (
        select(Person.name)
        .join(Response, col(Response.person_id) == Person.id)
        .join(Attendee, answered_by_attendee())
        .where(Response.occurrence_id == occurrence, Response.status == ParticipationStatus.ACCEPTED)
        .where(col(Person.retired_at).is_(None), col(Person.id).not_in(leaves.standing(occurrence)))
        .order_by(col(Attendee.school_id), col(Person.id))
    )
    return list(session.exec(rows))


def unanswered(session: Session, occurrence: int) -> list[int]:
    """The expected people who have said neither 参加 nor 请假 (收到 alone is no answer)."""
    rows = (
        select(Attendee.person_id)
        .join(Response, answered_by_attendee(), isouter=True)
        .where(Attendee.occurrence_id == occurrence, col(Response.status).is_(None))
        .order_by(col(Attendee.person_id))
    )
    return list(session.exec(rows))


def tally(session: Session, occurrence: int) -> list[SchoolTally]:
    """Counts by school, in the file's order of schools; schools with nobody expected are left out."""

    def counted(condition: object) -> object:
        return func.coalesce(func.sum(case((condition, 1), else_=0)), 0)  # type: ignore[arg-type]

    rows = (
        select(
            School.name,
            func.count(),
            counted(col(Response.status) == ParticipationStatus.ACCEPTED),  # type: ignore[call-overload]
            counted(col(Response.status) == ParticipationStatus.DECLINED),
            counted(col(Response.seen_at).is_not(None)),
        )
        .select_from(Attendee)
        .join(School, col(Attendee.school_id) == School.id)
        .join(Response, answered_by_attendee(), isouter=True)
        .where(Attendee.occurrence_id == occurrence)
        .group_by(School.id, School.name)
        .order_by(School.id)
    )
    return [SchoolTally(*row) for row in session.exec(rows)]


def answered_by_attendee() -> ColumnElement[bool]:
    return and_(
        col(Response.occurrence_id) == col(Attendee.occurrence_id), col(Response.person_id) == col(Attendee.person_id)
    )
