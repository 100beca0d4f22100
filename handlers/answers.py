"""Answers (参加 · 请假): kept with their time, and shown on the cards; by a press, or because leave is asked for."""

from datetime import datetime

from handlers.cards import refresh_answers
from handlers.participants import Participant
from store import responses
from store.database import Session
from store.responses import ParticipationStatus


def answer(session: Session, found: Participant, status: ParticipationStatus, now: datetime) -> tuple[bool, bool]:
    """Whether that is news, and whether it comes late (after `respond_by`)."""
    held = found.held
    late = held.respond_by is not None and now > held.respond_by
    changed = responses.record(session, held.id, found.person, status, now, late=late)
    if changed:
        refresh_answers(session, held, now)
    return changed, late
