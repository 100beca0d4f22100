"""Falling due: what is owed to a person in some span, looked up without taking it: it stays owed to whom it is owed."""

from collections.abc import Collection
from datetime import datetime

from msgspec import Struct
from sqlalchemy import ColumnElement, and_, or_, update
from sqlmodel import Session, col, select

from store.attendees import Attendee
from store.chats import Chat
from store.deliveries import Delivery, DeliveryKind, DeliveryState, is_open

SHOWN = "0"  # the number of a message that stands in no chat


class Falling(Struct, frozen=True):
    """`group`: the title of the group that it is owed to; "" where it is to the person, or to the account."""

    key: str
    kind: DeliveryKind
    chat_id: int | None
    person_id: int | None
    account_id: int | None
    occurrence_id: int | None
    subject: str
    group: str


def until(session: Session, person: int, account: int, since: datetime, now: datetime, *, alone: bool) -> list[Falling]:
    """Of the span after `since` what the person is told, and groups of events where the person is expected; and all
    that waits for the account itself, or, where it is the person's only one (`alone`), for the person.

    Edits are left out: what they would say anew is said by whoever asks.
    """
    expected = select(Attendee.occurrence_id).where(Attendee.person_id == person)
    to_groups = and_(col(Delivery.chat_id).is_not(None), col(Delivery.occurrence_id).in_(expected))
    lately = col(Delivery.due_at) > since, col(Delivery.state) != DeliveryState.DROPPED
    theirs = and_(or_(col(Delivery.person_id) == person, to_groups), *lately)
    rows = (
        select(Delivery, Chat.title)
        .join(Chat, col(Delivery.chat_id) == Chat.id, isouter=True)
        .where(or_(theirs, and_(owed_here(person, account, alone=alone), is_open())))
        .where(col(Delivery.due_at) <= now, col(Delivery.edits_id).is_(None))
        .order_by(col(Delivery.due_at), col(Delivery.id))
    )
    return [falling(row, title or "") for row, title in session.exec(rows)]


def owed_here(person: int, account: int, *, alone: bool) -> ColumnElement[bool]:
    """Nobody else would ever tell it."""
    own = col(Delivery.account_id) == account
    return or_(own, col(Delivery.person_id) == person) if alone else own


def falling(row: Delivery, group: str) -> Falling:
    to = row.chat_id, row.person_id, row.account_id
    return Falling(row.dedup_key, DeliveryKind(row.kind), *to, row.occurrence_id, row.subject, group)


def told(session: Session, keys: Collection[str], person: int, account: int, now: datetime, *, alone: bool) -> None:
    """Those of them that are owed here have arrived. Their edits have nothing to edit."""
    ours = owed_here(person, account, alone=alone), is_open()
    arrived = update(Delivery).where(*ours, col(Delivery.dedup_key).in_(sorted(keys)))
    session.connection().execute(arrived.values(state=DeliveryState.SENT, message_id=SHOWN))
    edits = update(Delivery).where(*ours, col(Delivery.edits_id).is_not(None), col(Delivery.due_at) <= now)
    session.connection().execute(edits.values(state=DeliveryState.DROPPED))
