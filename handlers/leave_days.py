"""Leave (请假) for several days at a time: one request, one decision, for every event in them."""

from datetime import date, datetime, timedelta

from msgspec import Struct
from msgspec.structs import replace

from handlers import absence, leave_draft
from handlers.absence import Absence
from handlers.cards import refresh_answers
from handlers.choose_consortium import ConsortiumToChoose, Speaker, speaker
from handlers.leave import LeaveKindAsked, LeaveOutcome, LeaveReasonAsked, LeaveStepPassed, StartLeave, start_leave
from handlers.leave_draft import Draft
from handlers.leave_notice import owe_request
from handlers.start import Unlinked
from store import accounts, consortiums, leave_spans, occurrences, persons, prompts
from store.accounts import Account
from store.blueprint import Blueprint
from store.database import Session
from store.leaves import LeaveKind
from store.prompts import Asks

OPEN_FOR = timedelta(days=1)


class ReadLeaveWords(Struct, frozen=True):
    """What somebody wrote in private; `commanded`: behind /leave."""

    account: Account
    commanded: bool


class LeaveWordsWanted(Struct, frozen=True):
    """They are a request for leave, and their days are read against this blueprint."""

    blueprint: Blueprint


class ReasonAwaited(Struct, frozen=True):
    """They are the answer to what we asked."""


class StartLeaveDays(Struct, frozen=True):
    """Both days included. What is said along is asked no more."""

    account: Account
    first_day: date
    last_day: date
    kind: LeaveKind | None = None
    reason: str = ""


class ChooseDaysKind(Struct, frozen=True):
    """`subject`: the first day as a number (20261013)."""

    account: Account
    subject: int
    kind: LeaveKind


class SkipDaysReason(Struct, frozen=True):
    account: Account
    subject: int


class LeaveDaysAsked(Struct, frozen=True):
    """Of the events in these days `events` are announced; the request is on its way to so many `approvers`. `over`: the
    days are past, and nothing more will be announced in them."""

    leave: int
    absence: Absence
    events: int
    approvers: int
    over: bool


# What is written for these is theirs, whatever it looks like.
WRITTEN = (Asks.LEAVE_REASON, Asks.LEAVE_REMARK, Asks.CHANGE, Asks.SLOT)
WordsOutcome = LeaveWordsWanted | ReasonAwaited | Unlinked | ConsortiumToChoose
DaysAskedNext = LeaveKindAsked | LeaveReasonAsked | LeaveDaysAsked
DaysOutcome = LeaveOutcome | DaysAskedNext | ConsortiumToChoose
DaysStepOutcome = DaysAskedNext | LeaveStepPassed


def read_leave_words(session: Session, request: ReadLeaveWords, now: datetime) -> WordsOutcome:
    """A text is the reason where one is asked for, whatever it looks like; a command never is."""
    account = accounts.id_of(session, request.account)
    asked = prompts.open_for(session, account, now) if account is not None else None
    if not request.commanded and asked and asked.asks in WRITTEN:
        return ReasonAwaited()
    asker = speaker(session, request.account)
    if not isinstance(asker, Speaker):
        return asker
    consortium = consortiums.get(session, asker.known.consortium_id)
    assert consortium is not None
    return LeaveWordsWanted(consortiums.blueprint(consortium))


def start_leave_days(session: Session, request: StartLeaveDays, now: datetime) -> DaysOutcome:
    """One day with one event is leave from that event."""
    asker = speaker(session, request.account)
    if not isinstance(asker, Speaker):
        return asker
    first, last, person = request.first_day, request.last_day, asker.known.id
    events = leave_spans.events(session, person, first, last)
    if first == last and len(events) == 1:
        one = StartLeave(request.account, events[0].id, request.kind, request.reason)
        return start_leave(session, one, now)
    return go_on(session, request.account, Draft(request.kind, request.reason, person, (first, last)), now)


def go_on(session: Session, by: Account, draft: Draft, now: datetime) -> DaysAskedNext:
    """The next question, or the request where all is known."""
    if draft.kind and draft.reason:
        leave_draft.close(session, by)
        return ask_for_days(session, draft, now)
    leave_draft.keep(session, by, draft, None, now + OPEN_FOR)
    assert draft.days is not None
    subject, about = number_of(draft), absence.of_days(*draft.days)
    if draft.kind:
        return LeaveReasonAsked(subject, about, draft.kind)
    return LeaveKindAsked(subject, about, draft.reason)


def number_of(draft: Draft) -> int:
    return int(f"{draft.days[0]:%Y%m%d}") if draft.days else 0


def choose_days_kind(session: Session, request: ChooseDaysKind, now: datetime) -> DaysStepOutcome:
    draft = asked_by(session, request.account, request.subject, now)
    if draft is None:
        return LeaveStepPassed()
    return go_on(session, request.account, replace(draft, kind=request.kind), now)


def skip_days_reason(session: Session, request: SkipDaysReason, now: datetime) -> DaysStepOutcome:
    draft = asked_by(session, request.account, request.subject, now)
    if draft is None:
        return LeaveStepPassed()
    leave_draft.close(session, request.account)
    return ask_for_days(session, draft, now)


def asked_by(session: Session, account: Account, subject: int, now: datetime) -> Draft | None:
    """The days that this account is being asked about, where they begin with that day."""
    draft = leave_draft.open_for(session, account, None, now)
    if draft is None or number_of(draft) != subject:
        return None
    mine = {known.id for known in persons.all_of_account(session, account)}
    return draft if draft.person in mine else None


def ask_for_days(session: Session, draft: Draft, now: datetime) -> LeaveDaysAsked:
    """All has been told: every event in these days is asked leave from, and the request goes to who may decide it."""
    assert draft.days is not None
    span = leave_spans.ask(session, draft.person, draft.days, draft.kind, draft.reason, now)
    events = leave_spans.events(session, draft.person, *draft.days)
    for event in events:
        leave_spans.put(session, span, event, draft.person, now)
        held = occurrences.get(session, event.id or 0)
        if held is not None and now < held.starts_at:
            refresh_answers(session, held, now)
    days, approvers = absence.of_days(*draft.days), owe_request(session, span, now)
    return LeaveDaysAsked(span.id or 0, days, len(events), approvers, over=absence.ends(session, span)[1] <= now)
