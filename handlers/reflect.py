"""Reflect (活动反思): asked in private; a draft until it is handed in, for one's own school unless shared."""

from datetime import datetime, timedelta
from enum import StrEnum

from msgspec import Struct

from handlers.cards import refresh_digest
from handlers.participants import Participant, Stranger, participant
from store import accounts, audit, consortiums, prompts, reflections
from store.accounts import Account
from store.audit import AuditFact
from store.database import Session
from store.prompts import Asks
from store.reflections import Reflection, ReflectionState, Visibility

GOOD_FOR = timedelta(days=14)  # how long we wait for the text
LONGEST = 2_000  # characters


class ReflectionStep(StrEnum):
    """提交 · 修改 · 同意公开 · 仅本校可见."""

    SUBMIT = "submit"
    EDIT = "edit"
    CONSORTIUM = "consortium"
    SCHOOL = "school"


class StartReflection(Struct, frozen=True):
    occurrence: int
    account: Account


class StepReflection(Struct, frozen=True):
    occurrence: int
    account: Account
    step: ReflectionStep


class ReflectionStarted(Struct, frozen=True):
    """Whatever the person writes next is the text. `reflect_by`: None where the activity asks for none; `prompts`: what
    it may be about, by the file."""

    title: str
    reflect_by: datetime | None
    prompts: tuple[str, ...]


class ReflectionDrafted(Struct, frozen=True):
    """`length`: characters, shown, never demanded (domain 5.5)."""

    occurrence: int
    title: str
    length: int
    visibility: Visibility


class ReflectionSubmitted(Struct, frozen=True):
    """`again`: it was handed in before."""

    occurrence: int
    title: str
    visibility: Visibility
    late: bool
    again: bool


class ReflectionMissing(Struct, frozen=True):
    """Nothing is written, yet or any more."""

    title: str
    payload: str


class ReflectionTooLong(Struct, frozen=True):
    length: int
    longest: int


ReflectOutcome = ReflectionStarted | ReflectionDrafted | ReflectionSubmitted | ReflectionMissing | Stranger


def start_reflection(session: Session, request: StartReflection, now: datetime) -> ReflectOutcome:
    found = participant(session, request.occurrence, request.account)
    return started(session, found, request.account, now) if isinstance(found, Participant) else found


def started(session: Session, found: Participant, account: Account, now: datetime) -> ReflectionStarted:
    prompts.ask(session, accounts.remember(session, account), Asks.REFLECTION, found.held.id, now + GOOD_FOR)
    due = found.held.reflect_by
    about = consortiums.prompts(session, found.held.consortium_id, found.held.activity)
    return ReflectionStarted(found.held.title, found.local(due) if due else None, about)


def draft(
    session: Session, found: Participant, account: Account, text: str, message: str, now: datetime
) -> ReflectionDrafted | ReflectionTooLong:
    """`message`: its number in the private chat, by which an edit of it is known; "" where there is none."""
    if len(text) > LONGEST:
        return ReflectionTooLong(len(text), LONGEST)
    row = reflections.of(session, found.held.id, found.person)
    was, shared = reflections.state_of(row), row is not None and row.shared
    written_by = accounts.remember(session, account)
    reflections.draft(session, found.held.id, found.person, text, written_by, message)
    if was not in (ReflectionState.MISSING, ReflectionState.DRAFT):
        note(session, found, was, ReflectionState.DRAFT, now)
    if shared:
        refresh_digest(session, found.held, now)
    return ReflectionDrafted(found.held.id, found.held.title, len(text), row.visibility if row else Visibility.SCHOOL)


def step_reflection(session: Session, request: StepReflection, now: datetime) -> ReflectOutcome:
    own = written(session, request.occurrence, request.account)
    if not isinstance(own, tuple):
        return own
    found, row = own
    match request.step:
        case ReflectionStep.EDIT:
            return started(session, found, request.account, now)
        case ReflectionStep.SUBMIT:
            return hand_in(session, found, row, now)
        case ReflectionStep.CONSORTIUM | ReflectionStep.SCHOOL:
            return show(session, found, row, Visibility(request.step.value), now)


def written(
    session: Session, occurrence: int, account: Account
) -> tuple[Participant, Reflection] | ReflectionMissing | Stranger:
    """Who wrote of this event, and the text: a draft, or handed in."""
    found = participant(session, occurrence, account)
    if not isinstance(found, Participant):
        return found
    row = reflections.of(session, occurrence, found.person)
    return (found, row) if row is not None and row.text else missing(found)


def missing(found: Participant) -> ReflectionMissing:
    return ReflectionMissing(found.held.title, f"reflect_{found.held.id}")


def hand_in(session: Session, found: Participant, row: Reflection, now: datetime) -> ReflectionSubmitted:
    new = reflections.submit(session, row, now)
    if new:
        prompts.drop(session, found.person, Asks.REFLECTION, found.held.id)
        note(session, found, ReflectionState.DRAFT, ReflectionState.SUBMITTED, now)
        if row.shared:
            refresh_digest(session, found.held, now)
    return submitted(found, row, again=not new)


def show(
    session: Session, found: Participant, row: Reflection, visibility: Visibility, now: datetime
) -> ReflectionDrafted | ReflectionSubmitted:
    """Consent (同意公开) is given by itself, and taken back at any time (PIPL, articles 14 and 15)."""
    if row.visibility is not visibility:
        note(session, found, row.visibility, visibility, now)
        reflections.show(session, row, visibility)
        if row.submitted_at is not None:
            refresh_digest(session, found.held, now)
    return as_it_stands(found, row)


def as_it_stands(found: Participant, row: Reflection) -> ReflectionDrafted | ReflectionSubmitted:
    if row.submitted_at is not None:
        return submitted(found, row, again=True)
    return ReflectionDrafted(found.held.id, found.held.title, len(row.text), row.visibility)


def submitted(found: Participant, row: Reflection, *, again: bool) -> ReflectionSubmitted:
    due = found.held.reflect_by
    late = due is not None and row.submitted_at is not None and row.submitted_at > due
    return ReflectionSubmitted(found.held.id, found.held.title, row.visibility, late, again)


def note(session: Session, found: Participant, was: StrEnum, became: StrEnum, now: datetime) -> None:
    about = AuditFact.REFLECTION, found.held.id, found.person, now
    audit.note(session, *about, by=found.person, was=was.value, became=became.value)
