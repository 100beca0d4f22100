"""Record lines: what the head teacher adds to a class record (班会记录): day, theme, count, who held it, why not."""

from datetime import date, datetime, timedelta

from msgspec import Struct

from handlers.participants import Participant, Stranger
from handlers.record import Kept, RecordArchived, kept_of, trace
from store import accounts, class_records, deliveries, persons, prompts
from store.accounts import Account
from store.class_records import ClassRecord, NotHeldReason, RecordStatus
from store.database import Session
from store.deliveries import DeliveryKind, Owed
from store.occurrences import Held
from store.persons import Person


class Later(Struct, frozen=True):
    """When the record of a meeting that was moved is asked for, once more, and until when it is wanted; UTC."""

    at: datetime
    nudge_at: datetime | None
    until: datetime


class Lines(Struct, frozen=True):
    """What was read in the words; None and "" are not said. `later`: where `held_on` is still to come."""

    held_on: date | None = None
    later: Later | None = None
    present: int | None = None
    enrolled: int | None = None
    theme: str | None = None
    held_by: str | None = None
    note: str = ""


class AddLines(Struct, frozen=True):
    occurrence: int
    account: Account
    lines: Lines


class GiveReason(Struct, frozen=True):
    occurrence: int
    account: Account
    reason: NotHeldReason


class RecordNoted(Struct, frozen=True):
    """The record as it is now. `day`: the planned one; `to_come`: it is asked for again after `held_on`. `theme`: the
    planned one, unless it was another. `held_by`: a name, where it was somebody else."""

    occurrence: int
    class_name: str
    day: date
    status: RecordStatus
    held_on: date | None
    to_come: bool
    theme: str | None
    present: int | None
    enrolled: int | None
    held_by: str
    reason: NotHeldReason | None
    note: str


NotedOutcome = RecordNoted | RecordArchived | Stranger


def add_lines(session: Session, request: AddLines, now: datetime) -> NotedOutcome:
    kept = kept_of(session, request.occurrence, request.account, now)
    if not isinstance(kept, Kept):
        return kept
    was, lines = kept.row.code, request.lines
    class_records.change(session, kept.row, **said(session, kept, lines))
    trace(session, kept, was, now)
    if lines.later is not None and kept.row.status is RecordStatus.MOVED:
        deliveries.owe(session, asked_later(kept.found, kept.row, lines.later))
    prompts.close(session, accounts.remember(session, request.account))
    return noted(session, kept, now)


def said(session: Session, kept: Kept, lines: Lines) -> dict[str, object]:
    """What the words change; of a meeting that was not held there is a reason alone."""
    values: dict[str, object] = {"note": lines.note} if lines.note else {}
    if kept.row.status is RecordStatus.NOT_HELD:
        return values | {"reason": kept.row.reason or NotHeldReason.OTHER}
    if kept.row.status is RecordStatus.MOVED and lines.held_on is not None:
        values["held_on"] = lines.held_on
        if lines.later is not None:  # what was said of a meeting that was held is not said of one to come
            values |= {"present": None, "enrolled": None, "held_by_id": None, "held_by": ""}
    if lines.theme is not None:
        values["theme"] = None if lines.theme == kept.found.held.theme else lines.theme
    if lines.present is not None:
        values |= {"present": lines.present, "enrolled": lines.enrolled}
    return values | holder(session, kept.found, lines.held_by) if lines.held_by else values


def holder(session: Session, found: Participant, name: str) -> dict[str, object]:
    """One of the roster where one alone is called so, of the head teacher's school rather than of another; else the
    name as it is. The head teacher is nobody else."""
    named = persons.called(session, found.held.consortium_id, name)
    own = session.get_one(Person, found.person).school_id
    near = [one for one in named if one.school_id == own] or named
    if len(near) != 1:
        return {"held_by_id": None, "held_by": name}
    return {"held_by_id": None if near[0].id == found.person else near[0].id, "held_by": ""}


def asked_later(found: Participant, row: ClassRecord, later: Later) -> list[Owed]:
    """Of a meeting that was moved again, what is asked on the earlier day finds nothing to ask."""
    times = {DeliveryKind.REFLECT: later.at, DeliveryKind.NUDGE: later.nudge_at}
    return [
        Owed(
            f"record:{row.occurrence_id}:{row.held_on}:{kind}>person{found.person}",
            kind,
            at,
            later.until,
            person_id=found.person,
            occurrence_id=found.held.id,
        )
        for kind, at in times.items()
        if at is not None
    ]


def give_reason(session: Session, request: GiveReason, now: datetime) -> NotedOutcome:
    """What is written next says more of it."""
    kept = kept_of(session, request.occurrence, request.account, now)
    if not isinstance(kept, Kept):
        return kept
    if kept.row.status is RecordStatus.NOT_HELD and kept.row.reason is not request.reason:
        was = kept.row.code
        class_records.change(session, kept.row, reason=request.reason)
        trace(session, kept, was, now)
    return noted(session, kept, now)


def noted(session: Session, kept: Kept, now: datetime) -> RecordNoted:
    row, held = kept.row, kept.found.held
    to_come = row.status is RecordStatus.MOVED and row.held_on is not None and row.held_on > held.local(now).date()
    return RecordNoted(
        held.id,
        kept.class_name,
        held.local(held.starts_at).date(),
        row.status,
        row.held_on,
        to_come,
        None if row.status is RecordStatus.NOT_HELD else row.theme or held.theme,
        row.present,
        row.enrolled,
        session.get_one(Person, row.held_by_id).name if row.held_by_id is not None else row.held_by,
        row.reason,
        row.note,
    )


def is_awaited(row: ClassRecord, held: Held, now: datetime) -> bool:
    """Whether the record of a meeting that was moved is still to be told: that day has come, or, where 改期 was pressed
    before the lesson, no day was named."""
    if row.status is not RecordStatus.MOVED:
        return False
    return row.recorded_at < held.starts_at if row.held_on is None else row.held_on <= held.local(now).date()


def is_elsewhere(row: ClassRecord | None, held: Held) -> bool:
    """Moved to another day before it took place: nobody is to be reminded of the old one."""
    moved_to = row.held_on if row and row.status is RecordStatus.MOVED else None
    return moved_to is not None and moved_to != held.local(held.starts_at).date()


def moved_by(row: ClassRecord | None, planned: date) -> timedelta:
    return row.held_on - planned if row and row.held_on else timedelta()
