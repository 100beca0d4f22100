"""A word to a late answer (说明): asked for in private after `respond_by`, and easily left out."""

from datetime import datetime, timedelta

from msgspec import Struct

from handlers.participants import Participant, Stranger, participant
from store import deliveries, linked_accounts, prompts, responses
from store.accounts import Account
from store.database import Session
from store.deliveries import DeliveryKind, Owed
from store.occurrences import Held
from store.prompts import Asks
from store.responses import ParticipationStatus

WAITS = timedelta(minutes=30)  # what is written later is something else
LONGEST = 200  # characters that are kept


class ResponseNoteAsked(Struct, frozen=True):
    """What the person writes next in private is the word."""

    occurrence: int
    title: str
    starts_at: datetime
    status: ParticipationStatus


class ResponseNoted(Struct, frozen=True):
    title: str


class SkipNote(Struct, frozen=True):
    occurrence: int
    account: Account


class NoteSkipped(Struct, frozen=True):
    """The answer stands without a word."""

    title: str


def want_note(session: Session, found: Participant, now: datetime) -> None:
    """The one who waits for it has answered late; leave has a dialogue of its own."""
    held, kind = found.held, DeliveryKind.RESPONSE_NOTE
    key = f"{kind}:{held.id}:{found.person}:{now:%Y%m%dT%H%M%S.%f}"
    deliveries.owe(session, [Owed(key, kind, now, min(held.starts_at, now + WAITS), None, found.person, held.id)])


def ask_note(session: Session, held: Held, person: int, now: datetime) -> ResponseNoteAsked | None:
    """None: there is nothing to say to it any more, or the person is being asked something else."""
    row, linked = responses.of(session, held.id, person), linked_accounts.of(session, person)
    if row is None or row.status is not ParticipationStatus.ACCEPTED or not row.late or row.note or linked is None:
        return None
    asked = prompts.open_for(session, linked[0], now)
    if asked is not None and asked.asks is not Asks.RESPONSE_NOTE:
        return None
    prompts.ask(session, linked[0], Asks.RESPONSE_NOTE, held.id, now + WAITS)
    return ResponseNoteAsked(held.id, held.title, held.local(held.starts_at), row.status)


def keep_note(session: Session, found: Participant, text: str) -> ResponseNoted:
    responses.remark(session, found.held.id, found.person, text[:LONGEST])
    return ResponseNoted(found.held.title)


def skip_note(session: Session, request: SkipNote, _now: datetime) -> NoteSkipped | Stranger:
    found = participant(session, request.occurrence, request.account)
    if not isinstance(found, Participant):
        return found
    prompts.drop(session, found.person, Asks.RESPONSE_NOTE, found.held.id)
    return NoteSkipped(found.held.title)
