"""Amend: a change of the plan made in the chat is shown first; 生效 takes it, 放弃 drops it, 撤销 takes it back."""

from datetime import datetime

from msgspec import Struct
from msgspec.structs import replace

from handlers.merging import named
from handlers.previews import Preview
from handlers.schedule import HOSTS, NotInCharge, blueprint_of
from handlers.start import Unlinked
from store import activities, amendments, chats, consortiums, occurrences, persons, prompts, terms
from store.accounts import Account
from store.amendments import Amendment, AmendmentState, Entries, Entry
from store.blueprint import Blueprint, Detail
from store.database import Session
from store.persons import Known, Role

OF_THE_HOST = {"activity", "date", "class_", "place", "speaker", "lesson", "recorder", "bring"}


class Amend(Struct, frozen=True):
    """`entries` as they would stand."""

    account: Account
    consortium: int
    entries: Entries
    preview: Preview


class AmendmentShown(Struct, frozen=True):
    """`later`: it can be made to hold for all later ones, too."""

    amendment: int
    preview: Preview
    later: bool


class DecideAmendment(Struct, frozen=True):
    """`choice`: take, drop or undo. `preview`: what is read back of it when it is taken."""

    account: Account
    amendment: int
    choice: str
    preview: Preview | None = None


class OpenAmendment(Struct, frozen=True):
    """`undo`: to be taken back."""

    account: Account
    amendment: int
    undo: bool = False


class AmendmentOpened(Struct, frozen=True):
    """To be read back, made to hold for all later ones, or taken back: `after` is what would hold."""

    consortium: int
    blueprint: Blueprint
    entries: Entries
    after: Blueprint


class AmendmentTaken(Struct, frozen=True):
    amendment: int
    preview: Preview


class AmendmentDropped(Struct, frozen=True):
    pass


class AmendmentUndone(Struct, frozen=True):
    pass


class AmendmentGone(Struct, frozen=True):
    """Decided before, shown too long ago, or changed again since."""


AmendOutcome = AmendmentShown | NotInCharge
OpenOutcome = AmendmentOpened | AmendmentGone | NotInCharge | Unlinked
DecideOutcome = AmendmentTaken | AmendmentDropped | AmendmentUndone | AmendmentGone | NotInCharge | Unlinked


def amend(session: Session, request: Amend, now: datetime) -> AmendOutcome:
    """Shown, and kept to be decided."""
    known = persons.of_account(session, request.account, request.consortium)
    if known is None or not may(session, known, request.entries):
        return NotInCharge()
    stood = standing(blueprint_of(session, request.consortium), request.entries)
    row = amendments.show(session, request.consortium, known.id, request.entries, stood, now)
    assert row.id is not None
    one = request.entries.occurrence if len(request.entries.every()) == 1 else ()
    words = not request.preview.onward and request.preview.sheet is None
    later = words and len(one) == 1 and one[0].class_ is None and Role.ORGANISER in known.roles
    return AmendmentShown(row.id, request.preview, later)


def standing(blueprint: Blueprint, put: Entries) -> Entries:
    """What stands where these would be put."""
    stands = amendments.every(blueprint)
    return Entries.of(stands[key] for entry in put.every() if (key := amendments.identity(entry)) in stands)


def may(session: Session, known: Known, entries: Entries) -> bool:
    """An organiser may change everything, the host school where, who and what to bring (issue: the host school)."""
    if Role.ORGANISER in known.roles:
        return True
    if len(entries.occurrence) < len(entries.every()) or not any(role in known.roles for role in HOSTS):
        return False
    stands = amendments.every(blueprint_of(session, known.consortium_id))
    return all(
        hosted(session, known, entry) and told(entry, stands.get(amendments.identity(entry))) <= OF_THE_HOST
        for entry in entries.occurrence
    )


def told(entry: Detail, stood: Entry | None) -> set[str]:
    """The keys of which it says something else."""
    return {name for name, value in entry if value != getattr(stood, name, None)}


def hosted(session: Session, known: Known, detail: Detail) -> bool:
    row = occurrences.by_rule(session, known.consortium_id, detail.activity, detail.date, detail.class_ or "")
    return row is not None and row.host_id == known.school_id


