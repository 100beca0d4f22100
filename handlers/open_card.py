"""Open card: which notice somebody answers who writes 参加 or 请假 instead of pressing it."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from store import attendees, occurrences, persons
from store.accounts import Account
from store.database import Session

AHEAD = timedelta(days=60)


@dataclass(frozen=True, slots=True)
class FindCard:
    account: Account


def find_card(session: Session, request: FindCard, now: datetime) -> int | None:
    """The next occurrence that was announced, has not begun, and at which the person is expected."""
    known = persons.of_account(session, request.account)
    if known is None:
        return None
    for row, _ in occurrences.between(session, known.consortium_id, now, now + AHEAD):
        announced = row.settled_at is not None and row.class_id is None and row.starts_at > now
        if announced and row.id is not None and known.id in attendees.of(session, row.id):
            return row.id
    return None
