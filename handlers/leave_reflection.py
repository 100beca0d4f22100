"""Leave a reflection (反思) aside: none this time (这次不写), or its text is taken out (删除)."""

from datetime import datetime

from msgspec import Struct

from handlers.cards import refresh_digest
from handlers.participants import Participant, Stranger, participant
from handlers.reflect import ReflectionMissing, ReflectionSubmitted, note, submitted, written
from store import personal, prompts, reflections
from store.accounts import Account
from store.database import Session
from store.prompts import Asks
from store.reflections import ReflectionState


class SkipReflection(Struct, frozen=True):
    occurrence: int
    account: Account


class RemoveReflection(Struct, frozen=True):
    """`sure`: pressed a second time."""

    occurrence: int
    account: Account
    sure: bool


class ReflectionSkipped(Struct, frozen=True):
    """No message asks for it any more; it may still be written. `drafted`: a draft is kept."""

    title: str
    drafted: bool


class ReflectionRemovalAsked(Struct, frozen=True):
    """Nothing is done yet. `handed_in`: that one was written is counted still."""

    occurrence: int
    title: str
    handed_in: bool


class ReflectionRemoved(Struct, frozen=True):
    title: str
    handed_in: bool


SkipOutcome = ReflectionSkipped | ReflectionSubmitted | Stranger
RemoveOutcome = ReflectionRemovalAsked | ReflectionRemoved | ReflectionMissing | Stranger


def skip_reflection(session: Session, request: SkipReflection, now: datetime) -> SkipOutcome:
    """What was handed in stays so."""
    found = participant(session, request.occurrence, request.account)
    if not isinstance(found, Participant):
        return found
    row = reflections.of(session, request.occurrence, found.person)
    was = reflections.state_of(row)
    if row is not None and was is ReflectionState.SUBMITTED:
        return submitted(found, row, again=True)
    if row is None or (row.text and row.skipped_at is None):
        reflections.skip(session, request.occurrence, found.person, now)
        note(session, found, was, ReflectionState.SKIPPED, now)
    prompts.drop(session, found.person, Asks.REFLECTION, request.occurrence)
    return ReflectionSkipped(found.held.title, was is ReflectionState.DRAFT)


def remove_reflection(session: Session, request: RemoveReflection, now: datetime) -> RemoveOutcome:
    """The text goes out of all that we keep, also of updates that could not be worked off."""
    own = written(session, request.occurrence, request.account)
    if not isinstance(own, tuple):
        return own
    found, row = own
    handed_in, was, shared = row.submitted_at is not None, row.state, row.shared
    if not request.sure:
        return ReflectionRemovalAsked(request.occurrence, found.held.title, handed_in)
    reflections.remove(session, row, now)
    personal.empty_set_aside(session, request.account.address)
    prompts.drop(session, found.person, Asks.REFLECTION, request.occurrence)
    note(session, found, was, ReflectionState.REMOVED, now)
    if shared:
        refresh_digest(session, found.held, now)
    return ReflectionRemoved(found.held.title, handed_in)
