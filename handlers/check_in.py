"""Check in (签到): by the button, or by the four digits that are spoken on the spot (口令)."""

import hmac
from dataclasses import dataclass
from datetime import datetime

from handlers.cards import refresh_check_in
from handlers.participants import Participant, Stranger, participant
from handlers.start import Unlinked
from store import check_ins, occurrences, persons
from store.accounts import Account
from store.check_ins import CheckInMethod
from store.database import Session
from store.persons import Role


@dataclass(frozen=True, slots=True)
class CheckIn:
    occurrence: int
    account: Account


@dataclass(frozen=True, slots=True)
class CheckInByCode:
    account: Account
    code: str


@dataclass(frozen=True, slots=True)
class ShowCode:
    """`/checkin` without a code."""

    account: Account


@dataclass(frozen=True, slots=True)
class CheckedIn:
    """`at`: of the first time, which stands; `late`: 迟到."""

    title: str
    at: datetime
    late: bool
    again: bool


@dataclass(frozen=True, slots=True)
class CheckInTooEarly:
    title: str
    opens_at: datetime


@dataclass(frozen=True, slots=True)
class CheckInClosed:
    title: str


@dataclass(frozen=True, slots=True)
class NothingToCheckIn:
    """No event that this person is expected at is checking in now."""


@dataclass(frozen=True, slots=True)
class WrongCode:
    pass


@dataclass(frozen=True, slots=True)
class CodeLine:
    title: str
    code: str
    closes_at: datetime


@dataclass(frozen=True, slots=True)
class CodeShown:
    """For an organiser, to be spoken aloud."""

    codes: tuple[CodeLine, ...]


@dataclass(frozen=True, slots=True)
class CheckInHelp:
    """How to: press the button, or send the code."""


CheckInOutcome = (
    CheckedIn
    | CheckInTooEarly
    | CheckInClosed
    | NothingToCheckIn
    | WrongCode
    | CodeShown
    | CheckInHelp
    | Unlinked
    | Stranger
)


def check_in(session: Session, request: CheckIn, now: datetime) -> CheckInOutcome:
    found = participant(session, request.occurrence, request.account)
    if not isinstance(found, Participant):
        return found
    return recorded(session, found, CheckInMethod.BUTTON, now)


def recorded(session: Session, found: Participant, method: CheckInMethod, now: datetime) -> CheckInOutcome:
    """The window holds its first instant and not its last."""
    held = found.held
    if held.opens_at is None or held.closes_at is None or now >= held.closes_at:
        return CheckInClosed(held.title)
    if now < held.opens_at:
        return CheckInTooEarly(held.title, found.local(held.opens_at))
    late = held.late_at is not None and now > held.late_at
    new = check_ins.record(session, held.id, found.person, now, method, late=late)
    if new:
        refresh_check_in(session, held, now)
    stands = check_ins.of(session, held.id, found.person)
    assert stands is not None
    return CheckedIn(held.title, found.local(stands.at), stands.late, not new)


def check_in_by_code(session: Session, request: CheckInByCode, now: datetime) -> CheckInOutcome:
    known = persons.all_of_account(session, request.account)
    if not known:
        return Unlinked()
    open_now = [held for one in known for held in occurrences.checking_in(session, one.consortium_id, now)]
    asked = (participant(session, held.id, request.account) for held in open_now)
    mine = [found for found in asked if isinstance(found, Participant)]
    if not mine:
        return NothingToCheckIn()
    for found in mine:
        if hmac.compare_digest(found.held.code.encode(), request.code.strip().encode()):
            return recorded(session, found, CheckInMethod.CODE, now)
    return WrongCode()


def show_code(session: Session, request: ShowCode, now: datetime) -> CheckInOutcome:
    """Of every consortium in which the asker is an organiser."""
    if not persons.all_of_account(session, request.account):
        return Unlinked()
    organised = persons.in_role(session, request.account, Role.ORGANISER)
    if not organised:
        return CheckInHelp()
    lines = [
        CodeLine(held.title, held.code, held.local(held.closes_at))
        for consortium in organised
        for held in occurrences.checking_in(session, consortium, now)
        if held.closes_at is not None
    ]
    return CodeShown(tuple(lines)) if lines else NothingToCheckIn()
