"""Further accounts: what else speaks for a person beside the linked account, and is never written to by itself.

Whoever answers from a terminal is the same person to every use case; what is owed to the person stays owed to the
account that is linked (`person.account_id`).
"""

from sqlalchemy import delete
from sqlmodel import Field, Session, col, select

from store import accounts
from store.accounts import Account
from store.columns import Table
from store.engine import upsert


class FurtherAccount(Table, table=True):
    __tablename__ = "further_account"
    account_id: int = Field(foreign_key="account.id", primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True)


def speak_for(session: Session, account: Account, person: int) -> int:
    """From now on; the account's number. Nothing is sent to it: it looks by itself (`KnownAccount.reachable`)."""
    number = accounts.remember(session, account)
    accounts.mark(session, account, reachable=False)
    upsert(session, FurtherAccount, {"account_id": number}, {"person_id": person})
    return number


def of(session: Session, person: int) -> list[int]:
    """The numbers of the accounts."""
    rows = select(FurtherAccount.account_id).where(FurtherAccount.person_id == person)
    return list(session.exec(rows.order_by(col(FurtherAccount.account_id))))


def part(session: Session, person: int) -> None:
    """None of them speaks for the person any more."""
    session.connection().execute(delete(FurtherAccount).where(col(FurtherAccount.person_id) == person))
