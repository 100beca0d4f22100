"""Invite (/invite): a code for one person, which an organiser hands on, for a new phone, too; and a link for all who
are not linked yet."""

from datetime import datetime

from msgspec import Struct

from handlers.claim import NameShared, named, school_of
from handlers.start import Unlinked
from store import consortiums, invites, linked_accounts, persons, roster_links
from store.accounts import Account
from store.database import Session
from store.persons import Role
from store.schools import School

SHOWN = 60  # names of people who are not linked, of all schools together


class Invite(Struct, frozen=True):
    """`name`: with the school where it is shared, or a person's key; "" asks who is to be invited."""

    account: Account
    name: str


class Invited(Struct, frozen=True):
    """`link` and `document`, the name and content of a picture to be scanned, are the platform's to make; `days`: how
    long the code is good. `linked`: another account has the name until the code is used."""

    name: str
    school: str
    code: str
    days: int
    linked: bool
    link: str = ""
    document: tuple[str, bytes] | None = None


class SchoolWaiting(Struct, frozen=True):
    """Of one school the people who are not linked: the first `names`, and how many in all."""

    school: str
    count: int
    names: tuple[str, ...]


class InviteWhom(Struct, frozen=True):
    """Who is not linked, and the names of those who are, but whom no private message reaches;
    `waiting`: the consortiums of the former, for each of which something is to be passed on."""

    schools: tuple[SchoolWaiting, ...]
    silent: tuple[str, ...]
    waiting: tuple[int, ...]


class HandRound(Struct, frozen=True):
    account: Account
    consortium: int


class HandedRound(Struct, frozen=True):
    """To be passed on as it is, in another messenger, too: `link` and `picture`, as in `Invited`; good for `days`."""

    consortium: str
    code: str
    days: int
    link: str = ""
    picture: tuple[str, bytes] | None = None


class InviteNobody(Struct, frozen=True):
    """Nobody is called so."""

    name: str


class MayNotInvite(Struct, frozen=True):
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
    waiting: dict[int, list[str]] = {}
    silent: list[str] = []
    asked = []
    for consortium in organised:
        people = [one for one in persons.by_keys(session, consortium).values() if one.retired_at is None]
        unlinked = [one for one in people if one.account_id is None]
        for person in unlinked:
            waiting.setdefault(person.school_id, []).append(person.name)
        unheard = linked_accounts.unheard(session, consortium)
        silent += [one.name for one in people if one.id in unheard]
        if unlinked:
            asked.append(consortium)
    each = max(SHOWN // max(len(waiting), 1), 1)
    schools = tuple(
        SchoolWaiting(session.get_one(School, school).name, len(names), tuple(names[:each]))
        for school, names in sorted(waiting.items())
    )
    return InviteWhom(schools, tuple(silent[:SHOWN]), tuple(asked))


def hand_round(session: Session, request: HandRound, now: datetime) -> HandedRound | MayNotInvite:
    """A link for whoever is on the roster of that consortium, of which the asker is an organiser."""
    if request.consortium not in persons.in_role(session, request.account, Role.ORGANISER):
        return MayNotInvite()
    row = consortiums.get(session, request.consortium)
    assert row is not None  # none is ever deleted
    code = roster_links.issue(session, request.consortium, now)
    return HandedRound(row.name, code, roster_links.GOOD_FOR.days)
