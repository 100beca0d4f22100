"""Unanswered (待回答的问题): what was asked and found no clause, or not the right one. Never by whom."""

from datetime import datetime, timedelta
from enum import StrEnum

from msgspec import Struct
from sqlalchemy import delete, func, update
from sqlmodel import Field, Session, col, select

from store.columns import Table, one_of, unique
from store.engine import insert_new
from store.policies import bank
from store.policies.bank import Kept
from store.policies.placing import Target
from store.policies.wording import normal

KEPT_FOR = timedelta(days=180)  # after it was last asked: a term and the holidays behind it


class Reason(StrEnum):
    """No clause was found, or somebody found that what was answered does not help (👎)."""

    NONE = "none"
    UNHELPFUL = "unhelpful"


class Unanswered(Table, table=True):
    """`question`: as it was written first; `times`: how often it was asked so; `answer`: where the clause stands that
    did not help. `closed_at`: the office has given it to a clause, or said that the papers do not decide it."""

    __table_args__ = (unique("consortium_id", "normal_form"),)
    id: int | None = Field(default=None, primary_key=True)
    consortium_id: int = Field(foreign_key="consortium.id")
    normal_form: str
    question: str
    reason: Reason = Field(sa_type=one_of(Reason))
    answer: str = ""
    times: int = 0
    first_at: datetime
    last_at: datetime
    closed_at: datetime | None = None


class Waiting(Struct, frozen=True):
    """An entry of the queue."""

    number: int
    consortium: int
    question: str
    reason: Reason
    answer: str
    times: int
    first_at: datetime
    last_at: datetime
    closed: bool


def note(
    session: Session, consortium: int, question: str, now: datetime, reason: Reason = Reason.NONE, answer: str = ""
) -> None:
    """Once more asked; one that was closed is open again."""
    form = normal(question)
    if not form:
        return
    fresh = {"consortium_id": consortium, "normal_form": form, "question": question, "reason": reason, "answer": answer}
    insert_new(
        session, Unanswered, [fresh | {"times": 0, "first_at": now, "last_at": now}], "consortium_id", "normal_form"
    )
    again = {"times": col(Unanswered.times) + 1, "last_at": now, "closed_at": None, "reason": reason, "answer": answer}
    same = col(Unanswered.consortium_id) == consortium, col(Unanswered.normal_form) == form
    session.connection().execute(update(Unanswered).where(*same).values(**again))


def take_back(session: Session, consortium: int, question: str, others: bool) -> None:
    """Somebody's 👎 holds no more, and counts no more; `others`: another's does. What nobody else has asked is gone,
    and what the office had settled is so again, which it can undo."""
    same = {"consortium_id": consortium, "normal_form": normal(question)}
    row = session.exec(select(Unanswered).filter_by(**same).with_for_update()).first()
    if row is None or (row.reason == Reason.NONE and row.times == 1):  # the queue has forgotten it since
        return
    row.times -= 1
    if not others:
        row.reason, row.answer = Reason.NONE, ""
        if row.closed_at is None and bank.of_form(session, consortium, row.normal_form) is not None:
            row.closed_at = row.last_at
    session.add(row)
    if row.times < 1 and row.closed_at is None:
        session.delete(row)
    session.flush()


def waiting(session: Session, consortium: int) -> list[Waiting]:
    """What is asked most comes first."""
    rows = select(Unanswered).where(Unanswered.consortium_id == consortium, col(Unanswered.closed_at).is_(None))
    order = col(Unanswered.times).desc(), col(Unanswered.last_at).desc(), col(Unanswered.id)
    return [told(row) for row in session.exec(rows.order_by(*order))]


def count(session: Session, consortium: int) -> int:
    is_open = Unanswered.consortium_id == consortium, col(Unanswered.closed_at).is_(None)
    return session.exec(select(func.count()).select_from(Unanswered).where(*is_open)).one()


def get(session: Session, number: int) -> Waiting | None:
    row = session.get(Unanswered, number)
    return None if row is None else told(row)


def settle(session: Session, consortium: int, question: str, to: Target | None, by: int | None, now: datetime) -> None:
    """The office says which clause answers it, or that none does (None): it is in the bank, and waits no more."""
    bank.keep(session, consortium, question, to, by, now)
    close(session, consortium, normal(question), now)


def unsettle(session: Session, kept: Kept) -> None:
    """It is left to the ranker again, and waits where it had waited."""
    bank.remove(session, kept.number)
    close(session, kept.consortium, kept.normal_form, None)


def close(session: Session, consortium: int, form: str, now: datetime | None) -> None:
    """`now` None: it is open again."""
    same = col(Unanswered.consortium_id) == consortium, col(Unanswered.normal_form) == form
    session.connection().execute(update(Unanswered).where(*same).values(closed_at=now))


def forget(session: Session, now: datetime) -> None:
    session.connection().execute(delete(Unanswered).where(col(Unanswered.last_at) < now - KEPT_FOR))


def told(row: Unanswered) -> Waiting:
    which = row.id or 0, row.consortium_id, row.question, Reason(row.reason), row.answer
    return Waiting(*which, row.times, row.first_at, row.last_at, row.closed_at is not None)
