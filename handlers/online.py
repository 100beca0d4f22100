"""Online (线上参加): the speaker of an event confirms by name who took part from elsewhere (domain 4.2), in private."""

from datetime import datetime

from msgspec import Struct

from handlers.claim import folded
from handlers.correct import registered
from handlers.oversight import confirms
from handlers.participants import OccurrenceGone
from handlers.roll_people import GOOD_FOR, LONGEST_NAME, called_by
from handlers.start import Unlinked
from store import accounts, attendance, occurrences, persons, prompts
from store.accounts import Account
from store.attendance import Standing
from store.database import Session
from store.occurrences import Held
from store.persons import Known
from store.prompts import Asks
from store.statuses import AttendanceStatus as Status

WORDS = "online"  # kept with the question for a name: it is not the roll's
# What the system alone says: a person's word, and a check-in, are the office's to change.
OPEN = frozenset({Status.EXPECTED, Status.ABSENT_PENDING, Status.LEAVE, Status.LEAVE_PENDING, Status.LEAVE_REFUSED})


class AskOnline(Struct, frozen=True):
    account: Account
    occurrence: int


class OnlineNameAsked(Struct, frozen=True):
    """What is written next are names, one a message."""

    title: str
    starts_at: datetime
    week: int


class OnlineConfirmed(Struct, frozen=True):
    name: str
    title: str
    again: bool


class OnlineNobody(Struct, frozen=True):
    """Nobody expected there is called so, or `several` are."""

    name: str
    title: str
    several: bool


class OnlineSettled(Struct, frozen=True):
    """Something else is recorded of that person already, or it is the speaker: the office's business."""

    name: str


class OnlineNotOpen(Struct, frozen=True):
    """Only its speaker confirms it, from the check-in's opening until it is archived."""


Refusal = OnlineNotOpen | OccurrenceGone | Unlinked
AskOnlineOutcome = OnlineNameAsked | Refusal
OnlineOutcome = OnlineConfirmed | OnlineNobody | OnlineSettled | Refusal


def ask_online(session: Session, request: AskOnline, now: datetime) -> AskOnlineOutcome:
    found = spoken(session, request.account, request.occurrence, now)
    if not isinstance(found, tuple):
        return found
    _, held = found
    account = accounts.remember(session, request.account)
    prompts.ask(session, account, Asks.ROLL_NAME, held.id, now + GOOD_FOR, WORDS)
    return OnlineNameAsked(held.title, held.local(held.starts_at), held.week)


def spoken(session: Session, account: Account, occurrence: int, now: datetime) -> tuple[Known, Held] | Refusal:
    """Whoever speaks there, and the event."""
    held = occurrences.get(session, occurrence)
    if held is None or held.cancelled or held.class_id is not None:
        return OccurrenceGone()
    known = persons.of_account(session, account, held.consortium_id)
    if known is None:
        return Unlinked()
    speaks = confirms(held, now) and held.id in occurrences.spoken(session, known.id, [held.id])
    return (known, held) if speaks else OnlineNotOpen()


def confirm_online(
    session: Session, account: Account, occurrence: int, name: str, now: datetime
) -> OnlineOutcome | None:
    """None: that was no name."""
    found = spoken(session, account, occurrence, now)
    if not isinstance(found, tuple):
        return found
    known, held = found
    if not folded(name) or len(name) > LONGEST_NAME:
        return None
    named = [attendance.of(session, held.id, one, now) for one in called_by(session, known.consortium_id, name)]
    expected = attendance.expected(one for one in named if one is not None)
    if len(expected) != 1:
        return OnlineNobody(name, held.title, several=bool(expected))
    return confirmed(session, known, held, expected[0], now)


def confirmed(session: Session, known: Known, held: Held, one: Standing, now: datetime) -> OnlineOutcome:
    name, person = one.facts.name, one.facts.person
    if one.status is Status.ONLINE:
        return OnlineConfirmed(name, held.title, again=True)
    if one.status not in OPEN or one.facts.corrected not in (None, Status.EXPECTED) or person == known.id:
        return OnlineSettled(name)
    registered(session, held, person, Status.ONLINE, one.status, "", known.id, now)
    return OnlineConfirmed(name, held.title, again=False)
