"""Respond for somebody (代为登记): an organiser registers what a teacher said at the office, marked so."""

from datetime import datetime

from msgspec import Struct

from handlers.answers import answer
from handlers.participants import OccurrenceGone, Participant
from handlers.respond import ResponseClosed
from store import attendees, deliveries, occurrences, persons, responses
from store.accounts import Account
from store.database import Session
from store.deliveries import DeliveryKind, Owed
from store.occurrences import Held
from store.persons import Role
from store.responses import ParticipationStatus


class RespondFor(Struct, frozen=True):
    """`account` is the organiser's; `person`, for whom."""

    account: Account
    occurrence: int
    person: int
    status: ParticipationStatus


class RespondedFor(Struct, frozen=True):
    """What the organiser is told. `again`: that was the answer already, whoever gave it."""

    name: str
    title: str
    starts_at: datetime
    status: ParticipationStatus
    again: bool
    late: bool


class AnswerRegistered(Struct, frozen=True):
    """What the person is told, once: the office registered `status`."""

    title: str
    starts_at: datetime
    week: int
    status: ParticipationStatus


class OrganisersOnly(Struct, frozen=True):
    """It is the office's business."""


class NotExpected(Struct, frozen=True):
    """The person is not expected there (不在名单)."""

    title: str


RespondForOutcome = RespondedFor | ResponseClosed | OrganisersOnly | NotExpected | OccurrenceGone


def respond_for(session: Session, request: RespondFor, now: datetime) -> RespondForOutcome:
    """Until the start; a request for leave is the person's own, and stays as it is."""
    held = occurrences.get(session, request.occurrence)
    if held is None or held.cancelled:
        return OccurrenceGone()
    organiser = persons.of_account(session, request.account, held.consortium_id)
    if organiser is None or Role.ORGANISER not in organiser.roles:
        return OrganisersOnly()
    if request.person not in attendees.of(session, held.id):
        return NotExpected(held.title)
    if now >= held.starts_at:
        return ResponseClosed(held.title)
    before = responses.said(session, held.id, request.person)
    found = Participant(request.person, held, before.status, None)
    by = None if organiser.id == request.person else organiser.id
    changed, late = answer(session, found, request.status, now, by=by)
    if changed and by is not None:
        tell(session, found, now)
    return RespondedFor(before.name, held.title, held.local(held.starts_at), request.status, not changed, late)


def tell(session: Session, found: Participant, now: datetime) -> None:
    held, kind = found.held, DeliveryKind.RESPONDED_FOR
    key = f"{kind}:{held.id}:{found.person}:{now:%Y%m%dT%H%M%S.%f}"
    deliveries.owe(session, [Owed(key, kind, now, held.starts_at, None, found.person, held.id)])


def registered(session: Session, held: Held, person: int) -> AnswerRegistered | None:
    """None: it is another answer by now, the person's own."""
    row = responses.of(session, held.id, person)
    if row is None or row.status is None or row.answered_by is None:
        return None
    return AnswerRegistered(held.title, held.local(held.starts_at), held.week, row.status)
