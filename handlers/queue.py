"""Queue (待回答的问题): what found no clause, looked through by an organiser: linked to a clause, or said not to be
decided. The next who asks benefits at once, and both can be taken back."""

from datetime import datetime
from typing import TYPE_CHECKING

from msgspec import Struct

from handlers.papers import local
from handlers.respond_for import OrganisersOnly
from store import persons
from store.accounts import Account
from store.database import Session
from store.persons import Known, Role
from store.policies import bank, editions, placing, unanswered
from store.policies.editions import InForce
from store.policies.placing import target
from store.policies.search import find, index
from store.policies.unanswered import Reason, Waiting
from store.policies.wording import normal

if TYPE_CHECKING:  # loaded by the first question: see `search`
    from store.policies.ranking import Entry, Index

PAGE = 8


class ListQueue(Struct, frozen=True):
    """`page` from 1."""

    account: Account
    consortium: int
    page: int = 1


class QueueItem(Struct, frozen=True):
    number: int
    question: str
    times: int
    reason: Reason


class QueueListed(Struct, frozen=True):
    """Those that are open, what is asked most first."""

    number: int
    items: tuple[QueueItem, ...]
    page: int
    pages: int


class OpenQueued(Struct, frozen=True):
    """`again`: it was settled, and that is taken back."""

    account: Account
    queued: int
    again: bool = False


class Quoted(Struct, frozen=True):
    """A passage that may answer, by its number."""

    passage: int
    title: str
    path: tuple[str, ...]
    text: str


class QueuedOpened(Struct, frozen=True):
    """`answer`: where the clause stands that did not help; `candidates`: what the ranker holds nearest."""

    queued: int
    number: int
    question: str
    reason: Reason
    answer: str
    times: int
    first_at: datetime
    last_at: datetime
    candidates: tuple[Quoted, ...]


class QueuedGone(Struct, frozen=True):
    """Nobody has asked it for long, it is another consortium's, or the paper has changed since it was shown."""


class LinkQueued(Struct, frozen=True):
    """`passage`: the number of the passage that answers."""

    account: Account
    queued: int
    passage: int


class QueuedLinked(Struct, frozen=True):
    queued: int
    number: int
    question: str
    quoted: Quoted


class DenyQueued(Struct, frozen=True):
    """The papers do not decide it."""

    account: Account
    queued: int


class QueuedDenied(Struct, frozen=True):
    queued: int
    number: int
    question: str


class InQueue(Struct, frozen=True):
    """An organiser, a question of the own consortium, and the papers in force there."""

    known: Known
    it: Waiting
    searched: tuple[InForce, ...]
    papers: "Index"


def list_queue(session: Session, request: ListQueue, _now: datetime) -> QueueListed | OrganisersOnly:
    if request.consortium not in persons.in_role(session, request.account, Role.ORGANISER):
        return OrganisersOnly()
    every = unanswered.waiting(session, request.consortium)
    pages = max(-(-len(every) // PAGE), 1)
    page = min(max(request.page, 1), pages)
    shown = every[(page - 1) * PAGE : page * PAGE]
    items = tuple(QueueItem(one.number, one.question, one.times, one.reason) for one in shown)
    return QueueListed(request.consortium, items, page, pages)


def open_queued(session: Session, request: OpenQueued, _now: datetime) -> QueuedOpened | QueuedGone | OrganisersOnly:
    found = in_queue(session, request.account, request.queued)
    if not isinstance(found, InQueue):
        return found
    it = found.it
    if request.again:
        take_back(session, it)
    near = (placing.entry_of(found.papers, one) for one in find(session, it.consortium, it.question).citations)
    entries = tuple(quoted(found, entry) for entry in near if entry is not None)
    times = local(session, found.known, it.first_at), local(session, found.known, it.last_at)
    return QueuedOpened(it.number, it.consortium, it.question, it.reason, it.answer, it.times, *times, entries)


def link_queued(session: Session, request: LinkQueued, now: datetime) -> QueuedLinked | QueuedGone | OrganisersOnly:
    found = in_queue(session, request.account, request.queued)
    if not isinstance(found, InQueue):
        return found
    it, entry = found.it, placing.by_number(found.searched, found.papers.entries, request.passage)
    if entry is None:
        return QueuedGone()
    unanswered.settle(session, it.consortium, it.question, target(entry), found.known.id, now)
    return QueuedLinked(it.number, it.consortium, it.question, quoted(found, entry))


def deny_queued(session: Session, request: DenyQueued, now: datetime) -> QueuedDenied | QueuedGone | OrganisersOnly:
    found = in_queue(session, request.account, request.queued)
    if not isinstance(found, InQueue):
        return found
    it = found.it
    unanswered.settle(session, it.consortium, it.question, None, found.known.id, now)
    return QueuedDenied(it.number, it.consortium, it.question)


def take_back(session: Session, it: Waiting) -> None:
    form = normal(it.question)
    settled = bank.of_form(session, it.consortium, form)
    if settled is not None and it.closed:
        bank.remove(session, settled.number)
    unanswered.close(session, it.consortium, form, None)


def in_queue(session: Session, account: Account, queued: int) -> InQueue | QueuedGone | OrganisersOnly:
    ours = [one for one in persons.all_of_account(session, account) if Role.ORGANISER in one.roles]
    it = unanswered.get(session, queued)
    known = next((one for one in ours if it is not None and one.consortium_id == it.consortium), None)
    if it is None or known is None:
        return QueuedGone() if ours else OrganisersOnly()
    searched = tuple(editions.in_force(session, it.consortium))
    return InQueue(known, it, searched, index(session, it.consortium, searched))


def quoted(found: InQueue, entry: "Entry") -> Quoted:
    number = placing.number(found.searched, found.papers.entries, entry)
    return Quoted(number, entry.document, entry.passage.path, placing.words(entry))
