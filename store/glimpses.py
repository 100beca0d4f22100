"""A glimpse behind the scenes: the deliveries written last, and how many rows each table has."""

from datetime import datetime
from functools import cache
from typing import Any

from msgspec import Struct
from sqlalchemy import func
from sqlalchemy import select as columns
from sqlmodel import Session, col, select

from store.accounts import KnownAccount
from store.chats import Chat
from store.deliveries import Delivery, DeliveryKind, DeliveryState
from store.persons import Person
from store.schema import TABLES

NAMES = tuple(str(table.__tablename__) for table in TABLES)


class Glimpse(Struct, frozen=True):
    """A delivery. `to`: a group's title, a person's name, or an account's address."""

    number: int
    kind: DeliveryKind
    to: str
    due_at: datetime
    state: DeliveryState
    attempts: int
    perhaps_twice: bool
    error: str


def latest(session: Session, count: int) -> list[Glimpse]:
    """The newest first."""
    rows = (
        select(Delivery, Chat.title, Person.name, KnownAccount.address)
        .join(Chat, col(Delivery.chat_id) == Chat.id, isouter=True)
        .join(Person, col(Delivery.person_id) == Person.id, isouter=True)
        .join(KnownAccount, col(Delivery.account_id) == KnownAccount.id, isouter=True)
        .order_by(col(Delivery.id).desc())
        .limit(count)
    )
    return [
        Glimpse(
            row.id or 0,
            DeliveryKind(row.kind),
            title or name or address or "",
            row.due_at,
            DeliveryState(row.state),
            row.attempts,
            row.perhaps_twice,
            row.error,
        )
        for row, title, name, address in session.exec(rows)
    ]


def sizes(session: Session) -> dict[str, int]:
    """Rows by table, the fullest first; empty ones are left out."""
    found = dict(zip(NAMES, session.connection().execute(counting()).one(), strict=True))
    return {name: found[name] for name in sorted(found, key=lambda name: -found[name]) if found[name]}


@cache
def counting() -> Any:
    return columns(*(columns(func.count()).select_from(table).scalar_subquery() for table in TABLES))
