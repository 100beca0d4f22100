"""Prompts: what we asked somebody in private and wait for; replaces conversations kept in memory."""

from datetime import datetime
from enum import StrEnum
from functools import cache
from typing import Any

from msgspec import Struct
from sqlalchemy import bindparam, delete
from sqlalchemy import select as columns
from sqlmodel import Field, Session, col, select

from store import accounts, claims
from store.accounts import Account
from store.columns import Table, one_of
from store.engine import upsert
from store.persons import Person


class Asks(StrEnum):
    """A reason (请假事由), a reflection (反思), the lines of a class record (班会记录), a change of an event's plan,
    what an approver says (审批人留言), a word to a late answer (说明); whose attendance is to be corrected (考勤更正),
    and a word why; what stands for a blank of a paper (填空); questions for a clause (也这样问); what is wanted for the
    minutes (活动记录) or the bulletin of an event, which `words` names. `Prompt.words` of the first and of a remark:
    see `handlers/leave_draft.py`."""

    LEAVE_REASON = "leave_reason"
    REFLECTION = "reflection"
    RECORD_NOTE = "record_note"
    CHANGE = "change"
    LEAVE_REMARK = "leave_remark"
    RESPONSE_NOTE = "response_note"
    ROLL_NAME = "roll_name"
    CORRECTION_WORD = "correction_word"
    SLOT = "slot"
    BANK_QUESTION = "bank_question"
    MINUTES = "minutes"


class Prompt(Table, table=True):
    """One an account: the newest question is the open one. `words`: what was written so far and asked back; of a
    correction the person's number and the status, of a blank or a passage its number; what else the answer is for."""

    account_id: int = Field(foreign_key="account.id", primary_key=True)
    asks: Asks = Field(sa_type=one_of(Asks))
    occurrence_id: int | None = Field(default=None, foreign_key="occurrence.id")
    words: str = ""
    expires_at: datetime


class Open(Struct, frozen=True):
    """`occurrence` is None for a change of the plan that is about none."""

    asks: Asks
    occurrence: int | None
    words: str


def ask(
    session: Session, account: int, asks: Asks, occurrence: int | None, expires_at: datetime, words: str = ""
) -> None:
    claims.close(session, account)
    row = {"asks": asks, "occurrence_id": occurrence, "expires_at": expires_at, "words": words}
    upsert(session, Prompt, {"account_id": account}, row)


def open_for(session: Session, account: int, now: datetime) -> Open | None:
    found = session.exec(select(Prompt).where(Prompt.account_id == account, Prompt.expires_at > now)).first()
    return None if found is None else Open(Asks(found.asks), found.occurrence_id, found.words)


def close(session: Session, account: int) -> None:
    session.connection().execute(delete(Prompt).where(col(Prompt.account_id) == account))


def forget(session: Session, now: datetime) -> None:
    """What nobody answered in time: it may hold a reason that was never sent."""
    session.connection().execute(delete(Prompt).where(col(Prompt.expires_at) <= now))


def drop_change(session: Session, account: Account) -> None:
    """A change of the plan is asked for no longer."""
    number = accounts.id_of(session, account)
    change = delete(Prompt).where(col(Prompt.account_id) == number, col(Prompt.asks) == Asks.CHANGE)
    session.connection().execute(change)


def drop(session: Session, person: int, asks: Asks, occurrence: int) -> None:
    """This question to the person is open no longer; any other one stays."""
    asked = {"person": person, "asked": asks, "occurrence": occurrence}
    session.connection().execute(dropping(), asked)


@cache
def dropping() -> Any:
    account = columns(col(Person.account_id)).where(col(Person.id) == bindparam("person")).scalar_subquery()
    this = col(Prompt.asks) == bindparam("asked"), col(Prompt.occurrence_id) == bindparam("occurrence")
    return delete(Prompt).where(col(Prompt.account_id) == account, *this)
