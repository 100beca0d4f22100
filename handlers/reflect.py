"""Reflect (活动反思): asked in private; a draft until it is handed in, for one's own school unless shared."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from handlers.participants import Participant, Stranger, participant
from store import accounts, prompts, reflections
from store.accounts import Account
from store.database import Session
from store.prompts import Asks
from store.reflections import Reflection, Visibility

GOOD_FOR = timedelta(days=14)  # how long we wait for the text
LONGEST = 2_000  # characters


class ReflectionStep(StrEnum):
    """提交 · 修改 · 同意公开 · 仅本校可见."""

    SUBMIT = "submit"
    EDIT = "edit"
    CONSORTIUM = "consortium"
    SCHOOL = "school"


@dataclass(frozen=True, slots=True)
class StartReflection:
    occurrence: int
    account: Account


@dataclass(frozen=True, slots=True)
class StepReflection:
    occurrence: int
    account: Account
    step: ReflectionStep


@dataclass(frozen=True, slots=True)
class ReflectionStarted:
    """Whatever the person writes next is the text. `reflect_by`: None where the activity asks for none."""

    title: str
    reflect_by: datetime | None


@dataclass(frozen=True, slots=True)
class ReflectionDrafted:
    """`length`: characters, shown, never demanded (domain 5.5)."""

    occurrence: int
    title: str
    length: int
    visibility: Visibility


@dataclass(frozen=True, slots=True)
class ReflectionSubmitted:
    """`again`: it was handed in before."""

    title: str
    visibility: Visibility
    late: bool
    again: bool


@dataclass(frozen=True, slots=True)
class ReflectionMissing:
    """Nothing is written yet."""

    title: str
    payload: str


@dataclass(frozen=True, slots=True)
class ReflectionTooLong:
    length: int
    longest: int


ReflectOutcome = ReflectionStarted | ReflectionDrafted | ReflectionSubmitted | ReflectionMissing | Stranger


def start_reflection(session: Session, request: StartReflection, now: datetime) -> ReflectOutcome:
    found = participant(session, request.occurrence, request.account)
    return started(session, found, request.account, now) if isinstance(found, Participant) else found


def started(session: Session, found: Participant, account: Account, now: datetime) -> ReflectionStarted:
    prompts.ask(session, accounts.remember(session, account), Asks.REFLECTION, found.held.id, now + GOOD_FOR)
    due = found.held.reflect_by
    return ReflectionStarted(found.held.title, found.local(due) if due else None)


def draft(session: Session, found: Participant, text: str) -> ReflectionDrafted | ReflectionTooLong:
    if len(text) > LONGEST:
        return ReflectionTooLong(len(text), LONGEST)
    reflections.draft(session, found.held.id, found.person, text)
    return drafted(session, found)


def drafted(session: Session, found: Participant) -> ReflectionDrafted:
    row = reflections.of(session, found.held.id, found.person)
    assert row is not None
    return ReflectionDrafted(found.held.id, found.held.title, len(row.text), row.visibility)


def step_reflection(session: Session, request: StepReflection, now: datetime) -> ReflectOutcome:
    found = participant(session, request.occurrence, request.account)
    if not isinstance(found, Participant):
        return found
    row = reflections.of(session, request.occurrence, found.person)
    if row is None or row.id is None:
        return ReflectionMissing(found.held.title, f"reflect_{request.occurrence}")
    match request.step:
        case ReflectionStep.EDIT:
            return started(session, found, request.account, now)
        case ReflectionStep.SUBMIT:
            new = reflections.submit(session, row.id, now)
            session.refresh(row)
            return submitted(found, row, again=not new)
        case ReflectionStep.CONSORTIUM | ReflectionStep.SCHOOL:
            reflections.show(session, row.id, Visibility(request.step.value))
            session.refresh(row)
            return submitted(found, row, again=True) if row.submitted_at else drafted(session, found)


def submitted(found: Participant, row: Reflection, *, again: bool) -> ReflectionSubmitted:
    due = found.held.reflect_by
    late = due is not None and row.submitted_at is not None and row.submitted_at > due
    return ReflectionSubmitted(found.held.title, row.visibility, late, again)
