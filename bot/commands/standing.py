"""How things stand by the database alone: is the bot alive, what failed, which groups and people are missing."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.commands.findings import Finding, ok, warning, wrong
from bot.commands.status import gathered
from store import beats, chats, consortiums, linked_accounts, persons
from store.chats import Chat
from store.database import Session
from store.persons import Role

ALIVE = timedelta(minutes=1)  # without a tick the bot does not run
LATELY = timedelta(minutes=10)


def standing(session: Session, now: datetime) -> tuple[list[Finding], list[Chat]]:
    """The findings, and the chats that are bound: detached rows, to be asked about."""
    every = chats.every(session)
    bound = [chat for chat in every if chat.address is not None]
    found = [*alive(session, now), *owed(session, now), *organisers(session), *zones(session, now)]
    unbound = len(every) - len(bound)
    found.append(warning("chats", "chats_unbound", count=unbound) if unbound else ok("chats", "chats_bound"))
    session.expunge_all()
    return found, bound


def silent(chats: Sequence[Chat]) -> list[Finding]:
    """By what the last message there came to."""
    return [warning("rights", "chat_silent", title=chat.title) for chat in chats if chat.silence is not None]


def looked_up_inline(session: Session) -> bool:
    """Whether a consortium's file wants its papers looked up from other chats."""
    every = (consortiums.blueprint(one).consortium for one in consortiums.every(session))
    return any(one.inline is not False for one in every)


def alive(session: Session, now: datetime) -> Iterator[Finding]:
    tick, conflict = beats.last(session, "tick"), beats.last(session, "conflict")
    if tick is None:
        yield warning("tick", "tick_never")
    elif now - tick > ALIVE:
        yield warning("tick", "tick_old", minutes=round((now - tick) / timedelta(minutes=1)))
    else:
        yield ok("tick", "tick_good")
    if conflict is not None and now - conflict < LATELY:
        yield wrong("poller", "poller_second")


def owed(session: Session, now: datetime) -> Iterator[Finding]:
    figures = gathered(session, now)
    for name in ("missed", "failed_updates"):
        if figures[name]:
            yield warning("messages", f"messages_{name}", count=figures[name])
    if failed := figures["deliveries"]["failed"]:
        yield warning("messages", "messages_failed", count=failed)


def zones(session: Session, now: datetime) -> Iterator[Finding]:
    """An organiser sees at once whether the clock of the school is right."""
    for one in consortiums.every(session):
        facts = {"consortium": one.name, "zone": one.timezone}
        try:
            clock = now.astimezone(ZoneInfo(one.timezone))
        except ZoneInfoNotFoundError:
            yield wrong("timezone", "timezone_unknown", **facts)
        else:
            yield ok("timezone", "timezone_good", **facts, clock=f"{clock:%H:%M}")


def organisers(session: Session) -> Iterator[Finding]:
    """Without one that is linked nobody can bind a group, or is told what goes wrong."""
    every = consortiums.every(session)
    if not every:
        yield warning("consortium", "consortium_none")
    for consortium in every:
        people = persons.with_role(session, consortium.id or 0, Role.ORGANISER)
        if not linked_accounts.among(session, people):
            yield warning("organiser", "organiser_none", consortium=consortium.name, key=consortium.key)
