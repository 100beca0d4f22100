"""Respond (参加 · 请假): one person's answer to one occurrence, before it begins."""

from datetime import datetime

from msgspec import Struct

from handlers.answers import answer
from handlers.leave_states import turn
from handlers.participants import Participant, Stranger, participant
from handlers.response_note import want_note
from store import leaves, prompts
from store.accounts import Account
from store.database import Session
from store.leaves import LeaveState
from store.prompts import Asks
from store.responses import ParticipationStatus


class Respond(Struct, frozen=True):
    occurrence: int
    account: Account
    status: ParticipationStatus


class Responded(Struct, frozen=True):
    """`again`: that was the answer already; `late`: after `respond_by`, and recorded so."""

    title: str
    starts_at: datetime
    status: ParticipationStatus
    again: bool
    late: bool


class LeaveStarted(Struct, frozen=True):
    """请假 is noted; the reason (事由) is asked in private, where `payload` leads."""

    title: str
    starts_at: datetime
    again: bool
    payload: str


class ResponseClosed(Struct, frozen=True):
    """It has begun."""

    title: str


RespondOutcome = Responded | LeaveStarted | ResponseClosed | Stranger


def respond(session: Session, request: Respond, now: datetime) -> RespondOutcome:
    """An answer may be changed until the start; 参加 takes back a request for leave that nobody has decided."""
    found = participant(session, request.occurrence, request.account)
    if not isinstance(found, Participant):
        return found
    held = found.held
    if now >= held.starts_at:
        return ResponseClosed(held.title)
    changed, late = answer(session, found, request.status, now)
    starts_at = found.local(held.starts_at)
    if request.status is ParticipationStatus.DECLINED:
        return LeaveStarted(held.title, starts_at, not changed, f"leave_{held.id}")
    take_leave_back(session, found, now, changed=changed)
    if changed and late:
        want_note(session, found, now)
    return Responded(held.title, starts_at, request.status, not changed, late)


def take_leave_back(session: Session, found: Participant, now: datetime, *, changed: bool) -> None:
    """What is written next is no reason (事由) any more. Who asks for leave has answered; the office may have since."""
    if changed and found.said is not None:
        asked = leaves.of(session, found.held.id, found.person)
        if asked is not None:
            turn(session, asked, LeaveState.PENDING, LeaveState.WITHDRAWN, found.person, now)
    if found.awaited is Asks.LEAVE_REASON:
        prompts.drop(session, found.person, Asks.LEAVE_REASON, found.held.id)
