"""Wrong codes (口令) of an account: who typed several within a minute waits for one, whichever event is guessed at."""

from datetime import datetime, timedelta

from sqlalchemy import case, delete
from sqlmodel import Field, Session, col, select

from store.columns import Table
from store.engine import inserting

MOST = 5
WAIT = timedelta(minutes=1)


class CodeTry(Table, table=True):
    """`wrong`: how many, each within a minute of the one before; `at`: the last one."""

    __tablename__ = "code_try"
    account_id: int = Field(foreign_key="account.id", primary_key=True)
    wrong: int
    at: datetime


def wait_until(session: Session, account: int, now: datetime) -> datetime | None:
    """None: another try is free."""
    row = session.exec(select(CodeTry).where(CodeTry.account_id == account, CodeTry.at > now - WAIT)).first()
    return row.at + WAIT if row is not None and row.wrong >= MOST else None


def count(session: Session, account: int, now: datetime) -> None:
    """One more; those of long ago are forgotten."""
    first = inserting(session, CodeTry).values(account_id=account, wrong=1, at=now)
    more = case((col(CodeTry.at) > now - WAIT, col(CodeTry.wrong) + 1), else_=1)
    again = first.on_conflict_do_update(index_elements=["account_id"], set_={"wrong": more, "at": now})
    session.connection().execute(again)


def forget(session: Session, now: datetime) -> None:
    session.connection().execute(delete(CodeTry).where(col(CodeTry.at) <= now - WAIT))


def forget_account(session: Session, account: int) -> None:
    session.connection().execute(delete(CodeTry).where(col(CodeTry.account_id) == account))
