"""Chats: the groups and topics a consortium speaks in."""

from collections.abc import Collection, Sequence
from datetime import datetime
from enum import StrEnum

from msgspec import Struct
from sqlalchemy import ColumnElement, func, or_, update
from sqlmodel import Field, Session, col, select

from store import blueprint
from store.columns import Table, one_of, unique
from store.deliveries import Delivery, DeliveryState
from store.retiring import keep_named


class Place(Struct, frozen=True):
    """Where a message stands: `address` is opaque to all but its platform, `thread` 0 is no topic."""

    platform: str
    address: str
    thread: int = 0


class Silence(StrEnum):
    """Why nothing can be written: the bot is out of the group, may not write in it, or its topic is closed."""

    REMOVED = "removed"
    MUTED = "muted"
    TOPIC = "topic"


class Chat(Table, table=True):
    """`address` is NULL until the chat is bound; `closed_at`: the bot was removed from it; `silence`: what organisers
    are told of."""

    __table_args__ = (unique("consortium_id", "key"), unique("platform", "address", "thread"))
    id: int | None = Field(default=None, primary_key=True)
    consortium_id: int = Field(foreign_key="consortium.id")
    key: str
    title: str
    platform: str
    address: str | None = None
    thread: int = 0
    closed_at: datetime | None = None
    silence: Silence | None = Field(default=None, sa_type=one_of(Silence))
    silent_since: datetime | None = None
    retired_at: datetime | None = None


def by_keys(session: Session, consortium: int) -> dict[str, Chat]:
    """Every chat of the consortium, retired ones too."""
    return {chat.key: chat for chat in session.exec(select(Chat).where(Chat.consortium_id == consortium))}


def at(session: Session, place: Place) -> Chat | None:
    """The chat bound to this very place."""
    bound = select(Chat).where(
        Chat.platform == place.platform, Chat.address == place.address, Chat.thread == place.thread
    )
    return session.exec(bound).first()


def consortium_at(session: Session, place: Place) -> int | None:
    """Whose topic this is, else whose group, if it is one consortium's alone; None where it is bound to nobody."""
    bound = select(Chat.consortium_id, Chat.thread).where(
        Chat.platform == place.platform, Chat.address == place.address, col(Chat.retired_at).is_(None)
    )
    rows = session.exec(bound).all()
    owners = {owner for owner, thread in rows if thread == place.thread} or {owner for owner, _ in rows}
    return owners.pop() if len(owners) == 1 else None


def every(session: Session) -> list[Chat]:
    """All that are not retired, by their numbers."""
    return list(session.exec(select(Chat).where(col(Chat.retired_at).is_(None)).order_by(col(Chat.id))))


def named(session: Session, consortiums: Collection[int], platform: str) -> list[Chat]:
    """The chats that those files name on that platform, in the files' order; retired ones left out."""
    rows = select(Chat).where(col(Chat.consortium_id).in_(list(consortiums)), Chat.platform == platform)
    return list(session.exec(rows.where(col(Chat.retired_at).is_(None)).order_by(col(Chat.id))))


def close(session: Session, platform: str, address: str, now: datetime | None) -> int:
    """The bot is out of it (None: in again); for how many chats (topics) that is news."""
    ours = col(Chat.platform) == platform, col(Chat.address) == address
    news = col(Chat.closed_at).is_(None) if now is not None else col(Chat.closed_at).is_not(None)
    change = update(Chat).where(*ours, news).values(closed_at=now)
    return session.connection().execute(change).rowcount


def moved(session: Session, platform: str, address: str, new: str) -> int:
    """A group became a supergroup: its address is another from now on. What was bound there meanwhile stays."""
    rows = list(session.exec(select(Chat).where(Chat.platform == platform, Chat.address == address)))
    for row in rows:
        bound = at(session, Place(platform, new, row.thread))
        row.address, row.thread = (new, row.thread) if bound is None else (None, 0)
        if bound is not None:
            row.silence = row.silent_since = None
        forget_messages(session, row)
    session.flush()
    return len(rows)


def forget_messages(session: Session, chat: Chat) -> None:
    """Numbers of messages are a group's own (Bot API, `message_id`): elsewhere they would be other messages. What is on
    its way to where the chat was is said anew: that attempt counts no longer, and its number is not kept."""
    change = update(Delivery).where(col(Delivery.chat_id) == chat.id)
    session.connection().execute(change.values(message_id=None))
    again = {"state": DeliveryState.PENDING, "held_until": None, "attempts": col(Delivery.attempts) + 1}
    twice = or_(col(Delivery.perhaps_twice), col(Delivery.edits_id).is_(None))  # an edit is none the second time
    sending = change.where(col(Delivery.state) == DeliveryState.CLAIMED)
    session.connection().execute(sending.values(perhaps_twice=twice, **again))


def match(session: Session, consortium: int, named: Sequence[blueprint.Chat], now: datetime) -> dict[str, int]:
    """The rows as a consortium file has them, retired where it names them no longer. The ids of those named, by key."""
    rows = by_keys(session, consortium)
    for chat in named:
        new = Chat(consortium_id=consortium, key=chat.key, title=chat.title, platform=chat.platform)
        row = rows.setdefault(chat.key, new)
        row.title, row.platform = chat.title, chat.platform
    return keep_named(session, rows, {chat.key for chat in named}, now)


def bind(session: Session, chat: int, place: Place | None) -> None:
    """The chat is there from now on (None: nowhere); whichever was there before, perhaps a retired one, is not."""
    row = session.get_one(Chat, chat)
    if place is not None and (before := at(session, place)) and before is not row:
        before.address = before.silence = before.silent_since = None
        session.flush()
    if place is None or place.address != row.address:
        forget_messages(session, row)
    row.address, row.thread = (place.address, place.thread) if place else (None, 0)
    row.closed_at = row.silence = row.silent_since = None
    session.flush()


def count_unbound(session: Session, platform: str) -> int:
    return count(session, platform, col(Chat.address).is_(None))


def count_closed(session: Session, platform: str) -> int:
    return count(session, platform, col(Chat.closed_at).is_not(None))


def count(session: Session, platform: str, condition: ColumnElement[bool]) -> int:
    rows = select(func.count()).select_from(Chat).where(Chat.platform == platform, condition)
    return session.exec(rows.where(col(Chat.retired_at).is_(None))).one()
