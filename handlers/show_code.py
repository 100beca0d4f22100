"""Show the code (/checkin without a code): the digits to be spoken and the picture for the screen, renewed each minute
until check-in closes. Whoever is none of those who may see them is told how to check in."""

from datetime import datetime, timedelta

from msgspec import Struct

from handlers import codes
from handlers.check_in_by_code import NothingToCheckIn
from handlers.start import Unlinked
from store import accounts, deliveries, occurrences, persons
from store.accounts import Account
from store.database import Session
from store.deliveries import DeliveryKind, Owed
from store.occurrences import Held
from store.persons import Role

SAID_UNTIL = timedelta(days=1)  # after the close: that it has closed


class ShowCode(Struct, frozen=True):
    account: Account


class CodeLine(Struct, frozen=True):
    """`speaks`: the asker does, and may confirm who takes part online."""

    occurrence: int
    speaks: bool
    title: str
    code: str
    closes_at: datetime


class CodeShown(Struct, frozen=True):
    """To be spoken aloud; a picture of each follows."""

    codes: tuple[CodeLine, ...]


class CheckInHelp(Struct, frozen=True):
    """How to: press the button, or send the code."""


class CodePictured(Struct, frozen=True):
    """`scan`: what the link in the picture carries; whoever follows it within its minute or the next checks in."""

    title: str
    code: str
    closes_at: datetime
    scan: str


class CodeReplaced(Struct, frozen=True):
    """A newer picture renews itself."""

    title: str


class CodeExpired(Struct, frozen=True):
    """Check-in has closed, or is at another time now."""

    title: str


ShowCodeOutcome = CodeShown | CheckInHelp | NothingToCheckIn | Unlinked
CodeNotice = CodePictured | CodeReplaced | CodeExpired


def show_code(session: Session, request: ShowCode, now: datetime) -> ShowCodeOutcome:
    """Of every open event of a consortium that the asker organises, and of those that he speaks at or keeps the minutes
    of."""
    known = persons.all_of_account(session, request.account)
    if not known:
        return Unlinked()
    shown = [held for one in known for held in shown_to(session, one, now)]
    if not shown:
        organises = any(Role.ORGANISER in one.roles for one in known)
        return NothingToCheckIn() if organises else CheckInHelp()
    among = [held.id for held in shown]
    spoken = set[int]().union(*(occurrences.spoken(session, one.id, among) for one in known))
    account = accounts.remember(session, request.account)
    deliveries.owe(session, [picture(held, account, now) for held in shown])
    return CodeShown(tuple(line(held, held.id in spoken, now) for held in shown))


def line(held: Held, speaks: bool, now: datetime) -> CodeLine:
    return CodeLine(held.id, speaks, held.title, codes.spoken(held, now), closes_at(held))


def shown_to(session: Session, known: persons.Known, now: datetime) -> list[Held]:
    found = occurrences.checking_in(session, known.consortium_id, now)
    if Role.ORGANISER in known.roles:
        return found
    led = occurrences.led(session, known.id, [held.id for held in found])
    return [held for held in found if held.id in led]


def picture(held: Held, account: int, now: datetime) -> Owed:
    asked = f"{now:%Y%m%dT%H%M%S.%f}"
    key, until = key_of(held.id, account, asked), held.closes_at or now
    return Owed(key, DeliveryKind.CODE, now, until, occurrence_id=held.id, subject=asked, account_id=account)


def code_notice(session: Session, held: Held, account: int, asked: str, now: datetime) -> CodeNotice:
    """What the picture says now; it is owed again when that is another code. `asked`: when it was asked for."""
    key = key_of(held.id, account, asked)
    if held.opens_at is None or held.closes_at is None or not held.opens_at <= now < held.closes_at:
        return CodeExpired(held.title)
    if not deliveries.is_newest(session, key):
        return CodeReplaced(held.title)
    renewed = min(codes.next_change(now), held.closes_at)
    deliveries.owe_edit(session, key, renewed, held.closes_at + SAID_UNTIL)
    scan = f"in_{held.id}_{codes.scanned(held, now)}"
    return CodePictured(held.title, codes.spoken(held, now), closes_at(held), scan)


def key_of(occurrence: int, account: int, asked: str) -> str:
    return f"code:{occurrence}:{account}:{asked}"


def closes_at(held: Held) -> datetime:
    assert held.closes_at is not None  # it is checking in
    return held.local(held.closes_at)
