"""Record (班会记录): the head teacher says whether a class meeting was held, moved or not held, and may add lines."""

from datetime import date, datetime, timedelta

from msgspec import Struct

from handlers.participants import OccurrenceGone, Participant, Stranger, participant
from store import accounts, audit, class_records, classes, consortiums, prompts
from store.accounts import Account
from store.audit import AuditFact
from store.blueprint import Blueprint
from store.class_records import ClassRecord, RecordStatus
from store.database import Session
from store.prompts import Asks

GOOD_FOR = timedelta(hours=2)  # the lines are optional: later on, a text is something else
STAND_IN = "stand_in"  # kept with the question: the answer is the name of whoever held it
WHY = "why:"  # kept with the question, before what was pressed: the answer is why an archived record is changed
LONGEST_WHY = 200  # characters


class Record(Struct, frozen=True):
    occurrence: int
    account: Account
    status: RecordStatus


class Recorded(Struct, frozen=True):
    """That alone is a whole record; what the head teacher writes next is kept with it. `day` is the planned one,
    `held_on` where it was moved to, as far as that is known. `theme`: the planned one."""

    occurrence: int
    class_name: str
    day: date
    status: RecordStatus
    held_on: date | None
    theme: str | None
    again: bool


class RecordTooEarly(Struct, frozen=True):
    class_name: str
    starts_at: datetime


class RecordArchived(Struct, frozen=True):
    """It is changed with a reason only: what the head teacher writes next is one, and opens it again. `too_long`: that
    was none."""

    class_name: str
    too_long: bool = False


class OpenLines(Struct, frozen=True):
    """`stand_in`: somebody else held it, and who is asked for."""

    occurrence: int
    account: Account
    stand_in: bool


class LinesAsked(Struct, frozen=True):
    """What the head teacher writes next is kept with the record; `stand_in`: as the name of whoever held it."""

    class_name: str
    status: RecordStatus
    stand_in: bool


class RecordWorded(Struct, frozen=True):
    """The text is about a record, to be read against the calendar. Instants are local. `theme` is the planned one;
    `reflect_by`: until when the record was wanted."""

    occurrence: int
    blueprint: Blueprint
    starts_at: datetime
    ends_at: datetime
    reflect_by: datetime | None
    theme: str | None
    status: RecordStatus
    held_on: date | None
    stand_in: bool


class Kept(Struct, frozen=True):
    """A record that may be changed, and whose it is."""

    found: Participant
    class_name: str
    row: ClassRecord


RecordOutcome = Recorded | RecordTooEarly | RecordArchived | Stranger
LinesOutcome = LinesAsked | RecordArchived | Stranger


def record(session: Session, request: Record, now: datetime) -> RecordOutcome:
    """改期 is said before the lesson as well."""
    found = participant(session, request.occurrence, request.account)
    if not isinstance(found, Participant):
        return found
    name = classes.name_of(session, found.held.class_id)
    if name is None:
        return OccurrenceGone()
    if now < found.held.starts_at and request.status is not RecordStatus.MOVED:
        return RecordTooEarly(name, found.local(found.held.starts_at))
    row = class_records.of(session, found.held.id)
    if row is not None and row.is_archived(found.held.archived_at, now):
        return ask_why(session, found, name, request.account, request.status, now)
    was, held_on = row.code if row else "", day_held(found, row, request.status, now)
    new = class_records.record(session, found.held.id, found.person, request.status, held_on, now)
    row = class_records.of(session, found.held.id)
    if new and row is not None:
        trace(session, Kept(found, name, row), was, now)
    account = accounts.remember(session, request.account)
    prompts.ask(session, account, Asks.RECORD_NOTE, found.held.id, now + GOOD_FOR)
    day = found.local(found.held.starts_at).date()
    return Recorded(found.held.id, name, day, request.status, held_on, found.held.theme, again=not new)