def open_amendment(session: Session, request: OpenAmendment, now: datetime) -> OpenOutcome:
    """Only while what it would change stands as it did when it was shown, or, to be taken back, as it left it."""
    found = decided_by(session, request.account, request.amendment)
    return opened(session, found[0], now, undo=request.undo) if isinstance(found, tuple) else found


def decided_by(session: Session, account: Account, amendment: int) -> tuple[Amendment, Known] | NotInCharge | Unlinked:
    """By whoever it was shown to, or an organiser."""
    row = amendments.get(session, amendment)
    known = persons.of_account(session, account, row.consortium_id) if row else None
    if row is None or known is None:
        return Unlinked()
    return (row, known) if row.person_id == known.id or Role.ORGANISER in known.roles else NotInCharge()


def opened(session: Session, row: Amendment, now: datetime, *, undo: bool) -> AmendmentOpened | AmendmentGone:
    blueprint, put, was = blueprint_of(session, row.consortium_id), amendments.read(row.put), amendments.read(row.was)
    if row.state == AmendmentState.TAKEN and undo:
        after = amendments.undone(blueprint, put, was)
        return AmendmentGone() if after is None else AmendmentOpened(row.consortium_id, blueprint, put, after)
    good = row.state == AmendmentState.SHOWN and not undo and now < row.at + amendments.GOOD_FOR
    if not good or standing(blueprint, put) != was:
        return AmendmentGone()
    return AmendmentOpened(row.consortium_id, blueprint, put, amendments.amended(blueprint, put.every()))


def decide_amendment(session: Session, request: DecideAmendment, now: datetime) -> DecideOutcome:
    found = decided_by(session, request.account, request.amendment)
    if not isinstance(found, tuple):
        return found
    row, known = found
    consortiums.alone(session)
    prompts.drop_change(session, request.account)
    match request.choice:
        case "take" if request.preview and may(session, known, amendments.read(row.put)):
            return taken(session, row, replace(request.preview, taken=True), now)
        case "drop" if amendments.settle(session, row, AmendmentState.SHOWN, AmendmentState.DROPPED):
            return AmendmentDropped()
        case "undo" if may(session, known, amendments.read(row.put)):
            return undone(session, row, now)
    return AmendmentGone()


def taken(session: Session, row: Amendment, preview: Preview, now: datetime) -> AmendmentTaken | AmendmentGone:
    """Only while what it would change stands as it did when it was shown: nobody's later word is lost."""
    assert row.id is not None
    blueprint, put = blueprint_of(session, row.consortium_id), amendments.read(row.put)
    if standing(blueprint, put) != amendments.read(row.was):
        return AmendmentGone()
    if not amendments.settle(session, row, AmendmentState.SHOWN, AmendmentState.TAKEN):
        return AmendmentGone()
    hold(session, row.consortium_id, amendments.amended(blueprint, put.every()), now)
    return AmendmentTaken(row.id, preview)


def undone(session: Session, row: Amendment, now: datetime) -> AmendmentUndone | AmendmentGone:
    blueprint = blueprint_of(session, row.consortium_id)
    before = amendments.undone(blueprint, amendments.read(row.put), amendments.read(row.was))
    if before is None or not amendments.settle(session, row, AmendmentState.TAKEN, AmendmentState.UNDONE):
        return AmendmentGone()
    hold(session, row.consortium_id, before, now)
    return AmendmentUndone()


def hold(session: Session, consortium: int, blueprint: Blueprint, now: datetime) -> None:
    """From now on; what the clock makes of it is the planner's business."""
    row = consortiums.get(session, consortium)
    assert row is not None
    blueprint = amendments.replaced(blueprint, named(blueprint))  # a file may have withdrawn what is put back
    consortiums.amend(session, row, blueprint)
    terms.keep(session, consortium, blueprint, now)
    groups = {key: chat.id for key, chat in chats.by_keys(session, consortium).items() if chat.id is not None}
    activities.match(session, consortium, blueprint.activity, groups, now)
