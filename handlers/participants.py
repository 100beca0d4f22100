"""Participants: which occurrence somebody speaks of, and whether that person is expected there."""

from datetime import datetime

from msgspec import Struct

from store import persons, responses
from store.accounts import Account
from store.database import Session
from store.occurrences import Held
from store.prompts import Asks
from store.responses import ParticipationStatus


class OccurrenceGone(Struct, frozen=True):
    """Cancelled, or never there: buttons of old messages live on."""


class NotLinked(Struct, frozen=True):
    """Nobody on the roster answers by this account yet."""

    title: str


class NotInvited(Struct, frozen=True):
    """On the roster, and not expected there (不在名单)."""

    title: str


class Participant(Struct, frozen=True):
    """An expected person at an occurrence; `said`: the answer given before; `awaited`: what is asked about it."""

    person: int
    held: Held
    said: ParticipationStatus | None
    awaited: Asks | None

    def local(self, at: datetime) -> datetime:
        return self.held.local(at)


Stranger = OccurrenceGone | NotLinked | NotInvited


def participant(session: Session, occurrence: int, account: Account) -> Participant | Stranger:
    found = responses.standing(session, occurrence, account)
    if found is None or found[0].cancelled:
        return OccurrenceGone()
    held, expected = found
    if expected is None:
        known = persons.of_account(session, account, held.consortium_id)
        return NotLinked(held.title) if known is None else NotInvited(held.title)
    return Participant(expected.person, held, expected.said, expected.awaited)