def day_held(found: Participant, row: ClassRecord | None, status: RecordStatus, now: datetime) -> date | None:
    """A meeting that was moved was held on that day, unless it is still to come."""
    moved_to = row.held_on if row and row.status is RecordStatus.MOVED else None
    if status is RecordStatus.MOVED:
        return moved_to
    if status is RecordStatus.NOT_HELD:
        return None
    if moved_to is not None and moved_to <= found.local(now).date():
        return moved_to
    return found.local(found.held.starts_at).date()


def trace(session: Session, kept: Kept, was: str, now: datetime, why: str = "") -> None:
    """`was`: its code before; the same one where words alone were changed. `why`: it was archived."""
    by = kept.found.person
    audit.note(session, AuditFact.RECORD, kept.found.held.id, by, now, by=by, was=was, became=kept.row.code, why=why)


def ask_why(
    session: Session, found: Participant, name: str, account: Account, pressed: str, now: datetime
) -> RecordArchived:
    number = accounts.remember(session, account)
    prompts.ask(session, number, Asks.RECORD_NOTE, found.held.id, now + GOOD_FOR, f"{WHY}{pressed}")
    return RecordArchived(name)


def reopened(
    session: Session, found: Participant, account: Account, words: str, why: str, now: datetime
) -> RecordOutcome | LinesAsked:
    """Why an archived record is changed: it is open again for a while, and what was pressed is done. `words`: what was
    kept with the question."""
    row, name = class_records.of(session, found.held.id), classes.name_of(session, found.held.class_id)
    if row is None or name is None:
        return OccurrenceGone()
    if len(why) > LONGEST_WHY:
        return RecordArchived(name, too_long=True)
    class_records.change(session, row, recorded_at=now)
    trace(session, Kept(found, name, row), row.code, now, why)
    pressed = words.removeprefix(WHY)
    if pressed in list(RecordStatus):
        return record(session, Record(found.held.id, account, RecordStatus(pressed)), now)
    return open_lines(session, OpenLines(found.held.id, account, pressed == STAND_IN), now)


def open_lines(session: Session, request: OpenLines, now: datetime) -> LinesOutcome:
    kept = kept_of(session, request.occurrence, request.account, now, STAND_IN if request.stand_in else "")
    if not isinstance(kept, Kept):
        return kept
    account = accounts.remember(session, request.account)
    stand_in = request.stand_in and kept.row.status is not RecordStatus.NOT_HELD
    words = STAND_IN if stand_in else ""
    prompts.ask(session, account, Asks.RECORD_NOTE, request.occurrence, now + GOOD_FOR, words)
    return LinesAsked(kept.class_name, kept.row.status, stand_in)


def kept_of(
    session: Session, occurrence: int, account: Account, now: datetime, pressed: str = ""
) -> Kept | RecordArchived | Stranger:
    """`pressed`: what is asked for, if why it is changed has to be told first; "": its lines."""
    found = participant(session, occurrence, account)
    if not isinstance(found, Participant):
        return found
    row, name = class_records.of(session, occurrence), classes.name_of(session, found.held.class_id)
    if row is None or name is None:
        return OccurrenceGone()
    if row.is_archived(found.held.archived_at, now):
        return ask_why(session, found, name, account, pressed, now)
    return Kept(found, name, row)


def worded(session: Session, found: Participant, words: str) -> RecordWorded | OccurrenceGone:
    """`words`: what was kept with the question."""
    row, consortium = class_records.of(session, found.held.id), consortiums.get(session, found.held.consortium_id)
    if row is None or consortium is None:
        return OccurrenceGone()
    held = found.held
    return RecordWorded(
        held.id,
        consortiums.blueprint(consortium),
        held.local(held.starts_at),
        held.local(held.ends_at),
        held.local(held.reflect_by) if held.reflect_by else None,
        held.theme,
        row.status,
        row.held_on,
        words == STAND_IN,
    )
