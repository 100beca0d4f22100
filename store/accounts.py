"""Accounts: who writes to us on a platform, before we know who it is."""

from typing import Any

from msgspec import Struct
from sqlalchemy import ColumnElement, bindparam, func, update
from sqlalchemy import select as columns
from sqlmodel import Field, Session, col, select

from store.columns import Table, unique
from store.engine import insert_new, upsert
from store.prepared import Prepared


class Account(Struct, frozen=True):
    """`address` is opaque: only its platform can read it."""

    platform: str
    address: str


class KnownAccount(Table, table=True):
    """`reachable`: a private message arrives (Bot API: only after the person wrote first). None: nobody has tried.

    `language`: in which one we speak to it in private. None: nothing was chosen, the setting holds.
    `consortium_id`: which of several answers it in private. None: nothing was chosen. `last_answer`: the number of the
    private text that answered a question of ours last.
    """

    __tablename__ = "account"
    __table_args__ = (unique("platform", "address"),)
    id: int | None = Field(default=None, primary_key=True)
    platform: str
    address: str
    reachable: bool | None = None
    language: str | None = None
    consortium_id: int | None = Field(default=None, foreign_key="consortium.id")
    last_answer: str = Field(default="", sa_column_kwargs={"server_default": ""})


# Asked with every press: built once.
SPOKEN = Prepared(
    columns(col(KnownAccount.language)).where(
        col(KnownAccount.platform) == bindparam("platform"), col(KnownAccount.address) == bindparam("address")
    )
)


def id_of(session: Session, account: Account) -> int | None:
    known = select(KnownAccount.id).where(
        KnownAccount.platform == account.platform, KnownAccount.address == account.address
    )
    return session.exec(known).first()


def answered_last(session: Session, number: int) -> str:
    return session.exec(select(KnownAccount.last_answer).where(KnownAccount.id == number)).one()


def answer_with(session: Session, number: int, message: str) -> None:
    session.connection().execute(update(KnownAccount).where(col(KnownAccount.id) == number).values(last_answer=message))


def named(session: Session, number: int) -> Account:
    row = session.get_one(KnownAccount, number)
    return Account(row.platform, row.address)


def remember(session: Session, account: Account) -> int:
    """The account's row, made where it is new; another transaction may make it at the same moment."""
    found = id_of(session, account)
    if found is None:
        row = {"platform": account.platform, "address": account.address}
        insert_new(session, KnownAccount, [row], *row)
        found = id_of(session, account)
    assert found is not None
    return found


def mark(session: Session, account: Account, *, reachable: bool) -> bool:
    """Whether a private message arrives there; True where that is news."""
    key = {"platform": account.platform, "address": account.address}
    return upsert(session, KnownAccount, key, {"reachable": reachable}, only_if=news)


def news(given: Any) -> ColumnElement[bool]:
    return col(KnownAccount.reachable).is_distinct_from(given.reachable)


def language_of(session: Session, account: Account) -> str | None:
    """The one chosen; None: none was."""
    key = {"platform": account.platform, "address": account.address}
    found = SPOKEN.first(session, key)
    return found[0] if found else None


def speak(session: Session, account: Account, language: str) -> None:
    key = {"platform": account.platform, "address": account.address}
    upsert(session, KnownAccount, key, {"language": language})


def consortium_of(session: Session, account: Account) -> int | None:
    """The one chosen to answer in private; None: none was."""
    chosen = select(KnownAccount.consortium_id).where(
        KnownAccount.platform == account.platform, KnownAccount.address == account.address
    )
    return session.exec(chosen).first()


def choose_consortium(session: Session, account: Account, consortium: int) -> None:
    key = {"platform": account.platform, "address": account.address}
    upsert(session, KnownAccount, key, {"consortium_id": consortium})


def unreachable(session: Session, account: int) -> None:
    change = update(KnownAccount).where(col(KnownAccount.id) == account).values(reachable=False)
    session.connection().execute(change)


def count_unreachable(session: Session, platform: str) -> int:
    """Accounts that no private message reaches."""
    rows = select(func.count()).select_from(KnownAccount).where(KnownAccount.platform == platform)
    return session.exec(rows.where(col(KnownAccount.reachable).is_(False))).one()
