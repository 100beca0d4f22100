"""Leave (请假) from one event: kind and reason are asked in private; an approver (审批人) decides."""

from datetime import datetime, timedelta

from msgspec import Struct
from msgspec.structs import replace

from handlers import absence, leave_draft
from handlers.absence import Absence
from handlers.answers import answer
from handlers.leave_draft import Draft
from handlers.leave_notice import owe_request
from handlers.participants import Participant, Stranger, participant
from handlers.start import Unlinked
from store import agendas, attendees, leaves, occurrences, persons
from store.accounts import Account
from store.database import Session
from store.leaves import DECIDED, Leave, LeaveKind, LeaveSpan, LeaveState
from store.persons import Known, Person
from store.responses import ParticipationStatus

HORIZON, NEAR, SHOWN = timedelta(days=60), timedelta(days=14), 6


class StartLeave(Struct, frozen=True):
    """None: the person's next event, in whatever consortium. What is said along is asked no more."""

    account: Account
    occurrence: int | None
    kind: LeaveKind | None = None
    reason: str = ""


class ChooseKind(Struct, frozen=True):
    account: Account
    occurrence: int
    kind: LeaveKind


class SkipReason(Struct, frozen=True):
    account: Account
    occurrence: int


class LeaveEvent(Struct, frozen=True):
    occurrence: int
    title: str
    starts_at: datetime


class LeaveEventsOffered(Struct, frozen=True):
    """Several events are near: which one is meant?"""

    events: tuple[LeaveEvent, ...]


class LeaveKindAsked(Struct, frozen=True):
    """`subject`: the event's number, or the first day as one (20261013). `reason`: told already, "" where not; what the
    person writes next is the reason, with or without a kind."""

    subject: int
    absence: Absence
    reason: str


class LeaveReasonAsked(Struct, frozen=True):
    """What the person writes next in private is the reason; there need be none. `subject`: as above."""

    subject: int
    absence: Absence
    kind: LeaveKind


class LeaveDecidedAlready(Struct, frozen=True):
    """`by` and `at`: who decided, and when (local)."""

    absence: Absence
    state: LeaveState
    by: str
    at: datetime


class NothingToLeave(Struct, frozen=True):
    """No event is coming at which the person is expected."""


class LeaveAsked(Struct, frozen=True):
    """The request is on its way to so many `approvers` whom a private message reaches."""

    leave: int
    absence: Absence
    approvers: int


class LeaveStepPassed(Struct, frozen=True):
    """The button is of a question that is open no longer."""


AskedNext = LeaveKindAsked | LeaveReasonAsked | LeaveAsked | LeaveDecidedAlready
LeaveOutcome = LeaveEventsOffered | AskedNext | NothingToLeave | Unlinked | Stranger
LeaveStepOutcome = AskedNext | LeaveStepPassed | Stranger


def start_leave(session: Session, request: StartLeave, now: datetime) -> LeaveOutcome:
    """Opens the question for kind and reason, or for the event."""
    number = request.occurrence
    if number is None:
        mine = persons.all_of_account(session, request.account)
        if not mine:
            return Unlinked()
        coming = sorted(event for known in mine for event in expected(session, known, now))
        near = [event for event in coming if event[0] <= now + NEAR][:SHOWN]
        if len(near) > 1 and not request.reason:
            return LeaveEventsOffered(tuple(offered(session, occurrence) for _, occurrence in near))
        number = coming[0][1] if coming else None
    if number is None:
        return NothingToLeave()
    found = participant(session, number, request.account)
    if not isinstance(found, Participant):
        return found
    asked = leaves.of(session, number, found.person)
    if asked is not None and asked.state in DECIDED:
        return decided_already(session, asked, absence.of_event(found.held))
    return go_on(session, request.account, found, Draft(request.kind, request.reason), now)


def expected(session: Session, known: Known, now: datetime) -> list[tuple[datetime, int]]:
    """When each event that is coming starts, and its number."""
    coming = agendas.between(session, known.consortium_id, now, now + HORIZON)
    theirs = attendees.expected_at(session, known.id)
    return [(row.starts_at, row.id) for row, _ in coming if row.class_id is None and row.id in theirs]


def offered(session: Session, occurrence: int) -> LeaveEvent:
    held = occurrences.get(session, occurrence)
    assert held is not None  # it was just found
    return LeaveEvent(occurrence, held.title, held.local(held.starts_at))


def go_on(session: Session, by: Account, found: Participant, draft: Draft, now: datetime) -> AskedNext:
    """The next question, or the request where all is known."""
    if draft.kind and draft.reason:
        leave_draft.close(session, by)
        return ask_for(session, found, draft, now)
    leave_draft.keep(session, by, draft, found.held.id, max(found.held.ends_at, now) + timedelta(days=1))
    about = absence.of_event(found.held)
    if draft.kind:
        return LeaveReasonAsked(found.held.id, about, draft.kind)
    return LeaveKindAsked(found.held.id, about, draft.reason)


def choose_kind(session: Session, request: ChooseKind, now: datetime) -> LeaveStepOutcome:
    draft = leave_draft.open_for(session, request.account, request.occurrence, now)
    if draft is None:
        return LeaveStepPassed()
    found = participant(session, request.occurrence, request.account)
    if not isinstance(found, Participant):
        return found
    return go_on(session, request.account, found, replace(draft, kind=request.kind), now)


def skip_reason(session: Session, request: SkipReason, now: datetime) -> LeaveStepOutcome:
    draft = leave_draft.open_for(session, request.account, request.occurrence, now)
    if draft is None:
        return LeaveStepPassed()
    found = participant(session, request.occurrence, request.account)
    leave_draft.close(session, request.account)
    if not isinstance(found, Participant):
        return found
    return ask_for(session, found, draft, now)


def ask_for(session: Session, found: Participant, draft: Draft, now: datetime) -> LeaveAsked | LeaveDecidedAlready:
    """All has been told: the request goes to those who may decide it."""
    held, about = found.held, absence.of_event(found.held)
    leave = leaves.ask(session, held.id, found.person, draft.kind, draft.reason, now)
    if leave is None:
        stands = leaves.of(session, held.id, found.person)
        assert stands is not None
        return decided_already(session, stands, about)
    if now < held.starts_at:  # /leave, too, says that one does not come
        answer(session, found, ParticipationStatus.DECLINED, now)
    return LeaveAsked(leave.id or 0, about, owe_request(session, leave, now))


def decided_already(session: Session, row: Leave | LeaveSpan, about: Absence) -> LeaveDecidedAlready:
    return LeaveDecidedAlready(about, LeaveState(row.state), *decision(session, row))


def decision(session: Session, row: Leave | LeaveSpan) -> tuple[str, datetime]:
    """Who decided, and when (local): what a leave that is approved or refused has (domain 5.7)."""
    assert row.decided_at is not None
    decider = session.get_one(Person, row.decided_by)
    return decider.name, absence.local(session, row.person_id, row.decided_at)
