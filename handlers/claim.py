"""Claim (认领姓名): whoever was met in a bound group, or came by a link that an organiser handed round, says who on the
roster (名册) he is.

Sure is, of somebody in the group, a name that one teacher alone has, who was never linked and whom the account's own
name calls just the same. All else an organiser decides: a person with a further role is never linked without that, and
nobody by a link, which anybody may have been sent. Organisers are told of both.
"""

import re
import unicodedata
from collections.abc import Sequence
from datetime import datetime, timedelta

from msgspec import Struct

from handlers.start import Linked, Start, Unlinked, Welcomed, start
from store import chats, claims, consortiums, deliveries, linked_accounts, personal, persons, roster_links
from store.accounts import Account
from store.chats import Place
from store.claims import Claim, ClaimState
from store.database import Session
from store.deliveries import DeliveryKind, Owed
from store.persons import Person, Role
from store.schools import School

ASKED_FOR = timedelta(hours=1)
GUESSES = 3  # a day, names that are shared counted: nobody tries out a roster
GOOD_FOR = timedelta(days=7)
SHORTEST = 2  # characters of a name


class Meet(Struct, frozen=True):
    """Somebody pressed a button in that group, and so is in it."""

    account: Account
    place: Place


class Met(Struct, frozen=True):
    """`payload` leads on in private."""

    payload: str = "claim"


class StartClaim(Struct, frozen=True):
    account: Account


class FollowLink(Struct, frozen=True):
    """`code`: of the link."""

    account: Account
    code: str


class RosterLinkUnknown(Struct, frozen=True):
    """No such link, or one that has expired."""


class NameAsked(Struct, frozen=True):
    """The next text is taken for a name."""

    consortium: str


class ClaimName(Struct, frozen=True):
    """`shown`: what the account calls itself, honorifics left off."""

    account: Account
    name: str
    shown: str


class NameUnknown(Struct, frozen=True):
    """Nobody on the roster is called so; `left`: tries."""

    name: str
    left: int


class NameShared(Struct, frozen=True):
    """Several are: the school is to be said along; where that does not help, one of the `keys`, told an organiser."""

    name: str
    schools: tuple[str, ...]
    keys: tuple[str, ...] = ()


class ClaimsSpent(Struct, frozen=True):
    """Too many names today."""


class ClaimSent(Struct, frozen=True):
    """An organiser is to decide; so many of them a private message reaches."""

    name: str
    school: str
    organisers: int
    by_link: bool = False


ClaimOutcome = NameAsked | NameUnknown | NameShared | ClaimsSpent | ClaimSent | Linked | Welcomed | Unlinked


def meet(session: Session, request: Meet, now: datetime) -> Met | Unlinked:
    consortium = chats.consortium_at(session, request.place)
    if consortium is None:
        return Unlinked()
    claims.meet(session, consortium, request.account, now)
    return Met()


def follow_link(session: Session, request: FollowLink, now: datetime) -> ClaimOutcome | RosterLinkUnknown:
    """Whoever is known there already is only welcomed."""
    consortium = roster_links.consortium_of(session, request.code, now)
    if consortium is None:
        return RosterLinkUnknown()
    claims.meet(session, consortium, request.account, now, by_link=True)
    return start_claim(session, StartClaim(request.account), now)


def start_claim(session: Session, request: StartClaim, now: datetime) -> ClaimOutcome:
    """A stranger who was met nowhere lately learns what we are, and nothing else."""
    claim = claims.met(session, request.account, now)
    if claim is None or known(session, claim, request.account) is not None:
        found = start(session, Start(request.account, ""), now)
        return found if isinstance(found, Welcomed) else Unlinked()
    if claims.guesses(session, claim.account_id, now) >= GUESSES:
        return ClaimsSpent()
    claim = claims.afresh(session, claim)
    claim.asked_until = now + ASKED_FOR
    pending = waiting(session, claim, request.account, now)
    if pending is None or pending.person_id is None:
        return NameAsked(consortium_of(session, claim))
    tell_organisers(session, pending, now)  # those who were not there when it was sent
    return sent(session, pending, session.get_one(Person, pending.person_id))


def known(session: Session, claim: Claim, account: Account) -> persons.Known | None:
    return persons.of_account(session, account, claim.consortium_id)


def waiting(session: Session, claim: Claim, account: Account, now: datetime) -> Claim | None:
    """What an organiser of that consortium still has to decide."""
    ours = claims.of(session, account, claim.consortium_id)
    open_now = [one for one in ours if one.state is ClaimState.PENDING and now - one.met_at <= GOOD_FOR]
    return open_now[-1] if open_now else None


