"""Amend: a change of the plan made in the chat is shown first; 生效 takes it, 放弃 drops it, 撤销 takes it back."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from handlers.schedule import HOSTS, NotInCharge, blueprint_of
from handlers.start import Unlinked
from store import activities, amendments, chats, consortiums, occurrences, persons
from store.accounts import Account
from store.amendments import Amendment, AmendmentState, Entries
from store.blueprint import Blueprint, Day, Detail, Milestone
from store.database import Session
from store.persons import Known, Role

OF_THE_HOST = {"activity", "date", "class_", "place", "speaker", "lesson", "recorder", "bring"}


@dataclass(frozen=True, slots=True)
class Shift:
    """What becomes of one date of an activity; local instants. `was` None: it is new; `now` None: it is not held.
    `count`: of so many classes."""

    title: str
    was: datetime | None
    now: datetime | None
    ends_at: datetime | None
    week: int
    count: int = 1


@dataclass(frozen=True, slots=True)
class Put:
    """One thing that is said of an occurrence: `field` of `Detail`, and in words."""

    field: str
    value: str


@dataclass(frozen=True, slots=True)
class MonthTheme:
    """一月一主题 of an activity; `month`: its first day; `count`: of so many dates to come the theme changes."""

    title: str
    month: date
    theme: str
    was: str | None
    count: int


@dataclass(frozen=True, slots=True)
class Told:
    """What becomes of one occurrence, but for its time."""

    title: str
    starts_at: datetime
    puts: tuple[Put, ...]


@dataclass(frozen=True, slots=True)
class SheetNotes:
    """Of a term plan that was sent back. `told`: one by one, and `more` that are not shown. `absent`: how many events
    to come have no row, `missing` the first of them; `unkept`: remarks that nothing keeps, by their cells."""

    told: tuple[Told, ...]
    more: int
    missing: tuple[tuple[datetime, str], ...]
    absent: int
    unkept: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Preview:
    """`more`: further shifts that are not shown. `title`, `starts_at`: of the one occurrence that it is about. `days`
    that are off, or school, from now on. `chat`: the group of an activity that is new. `outside`: a day that is no
    school day. `sheet`: what there is to say of a sheet, None for words."""

    shifts: tuple[Shift, ...]
    more: int
    puts: tuple[Put, ...]
    title: str | None
    starts_at: datetime | None
    days: tuple[Day, ...]
    chat: str | None
    outside: bool
    onward: bool
    themes: tuple[MonthTheme, ...]
    milestones: tuple[Milestone, ...]
    sheet: SheetNotes | None = None
    taken: bool = False


@dataclass(frozen=True, slots=True)
class Amend:
    """`entries` as they would stand."""

    account: Account
    consortium: int
    entries: Entries
    preview: Preview


@dataclass(frozen=True, slots=True)
class AmendmentShown:
    """`later`: it can be made to hold for all later ones, too."""

    amendment: int
    preview: Preview
    later: bool


@dataclass(frozen=True, slots=True)
class DecideAmendment:
    """`choice`: take, drop or undo. `preview`: what is read back of it when it is taken."""

    account: Account
    amendment: int
    choice: str
    preview: Preview | None = None


@dataclass(frozen=True, slots=True)
class OpenAmendment:
    account: Account
    amendment: int


@dataclass(frozen=True, slots=True)
class AmendmentOpened:
    """To be read back, or made to hold for all later ones."""

    consortium: int
    blueprint: Blueprint
    entries: Entries


@dataclass(frozen=True, slots=True)
class AmendmentTaken:
    amendment: int
    preview: Preview


@dataclass(frozen=True, slots=True)
class AmendmentDropped:
    pass


@dataclass(frozen=True, slots=True)
class AmendmentUndone:
    pass


@dataclass(frozen=True, slots=True)
class AmendmentGone:
    """Decided before, shown too long ago, or changed again since."""


AmendOutcome = AmendmentShown | NotInCharge
DecideOutcome = AmendmentTaken | AmendmentDropped | AmendmentUndone | AmendmentGone | NotInCharge | Unlinked


def amend(session: Session, request: Amend, now: datetime) -> AmendOutcome:
    """Shown, and kept to be decided."""
    known = persons.of_account(session, request.account, request.consortium)
    if known is None or not may(session, known, request.entries):
        return NotInCharge()
    row = amendments.show(session, request.consortium, known.id, request.entries, now)
    assert row.id is not None
    one = request.entries.occurrence if len(request.entries.every()) == 1 else ()
    words = not request.preview.onward and request.preview.sheet is None
    later = words and len(one) == 1 and one[0].class_ is None and Role.ORGANISER in known.roles
    return AmendmentShown(row.id, request.preview, later)


def may(session: Session, known: Known, entries: Entries) -> bool:
    """An organiser may change everything, the host school where, who and what to bring (issue: the host school)."""
    if Role.ORGANISER in known.roles:
        return True
    if len(entries.occurrence) < len(entries.every()) or not any(role in known.roles for role in HOSTS):
        return False
    return all(
        not (entry.model_dump(exclude_none=True).keys() - OF_THE_HOST) and hosted(session, known, entry)
        for entry in entries.occurrence
    )


def hosted(session: Session, known: Known, detail: Detail) -> bool:
    row = occurrences.by_rule(session, known.consortium_id, detail.activity, detail.date, detail.class_ or "")
    return row is not None and row.host_id == known.school_id


def open_amendment(
    session: Session, request: OpenAmendment, now: datetime
) -> AmendmentOpened | AmendmentGone:
    row = amendments.get(session, request.amendment)
    known = persons.of_account(session, request.account, row.consortium_id) if row else None
    if row is None or known is None or row.person_id != known.id or now >= row.at + amendments.GOOD_FOR:
        return AmendmentGone()
    return AmendmentOpened(row.consortium_id, blueprint_of(session, row.consortium_id), amendments.read(row.put))


def decide_amendment(session: Session, request: DecideAmendment, now: datetime) -> DecideOutcome:
    row = amendments.get(session, request.amendment)
    known = persons.of_account(session, request.account, row.consortium_id) if row else None
    if row is None or known is None:
        return Unlinked()
    if row.person_id != known.id and Role.ORGANISER not in known.roles:
        return NotInCharge()
    consortiums.alone(session)
    match request.choice:
        case "take" if request.preview and may(session, known, amendments.read(row.put)):
            return taken(session, row, replace(request.preview, taken=True), now)
        case "drop" if amendments.settle(session, row, AmendmentState.SHOWN, AmendmentState.DROPPED):
            return AmendmentDropped()
        case "undo":
            return undone(session, row, now)
    return AmendmentGone()


def taken(session: Session, row: Amendment, preview: Preview, now: datetime) -> AmendmentTaken | AmendmentGone:
    assert row.id is not None
    blueprint, put = blueprint_of(session, row.consortium_id), amendments.read(row.put)
    stood = amendments.every(blueprint)
    was = [stood[key] for entry in put.every() if (key := amendments.identity(entry)) in stood]
    if not amendments.settle(session, row, AmendmentState.SHOWN, AmendmentState.TAKEN):
        return AmendmentGone()
    amendments.remember(session, row, Entries.of(was))
    hold(session, row.consortium_id, amendments.amended(blueprint, put.every()), now)
    return AmendmentTaken(row.id, preview)


def undone(session: Session, row: Amendment, now: datetime) -> AmendmentUndone | AmendmentGone:
    blueprint = blueprint_of(session, row.consortium_id)
    before = amendments.undone(blueprint, amendments.read(row.put), amendments.read(row.was)) if row.was else None
    if before is None or not amendments.settle(session, row, AmendmentState.TAKEN, AmendmentState.UNDONE):
        return AmendmentGone()
    hold(session, row.consortium_id, before, now)
    return AmendmentUndone()


def hold(session: Session, consortium: int, blueprint: Blueprint, now: datetime) -> None:
    """From now on; what the clock makes of it is the planner's business."""
    row = consortiums.get(session, consortium)
    assert row is not None
    consortiums.amend(session, row, blueprint)
    groups = {key: chat.id for key, chat in chats.by_keys(session, consortium).items() if chat.id is not None}
    activities.match(session, consortium, blueprint.activity, groups, now)
