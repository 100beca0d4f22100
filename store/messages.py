"""Messages: which occurrences a message that went out is about, by its number in the chat where it stands."""

from sqlmodel import Session, and_, col, func, or_, select

from store.accounts import KnownAccount
from store.chats import Chat, Place
from store.deliveries import Delivery
from store.occurrences import Occurrence
from store.persons import Person


def about(session: Session, place: Place, message_id: str) -> list[int]:
    """One, or several where they went out as one message; class meetings are left out, and none: it is not ours, or
    about no event. In a group whichever topic it stands in: the numbers are the group's."""
    rows = (
        select(Delivery.occurrence_id)
        .distinct()
        .join(Occurrence, col(Delivery.occurrence_id) == Occurrence.id)
        .join(Chat, col(Delivery.chat_id) == Chat.id, isouter=True)
        .join(Person, col(Delivery.person_id) == Person.id, isouter=True)
        .join(KnownAccount, col(Person.account_id) == KnownAccount.id, isouter=True)
        .where(Delivery.message_id == message_id, col(Delivery.edits_id).is_(None), col(Occurrence.class_id).is_(None))
        .where(
            or_(
                and_(Chat.platform == place.platform, Chat.address == place.address),
                and_(KnownAccount.platform == place.platform, KnownAccount.address == place.address),
            )
        )
        .order_by(col(Delivery.occurrence_id))
    )
    return [number for number in session.exec(rows) if number is not None]


def shared(session: Session, place: Place, message_id: str) -> bool:
    """Whether several that were owed to a person went out as this one message, in the person's private chat."""
    rows = (
        select(func.count())
        .select_from(KnownAccount)
        .join(Person, col(Person.account_id) == KnownAccount.id)
        .join(Delivery, col(Delivery.person_id) == Person.id)
        .where(KnownAccount.platform == place.platform, KnownAccount.address == place.address)
        .where(Delivery.message_id == message_id, col(Delivery.bundle).is_not(None))
    )
    return session.exec(rows).one() > 1