def claim_name(session: Session, request: ClaimName, now: datetime) -> ClaimOutcome | None:
    """None: no name is asked for."""
    asked = [one for one in claims.of(session, request.account) if one.asked_until and one.asked_until > now]
    if not asked:
        return None
    claim = asked[-1]
    if known(session, claim, request.account) is not None:
        claim.asked_until = None
        return None
    called = named(session, claim.consortium_id, request.name)
    if len(called) != 1:
        return guessed(session, claim, request.name, called, now)
    person = linked_accounts.lock(session, called[0].id or 0)
    claim.person_id, claim.shown, claim.asked_until = person.id, request.shown, None
    if is_sure(session, claim, person, request):
        linked_accounts.link(session, person.id or 0, claim.account_id)
        claim.state = ClaimState.TAKEN
        tell_organisers(session, claim, now)
        return Linked(person.name, school_of(session, person), consortium_of(session, claim))
    claim.state = ClaimState.PENDING
    tell_organisers(session, claim, now)
    return sent(session, claim, person)


def guessed(
    session: Session, claim: Claim, name: str, called: Sequence[Person], now: datetime
) -> NameUnknown | NameShared | ClaimsSpent:
    left = GUESSES - claims.guess(session, claim, now)
    if left <= 0:
        claim.asked_until = None
        return ClaimsSpent()
    if called:
        return NameShared(called[0].name, tuple(school_of(session, one) for one in called))
    return NameUnknown(name[:20], left)


def named(session: Session, consortium: int, words: str) -> list[Person]:
    """Those whom the words name, alone, with their school or by key; retired people left out."""
    wanted, found = folded(words), []
    for person in persons.by_keys(session, consortium).values():
        if person.retired_at is None and wanted in {*callings(session, person), folded(person.key)}:
            found.append(person)
    return found


def callings(session: Session, person: Person) -> tuple[str, str, str]:
    name, school = folded(person.name), folded(school_of(session, person))
    return name, name + school, school + name


def folded(name: str) -> str:
    """However it is spaced and dotted, and however wide its letters are."""
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", name).casefold())


def is_sure(session: Session, claim: Claim, person: Person, request: ClaimName) -> bool:
    """In the group, no further role, no history, no other account, no earlier no; and the account bears that name."""
    number = person.id or 0
    plain = not persons.further_roles(session, number)
    fresh = person.account_id is None and not personal.has_history(session, number)
    ours = claims.of(session, request.account, claim.consortium_id)
    trusted = all(one.state is not ClaimState.REFUSED for one in ours)
    borne = len(folded(person.name)) >= SHORTEST and bears(session, person, request.shown)
    return plain and fresh and trusted and borne and not claim.by_link


def bears(session: Session, person: Person, shown: str) -> bool:
    """The account is called so, and all else in it is the person's school, subject or post: 韩雪 中心·数学."""
    words = [folded(word) for word in re.split(r"[\W_]+", shown) if word]
    about = folded(" ".join((school_of(session, person), person.subject or "", person.post or "")))
    others = [word for word in words if word != folded(person.name)]
    return folded(shown) in callings(session, person) or (len(others) < len(words) and all(o in about for o in others))


def sent(session: Session, claim: Claim, person: Person) -> ClaimSent:
    organisers = organisers_of(session, claim)
    unlinked, silent = linked_accounts.out_of_reach(session, organisers)
    return ClaimSent(person.name, school_of(session, person), len(organisers) - unlinked - silent, claim.by_link)


def organisers_of(session: Session, claim: Claim) -> Sequence[int]:
    """Nobody decides on his own."""
    everybody = persons.with_role(session, claim.consortium_id, Role.ORGANISER)
    linked = [(one, linked_accounts.of(session, one)) for one in everybody]
    return [one for one, account in linked if account is not None and account[0] != claim.account_id]


def tell_organisers(session: Session, claim: Claim, now: datetime) -> None:
    """Each once."""
    session.flush()
    about = now, now + GOOD_FOR, None
    keys = {one: f"{DeliveryKind.CLAIM}:{claim.id}:{one}" for one in organisers_of(session, claim)}
    owed = [Owed(key, DeliveryKind.CLAIM, *about, one, None, str(claim.id)) for one, key in keys.items()]
    deliveries.owe(session, owed)


def school_of(session: Session, person: Person) -> str:
    return session.get_one(School, person.school_id).name


def consortium_of(session: Session, claim: Claim) -> str:
    row = consortiums.get(session, claim.consortium_id)
    assert row is not None  # none is ever deleted
    return row.name
