"""Answer a prompt: what a person writes in private is the answer to what we asked last."""

from datetime import datetime

from msgspec import Struct
from msgspec.structs import replace

from handlers import correct, decide_leave, leave_draft, minutes_words, online, record
from handlers.also_asked import AlsoOutcome, AlsoTooLong, add_also
from handlers.claim import ClaimName, ClaimOutcome, claim_name
from handlers.correct import CorrectOutcome, WordMissing
from handlers.decide_leave import LeaveRemarked, MayNotDecide
from handlers.fill_slot import FillOutcome, SlotTooLong, fill_slot
from handlers.leave import LeaveAsked, LeaveDecidedAlready, ask_for
from handlers.leave_days import LeaveDaysAsked, ask_for_days
from handlers.minutes import RECORDER
from handlers.minutes_words import WordsOutcome
from handlers.online import OnlineOutcome
from handlers.participants import Participant, Stranger, participant
from handlers.record import LinesAsked, RecordOutcome, RecordWorded
from handlers.reflect import ReflectionDrafted, ReflectionTooLong, draft
from handlers.response_note import ResponseNoted, keep_note
from handlers.roll_people import NamedOutcome, named_person
from store import accounts, prompts
from store.accounts import Account
from store.database import Session
from store.prompts import Asks, Open

OF_OTHERS = (Asks.MINUTES, Asks.ROLL_NAME, Asks.CORRECTION_WORD)  # asked of whoever need not be expected there


class AnswerPrompt(Struct, frozen=True):
    """`name`: the text, read as nothing but somebody's name; `shown`: what the account calls itself; `message`: the
    number of the text in the private chat."""

    account: Account
    text: str
    name: str = ""
    shown: str = ""
    message: str = ""


class NothingAsked(Struct, frozen=True):
    """No question is open: the text is something else."""


class TakenAlready(Struct, frozen=True):
    """The text has answered a question before: the program ended before it could say so."""


class ChangeWorded(Struct, frozen=True):
    """The text is a change of the plan, to be read against the calendar; `before`: what was asked back."""

    occurrence: int | None
    before: str


AnswerPromptOutcome = (
    LeaveAsked
    | LeaveDecidedAlready
    | LeaveDaysAsked
    | LeaveRemarked
    | MayNotDecide
    | ReflectionDrafted
    | ReflectionTooLong
    | RecordWorded
    | RecordOutcome
    | LinesAsked
    | ResponseNoted
    | ClaimOutcome
    | FillOutcome
    | AlsoOutcome
    | CorrectOutcome
    | NamedOutcome
    | OnlineOutcome
    | WordsOutcome
    | ChangeWorded
    | TakenAlready
    | NothingAsked
    | Stranger
)


def answer_prompt(session: Session, request: AnswerPrompt, now: datetime) -> AnswerPromptOutcome:
    """The question is closed by its answer; a text that is too long leaves it open, a name that is asked for, too. A
    text that comes again is not read as something else: a reflection would be a question."""
    claimed = claim_name(session, ClaimName(request.account, request.name, request.shown), now)
    if claimed is not None:
        return claimed
    account = accounts.id_of(session, request.account)
    if account is None:
        return NothingAsked()
    if request.message and accounts.answered_last(session, account) == request.message:
        return TakenAlready()
    asked = prompts.open_for(session, account, now)
    if asked is None:
        return NothingAsked()
    outcome = answered(session, account, asked, request, now)
    if prompts.open_for(session, account, now) != asked:
        accounts.answer_with(session, account, request.message)
    return outcome


def answered(session: Session, account: int, asked: Open, request: AnswerPrompt, now: datetime) -> AnswerPromptOutcome:
    if asked.asks is Asks.CHANGE:
        return ChangeWorded(asked.occurrence, asked.words)
    if asked.occurrence is None:
        return of_no_event(session, account, asked, request, now)
    if asked.asks in OF_OTHERS:
        return of_others(session, account, asked, asked.occurrence, request, now)
    found = participant(session, asked.occurrence, request.account)
    if not isinstance(found, Participant):
        prompts.close(session, account)
        return found
    if asked.asks is Asks.RECORD_NOTE and asked.words.startswith(record.WHY):
        return record.reopened(session, found, request.account, asked.words, request.text.strip(), now)
    if asked.asks is Asks.RECORD_NOTE:
        return record.worded(session, found, asked.words)
    outcome = taken(session, asked, found, request, now)
    if not isinstance(outcome, ReflectionTooLong):
        prompts.close(session, account)
    return outcome


def of_others(
    session: Session, account: int, asked: Open, occurrence: int, request: AnswerPrompt, now: datetime
) -> AnswerPromptOutcome:
    """The minutes, whom of the roll it is about, or the word why somebody's status is corrected."""
    if asked.asks is Asks.MINUTES:
        text = request.name if asked.words == RECORDER else request.text.strip()
        return minutes_words.answered(session, request.account, asked, text, now)
    if asked.asks is Asks.ROLL_NAME:
        read = online.confirm_online if asked.words == online.WORDS else named_person
        return read(session, request.account, occurrence, request.name, now) or NothingAsked()
    corrected = correct.worded(session, request.account, occurrence, asked.words, request.text, now)
    if not isinstance(corrected, WordMissing):
        prompts.close(session, account)
    return corrected


def of_no_event(
    session: Session, account: int, asked: Open, request: AnswerPrompt, now: datetime
) -> AnswerPromptOutcome:
    """The reason of several days, what an approver says, what stands for a blank, or questions for a clause."""
    text = request.text.strip()
    if asked.asks is Asks.SLOT:
        filled = fill_slot(session, request.account, int(asked.words), text, now)
        if not isinstance(filled, SlotTooLong):
            prompts.close(session, account)
        return filled
    if asked.asks is Asks.BANK_QUESTION:
        added = add_also(session, request.account, int(asked.words), text, now)
        if not isinstance(added, AlsoTooLong):
            prompts.close(session, account)
        return added
    prompts.close(session, account)
    if asked.asks is Asks.LEAVE_REMARK:
        return decide_leave.remark(session, request.account, asked.words, text, now)
    return ask_for_days(session, replace(leave_draft.read(asked.words), reason=text), now)


def taken(
    session: Session, asked: Open, found: Participant, request: AnswerPrompt, now: datetime
) -> AnswerPromptOutcome:
    text = request.text.strip()
    match asked.asks:
        case Asks.LEAVE_REASON:
            return ask_for(session, found, replace(leave_draft.read(asked.words), reason=text), now)
        case Asks.REFLECTION:
            return draft(session, found, request.account, text, request.message, now)
        case Asks.RESPONSE_NOTE:
            return keep_note(session, found, text)
    raise ValueError(asked.asks)  # the others are read elsewhere
