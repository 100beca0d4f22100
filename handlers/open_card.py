"""Open card: which notice somebody answers who writes 参加 or 请假 instead of pressing it."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from msgspec import Struct

from store import agendas, attendees, messages, persons
from store.accounts import Account
from store.chats import Place
from store.database import Session
from store.persons import Known

AHEAD = timedelta(days=60)


class AnsweredMessage(Struct, frozen=True):
    """A message of ours that somebody replies to."""

    place: Place
    message_id: str


class FindCard(Struct, frozen=True):
    """`answered`: the message that is replied to."""

    account: Account
    answered: AnsweredMessage | None = None


def find_card(session: Session, request: FindCard, now: datetime) -> int | None:
    """The one event that the answered message is about; else the next occurrence, in any consortium, that was
    announced, has not begun, and expects the person."""
    if request.answered is not None:
        about = find_events(session, request.answered, now)
        if len(about) == 1:
            return about[0]
    found = [one for known in persons.all_of_account(session, request.account) for one in open_to(session, known, now)]
    return min(found)[1] if found else None


def find_events(session: Session, request: AnsweredMessage, _now: datetime) -> tuple[int, ...]:
    """Those that the message is about, class meetings left out."""
    return tuple(messages.about(session, request.place, request.message_id))


def open_to(session: Session, known: Known, now: datetime) -> Iterator[tuple[datetime, int]]:
    """By start, with its number."""
    theirs = attendees.expected_at(session, known.id)
    for row, _ in agendas.between(session, known.consortium_id, now, now + AHEAD):
        announced = row.settled_at is not None and row.class_id is None and row.starts_at > now
        if announced and row.id in theirs:
            yield row.starts_at, row.id
