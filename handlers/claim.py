"""Claim (认领姓名): whoever was met in a bound group says who on the roster (名册) he is.

Sure is a name that one teacher alone has, who is linked to nobody and whom the account's own name calls the same. All
else an organiser decides: a person with a further role is never linked without that. Organisers are told of both.
"""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from handlers.start import Linked, Start, Unlinked, Welcomed, start
from store import chats, claims, consortiums, deliveries, persons
from store.accounts import Account
from store.chats import Place
from store.claims import Claim, ClaimState
from store.database import Session
from store.deliveries import DeliveryKind, Owed
from store.persons import Person, Role
from store.schools import School

ASKED_FOR = timedelta(hours=1)
GUESSES = 3  # a day: nobody tries out a roster
GOOD_FOR = timedelta(days=7)
SHORTEST = 2  # characters of a name


@dataclass(frozen=True, slots=True)
class Meet:
    """Somebody pressed a button in that group, and so is in it."""

    account: Account
    place: Place


@dataclass(frozen=True, slots=True)
class Met:
    """`payload` leads on in private."""

    payload: str = "claim"


@dataclass(frozen=True, slots=True)
class StartClaim:
    account: Account


@dataclass(frozen=True, slots=True)
class NameAsked:
    """The next text is taken for a name."""

    consortium: str


@dataclass(frozen=True, slots=True)
class ClaimName:
    """`shown`: what the account calls itself."""

    account: Account
    name: str
    shown: str


@dataclass(frozen=True, slots=True)
class NameUnknown:
    """Nobody on the roster is called so; `left`: tries."""

    name: str
    left: int


@dataclass(frozen=True, slots=True)
class NameShared:
    """Several are: the school is to be said along."""

    name: str
    schools: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ClaimsSpent:
    """Too many names today."""


@dataclass(frozen=True, slots=True)
class ClaimSent:
    """An organiser is to decide; so many of them a private message reaches."""

    name: str
    school: str
    organisers: int


ClaimOutcome = NameAsked | NameUnknown | NameShared | ClaimsSpent | ClaimSent | Linked | Welcomed | Unlinked


def meet(session: Session, request: Meet, now: datetime) -> Met | Unlinked:
    consortium = chats.consortium_at(session, request.place)
    if consortium is None:
        return Unlinked()
    claims.meet(session, consortium, request.account, now)
    return Met()


def start_claim(session: Session, request: StartClaim, now: datetime) -> ClaimOutcome:
    """A stranger who was met nowhere learns what we are, and nothing else."""
    unlinked = [one for one in claims.of(session, request.account) if known(session, one, request.account) is None]
    if not unlinked:
        found = start(session, Start(request.account, ""), now)
        return found if isinstance(found, Welcomed) else Unlinked()
    claim = unlinked[-1]
    if claim.state is ClaimState.PENDING and claim.person_id is not None:
        return sent(session, claim, session.get_one(Person, claim.person_id))
    if claim.guesses >= GUESSES and now - claim.since <= claims.AFRESH:
        return ClaimsSpent()
    claim.asked_until = now + ASKED_FOR
    return NameAsked(consortium_of(session, claim))


def known(session: Session, claim: Claim, account: Account) -> persons.Known | None:
    return persons.of_account(session, account, claim.consortium_id)


def claim_name(session: Session, request: ClaimName, now: datetime) -> ClaimOutcome | None:
    """None: no name was asked for."""
    open_now = [one for one in claims.of(session, request.account) if one.asked_until and one.asked_until > now]
    if not open_now:
        return None
    claim = open_now[-1]
    claim.shown = request.shown
    called = named(session, claim.consortium_id, request.name)
    if len(called) > 1:
        return NameShared(called[0].name, tuple(school_of(session, one) for one in called))
    if not called:
        return guessed(claim, request.name)
    claim.person_id, claim.asked_until, claim.decided_by = called[0].id, None, None
    if is_sure(session, called[0], request.shown):
        return taken(session, claim, called[0], request, now)
    claim.state = ClaimState.PENDING
    tell_organisers(session, claim, now)
    return sent(session, claim, called[0])


def guessed(claim: Claim, name: str) -> NameUnknown | ClaimsSpent:
    claim.guesses += 1
    if claim.guesses >= GUESSES:
        claim.asked_until = None
        return ClaimsSpent()
    return NameUnknown(name[:20], GUESSES - claim.guesses)


def named(session: Session, consortium: int, words: str) -> list[Person]:
    """Those whom the words name, alone or with their school; retired people left out."""
    wanted, found = folded(words), []
    for person in persons.by_keys(session, consortium).values():
        name, school = folded(person.name), folded(school_of(session, person))
        if person.retired_at is None and wanted in (name, name + school, school + name):
            found.append(person)
    return found


def folded(name: str) -> str:
    """However it is spaced and however wide its letters are."""
    return "".join(unicodedata.normalize("NFKC", name).casefold().split())


def is_sure(session: Session, person: Person, shown: str) -> bool:
    number, name = person.id or 0, folded(person.name)
    plain = persons.roles(session, [number]).get(number, set()) <= {Role.TEACHER}
    return plain and person.account_id is None and len(name) >= SHORTEST and name in folded(shown)


def taken(session: Session, claim: Claim, person: Person, request: ClaimName, now: datetime) -> Linked:
    assert person.id is not None
    persons.link(session, person.id, claim.account_id)
    claim.state = ClaimState.TAKEN
    tell_organisers(session, claim, now)
    return Linked(person.name, school_of(session, person), consortium_of(session, claim))


def sent(session: Session, claim: Claim, person: Person) -> ClaimSent:
    organisers = organisers_of(session, claim)
    unlinked, silent = persons.out_of_reach(session, organisers)
    return ClaimSent(person.name, school_of(session, person), len(organisers) - unlinked - silent)


def organisers_of(session: Session, claim: Claim) -> Sequence[int]:
    """Nobody decides on his own."""
    everybody = persons.with_role(session, claim.consortium_id, Role.ORGANISER)
    linked = [(one, persons.account_of(session, one)) for one in everybody]
    return [one for one, account in linked if account is not None and account[0] != claim.account_id]


def tell_organisers(session: Session, claim: Claim, now: datetime) -> None:
    session.flush()
    keys = {one: f"{DeliveryKind.CLAIM}:{claim.id}:{now:%Y%m%dT%H%M%S}:{one}" for one in organisers_of(session, claim)}
    owed = [
        Owed(key, DeliveryKind.CLAIM, now, now + GOOD_FOR, None, one, None, str(claim.id)) for one, key in keys.items()
    ]
    deliveries.owe(session, owed)


def school_of(session: Session, person: Person) -> str:
    return session.get_one(School, person.school_id).name


def consortium_of(session: Session, claim: Claim) -> str:
    row = consortiums.get(session, claim.consortium_id)
    assert row is not None  # none is ever deleted
    return row.name
