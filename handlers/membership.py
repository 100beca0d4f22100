"""Membership: the bot came into a group or is out of it, a group has a new address, a person let us in or out."""

from datetime import datetime

from msgspec import Struct

from store import accounts, chats, consortiums, silences
from store.accounts import Account
from store.chats import Place, Silence
from store.database import Session


class Join(Struct, frozen=True):
    """We were added to the group; `title` is the group's own. `muted`: we may not write there; `reads_all`: all that is
    said there comes to us."""

    place: Place
    title: str
    muted: bool = False
    reads_all: bool = False


class GroupJoined(Struct, frozen=True):
    """`consortium`: whose group it was when we were in it last; None: still to be bound."""

    title: str
    consortium: str | None
    reads_all: bool = False


class Hear(Struct, frozen=True):
    """Somebody wrote in the group and we could read it: we are in."""

    place: Place


class Arrive(Struct, frozen=True):
    """Something that we said in the group arrived."""

    place: Place


class Depart(Struct, frozen=True):
    """We are out of the group, or it is gone."""

    place: Place


class Mute(Struct, frozen=True):
    """We are in the group, and may not write there (`why`), or may again (None)."""

    place: Place
    why: Silence | None


class Migrate(Struct, frozen=True):
    """A group became a supergroup (Bot API, `migrate_to_chat_id`)."""

    place: Place
    address: str


class Reach(Struct, frozen=True):
    """Whether a private message arrives: the person wrote to us, unblocked us (True), or blocked us (False)."""

    account: Account
    reachable: bool


def join(session: Session, request: Join, now: datetime) -> GroupJoined:
    place = request.place
    chats.close(session, place.platform, place.address, None)
    mute(session, Mute(place, Silence.MUTED if request.muted else None), now)
    found = chats.consortium_at(session, place)
    consortium = consortiums.get(session, found) if found is not None else None
    return GroupJoined(request.title, consortium.name if consortium else None, request.reads_all)


def hear(session: Session, request: Hear, now: datetime) -> None:
    """News of our coming may be lost: Telegram keeps an update for a day."""
    if chats.close(session, request.place.platform, request.place.address, None):
        silences.end_at(session, request.place, now, Silence.REMOVED)


def arrive(session: Session, request: Arrive, now: datetime) -> None:
    """Of a mute by the group's general permissions, and of its end, no update tells."""
    chats.close(session, request.place.platform, request.place.address, None)
    silences.end_where_said(session, request.place, now)


def depart(session: Session, request: Depart, now: datetime) -> None:
    chats.close(session, request.place.platform, request.place.address, now)
    silences.fall(session, request.place, Silence.REMOVED, now)


def mute(session: Session, request: Mute, now: datetime) -> None:
    if request.why is not None:
        silences.fall(session, request.place, request.why, now)
    else:
        silences.end_at(session, request.place, now)


def migrate(session: Session, request: Migrate, now: datetime) -> None:
    """Telegram may say first that we left the old group: the new one is open."""
    chats.moved(session, request.place.platform, request.place.address, request.address)
    chats.close(session, request.place.platform, request.address, None)
    silences.end_at(session, Place(request.place.platform, request.address), now, Silence.REMOVED)


def reach(session: Session, request: Reach, _now: datetime) -> None:
    accounts.mark(session, request.account, reachable=request.reachable)
