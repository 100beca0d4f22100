"""Messages: which occurrences a message that went out is about, by its number in the chat where it stands."""

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, select

from store.accounts import KnownAccount
from store.chats import Chat, Place
from store.deliveries import Delivery, DeliveryState, under_way
from store.occurrences import Occurrence
from store.persons import Person


def about(session: Session, place: Place, message_id: str) -> list[int]:
    """One, or several where they went out as one message; class meetings are left out, and none: it is not ours, or
    about no event. In a group whichever topic it stands in: the numbers are the group's."""
    rows = select(Delivery.occurrence_id).distinct().join(Occurrence, col(Delivery.occurrence_id) == Occurrence.id)
    rows = rows.where(Delivery.message_id == message_id, col(Delivery.edits_id).is_(None))
    rows = rows.where(sent_to(session, place), col(Occurrence.class_id).is_(None))
    return [number for number in session.exec(rows.order_by(col(Delivery.occurrence_id))) if number is not None]


def is_arriving(session: Session, place: Place, message_id: str) -> bool:
    """No message there is known by that number, and one is just being sent, whose number nobody knows yet."""
    there = sent_to(session, place), col(Delivery.edits_id).is_(None)
    sending = select(Delivery.id).where(*there, Delivery.state == DeliveryState.CLAIMED)
    if session.exec(sending.where(col(Delivery.message_id).is_(None)).limit(1)).first() is None:
        return False
    known = select(Delivery.id).where(*there, Delivery.message_id == message_id)
    return session.exec(known.limit(1)).first() is None


def sent_to(session: Session, place: Place) -> ColumnElement[bool]:
    """To a chat, or to a person, there; whichever it is, by an index."""
    chats = session.exec(select(Chat.id).where(Chat.platform == place.platform, Chat.address == place.address)).all()
    if chats:
        return col(Delivery.chat_id).in_(chats)
    persons = select(Person.id).join(KnownAccount, col(Person.account_id) == KnownAccount.id)
    theirs = KnownAccount.platform == place.platform, KnownAccount.address == place.address
    return col(Delivery.person_id).in_(persons.where(*theirs))


def shared(session: Session, place: Place, message_id: str) -> bool:
    """Whether several that were owed to a person went out as this one message, in the person's private chat, or it may
    be one of which several are just being sent."""
    theirs = select(Delivery.bundle).where(sent_to(session, place))
    known = session.exec(theirs.where(Delivery.message_id == message_id)).all()
    if known:
        return sum(bundle is not None for bundle in known) > 1
    others = theirs.where(Delivery.state == DeliveryState.PENDING, under_way())  # than the one that is claimed for all
    return session.exec(others.limit(1)).first() is not None
