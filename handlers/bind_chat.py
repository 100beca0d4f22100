"""Bind (/bind): an organiser says which chat of the consortium file a group, or a topic in it, is."""

from datetime import datetime

from msgspec import Struct

from store import chats, consortiums, persons
from store.accounts import Account
from store.chats import Chat, Place
from store.database import Session
from store.persons import Role


class Bind(Struct, frozen=True):
    """`place` is None in a private chat. `title` is the group's own; `word`: the key or title of a chat, or ""."""

    account: Account
    place: Place | None
    title: str
    word: str


class BindTo(Struct, frozen=True):
    """A press on one of the choices: `chat` is its number."""

    account: Account
    place: Place
    chat: int


class Bound(Struct, frozen=True):
    title: str
    consortium: str


class BindChoice(Struct, frozen=True):
    chat: int
    title: str


class BindChoices(Struct, frozen=True):
    """Which of these chats is it?"""

    choices: tuple[BindChoice, ...]


class AlreadyBound(Struct, frozen=True):
    title: str


class BindTaken(Struct, frozen=True):
    """That chat is another group, where we still are; or this group is another consortium's."""

    title: str


class NothingToBind(Struct, frozen=True):
    """Every chat of the file has its group already, or none has that name."""


class NotOrganiser(Struct, frozen=True):
    """`linked`: somebody of the roster all the same."""

    linked: bool = True


class NotAGroup(Struct, frozen=True):
    """A private chat cannot be bound. To an organiser: `titles` of the chats that have no group yet, and a `link` that
    takes us into one, which is the platform's to make."""

    organiser: bool
    titles: tuple[str, ...] = ()
    link: str = ""


BindOutcome = Bound | BindChoices | AlreadyBound | BindTaken | NothingToBind | NotOrganiser | NotAGroup


def bind(session: Session, request: Bind, _now: datetime) -> BindOutcome:
    """Without a word: the one chat that has no group yet, or the one that is called like this group."""
    ours = persons.in_role(session, request.account, Role.ORGANISER)
    if request.place is None:
        waiting = chats.named(session, ours, request.account.platform) if ours else ()
        return NotAGroup(bool(ours), tuple(chat.title for chat in waiting if chat.address is None))
    if not ours:
        return not_organiser(session, request.account)
    named = chats.named(session, ours, request.place.platform)
    if request.word:
        found = [chat for chat in named if request.word.casefold() in (chat.key.casefold(), chat.title.casefold())]
    else:
        here = [chat for chat in named if chat.id == bound_here(session, request.place)]
        found = here or [chat for chat in named if chat.address is None]
        found = [chat for chat in found if chat.title == request.title] or found
    if len(found) > 1:
        return BindChoices(tuple(BindChoice(chat.id or 0, chat.title) for chat in found))
    return settle(session, found[0], request.place, ours) if found else NothingToBind()


def bind_to(session: Session, request: BindTo, _now: datetime) -> BindOutcome:
    ours = persons.in_role(session, request.account, Role.ORGANISER)
    if not ours:
        return not_organiser(session, request.account)
    named = chats.named(session, ours, request.place.platform)
    found = [chat for chat in named if chat.id == request.chat]
    return settle(session, found[0], request.place, ours) if found else NothingToBind()


def not_organiser(session: Session, account: Account) -> NotOrganiser:
    return NotOrganiser(linked=bool(persons.all_of_account(session, account)))


def bound_here(session: Session, place: Place) -> int | None:
    here = chats.at(session, place)
    return here.id if here is not None and here.retired_at is None else None


def settle(session: Session, chat: Chat, place: Place, ours: list[int]) -> BindOutcome:
    """A group that was lost (we were removed from it) gives its chat up; a chat of a stranger is not taken over."""
    here = chats.at(session, place)
    if here is not None and here.id == chat.id:
        chats.close(session, place.platform, place.address, None)
        return AlreadyBound(chat.title)
    if here is not None and here.retired_at is None and here.consortium_id not in ours:
        return BindTaken(here.title)
    if chat.address is not None and chat.closed_at is None:
        return BindTaken(chat.title)
    assert chat.id is not None
    chats.bind(session, chat.id, place)
    consortium = consortiums.get(session, chat.consortium_id)
    assert consortium is not None
    return Bound(chat.title, consortium.name)
