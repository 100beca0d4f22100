"""Membership: the bot came into a group or is out of it, a group has a new address, a person let us in or out."""

from dataclasses import dataclass
from datetime import datetime

from store import accounts, chats, consortiums
from store.accounts import Account
from store.chats import Place
from store.database import Session


@dataclass(frozen=True, slots=True)
class Join:
    """We were added to the group; `title` is the group's own. `muted`: we may not write there."""

    place: Place
    title: str
    muted: bool = False


@dataclass(frozen=True, slots=True)
class GroupJoined:
    """`consortium`: whose group it was when we were in it last; None: still to be bound."""

    title: str
    consortium: str | None


@dataclass(frozen=True, slots=True)
class Hear:
    """Somebody wrote in the group and we could read it: we are in."""

    place: Place


@dataclass(frozen=True, slots=True)
class Depart:
    """We are out of the group, or it is gone."""

    place: Place


@dataclass(frozen=True, slots=True)
class Migrate:
    """A group became a supergroup (Bot API, `migrate_to_chat_id`)."""

    place: Place
    address: str


@dataclass(frozen=True, slots=True)
class Reach:
    """Whether a private message arrives: the person wrote to us, unblocked us (True), or blocked us (False)."""

    account: Account
    reachable: bool


def join(session: Session, request: Join, _now: datetime) -> GroupJoined:
    place = request.place
    chats.close(session, place.platform, place.address, None)
    found = chats.consortium_at(session, place)
    consortium = consortiums.get(session, found) if found is not None else None
    return GroupJoined(request.title, consortium.name if consortium else None)


def hear(session: Session, request: Hear, _now: datetime) -> None:
    """News of our coming may be lost: Telegram keeps an update for a day."""
    chats.close(session, request.place.platform, request.place.address, None)


def depart(session: Session, request: Depart, now: datetime) -> None:
    chats.close(session, request.place.platform, request.place.address, now)


def migrate(session: Session, request: Migrate, _now: datetime) -> None:
    """Telegram may say first that we left the old group: the new one is open."""
    chats.moved(session, request.place.platform, request.place.address, request.address)
    chats.close(session, request.place.platform, request.address, None)


def reach(session: Session, request: Reach, _now: datetime) -> None:
    accounts.mark(session, request.account, reachable=request.reachable)
