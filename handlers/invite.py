"""Invite (/invite): a code for one person, which an organiser hands on; for a new phone, too."""

from dataclasses import dataclass
from datetime import datetime

from handlers.claim import NameShared, named, school_of
from handlers.start import Unlinked
from store import invites, persons
from store.accounts import Account
from store.database import Session
from store.persons import Person, Role

SHOWN = 20  # names of people who are not linked


@dataclass(frozen=True, slots=True)
class Invite:
    """`name`: with the school where it is shared, or a person's key; "" asks who is to be invited."""

    account: Account
    name: str


@dataclass(frozen=True, slots=True)
class Invited:
    """`link` and `document`, the name and content of a picture to be scanned, are the platform's to make; `days`: how
    long the code is good. `linked`: another account has the name until the code is used."""

    name: str
    school: str
    code: str
    days: int
    linked: bool
    link: str = ""
    document: tuple[str, bytes] | None = None


@dataclass(frozen=True, slots=True)
class InviteWhom:
    """The people who are not linked, the first of them by name."""

    names: tuple[str, ...]
    more: int


@dataclass(frozen=True, slots=True)
class InviteNobody:
    """Nobody is called so."""

    name: str


@dataclass(frozen=True, slots=True)
class MayNotInvite:
    """Not an organiser."""


InviteOutcome = Invited | InviteWhom | InviteNobody | NameShared | MayNotInvite | Unlinked


def invite(session: Session, request: Invite, now: datetime) -> InviteOutcome:
    """Of all the consortiums in which the asker is an organiser."""
    if not persons.all_of_account(session, request.account):
        return Unlinked()
    organised = persons.in_role(session, request.account, Role.ORGANISER)
    if not organised:
        return MayNotInvite()
    if not request.name:
        return whom(session, organised)
    found = [person for one in organised for person in named(session, one, request.name)]
    if not found:
        return InviteNobody(request.name[:20])
    if len(found) > 1:
        keys = tuple(person.key for person in found)
        return NameShared(found[0].name, tuple(school_of(session, person) for person in found), keys)
    person = found[0]
    code = invites.issue(session, person.id or 0, now)
    linked = person.account_id is not None
    return Invited(person.name, school_of(session, person), code, invites.GOOD_FOR.days, linked)


def whom(session: Session, organised: list[int]) -> InviteWhom:
    everybody = [person for one in organised for person in persons.by_keys(session, one).values()]
    names = [person.name for person in everybody if is_waiting(person)]
    return InviteWhom(tuple(names[:SHOWN]), max(0, len(names) - SHOWN))


def is_waiting(person: Person) -> bool:
    return person.account_id is None and person.retired_at is None
