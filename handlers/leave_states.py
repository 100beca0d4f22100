"""A request for leave, turned from one state into another with every event that it covers, its trace and its answer."""

from datetime import datetime

from handlers import absence
from handlers.cards import refresh_answers
from handlers.leave_notice import take_back
from store import audit, leave_spans, leaves, occurrences, responses
from store.audit import AuditFact
from store.database import Session
from store.leaves import STANDING, Leave, LeaveSpan, LeaveState
from store.occurrences import Occurrence
from store.responses import ParticipationStatus


def turn(
    session: Session, row: Leave | LeaveSpan, was: LeaveState, became: LeaveState, by: int, now: datetime
) -> bool:
    """False where it was not `was`. Of several days those events turn that were like the request; granted,
    they hold for what was refused in them before, too."""
    if not leaves.turn(session, row, was, became, by, now):
        return False
    for leave in absence.each(session, row):
        if isinstance(row, Leave) or leaves.turn(session, leave, was, became, by, now):
            settle_answer(session, leave, by, now)
    if isinstance(row, LeaveSpan) and became is LeaveState.APPROVED:
        for leave in leave_spans.overrule(session, row, by, now):
            settle_answer(session, leave, by, now)
    if became is LeaveState.WITHDRAWN:
        take_back(session, row, now)
    return True


def settle_answer(session: Session, leave: Leave, by: int, now: datetime) -> None:
    """Before the start 请假 is an answer while leave is asked for or given; else the person is expected again, and
    asked like all others (domain 4.2, `leave_refused`)."""
    held = occurrences.get(session, leave.occurrence_id)
    if held is None or held.cancelled or now >= held.starts_at:
        return
    about = leave.occurrence_id, leave.person_id
    if leave.state in STANDING:
        said = responses.of(session, *about)
        if said is None or said.status is None:
            leave_spans.decline(session, session.get_one(Occurrence, held.id), leave.person_id, by, now)
    elif responses.take_back(session, *about):
        audit.note(session, AuditFact.RESPONSE, *about, now, by=by, was=ParticipationStatus.DECLINED, became=None)
    refresh_answers(session, held, now)
