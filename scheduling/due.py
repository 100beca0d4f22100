"""Due (到期): what a look of the dispatcher takes from the database, and when there is something to take again."""

from datetime import datetime, timedelta

from scheduling.clock import Steps
from scheduling.release import release
from store import beats, outbox, recovery, reminders
from store.database import Session
from store.outbox import Claimed, earliest

LEASE = timedelta(minutes=10)  # outlasts BATCH messages to one group at 20 a minute
BATCH = 100
MADE, SOON = timedelta(hours=1), timedelta(minutes=1)  # what acts owe is sent by then, and due by then
OVERLOOKED = timedelta(seconds=10)  # a transaction with its waits; less than half of what a clock is set by
FEWER_LANES = 25  # of each of several nodes, and rows a look: the first to look leaves the others something


def due(
    session: Session, now: datetime, node: int | None = None, calm: bool = False
) -> tuple[list[Claimed], datetime | None]:
    """What is claimed, and when there may be more: both in one transaction, since each costs as much as a press.
    `calm`: the last look found nothing, so that this one asks first whether there is anything: half as much."""
    if calm:
        ahead = outbox.ahead(session, now, node)
        moment = earliest(ahead.due, reminders.next_at(session))
        if not ahead.over and (moment is None or moment > now):
            return [], moment
    most = BATCH if node is None else FEWER_LANES
    if node is not None:
        outbox.alone(session)
    release(session, now)
    found = outbox.claim(session, now, LEASE, most, node)
    return found, now if len(found) == most else next_due(session, now, node)


def clock_set(session: Session, by: timedelta, now: datetime, node: int | None) -> None:
    """Of `node`: others learn of their clocks themselves."""
    recovery.move_holds(session, by, node)
    given_back(session, now - by, now)


def begun(session: Session, now: datetime) -> None:
    """By the only node, before it claims: the clock may have been set back since the last life showed that it lived."""
    last = beats.last(session, "tick")
    if last is not None and last - now > Steps.LEAST:
        given_back(session, last, now)


def given_back(session: Session, before: datetime, now: datetime) -> None:
    """What a clock would take away that showed `before` and was set to `now`."""
    if now < before:
        recovery.due_still(session, now - before, now + SOON, before + SOON)
    else:
        recovery.of_use_still(session, before, now, before - MADE, before + min(SOON, (now - before) / 2))
    recovery.not_missed(session, now)
    reminders.not_missed(session, now)


def overlooked(session: Session, before: datetime, by: timedelta, now: datetime) -> None:
    """What was committed only then, by the clock as it had been before it was set `by` so much: once, when that must be
    over."""
    since, until = before - OVERLOOKED, before + OVERLOOKED
    if by < timedelta(0):
        recovery.due_still(session, by, since, until)
    else:
        recovery.of_use_still(session, before, now, since, until)
        recovery.not_missed(session, now)


def next_due(session: Session, now: datetime, node: int | None = None) -> datetime | None:
    return earliest(outbox.ahead(session, now, node).due, reminders.next_at(session))


def lost(session: Session, looked: datetime, node: int | None) -> None:
    """The answer of a look at that moment never came: what it may have claimed is given back."""
    recovery.give_back(session, looked + LEASE, node)
