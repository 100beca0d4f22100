"""Check in (签到): inside its window, by the button; what any other way of checking in comes to as well."""

from datetime import datetime

from msgspec import Struct

from handlers.cards import refresh_check_in
from handlers.participants import NotInvited, NotLinked, OccurrenceGone, Participant, participant
from store import audit, check_ins, occurrences, persons
from store.accounts import Account
from store.audit import AuditFact
from store.check_ins import CheckInMethod
from store.database import Session
from store.occurrences import Held


class CheckIn(Struct, frozen=True):
    occurrence: int
    account: Account


class Comer(Struct, frozen=True):
    """Somebody of the consortium; a guest (旁听) where not `expected` (应到)."""

    person: int
    held: Held
    expected: bool


class CheckedIn(Struct, frozen=True):
    """`at`: of the first time, which stands; `late`: 迟到."""

    title: str
    at: datetime
    late: bool
    again: bool


class GuestCheckedIn(Struct, frozen=True):
    """Not on the list, or a newcomer since it was settled: kept, and never counted among those expected."""

    title: str
    at: datetime
    again: bool


class CheckInTooEarly(Struct, frozen=True):
    title: str
    opens_at: datetime


class CheckInClosed(Struct, frozen=True):
    title: str


Kept = CheckedIn | GuestCheckedIn
Recorded = Kept | CheckInTooEarly | CheckInClosed
CheckInOutcome = Recorded | OccurrenceGone | NotLinked


def check_in(session: Session, request: CheckIn, now: datetime) -> CheckInOutcome:
    found = comer(session, request.occurrence, request.account)
    return recorded(session, found, CheckInMethod.BUTTON, now) if isinstance(found, Comer) else found


def comer(session: Session, occurrence: int, account: Account) -> Comer | OccurrenceGone | NotLinked:
    found = participant(session, occurrence, account)
    if isinstance(found, Participant):
        return Comer(found.person, found.held, expected=True)
    if not isinstance(found, NotInvited):
        return found
    held = occurrences.get(session, occurrence)
    assert held is not None  # `participant` has found it
    known = persons.of_account(session, account, held.consortium_id)
    assert known is not None  # and him
    return Comer(known.id, held, expected=False)


def recorded(session: Session, comer: Comer, method: CheckInMethod, now: datetime) -> Recorded:
    """The window holds its first instant and not its last."""
    held, person = comer.held, comer.person
    if held.opens_at is None or held.closes_at is None or now >= held.closes_at:
        return CheckInClosed(held.title)
    if now < held.opens_at:
        return CheckInTooEarly(held.title, held.local(held.opens_at))
    new = kept(session, held, person, now, method, late=is_late(held, now), by=person, now=now)
    stands = check_ins.of(session, held.id, person)
    assert stands is not None
    if not comer.expected:
        return GuestCheckedIn(held.title, held.local(stands.at), not new)
    return CheckedIn(held.title, held.local(stands.at), stands.late, not new)


def is_late(held: Held, at: datetime) -> bool:
    return held.late_at is not None and at > held.late_at


def kept(
    session: Session,
    held: Held,
    person: int,
    at: datetime,
    method: CheckInMethod,
    *,
    late: bool,
    by: int,
    now: datetime,
) -> bool:
    """With its trace; False where the person has checked in before, which stands. `by`: whose act it is."""
    if not check_ins.record(session, held.id, person, at, method, late=late):
        return False
    became = "late" if late else "present"
    audit.note(session, AuditFact.CHECK_IN, held.id, person, now, by=by, was=None, became=became)
    refresh_check_in(session, held, now)
    return True
