"""Answer a prompt: what a person writes in private is the answer to what we asked last."""

from dataclasses import dataclass
from datetime import datetime

from handlers.claim import ClaimName, ClaimOutcome, claim_name
from handlers.leave import LeaveAsked, LeaveDecidedAlready, ask_for
from handlers.participants import Participant, Stranger, participant
from handlers.record import RecordNoted, noted
from handlers.reflect import ReflectionDrafted, ReflectionTooLong, draft
from store import accounts, prompts
from store.accounts import Account
from store.database import Session
from store.prompts import Asks


@dataclass(frozen=True, slots=True)
class AnswerPrompt:
    """`name`: the text, read as nothing but somebody's name; `shown`: what the account calls itself."""

    account: Account
    text: str
    name: str = ""
    shown: str = ""


@dataclass(frozen=True, slots=True)
class NothingAsked:
    """No question is open: the text is something else."""


@dataclass(frozen=True, slots=True)
class ChangeWorded:
    """The text is a change of the plan, to be read against the calendar; `before`: what was asked back."""

    occurrence: int | None
    before: str


AnswerPromptOutcome = (
    LeaveAsked
    | LeaveDecidedAlready
    | ReflectionDrafted
    | ReflectionTooLong
    | RecordNoted
    | ClaimOutcome
    | ChangeWorded
    | NothingAsked
    | Stranger
)


def answer_prompt(session: Session, request: AnswerPrompt, now: datetime) -> AnswerPromptOutcome:
    """The question is closed by its answer; a text that is too long leaves it open."""
    claimed = claim_name(session, ClaimName(request.account, request.name, request.shown), now)
    if claimed is not None:
        return claimed
    account = accounts.id_of(session, request.account)
    asked = prompts.open_for(session, account, now) if account is not None else None
    if account is None or asked is None:
        return NothingAsked()
    if asked.asks is Asks.CHANGE or asked.occurrence is None:
        return ChangeWorded(asked.occurrence, asked.words)
    found = participant(session, asked.occurrence, request.account)
    if not isinstance(found, Participant):
        prompts.close(session, account)
        return found
    outcome = taken(session, asked.asks, found, request.text.strip(), now)
    if not isinstance(outcome, ReflectionTooLong):
        prompts.close(session, account)
    return outcome


def taken(session: Session, asks: Asks, found: Participant, text: str, now: datetime) -> AnswerPromptOutcome:
    match asks:
        case Asks.LEAVE_REASON:
            return ask_for(session, found, text, now)
        case Asks.REFLECTION:
            return draft(session, found, text)
        case Asks.RECORD_NOTE:
            return noted(session, found, text)
    raise ValueError(asks)  # a change is read elsewhere
