"""Leave (请假): asked in private, reason and all; an approver (审批人) of the current school decides."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from handlers.answers import answer
from handlers.participants import Participant, Stranger, participant
from handlers.start import Unlinked
from store import accounts, attendees, deliveries, leaves, occurrences, persons, prompts
from store.accounts import Account
from store.database import Session
from store.deliveries import DeliveryKind, Owed
from store.leaves import Leave, LeaveState
from store.occurrences import Held
from store.persons import Known, Person, Role
from store.prompts import Asks
from store.responses import ParticipationStatus

GOOD_FOR = timedelta(days=14)  # a request may still be decided after the event (补假)


@dataclass(frozen=True, slots=True)
class StartLeave:
    """None: the person's next event, in whatever consortium."""

    account: Account
    occurrence: int | None


@dataclass(frozen=True, slots=True)
class DecideLeave:
    leave: int
    account: Account
    approve: bool


@dataclass(frozen=True, slots=True)
class LeaveReasonAsked:
    title: str
    starts_at: datetime


@dataclass(frozen=True, slots=True)
class LeaveDecidedAlready:
    """`by` and `at`: who decided, and when (local)."""

    title: str
    state: LeaveState
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class NothingToLeave:
    """No event is coming at which the person is expected."""


@dataclass(frozen=True, slots=True)
class LeaveAsked:
    """The request is on its way to so many `approvers` whom a private message reaches."""

    title: str
    starts_at: datetime
    approvers: int


@dataclass(frozen=True, slots=True)
class LeaveRequested:
    """What an approver reads."""

    leave: int
    name: str
    title: str
    starts_at: datetime
    ends_at: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class LeaveSettled:
    """What the approver is told after the press. `again`: it was decided before, by whom and when (local)."""

    name: str
    title: str
    state: LeaveState
    again: bool
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class LeaveTakenBack:
    """The teacher comes after all: there is nothing to decide."""

    name: str
    title: str


@dataclass(frozen=True, slots=True)
class LeaveResult:
    """What the teacher is told."""

    name: str
    title: str
    starts_at: datetime
    state: LeaveState


@dataclass(frozen=True, slots=True)
class MayNotDecide:
    """Not an approver of that school, or the request is one's own."""


LeaveOutcome = LeaveReasonAsked | LeaveDecidedAlready | NothingToLeave | Unlinked | Stranger
DecideLeaveOutcome = LeaveSettled | LeaveTakenBack | MayNotDecide


def start_leave(session: Session, request: StartLeave, now: datetime) -> LeaveOutcome:
    """Opens the question for the reason."""
    number = request.occurrence
    if number is None:
        mine = persons.all_of_account(session, request.account)
        if not mine:
            return Unlinked()
        coming = [one for known in mine if (one := next_expected(session, known, now)) is not None]
        number = min(coming)[1] if coming else None
    if number is None:
        return NothingToLeave()
    found = participant(session, number, request.account)
    if not isinstance(found, Participant):
        return found
    asked = leaves.of(session, number, found.person)
    if asked is not None and asked.state in (LeaveState.APPROVED, LeaveState.REFUSED):
        return LeaveDecidedAlready(found.held.title, asked.state, *decision(session, asked, found.held))
    account = accounts.remember(session, request.account)
    prompts.ask(session, account, Asks.LEAVE_REASON, number, max(found.held.ends_at, now) + timedelta(days=1))
    return LeaveReasonAsked(found.held.title, found.local(found.held.starts_at))


def next_expected(session: Session, known: Known, now: datetime) -> tuple[datetime, int] | None:
    """When it starts, and its number."""
    coming = occurrences.between(session, known.consortium_id, now, now + timedelta(days=60))
    events = [(row.starts_at, row.id) for row, _ in coming if row.id is not None and row.class_id is None]
    return next((each for each in events if known.id in attendees.of(session, each[1])), None)


