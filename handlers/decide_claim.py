"""Decide a claim: an organiser links the account to the name (批准), does not (不批准), or undoes a sure one (撤销)."""

from datetime import datetime

from msgspec import Struct

from handlers.claim import consortium_of, school_of
from store import claims, linked_accounts, links, persons
from store.accounts import Account
from store.claims import Claim, Claimant, ClaimState
from store.database import Session
from store.links import LinkNews
from store.persons import Person, Role


class ClaimRequested(Struct, frozen=True):
    """What an organiser reads. `roles`: those that go with the name; `linked`: another account has it now; `by_link`:
    the claimant was met in no group."""

    claim: int
    shown: str
    name: str
    school: str
    roles: tuple[Role, ...]
    linked: bool
    by_link: bool = False


class ClaimTaken(Struct, frozen=True):
    """The same, of a claim without doubt: it is done, and may be undone."""

    claim: int
    shown: str
    name: str
    school: str


class DecideClaim(Struct, frozen=True):
    account: Account
    claim: int
    approve: bool


class ClaimSettled(Struct, frozen=True):
    """What the organiser is told. `again`: another one has decided it."""

    shown: str
    name: str
    school: str
    consortium: str
    approved: bool
    again: bool


class MayNotDecideClaim(Struct, frozen=True):
    """Not an organiser there, or the claim is one's own or gone."""


def claim_notice(session: Session, claim: int) -> ClaimRequested | ClaimTaken | None:
    """None where it was decided meanwhile."""
    found = claims.get(session, claim)
    if found is None or found.claim.person_id is None:
        return None
    person = session.get_one(Person, found.claim.person_id)
    who = found.claim.shown, person.name, school_of(session, person)
    if found.claim.state is ClaimState.TAKEN and found.claim.decided_by is None:
        return ClaimTaken(claim, *who)
    if found.claim.state is not ClaimState.PENDING:
        return None
    roles = tuple(sorted(persons.further_roles(session, person.id or 0)))
    return ClaimRequested(claim, *who, roles, person.account_id is not None, found.claim.by_link)


def decide_claim(session: Session, request: DecideClaim, now: datetime) -> ClaimSettled | MayNotDecideClaim:
    """The first word holds; but a claim without doubt waits for none.

    The claimant is told, and the account that had the name until now: owed here, so that each is once.
    """
    found = claims.get(session, request.claim)
    organiser = persons.of_account(session, request.account, found.claim.consortium_id) if found else None
    if found is None or organiser is None or Role.ORGANISER not in organiser.roles:
        return MayNotDecideClaim()
    if found.account == request.account or found.claim.person_id is None:
        return MayNotDecideClaim()
    person, claim = linked_accounts.lock(session, found.claim.person_id), found.claim
    undoing = claim.state is ClaimState.TAKEN and claim.decided_by is None and not request.approve
    if not undoing and claim.state is not ClaimState.PENDING:
        return settled(session, found, person, again=claim.decided_by != organiser.id)
    if request.approve and may_be_linked(session, found, person):
        if person.account_id not in (None, claim.account_id):
            tell(session, claim, person.account_id or 0, LinkNews.MOVED, now)
        linked_accounts.link(session, person.id or 0, claim.account_id)
        claim.state = ClaimState.TAKEN
    else:
        if undoing and person.account_id == claim.account_id:
            linked_accounts.link(session, person.id or 0, None)
        claim.state = ClaimState.REFUSED
    news = LinkNews.LINKED if claim.state is ClaimState.TAKEN else LinkNews.REFUSED
    tell(session, claim, claim.account_id, news, now)
    claim.decided_by = organiser.id
    return settled(session, found, person, again=False)


def tell(session: Session, claim: Claim, account: int, news: LinkNews, now: datetime) -> None:
    links.tell(session, account, news, claim.person_id or 0, f"claim:{claim.id}", now)


def may_be_linked(session: Session, found: Claimant, person: Person) -> bool:
    """The person is on the roster still, and the claimant has become nobody else there."""
    now = persons.of_account(session, found.account, found.claim.consortium_id)
    return person.retired_at is None and (now is None or now.id == person.id)


def settled(session: Session, found: Claimant, person: Person, *, again: bool) -> ClaimSettled:
    claim, approved = found.claim, found.claim.state is ClaimState.TAKEN
    who = claim.shown, person.name, school_of(session, person), consortium_of(session, claim)
    return ClaimSettled(*who, approved, again)
