"""Sign in by a sheet (签到表): an organiser's list of who came, shown beside the roster; 生效 keeps it all at once."""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from msgspec import Struct
from msgspec.structs import replace

from handlers.check_in import kept
from handlers.decide_offer import OfferDecided, OfferGone, gone
from handlers.offer import NotForFiles
from handlers.sign_in_found import Found, found
from handlers.sign_in_sheet import Doubt, Laid, SignInSheet
from store import accounts, occurrences, offers, persons
from store.accounts import Account
from store.check_ins import CheckInMethod
from store.database import Session
from store.occurrences import Held
from store.offers import OfferKind, OfferState, Waiting
from store.persons import Known, Role

BACK = timedelta(days=31)  # so long after its check-in opened a sheet of an event is taken
MOST_EVENTS = 8
DAY = re.compile(r"(?=(?<!\d)(\d{1,2})\D{1,2}(\d{1,2})(?!\d))")


class OfferSignIn(Struct, frozen=True):
    account: Account
    file: str
    content: bytes
    consortium: int
    sheet: SignInSheet


class OpenSignIn(Struct, frozen=True):
    """`offer`: None for the newest of the account."""

    account: Account
    offer: int | None


class SignInOpened(Struct, frozen=True):
    """To be read again."""

    offer: int
    file: str
    content: bytes


class StepSignIn(Struct, frozen=True):
    """`occurrence`: which event it is of; `number`: of the candidate's button; neither, and not `take`: a look."""

    account: Account
    offer: int
    sheet: SignInSheet
    occurrence: int | None = None
    number: int | None = None
    take: bool = False


class SignInEvent(Struct, frozen=True):
    occurrence: int
    title: str
    starts_at: datetime


class SignInForWhich(Struct, frozen=True):
    """Which of these events is it of?"""

    file: str
    choices: tuple[SignInEvent, ...]


class SignInUnplaced(Struct, frozen=True):
    """No event has opened its check-in of late."""

    file: str


class SignInOffered(Struct, frozen=True):
    """What 生效 would keep. `fresh`: check-ins, `late` and `guests` among them; `again`: who has checked in, which
    stands; `away`: rows that say nobody came; `asked`: the first name in doubt of `doubts`, all of which come first;
    `unknown`: row and name. `overtaken`: it is another one than was shown before."""

    offer: int
    file: str
    title: str
    starts_at: datetime
    fresh: int
    late: int
    guests: int
    again: int
    away: int
    asked: Doubt | None
    doubts: int
    unknown: tuple[tuple[int, str], ...]
    expires_at: datetime
    overtaken: bool


class SignInTaken(Struct, frozen=True):
    title: str
    starts_at: datetime
    fresh: int
    late: int
    guests: int
    again: int
    unknown: int


SignInShown = SignInForWhich | SignInUnplaced | SignInOffered
SignInOutcome = SignInShown | SignInTaken | OfferGone | OfferDecided | NotForFiles


def offer_sign_in(session: Session, request: OfferSignIn, now: datetime) -> SignInOutcome:
    if organiser(session, request.account, request.consortium) is None:
        return NotForFiles()
    events = occurrences.checked_in(session, request.consortium, now - BACK, now)
    if not events:
        return SignInUnplaced(request.file)
    account = accounts.remember(session, request.account)
    file = request.file, request.content
    waiting = offers.keep(session, request.consortium, account, OfferKind.SIGN_IN, *file, now)
    held = placed(events, request.sheet.head)
    if held is None:
        choices = (SignInEvent(one.id, one.title, one.local(one.starts_at)) for one in events[:MOST_EVENTS])
        return SignInForWhich(request.file, tuple(choices))
    return shown(session, waiting, found(session, held, request.sheet, {}), {})


def open_sign_in(session: Session, request: OpenSignIn, now: datetime) -> SignInOpened | OfferGone | OfferDecided:
    number = request.offer or offers.newest(session, request.account, OfferKind.SIGN_IN, now) or 0
    waiting = offers.waiting(session, number, request.account, now)
    if waiting is None or waiting.kind is not OfferKind.SIGN_IN:
        return gone(session, number, request.account)
    return SignInOpened(waiting.id, waiting.name, waiting.content)


