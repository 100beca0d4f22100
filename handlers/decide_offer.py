"""Decide on an offer: 生效 writes exactly what was shown, 放弃 forgets the file; other buttons show it another way."""

from datetime import datetime

from msgspec import Struct
from msgspec.structs import replace

from handlers.apply import Applied, Apply, apply
from handlers.merging import Prefer
from handlers.offer import NotForFiles
from handlers.offered import DECIDABLE, FileOffered, PaperOffered, Presented, Read, digested, present
from store import consortiums, offers, persons
from store.accounts import Account
from store.blueprint import Blueprint
from store.database import Session
from store.offers import OfferKind, OfferState, Waiting
from store.persons import Role
from store.policies import editions
from store.policies.editions import Published
from store.policies.importing import Paper


class OpenOffer(Struct, frozen=True):
    account: Account
    offer: int


class OfferOpened(Struct, frozen=True):
    """To be read again. `part` 0 and `prefer` None: nothing was chosen."""

    kind: OfferKind
    file: str
    content: bytes
    part: int
    prefer: Prefer | None
    last: Blueprint


class OfferGone(Struct, frozen=True):
    """Expired, or never the presser's."""


class OfferDecided(Struct, frozen=True):
    """Before."""

    taken: bool


class TakeOffer(Struct, frozen=True):
    """`read`: what the file says, a roster read into `last`; `look`: it is only to be shown, by this part or prefer."""

    account: Account
    offer: int
    read: Read
    last: Blueprint
    part: int
    prefer: Prefer | None
    look: bool


class OfferOvertaken(Struct, frozen=True):
    """Another file was applied while this one was read: it is to be read again."""


class FileTaken(Struct, frozen=True):
    """How many entries are new, changed (fields) and retired."""

    file: str
    name: str
    added: int
    changed: int
    retired: int


class DropOffer(Struct, frozen=True):
    account: Account
    offer: int


class OfferDropped(Struct, frozen=True):
    file: str


OpenOutcome = OfferOpened | OfferDecided | OfferGone
TakeOutcome = Presented | FileTaken | Published | OfferOvertaken | OfferDecided | OfferGone | NotForFiles
DropOutcome = OfferDropped | OfferDecided | OfferGone


def open_offer(session: Session, request: OpenOffer, now: datetime) -> OpenOutcome:
    waiting = offers.waiting(session, request.offer, request.account, now)
    if waiting is None:
        return gone(session, request.offer, request.account)
    prefer: Prefer | None = "file" if waiting.prefer == "file" else "chat" if waiting.prefer == "chat" else None
    last = applied_last(session, waiting)
    return OfferOpened(waiting.kind, waiting.name, waiting.content, waiting.part, prefer, last)


def take_offer(session: Session, request: TakeOffer, now: datetime) -> TakeOutcome:
    """What has become another difference meanwhile is shown anew, and nothing is written."""
    consortiums.alone(session)
    waiting = offers.waiting(session, request.offer, request.account, now)
    if waiting is None:
        return gone(session, request.offer, request.account)
    if waiting.consortium_id not in persons.in_role(session, request.account, Role.ORGANISER):
        return NotForFiles()
    if waiting.kind is OfferKind.ROSTER and applied_last(session, waiting) != request.last:
        return OfferOvertaken()
    shown = present(session, waiting, request.account, request.read, request.prefer)
    if not isinstance(shown, DECIDABLE):
        offers.settle(session, waiting.id, OfferState.DROPPED)
        return shown
    digest, decided = digested(shown), isinstance(shown, FileOffered | PaperOffered)
    if request.look or not decided or digest != waiting.digest:
        offers.show(session, waiting.id, request.part, request.prefer or "", digest)
        if isinstance(shown, FileOffered | PaperOffered):
            return replace(shown, overtaken=not request.look)
        return shown
    if not offers.settle(session, waiting.id, OfferState.TAKEN):
        return gone(session, request.offer, request.account)  # pressed twice at once
    return written(session, waiting, request, now)


def written(session: Session, waiting: Waiting, request: TakeOffer, now: datetime) -> FileTaken | Published:
    match request.read:
        case Paper(title, source_name, drafts, text):
            of = waiting.consortium_id, title, source_name, drafts, text
            published = editions.publish(session, *of, now)
            assert isinstance(published, Published)  # as it was foreseen in this transaction
            return published
        case Blueprint() as blueprint:
            outcome = apply(session, Apply(blueprint, request.prefer), now)
            assert isinstance(outcome, Applied)  # as it was foreseen in this transaction
            counts = len(outcome.added), len(outcome.changed), len(outcome.retired)
            return FileTaken(waiting.name, outcome.name, *counts)
    raise TypeError(type(request.read).__name__)


def drop_offer(session: Session, request: DropOffer, now: datetime) -> DropOutcome:
    waiting = offers.waiting(session, request.offer, request.account, now)
    if waiting is None:
        return gone(session, request.offer, request.account)
    offers.settle(session, waiting.id, OfferState.DROPPED)
    return OfferDropped(waiting.name)


def gone(session: Session, offer: int, account: Account) -> OfferDecided | OfferGone:
    state = offers.decided(session, offer, account)
    return OfferGone() if state is None else OfferDecided(state is OfferState.TAKEN)


def applied_last(session: Session, waiting: Waiting) -> Blueprint:
    row = consortiums.get(session, waiting.consortium_id)
    assert row is not None  # none is ever deleted
    return consortiums.applied(row)
