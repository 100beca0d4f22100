"""See (收到): the notice was read; that is no answer, and takes none back (domain 4.1)."""

from dataclasses import dataclass
from datetime import datetime

from handlers.cards import refresh_answers
from handlers.participants import Participant, Stranger, participant
from store import responses
from store.accounts import Account
from store.database import Session
from store.responses import ParticipationStatus


@dataclass(frozen=True, slots=True)
class See:
    occurrence: int
    account: Account


@dataclass(frozen=True, slots=True)
class Seen:
    """`answer`: what the person said before; None: still to be said."""

    title: str
    answer: ParticipationStatus | None


SeeOutcome = Seen | Stranger


def see(session: Session, request: See, now: datetime) -> SeeOutcome:
    found = participant(session, request.occurrence, request.account)
    if not isinstance(found, Participant):
        return found
    if responses.see(session, request.occurrence, found.person, now):
        refresh_answers(session, found.held, now)
    said = responses.of(session, request.occurrence, found.person)
    return Seen(found.held.title, said.status if said else None)