def step_sign_in(session: Session, request: StepSignIn, now: datetime) -> SignInOutcome:
    """Nothing is kept but what was shown: what has become another meanwhile is shown anew."""
    waiting = offers.waiting(session, request.offer, request.account, now)
    if waiting is None:
        return gone(session, request.offer, request.account)
    by = organiser(session, request.account, waiting.consortium_id)
    if by is None:
        return NotForFiles()
    held = event(session, waiting, request.occurrence or waiting.occurrence_id, now)
    if held is None:
        return OfferGone()
    chosen = choices_of(waiting.chosen)
    before = found(session, held, request.sheet, chosen)
    if request.occurrence is not None:
        return shown(session, waiting, before, chosen)
    if before.digest != waiting.digest:
        return replace(shown(session, waiting, before, chosen), overtaken=True)
    if request.take and not before.laid.open:
        return taken(session, waiting, before, by, request.account, now)
    chosen |= picked(before.laid, request.number)
    return shown(session, waiting, found(session, held, request.sheet, chosen), chosen)


def organiser(session: Session, account: Account, consortium: int) -> Known | None:
    known = persons.of_account(session, account, consortium)
    return known if known is not None and Role.ORGANISER in known.roles else None


def event(session: Session, waiting: Waiting, number: int | None, now: datetime) -> Held | None:
    events = occurrences.checked_in(session, waiting.consortium_id, now - BACK, now)
    return next((one for one in events if one.id == number), None)


def placed(events: Sequence[Held], head: str) -> Held | None:
    """The only one, or the only one of the title and the day that stand on the sheet."""
    days = {(int(month), int(day)) for month, day in DAY.findall(head)}
    named = [one for one in events if one.title in head and day_of(one) in days]
    return named[0] if len(named) == 1 else events[0] if len(events) == 1 else None


def day_of(held: Held) -> tuple[int, int]:
    start = held.local(held.starts_at)
    return start.month, start.day


def picked(before: Laid, number: int | None) -> dict[int, int]:
    numbers = {one.number: (doubt.row, one.person) for doubt in before.doubts for one in doubt.candidates}
    return dict([numbers[number]]) if number in numbers else {}


def choices_of(chosen: str) -> dict[int, int]:
    pairs = (each.split(":") for each in chosen.split())
    return {int(row): int(person) for row, person in pairs}


def spelt(chosen: Mapping[int, int]) -> str:
    return " ".join(f"{row}:{person}" for row, person in sorted(chosen.items()))


def shown(session: Session, waiting: Waiting, of: Found, chosen: Mapping[int, int]) -> SignInOffered:
    offers.place(session, waiting.id, of.held.id, spelt(chosen), of.digest)
    return SignInOffered(
        waiting.id,
        waiting.name,
        of.held.title,
        of.held.local(of.held.starts_at),
        len(of.fresh),
        of.late,
        of.guests,
        of.again,
        of.laid.away,
        of.laid.open[0] if of.laid.open else None,
        len(of.laid.open),
        tuple((row.number, row.name) for row in of.laid.unknown),
        of.held.local(waiting.expires_at),
        overtaken=False,
    )


def taken(
    session: Session, waiting: Waiting, of: Found, by: Known, account: Account, now: datetime
) -> SignInTaken | OfferGone | OfferDecided:
    if not offers.settle(session, waiting.id, OfferState.TAKEN):
        return gone(session, waiting.id, account)  # pressed twice at once
    for person, row in of.fresh.items():
        kept(session, of.held, person, of.at(row), CheckInMethod.SHEET, late=of.is_late(row), by=by.id, now=now)
    counts = len(of.fresh), of.late, of.guests, of.again, len(of.laid.unknown)
    return SignInTaken(of.held.title, of.held.local(of.held.starts_at), *counts)