def ask_for(session: Session, found: Participant, reason: str, now: datetime) -> LeaveAsked | LeaveDecidedAlready:
    """The reason has been told: the request goes to those who may decide it."""
    held = found.held
    if not leaves.ask(session, held.id, found.person, reason, now):
        stands = leaves.of(session, held.id, found.person)
        assert stands is not None
        return LeaveDecidedAlready(held.title, stands.state, *decision(session, stands, held))
    if now < held.starts_at:  # /leave, too, says that one does not come
        answer(session, found, ParticipationStatus.DECLINED, now)
    leave = leaves.of(session, held.id, found.person)
    assert leave is not None
    deciding = approvers(session, found.person)
    owe(session, leave, DeliveryKind.LEAVE_REQUEST, deciding, max(held.ends_at, now) + GOOD_FOR, now)
    unlinked, silent = persons.out_of_reach(session, deciding)
    return LeaveAsked(held.title, found.local(held.starts_at), len(deciding) - unlinked - silent)


def approvers(session: Session, person: int) -> list[int]:
    """Of the school where the person works now, not the home school; else its principal. Never oneself."""
    row = session.get_one(Person, person)
    for role in (Role.APPROVER, Role.PRINCIPAL):
        others = [one for one in persons.with_role(session, row.consortium_id, role, row.school_id) if one != person]
        if others:
            return others
    return []


def owe(session: Session, leave: Leave, kind: DeliveryKind, people: list[int], until: datetime, now: datetime) -> None:
    """Told again where it is asked for again, or with another reason."""
    about = (leave.occurrence_id, str(leave.id))
    keys = {person: f"{kind}:{leave.id}:{now:%Y%m%dT%H%M%S}:{person}" for person in people}
    deliveries.owe(session, [Owed(key, kind, now, until, None, person, *about) for person, key in keys.items()])


def decide_leave(session: Session, request: DecideLeave, now: datetime) -> DecideLeaveOutcome:
    leave = leaves.get(session, request.leave)
    if leave is None:
        return MayNotDecide()
    teacher = session.get_one(Person, leave.person_id)
    known = persons.of_account(session, request.account, teacher.consortium_id)
    held = occurrences.get(session, leave.occurrence_id)
    if known is None or held is None or known.id not in approvers(session, leave.person_id):
        return MayNotDecide()
    state = LeaveState.APPROVED if request.approve else LeaveState.REFUSED
    decided = leaves.decide(session, request.leave, state, known.id, now)
    if decided:
        owe(session, leave, DeliveryKind.LEAVE_RESULT, [leave.person_id], max(held.ends_at, now) + GOOD_FOR, now)
    session.refresh(leave)
    if leave.state is LeaveState.WITHDRAWN:
        return LeaveTakenBack(teacher.name, held.title)
    return LeaveSettled(teacher.name, held.title, leave.state, not decided, *decision(session, leave, held))


def decision(session: Session, leave: Leave, held: Held) -> tuple[str, datetime]:
    """Who decided, and when (local): what a leave that is approved or refused has (domain 5.7)."""
    assert leave.decided_at is not None
    return session.get_one(Person, leave.decided_by).name, held.local(leave.decided_at)


def request_of(session: Session, leave: int) -> LeaveRequested | None:
    """What an approver is sent; None where it is no longer open."""
    row = leaves.get(session, leave)
    held = occurrences.get(session, row.occurrence_id) if row else None
    if row is None or held is None or held.cancelled or row.state is not LeaveState.PENDING:
        return None
    teacher = session.get_one(Person, row.person_id)
    times = held.local(held.starts_at), held.local(held.ends_at)
    return LeaveRequested(leave, teacher.name, held.title, *times, row.reason)


def result_of(session: Session, leave: int) -> LeaveResult | None:
    row = leaves.get(session, leave)
    held = occurrences.get(session, row.occurrence_id) if row else None
    if row is None or held is None:
        return None
    teacher = session.get_one(Person, row.person_id)
    return LeaveResult(
        teacher.name, held.title, held.local(held.starts_at), row.state
    )
