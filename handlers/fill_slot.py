"""Fill a slot (填空): what a paper leaves blank, filled in by an organiser; the paper's own words stay as they are."""

from datetime import datetime, timedelta

from msgspec import Struct

from handlers.papers import InCharge, PaperGone, in_charge
from handlers.respond_for import OrganisersOnly
from store import accounts, persons, prompts
from store.accounts import Account
from store.database import Session
from store.persons import Known, Role
from store.policies import editions, slots
from store.policies.slots import LONGEST, OpenSlot
from store.prompts import Asks

PAGE = 8  # blanks
GOOD_FOR = timedelta(hours=1)


class ListBlanks(Struct, frozen=True):
    """`page` from 1."""

    account: Account
    document: int
    page: int = 1


class BlanksListed(Struct, frozen=True):
    number: int
    title: str
    blanks: tuple[OpenSlot, ...]
    page: int
    pages: int


class NoBlanks(Struct, frozen=True):
    title: str


class AskSlot(Struct, frozen=True):
    account: Account
    slot: int


class SlotAsked(Struct, frozen=True):
    """What the organiser writes next in private is filled in. `value`: what stands there now."""

    slot: int
    number: int
    title: str
    path: tuple[str, ...]
    around: str
    value: str | None


class ClearSlot(Struct, frozen=True):
    account: Account
    slot: int


class SlotFilled(Struct, frozen=True):
    slot: int
    number: int
    title: str
    around: str
    value: str
    source: str


class SlotCleared(Struct, frozen=True):
    """Open again."""

    number: int
    title: str
    around: str


class SlotTooLong(Struct, frozen=True):
    """The question stays open. `most`: characters of a line."""

    most: int


FillOutcome = SlotFilled | SlotTooLong | PaperGone | OrganisersOnly


def list_blanks(
    session: Session, request: ListBlanks, _now: datetime
) -> BlanksListed | NoBlanks | PaperGone | OrganisersOnly:
    found = in_charge(session, request.account, request.document)
    if not isinstance(found, InCharge):
        return found
    it = found.edition
    every = slots.of_edition(session, it.document, it.title, editions.clauses(session, it.id))
    if not every:
        return NoBlanks(it.title)
    pages = -(-len(every) // PAGE)
    page = min(max(request.page, 1), pages)
    return BlanksListed(it.document, it.title, tuple(every[(page - 1) * PAGE : page * PAGE]), page, pages)


def ask_slot(session: Session, request: AskSlot, now: datetime) -> SlotAsked | PaperGone | OrganisersOnly:
    found = owned(session, request.account, request.slot)
    if not isinstance(found, Owned):
        return found
    account, it = accounts.remember(session, request.account), found.slot
    prompts.ask(session, account, Asks.SLOT, None, now + GOOD_FOR, str(it.slot))
    return SlotAsked(it.slot, it.document, it.title, it.path, it.around, it.value)


def fill_slot(session: Session, account: Account, slot: int, text: str, now: datetime) -> FillOutcome:
    """The first line is what stands there, the others are what it rests on."""
    found = owned(session, account, slot)
    if not isinstance(found, Owned):
        return found
    first, *others = [line.strip() for line in text.strip().splitlines()]
    source, it = " ".join(filter(None, others)), found.slot
    if max(len(first), len(source)) > LONGEST:
        return SlotTooLong(LONGEST)
    slots.fill(session, it.slot, first, source, found.known.id, now)
    return SlotFilled(it.slot, it.document, it.title, it.around, first, source)


def clear_slot(session: Session, request: ClearSlot, now: datetime) -> SlotCleared | PaperGone | OrganisersOnly:
    found = owned(session, request.account, request.slot)
    if not isinstance(found, Owned):
        return found
    slots.fill(session, found.slot.slot, None, "", found.known.id, now)
    return SlotCleared(found.slot.document, found.slot.title, found.slot.around)


class Owned(Struct, frozen=True):
    """A blank of a paper of the organiser's own consortium."""

    known: Known
    slot: OpenSlot


def owned(session: Session, account: Account, slot: int) -> Owned | PaperGone | OrganisersOnly:
    ours = [one for one in persons.all_of_account(session, account) if Role.ORGANISER in one.roles]
    found = ((one, slots.get(session, slot, one.consortium_id)) for one in ours)
    seen = next((Owned(one, it) for one, it in found if it is not None), PaperGone())
    return seen if ours else OrganisersOnly()
