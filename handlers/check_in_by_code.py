"""Check in by the code of the minute (口令), typed or scanned."""

from datetime import datetime

from msgspec import Struct

from handlers import codes
from handlers.check_in import Comer, Recorded, comer, recorded
from handlers.participants import NotLinked, OccurrenceGone
from handlers.start import Unlinked
from store import accounts, code_tries, occurrences, persons
from store.accounts import Account
from store.check_ins import CheckInMethod
from store.database import Session
from store.occurrences import Held


class CheckInByCode(Struct, frozen=True):
    account: Account
    code: str


class CheckInByScan(Struct, frozen=True):
    """`token`: what the link on the screen carries beside the number of the occurrence."""

    account: Account
    occurrence: int
    token: str


class NothingToCheckIn(Struct, frozen=True):
    """No event of the person's consortiums is checking in now."""


class WrongCode(Struct, frozen=True):
    pass


class CodeTriesSpent(Struct, frozen=True):
    """Several wrong ones: whatever comes within the next minute is not looked at."""


class CodeChoice(Struct, frozen=True):
    occurrence: int
    title: str
    starts_at: datetime


class CodeForWhich(Struct, frozen=True):
    """Two events have these digits in this minute: a press of one of them checks in there."""

    choices: tuple[CodeChoice, ...]


class ScanTooOld(Struct, frozen=True):
    """Another picture has taken its place."""


CodeOutcome = Recorded | NothingToCheckIn | WrongCode | CodeTriesSpent | CodeForWhich | Unlinked
ScanOutcome = Recorded | ScanTooOld | OccurrenceGone | NotLinked | Unlinked


def check_in_by_code(session: Session, request: CheckInByCode, now: datetime) -> CodeOutcome:
    """Whoever is expected at one of two events with the same digits is there. A code that opens none of the person's
    own is a wrong one, whosever it is."""
    known = persons.all_of_account(session, request.account)
    if not known:
        return Unlinked()
    open_now = [held for one in known for held in occurrences.checking_in(session, one.consortium_id, now)]
    account = accounts.id_of(session, request.account)
    if account is None or not open_now:
        return NothingToCheckIn()
    if code_tries.wait_until(session, account, now) is not None:
        return CodeTriesSpent()
    meant = [held for held in open_now if codes.is_spoken(held, request.code.strip(), now)]
    if not meant:
        code_tries.count(session, account, now)
        return CodeTriesSpent() if code_tries.wait_until(session, account, now) else WrongCode()
    return at_one(session, request.account, meant, now)


def at_one(session: Session, account: Account, meant: list[Held], now: datetime) -> Recorded | CodeForWhich | WrongCode:
    asked = (comer(session, held.id, account) for held in meant)
    comers = [one for one in asked if isinstance(one, Comer)]
    comers = [one for one in comers if one.expected] or comers
    if len(comers) > 1:
        held = (one.held for one in comers)
        return CodeForWhich(tuple(CodeChoice(one.id, one.title, one.local(one.starts_at)) for one in held))
    return recorded(session, comers[0], CheckInMethod.CODE, now) if comers else WrongCode()


def check_in_by_scan(session: Session, request: CheckInByScan, now: datetime) -> ScanOutcome:
    """Nothing is told of an event to whoever has not scanned its picture of this minute or the last one."""
    if not persons.all_of_account(session, request.account):
        return Unlinked()
    held = occurrences.get(session, request.occurrence)
    if held is None or not codes.is_scanned(held, request.token, now):
        return ScanTooOld()
    found = comer(session, held.id, request.account)
    return recorded(session, found, CheckInMethod.QR, now) if isinstance(found, Comer) else found
