"""Leave for several days: which events it covers, those announced already and those announced later."""

from datetime import date, datetime

from sqlmodel import Session, col, select

from store import audit, leaves, responses
from store.attendees import Attendee
from store.audit import AuditFact
from store.leaves import STANDING, Leave, LeaveKind, LeaveSpan, LeaveState
from store.occurrences import Occurrence, OccurrenceState
from store.responses import ParticipationStatus


def get(session: Session, span: int) -> LeaveSpan | None:
    return session.get(LeaveSpan, span)


def ask(
    session: Session, person: int, days: tuple[date, date], kind: LeaveKind | None, reason: str, at: datetime
) -> LeaveSpan:
    """A request for `days`, both included; or its kind and reason told again while it is open."""
    first, last = days
    mine = LeaveSpan.person_id == person, LeaveSpan.first_day == first, LeaveSpan.last_day == last
    asked = select(LeaveSpan).where(*mine, LeaveSpan.state == LeaveState.PENDING)
    found = session.exec(asked).first()
    span = found or LeaveSpan(person_id=person, first_day=first, last_day=last, reason=reason, asked_at=at)
    span.kind, span.reason, span.asked_at = kind, reason, at
    session.add(span)
    session.flush()
    if found is None:
        leaves.note(session, span, None, person, at)
    return span


def events(session: Session, person: int, first: date, last: date) -> list[Occurrence]:
    """Those of these days, both included, at which it is settled that the person is expected; by start."""
    rows = (
        select(Occurrence)
        .join(Attendee, col(Attendee.occurrence_id) == Occurrence.id)
        .where(Attendee.person_id == person, Occurrence.date >= first, Occurrence.date <= last)
        .where(col(Occurrence.class_id).is_(None), Occurrence.state == OccurrenceState.PLANNED)
        .order_by(col(Occurrence.starts_at), col(Occurrence.id))
    )
    return list(session.exec(rows).all())


def covered(session: Session, span: LeaveSpan) -> list[Leave]:
    return list(session.exec(select(Leave).where(Leave.span_id == span.id).order_by(col(Leave.id))).all())


def overrule(session: Session, span: LeaveSpan, by: int, now: datetime) -> list[Leave]:
    """The days are granted: what was refused before of an event in them is granted with them."""
    events_in = events(session, span.person_id, span.first_day, span.last_day)
    rows = (leaves.of(session, event.id or 0, span.person_id) for event in events_in)
    refused = (row for row in rows if row is not None and row.span_id != span.id)
    granted = [row for row in refused if leaves.turn(session, row, LeaveState.REFUSED, LeaveState.APPROVED, by, now)]
    for row in granted:
        row.span_id = span.id
    session.add_all(granted)
    session.flush()
    return granted


def cover(
    session: Session, occurrence: Occurrence, now: datetime, *, since: datetime, person: int | None = None
) -> None:
    """It is settled who is expected there (that this `person` is), or it has been on that day, or held at all, `since`
    then: whoever asked for leave on that day has asked. What was asked for the event itself since then stays, whatever
    became of it: this may be said several times."""
    if occurrence.class_id is not None:
        return
    asked = (
        select(LeaveSpan)
        .join(Attendee, col(Attendee.person_id) == LeaveSpan.person_id)
        .where(Attendee.occurrence_id == occurrence.id, col(LeaveSpan.state).in_(STANDING))
        .where(LeaveSpan.first_day <= occurrence.date, LeaveSpan.last_day >= occurrence.date)
        .order_by(col(LeaveSpan.state), col(LeaveSpan.id))  # where two hold, the approved one counts
    )
    if person is not None:
        asked = asked.where(LeaveSpan.person_id == person)
    for span in session.exec(asked).all():
        leave = leaves.of(session, occurrence.id or 0, span.person_id)
        if leave is None or leave.asked_at < since:
            put(session, span, occurrence, None, now)


def put(session: Session, span: LeaveSpan, occurrence: Occurrence, by: int | None, now: datetime) -> None:
    """The event's own row, as the request is now; what was asked for that event alone stays. Whoever asks for leave
    before the start has answered."""
    assert occurrence.id is not None
    leave = leaves.of(session, occurrence.id, span.person_id)
    was = leave.state if leave else None
    if leave is None:
        leave = Leave(occurrence_id=occurrence.id, person_id=span.person_id, reason="", asked_at=span.asked_at)
    elif was is not LeaveState.WITHDRAWN:
        return
    leave.span_id, leave.kind, leave.reason, leave.state = span.id, None, "", span.state
    leave.decided_by, leave.decided_at = span.decided_by, span.decided_at
    leave.asked_at = now  # later than what moved the event here, which closes what was asked before
    session.add(leave)
    session.flush()
    leaves.note(session, leave, was, by, now)
    if now < occurrence.starts_at:
        decline(session, occurrence, span.person_id, by, now)


def decline(session: Session, occurrence: Occurrence, person: int, by: int | None, now: datetime) -> None:
    assert occurrence.id is not None
    said = responses.of(session, occurrence.id, person)
    was, late = said.status if said else None, occurrence.respond_by is not None and now > occurrence.respond_by
    if responses.record(session, occurrence.id, person, ParticipationStatus.DECLINED, now, late=late):
        about, became = (AuditFact.RESPONSE, occurrence.id, person, now), ParticipationStatus.DECLINED
        audit.note(session, *about, by=by, was=was, became=became)
