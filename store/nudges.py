"""Nudges (提醒回复): who was reminded how often of one event, in private; at most three times in all (domain 8.2)."""

from collections.abc import Collection
from datetime import datetime

from msgspec import Struct
from sqlalchemy import select as columns
from sqlmodel import Session, col, func, select

from store import deliveries, leaves
from store.accounts import KnownAccount
from store.attendees import Attendee
from store.deliveries import Delivery, DeliveryKind, DeliveryState, Owed
from store.persons import Person
from store.reminders import Reminder, ReminderKind, ReminderState
from store.schools import School

MOST = 3
GOING = (DeliveryState.PENDING, DeliveryState.CLAIMED, DeliveryState.SENT)


class Waiting(Struct, frozen=True):
    """Somebody who is waited for. `school`: where counted; `reachable`: by a private message; `spent`: nudges so far;
    `latest`: the last one's moment."""

    person: int
    name: str
    school: str
    reachable: bool
    spent: int
    latest: datetime | None


def waited_for(session: Session, occurrence: int, people: Collection[int]) -> list[Waiting]:
    """Of these people those who neither left nor ask for leave, by school, in the file's order."""
    sent = (
        select(Delivery.person_id, func.count().label("spent"), func.max(Delivery.due_at).label("latest"))
        .where(Delivery.occurrence_id == occurrence, Delivery.kind == DeliveryKind.NUDGE)
        .where(col(Delivery.state).in_(GOING))
        .group_by(col(Delivery.person_id))
        .subquery()
    )
    rows = (
        columns(
            col(Person.id),
            col(Person.name),
            col(School.name),
            col(KnownAccount.reachable),
            col(KnownAccount.id),
            sent.c.spent,
            sent.c.latest,
        )
        .join(KnownAccount, col(Person.account_id) == KnownAccount.id, isouter=True)
        .join(Attendee, col(Attendee.person_id) == Person.id)
        .join(School, col(School.id) == Attendee.school_id)
        .join(sent, sent.c.person_id == Person.id, isouter=True)
        .where(col(Attendee.occurrence_id) == occurrence)
        .where(col(Person.id).in_(list(people)), col(Person.retired_at).is_(None))
        .where(col(Person.id).not_in(leaves.standing(occurrence)))
        .order_by(col(School.id), col(Person.id))
    )
    return [
        Waiting(person, name, school, account is not None and reachable is not False, spent or 0, latest)
        for person, name, school, reachable, account, spent, latest in session.connection().execute(rows)
    ]


def planned(session: Session, occurrence: int) -> int:
    """How many the clock will still send."""
    rows = select(func.count()).select_from(Reminder).where(Reminder.occurrence_id == occurrence)
    waiting = rows.where(Reminder.kind == ReminderKind.NUDGE, Reminder.state == ReminderState.WAITING)
    return session.exec(waiting).one()


def owe(session: Session, occurrence: int, people: Collection[int], now: datetime, until: datetime) -> None:
    """Once a minute at most, however often it is pressed."""
    kind = DeliveryKind.NUDGE
    keys = {person: f"{asked(occurrence)}{now:%Y%m%dT%H%M}:{person}" for person in people}
    deliveries.owe(session, [Owed(key, kind, now, until, None, who, occurrence) for who, key in keys.items()])


def asked(occurrence: int) -> str:
    """How the keys of those begin that an organiser asked for."""
    return f"{DeliveryKind.NUDGE}:asked:{occurrence}:"


def reminded(session: Session, occurrence: int, since: datetime) -> set[int]:
    """Whom an organiser had reminded from then on."""
    rows = select(Delivery.person_id).where(
        Delivery.due_at >= since,
        col(Delivery.state).in_(GOING),
        col(Delivery.dedup_key).startswith(asked(occurrence), autoescape=True),
    )
    return {person for person in session.exec(rows) if person is not None}
