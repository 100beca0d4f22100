"""Papers (/ask, with nothing behind it): an organiser sees which policy papers answer, and withdraws one."""

from datetime import datetime

from msgspec import Struct

from handlers.respond_for import OrganisersOnly
from store import consortiums, persons
from store.accounts import Account
from store.database import Session
from store.persons import Known, Role
from store.policies import editions, history, slots
from store.policies.clauses import flat
from store.policies.history import Dated


class OpenPaper(Struct, frozen=True):
    account: Account
    document: int


class WithdrawPaper(Struct, frozen=True):
    """`sure`: asked before."""

    account: Account
    document: int
    sure: bool


class PaperItem(Struct, frozen=True):
    number: int
    title: str
    edition: int


class PaperOpened(Struct, frozen=True):
    """`blanks`: how many places it leaves open, `filled`: how many of these an organiser has filled in."""

    number: int
    title: str
    edition: int
    since: datetime
    source: str
    clauses: int
    blanks: int
    filled: int


class PaperGone(Struct, frozen=True):
    """Withdrawn, or another consortium's."""


class PaperWithdrawalAsked(Struct, frozen=True):
    number: int
    title: str
    edition: int


class PaperWithdrawn(Struct, frozen=True):
    """It answers no more; its editions stay readable."""

    title: str
    edition: int


class InCharge(Struct, frozen=True):
    """An organiser, and the edition in force of a paper of the own consortium."""

    known: Known
    edition: Dated


def listed(session: Session, known: Known) -> tuple[PaperItem, ...]:
    """For organisers alone: those in force, by title."""
    if Role.ORGANISER not in known.roles:
        return ()
    found = [one for one in history.history(session, known.consortium_id) if one.until is None]
    return tuple(PaperItem(one.document, one.title, one.number) for one in found)


def in_charge(session: Session, account: Account, document: int) -> InCharge | PaperGone | OrganisersOnly:
    ours = [one for one in persons.all_of_account(session, account) if Role.ORGANISER in one.roles]
    found = ((one, history.in_force(session, one.consortium_id, document)) for one in ours)
    seen = next((InCharge(one, edition) for one, edition in found if edition is not None), PaperGone())
    return seen if ours else OrganisersOnly()


def open_paper(session: Session, request: OpenPaper, _now: datetime) -> PaperOpened | PaperGone | OrganisersOnly:
    found = in_charge(session, request.account, request.document)
    if not isinstance(found, InCharge):
        return found
    it = found.edition
    drafts = editions.clauses(session, it.id)
    blanks = slots.of_edition(session, it.document, it.title, drafts)
    filled = sum(one.value is not None for one in blanks)
    since = local(session, found.known, it.since)
    counts = len(list(flat(drafts))), len(blanks), filled
    return PaperOpened(it.document, it.title, it.number, since, it.source_name, *counts)


def withdraw_paper(
    session: Session, request: WithdrawPaper, now: datetime
) -> PaperWithdrawalAsked | PaperWithdrawn | PaperGone | OrganisersOnly:
    found = in_charge(session, request.account, request.document)
    if not isinstance(found, InCharge):
        return found
    it = found.edition
    if not request.sure:
        return PaperWithdrawalAsked(it.document, it.title, it.number)
    history.withdraw(session, it.document, now)
    return PaperWithdrawn(it.title, it.number)


def local(session: Session, known: Known, at: datetime) -> datetime:
    return at.astimezone(consortiums.zone(session, known.consortium_id))
