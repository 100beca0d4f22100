"""Minutes (活动记录): the recorder is led through them part by part, in private; an organiser reads, corrects them."""

from datetime import datetime, timedelta

from msgspec import Struct

from handlers.participants import OccurrenceGone
from handlers.start import Unlinked
from store import accounts, attendance, audit, minutes, occurrences, persons, prompts
from store.accounts import Account
from store.audit import AuditFact
from store.database import Session
from store.minutes import MinutesPart, WholeMinutes
from store.occurrences import Held
from store.persons import Known, Role
from store.prompts import Asks

GOOD_FOR = timedelta(days=14)  # how long we wait for a part
PARTS = tuple(MinutesPart)
WHY = "why:"  # kept with the question, before the part that was pressed: the answer is why archived minutes are changed
RECORDER, BULLETIN = "recorder", "bulletin"  # the same: who keeps them; the organiser's own words of a bulletin


class OpenMinutes(Struct, frozen=True):
    """`part`: the one to be written; None: all that there is."""

    account: Account
    occurrence: int
    part: MinutesPart | None = None


class MinutesPartAsked(Struct, frozen=True):
    """What the writer sends next takes the place of what there is of this part. `number` counts from 1; `saved`: what
    was sent just now is kept."""

    occurrence: int
    title: str
    part: MinutesPart
    number: int
    kept: WholeMinutes
    saved: bool


class MinutesShown(Struct, frozen=True):
    """`came` of `expected`: today's truth; None where nobody checks in. `recorder` is "" where nobody is named."""

    occurrence: int
    title: str
    starts_at: datetime
    week: int
    recorder: str
    expected: int
    came: int | None
    kept: WholeMinutes
    organiser: bool


class MinutesArchived(Struct, frozen=True):
    """They are changed with a reason only: what is written next is one. `too_long`: that was none."""

    title: str
    too_long: bool = False


class MinutesTooEarly(Struct, frozen=True):
    title: str
    starts_at: datetime


class NotRecorder(Struct, frozen=True):
    """Minutes are for who keeps them, and for organisers."""


class Writer(Struct, frozen=True):
    """Who may write the minutes of an event."""

    known: Known
    held: Held

    @property
    def organiser(self) -> bool:
        return Role.ORGANISER in self.known.roles


MinutesRefusal = NotRecorder | OccurrenceGone | Unlinked
MinutesOutcome = MinutesPartAsked | MinutesShown | MinutesArchived | MinutesTooEarly | MinutesRefusal


def writer(session: Session, account: Account, occurrence: int) -> Writer | MinutesRefusal:
    """Of a class meeting there is a record instead."""
    held = occurrences.get(session, occurrence)
    if held is None or held.class_id is not None or held.cancelled:
        return OccurrenceGone()
    known = persons.of_account(session, account, held.consortium_id)
    if known is None:
        return Unlinked()
    found = Writer(known, held)
    return found if found.organiser or known.id == held.recorder_id else NotRecorder()


def open_minutes(session: Session, request: OpenMinutes, now: datetime) -> MinutesOutcome:
    """They may be begun while the event is under way."""
    found = writer(session, request.account, request.occurrence)
    if not isinstance(found, Writer):
        return found
    if now < found.held.starts_at:
        return MinutesTooEarly(found.held.title, found.held.local(found.held.starts_at))
    if request.part is None:
        prompts.drop(session, found.known.id, Asks.MINUTES, found.held.id)
        return shown(session, found, now)
    if is_archived(session, found, now):
        await_words(session, request.account, found, f"{WHY}{request.part}", now)
        return MinutesArchived(found.held.title)
    return asked(session, found, request.account, request.part, now)


def is_archived(session: Session, found: Writer, now: datetime) -> bool:
    row = minutes.of(session, found.held.id)
    return row.is_archived(found.held.archived_at, now) if row else now >= found.held.archived_at


def await_words(session: Session, account: Account, found: Writer, words: str, now: datetime) -> None:
    prompts.ask(session, accounts.remember(session, account), Asks.MINUTES, found.held.id, now + GOOD_FOR, words)


def asked(
    session: Session, found: Writer, account: Account, part: MinutesPart, now: datetime, *, saved: bool = False
) -> MinutesPartAsked:
    await_words(session, account, found, part, now)
    kept = minutes.whole(session, found.held.id)
    return MinutesPartAsked(found.held.id, found.held.title, part, PARTS.index(part) + 1, kept, saved)


def after(
    session: Session, found: Writer, account: Account, part: MinutesPart, now: datetime
) -> MinutesPartAsked | MinutesShown:
    """The part that follows the one that was kept, or, after the last one, all of it."""
    following = PARTS[PARTS.index(part) + 1 :]
    if following:
        return asked(session, found, account, following[0], now, saved=True)
    return shown(session, found, now)


def shown(session: Session, found: Writer, now: datetime) -> MinutesShown:
    held = found.held
    expected = attendance.expected(attendance.standings(session, [held.id], now))
    return MinutesShown(
        held.id,
        held.title,
        held.local(held.starts_at),
        held.week,
        held.recorder or "",
        len(expected),
        sum(one.came for one in expected) if held.opens_at else None,
        minutes.whole(session, held.id),
        found.organiser,
    )


def trace(session: Session, found: Writer, was: str, became: str, now: datetime, why: str = "") -> None:
    """`was` and `became`: states, with the part that was changed; never what it says."""
    row = minutes.of(session, found.held.id)
    about = row.person_id if row else found.known.id
    by = found.known.id
    audit.note(session, AuditFact.MINUTES, found.held.id, about, now, by=by, was=was, became=became, why=why)
