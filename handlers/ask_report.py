"""Asking for a report (台账) in the chat: of which days, and how much of it is for whoever asks (domain 3.1).

Organisers have all of it, an approver that of the own school, a principal its totals without a name, and everybody else
what it has of themselves.
"""

import re
from datetime import date, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from msgspec import Struct

from handlers.choose_consortium import ConsortiumToChoose, Speaker, speaker
from handlers.start import Unlinked
from store import accounts, deliveries, persons, terms
from store.accounts import Account
from store.consortiums import Consortium
from store.database import Session
from store.deliveries import DeliveryKind, Owed
from store.persons import Known, Role
from store.schools import School
from store.terms import Term

GOOD_FOR = timedelta(days=1)  # a file that could not be sent until then is asked for again
ONE_DAY = timedelta(days=1)
MONTH = re.compile(r"(?:(20[0-9]{2})-)?(0[1-9]|1[0-2])")
SPAN = re.compile(r"(20[0-9]{2}-[0-9]{2}-[0-9]{2}):(20[0-9]{2}-[0-9]{2}-[0-9]{2})")


class ReportPart(StrEnum):
    WHOLE = "whole"
    SCHOOL = "school"
    TOTALS = "totals"
    OWN = "own"


class AskFigures(Struct, frozen=True):
    """`days`: `month`, `last_month`, `term`, `last_term`, `09` (the last September), `2026-09`, or
    `2026-09-01:2026-10-15`."""

    account: Account
    days: str


class ReportScope(Struct, frozen=True):
    """`first` to `last`, both included; `school`: its key, `person`: its number, whose facts alone are in it."""

    consortium: int
    first: date
    last: date
    part: ReportPart
    school: str | None = None
    person: int | None = None


class ReportSum(Struct, frozen=True):
    """What a report comes to. `rate`: of attendance, None where too few were expected; `provisional`: not all is
    settled; `duties`: what the plan asks for, `on_time` of it without a gap; `records` of so many class meetings."""

    events: int
    expected: int
    came: int
    leave: int
    reflected: int
    rate: float | None
    provisional: bool
    duties: int
    on_time: int
    meetings: int
    records: int
    changes: int
    stands_at: datetime


class ReportFigures(Struct, frozen=True):
    """`of`: the name of the consortium, of the school, or of the asker. `sum` and `picture`, its name and content, the
    bot makes; there is none where there is nothing to draw."""

    scope: ReportScope
    of: str
    sum: ReportSum | None = None
    picture: tuple[str, bytes] | None = None


class DaysUnclear(Struct, frozen=True):
    """What was written names no days that we know."""


class NothingBegunYet(Struct, frozen=True):
    """Those days lie ahead, or there has been no such term."""


class AskReportFile(Struct, frozen=True):
    """`message`: the number of the message pressed, whose button shows how far it is."""

    account: Account
    first: date
    last: date
    message: str


class ReportFileComing(Struct, frozen=True):
    """`already`: it, or another one, was asked for and is not sent yet."""

    already: bool


class ReportFileSent(Struct, frozen=True):
    """`message`: as above. `document`, its name and content, the bot makes; None: it is too large for the chat."""

    scope: ReportScope
    of: str
    key: str
    message: str
    document: tuple[str, bytes] | None = None


FiguresOutcome = ReportFigures | DaysUnclear | NothingBegunYet | ConsortiumToChoose | Unlinked
FileOutcome = ReportFileComing | ConsortiumToChoose | Unlinked


def ask_figures(session: Session, request: AskFigures, now: datetime) -> FiguresOutcome:
    asker = speaker(session, request.account)
    if not isinstance(asker, Speaker):
        return asker
    row = session.get_one(Consortium, asker.known.consortium_id)
    today = now.astimezone(ZoneInfo(row.timezone)).date()
    try:
        span = days_of(request.days, today, terms.every(session, asker.known.consortium_id))
    except ValueError:
        return DaysUnclear()
    if span is None or span[0] > today or span[0] > span[1]:
        return NothingBegunYet()
    scope = scope_of(session, asker.known, *span)
    return ReportFigures(scope, called(session, row, asker.known, scope.part))


def days_of(words: str, today: date, known: list[Term]) -> tuple[date, date] | None:
    """None: there has been no such term. Raises ValueError for days that are none."""
    begun = sorted((one for one in known if one.first_day <= today), key=lambda one: one.first_day)
    if words in ("term", "last_term"):
        wanted = begun[-1:] if words == "term" else begun[-2:-1]
        return next(((one.first_day, one.last_day) for one in wanted), None)
    first_of_month = today.replace(day=1)
    if words in ("month", "last_month"):
        first = first_of_month if words == "month" else (first_of_month - ONE_DAY).replace(day=1)
        return first, end_of_month(first)
    if found := MONTH.fullmatch(words):
        first = date(int(found[1] or today.year), int(found[2]), 1)
        if not found[1] and first > today:
            first = first.replace(year=first.year - 1)
        return first, end_of_month(first)
    if found := SPAN.fullmatch(words):
        return date.fromisoformat(found[1]), date.fromisoformat(found[2])
    raise ValueError(words)


def end_of_month(first: date) -> date:
    return (first + timedelta(days=31)).replace(day=1) - ONE_DAY


def scope_of(session: Session, known: Known, first: date, last: date) -> ReportScope:
    """Looked at again when the file is made: who has lost a role has lost what it showed."""
    if Role.ORGANISER in known.roles:
        return ReportScope(known.consortium_id, first, last, ReportPart.WHOLE)
    school = session.get_one(School, known.school_id).key
    if Role.APPROVER in known.roles:
        return ReportScope(known.consortium_id, first, last, ReportPart.SCHOOL, school)
    if Role.PRINCIPAL in known.roles:
        return ReportScope(known.consortium_id, first, last, ReportPart.TOTALS, school)
    return ReportScope(known.consortium_id, first, last, ReportPart.OWN, person=known.id)


def called(session: Session, row: Consortium, known: Known, part: ReportPart) -> str:
    if part is ReportPart.OWN:
        return known.name
    return row.name if part is ReportPart.WHOLE else session.get_one(School, known.school_id).name


def ask_report_file(session: Session, request: AskReportFile, now: datetime) -> FileOutcome:
    """One at a time: making it takes a while."""
    asker = speaker(session, request.account)
    if not isinstance(asker, Speaker):
        return asker
    account = accounts.remember(session, request.account)
    if deliveries.is_owed(session, DeliveryKind.REPORT_FILE, account):
        return ReportFileComing(already=True)
    subject = f"{asker.known.consortium_id}:{request.first}:{request.last}:{request.message}"
    key = f"report_file:{account}:{now:%Y%m%dT%H%M%S.%f}"
    owed = Owed(key, DeliveryKind.REPORT_FILE, now, now + GOOD_FOR, subject=subject, account_id=account)
    deliveries.owe(session, [owed])
    return ReportFileComing(already=False)


def report_file(session: Session, subject: str, account: int) -> ReportFileSent | None:
    """What was asked for, as far as the asker may see it now; None for who is linked there no more."""
    consortium, first, last, message = subject.split(":")
    mine = persons.all_of_account(session, accounts.named(session, account))
    known = next((one for one in mine if one.consortium_id == int(consortium)), None)
    if known is None:
        return None
    row = session.get_one(Consortium, known.consortium_id)
    scope = scope_of(session, known, date.fromisoformat(first), date.fromisoformat(last))
    return ReportFileSent(scope, called(session, row, known, scope.part), row.key, message)
