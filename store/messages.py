"""Messages: which occurrences a message that went out is about, by its number in the chat where it stands."""

from typing import Any

from sqlmodel import Session, and_, col, func, or_, select

from store.accounts import KnownAccount
from store.chats import Chat, Place
from store.deliveries import Delivery, DeliveryState
from store.occurrences import Occurrence
from store.persons import Person


def about(session: Session, place: Place, message_id: str) -> list[int]:
    """One, or several where they went out as one message; class meetings are left out, and none: it is not ours, or
    about no event. In a group whichever topic it stands in: the numbers are the group's."""
    rows = select(Delivery.occurrence_id).distinct().join(Occurrence, col(Delivery.occurrence_id) == Occurrence.id)
    rows = rows.where(Delivery.message_id == message_id, col(Delivery.edits_id).is_(None))
    rows = sent_to(rows.where(col(Occurrence.class_id).is_(None)), place).order_by(col(Delivery.occurrence_id))
    return [number for number in session.exec(rows) if number is not None]


def is_arriving(session: Session, place: Place, message_id: str) -> bool:
    """No message there is known by that number, and one is just being sent, whose number nobody knows yet."""
    sending = and_(col(Delivery.message_id).is_(None), Delivery.state == DeliveryState.CLAIMED)
    rows = select(Delivery.message_id).where(or_(Delivery.message_id == message_id, sending))
    found = session.exec(sent_to(rows.where(col(Delivery.edits_id).is_(None)), place)).all()
    return len(found) > 0 and message_id not in found


def sent_to(rows: Any, place: Place) -> Any:
    """To a chat, or to a person, there."""
    rows = rows.join(Chat, col(Delivery.chat_id) == Chat.id, isouter=True)
    rows = rows.join(Person, col(Delivery.person_id) == Person.id, isouter=True)
    rows = rows.join(KnownAccount, col(Person.account_id) == KnownAccount.id, isouter=True)
    chat = and_(Chat.platform == place.platform, Chat.address == place.address)
    return rows.where(or_(chat, and_(KnownAccount.platform == place.platform, KnownAccount.address == place.address)))


def shared(session: Session, place: Place, message_id: str) -> bool:
    """Whether several that were owed to a person went out as this one message, in the person's private chat, or are
    just being sent as one."""
    sending = and_(col(Delivery.message_id).is_(None), Delivery.state == DeliveryState.CLAIMED)
    rows = (
        select(func.count(), func.count().filter(sending))
        .select_from(KnownAccount)
        .join(Person, col(Person.account_id) == KnownAccount.id)
        .join(Delivery, col(Delivery.person_id) == Person.id)
        .where(KnownAccount.platform == place.platform, KnownAccount.address == place.address)
        .where(or_(Delivery.message_id == message_id, sending), col(Delivery.bundle).is_not(None))
    )
    parts, being_sent = session.exec(rows).one()
    return being_sent > 0 or parts > 1
