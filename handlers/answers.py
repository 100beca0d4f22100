"""Answers (参加 · 请假): kept with their time, and shown on the cards; by a press, or because leave is asked for."""

from datetime import datetime

from handlers.cards import refresh_answers
from handlers.participants import Participant
from store import audit, responses
from store.audit import AuditFact
from store.database import Session
from store.responses import ParticipationStatus


def answer(
    session: Session, found: Participant, status: ParticipationStatus, now: datetime, *, by: int | None = None
) -> tuple[bool, bool]:
    """Whether that is news, and whether it comes late (after `respond_by`). `by`: who registered it for the person."""
    held = found.held
    late = held.respond_by is not None and now > held.respond_by
    changed = responses.record(session, held.id, found.person, status, now, late=late, by=by)
    if changed:
        actor = found.person if by is None else by
        audit.note(session, AuditFact.RESPONSE, held.id, found.person, now, by=actor, was=found.said, became=status)
        refresh_answers(session, held, now)
    return changed, late
