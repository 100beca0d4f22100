"""Correct (考勤更正): a person's word about who came; what was before is kept, and whoever it concerns is told once."""

from datetime import datetime, timedelta

from msgspec import Struct

from handlers import check_in
from handlers.cards import refresh_check_in
from handlers.oversight import Case, NotOverseer, Overseer, case_of, choices, overseer
from handlers.participants import OccurrenceGone
from handlers.roll_people import GOOD_FOR, MayNotCorrect
from handlers.start import Unlinked
from store import accounts, attendance, attendees, audit, corrections, deliveries, leave_spans, occurrences, prompts
from store.accounts import Account
from store.audit import AuditFact
from store.check_ins import CheckInMethod
from store.corrections import Correction
from store.database import Session
from store.deliveries import DeliveryKind, Owed
from store.occurrences import Held, Occurrence
from store.persons import Person
from store.prompts import Asks
from store.statuses import ABOUT_LEAVE
from store.statuses import AttendanceStatus as Status

LONGEST_WORD = 200  # characters
TELL_WITHIN = timedelta(days=14)


class Mark(Struct, frozen=True):
    """What an organiser or approver pressed: a word why is asked for first, unless somebody is checked in by hand."""

    account: Account
    occurrence: int
    person: int
    status: Status


class Correct(Struct, frozen=True):
    account: Account
    occurrence: int
    person: int
    status: Status
    why: str


class WordAsked(Struct, frozen=True):
    """What is written next is why. `needed`: without it nothing is corrected; `archived`: because it is long ago;
    `adds`: the person was not expected until now."""

    occurrence: int
    person: int
    name: str
    status: Status
    was: Status
    needed: bool
    archived: bool
    adds: bool


class WordMissing(Struct, frozen=True):
    """Nothing was corrected: the word is missing, or longer than a word is."""

    name: str
    status: Status
    too_long: bool


class CheckedInFor(Struct, frozen=True):
    """By the organiser, marked so."""

    occurrence: int
    name: str
    title: str
    at: datetime
    late: bool


class Corrected(Struct, frozen=True):
    """`told`: the person hears of it."""

    occurrence: int
    name: str
    title: str
    was: Status
    status: Status
    told: bool


class AttendanceCorrected(Struct, frozen=True):
    """What the person is told, once. `by`: who did it."""

    name: str
    title: str
    starts_at: datetime
    week: int
    was: Status
    status: Status
    why: str
    by: str


Refusal = MayNotCorrect | NotOverseer | OccurrenceGone | Unlinked
MarkOutcome = WordAsked | CheckedInFor | Refusal
CorrectOutcome = Corrected | WordMissing | Refusal


def mark(session: Session, request: Mark, now: datetime) -> MarkOutcome:
    case = correctable(session, request.account, request.occurrence, request.person, request.status, now)
    if not isinstance(case, Case):
        return case
    if request.status is Status.PRESENT and case.checks_in_by_hand(now):
        return checked_in(session, case, now)
    account = accounts.remember(session, request.account)
    words = f"{request.person}:{request.status}"
    prompts.ask(session, account, Asks.CORRECTION_WORD, request.occurrence, now + GOOD_FOR, words)
    how = needs_word(case, request.status, now), case.overseer.archived(now), not case.expected
    return WordAsked(request.occurrence, case.person, case.name, request.status, case.status, *how)


def correctable(
    session: Session, account: Account, occurrence: int, person: int, status: Status, now: datetime
) -> Case | Refusal:
    found = overseer(session, account, occurrence)
    if not isinstance(found, Overseer):
        return found
    case = case_of(session, found, person, now)
    return case if case is not None and status in choices(case, now) else MayNotCorrect()


def needs_word(case: Case, status: Status, now: datetime) -> bool:
    """旷 is never said without one, and what is archived never changed without one (domain 4.2, 4.3)."""
    return status is Status.TRUANT or case.overseer.archived(now)


def checked_in(session: Session, case: Case, now: datetime) -> CheckedInFor:
    held, by = case.overseer.held, case.overseer.known.id
    late = check_in.is_late(held, now)
    check_in.kept(session, held, case.person, now, CheckInMethod.ORGANISER, late=late, by=by, now=now)
    return CheckedInFor(held.id, case.name, held.title, held.local(now), late)


def correct(session: Session, request: Correct, now: datetime) -> CorrectOutcome:
    case = correctable(session, request.account, request.occurrence, request.person, request.status, now)
    if not isinstance(case, Case):
        return case
    why = request.why.strip()
    if len(why) > LONGEST_WORD or (not why and needs_word(case, request.status, now)):
        return WordMissing(case.name, request.status, too_long=bool(why))
    held, by = case.overseer.held, case.overseer.known.id
    if request.status is Status.EXPECTED and not case.expected:
        attendees.add(session, held.id, case.person, case.school_id, now)
        event = session.get_one(Occurrence, held.id)
        leave_spans.cover(session, event, now, since=now, person=case.person)
    told = registered(session, held, case.person, request.status, case.status, why, by, now)
    stands = attendance.of(session, held.id, case.person, now)
    status = stands.status if stands else Status.NOT_EXPECTED
    return Corrected(held.id, case.name, held.title, case.status, status, told)


def registered(
    session: Session, held: Held, person: int, status: Status, was: Status, why: str, by: int, now: datetime
) -> bool:
    """With all that follows from it. Whether the person is told."""
    number = kept(session, held.id, person, status, was, why, by, now)
    refresh_check_in(session, held, now)
    if by == person:
        return False
    key, kind = f"{DeliveryKind.CORRECTION}:{number}", DeliveryKind.CORRECTION
    deliveries.owe(session, [Owed(key, kind, now, now + TELL_WITHIN, None, person, held.id, str(number))])
    return True


def kept(
    session: Session, occurrence: int, person: int, status: Status, was: Status, why: str, by: int, now: datetime
) -> int:
    """The correction, and its trace. Why somebody is on leave, or is not, is between that person and who decides it."""
    row = Correction(occurrence_id=occurrence, person_id=person, status=status, was=was, by_id=by, at=now, why=why)
    open_why = "" if ABOUT_LEAVE & {status, was} else why
    audit.note(session, AuditFact.ATTENDANCE, occurrence, person, now, by=by, was=was, became=status, why=open_why)
    return corrections.add(session, row)


def worded(session: Session, account: Account, occurrence: int, asked: str, why: str, now: datetime) -> CorrectOutcome:
    """The word that was asked for; `asked`: for whom and what, as `mark` kept it."""
    person, _, status = asked.partition(":")
    return correct(session, Correct(account, occurrence, int(person), Status(status), why), now)


def correction_notice(session: Session, correction: int, now: datetime) -> AttendanceCorrected | None:
    """None where a newer correction has overtaken it, which is told by itself."""
    told = corrections.newest(session, correction)
    held = occurrences.get(session, told.correction.occurrence_id) if told else None
    if told is None or held is None or held.cancelled:
        return None
    row = told.correction
    stands = attendance.of(session, held.id, row.person_id, now)
    status = stands.status if stands else Status.NOT_EXPECTED
    name, start = session.get_one(Person, row.person_id).name, held.local(held.starts_at)
    return AttendanceCorrected(name, held.title, start, held.week, Status(row.was), status, row.why, told.by)
