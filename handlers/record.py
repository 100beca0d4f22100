"""Record (班会记录): the head teacher says whether a class meeting was held, moved or not held, and adds lines."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from handlers.participants import OccurrenceGone, Participant, Stranger, participant
from store import accounts, class_records, prompts
from store.accounts import Account
from store.class_records import RecordStatus
from store.classes import SchoolClass
from store.database import Session
from store.prompts import Asks

GOOD_FOR = timedelta(hours=2)  # the lines are optional: later on, a text is something else


@dataclass(frozen=True, slots=True)
class Record:
    occurrence: int
    account: Account
    status: RecordStatus


@dataclass(frozen=True, slots=True)
class Recorded:
    """A few lines may follow; whatever the head teacher writes next is kept with the record."""

    class_name: str
    status: RecordStatus
    again: bool


@dataclass(frozen=True, slots=True)
class RecordTooEarly:
    class_name: str
    starts_at: datetime


@dataclass(frozen=True, slots=True)
class RecordNoted:
    class_name: str


RecordOutcome = Recorded | RecordTooEarly | Stranger


def record(session: Session, request: Record, now: datetime) -> RecordOutcome:
    found = participant(session, request.occurrence, request.account)
    if not isinstance(found, Participant):
        return found
    name = class_name(session, found)
    if name is None:
        return OccurrenceGone()
    if now < found.held.starts_at:
        return RecordTooEarly(name, found.local(found.held.starts_at))
    new = class_records.record(session, request.occurrence, found.person, request.status, now)
    account = accounts.remember(session, request.account)
    prompts.ask(session, account, Asks.RECORD_NOTE, request.occurrence, now + GOOD_FOR)
    return Recorded(name, request.status, again=not new)


def class_name(session: Session, found: Participant) -> str | None:
    """None where it is no class meeting."""
    row = session.get(SchoolClass, found.held.class_id) if found.held.class_id is not None else None
    return row.name if row else None


def noted(session: Session, found: Participant, text: str) -> RecordNoted:
    class_records.note(session, found.held.id, text)
    return RecordNoted(class_name(session, found) or "")
