"""Mentions: of which occurrences an outlook or a digest told its chat, so that it hears of their changes, too."""

from collections.abc import Collection, Iterable, Mapping

from sqlalchemy import and_, delete, or_
from sqlalchemy import select as columns
from sqlmodel import Field, Session, col

from store.columns import Table
from store.deliveries import Delivery, DeliveryKind, DeliveryState, under_way
from store.engine import insert_new, slices

Mentions = Mapping[int, bool]  # of one occurrence: by chat's id, whether it was told of all that is to be known
GATHERING = (DeliveryKind.OUTLOOK, DeliveryKind.DIGEST)


class Mention(Table, table=True):
    """`subject`: the delivery's, a Monday or a month. `whole`: with host, place and theme; else when it is, alone."""

    chat_id: int = Field(foreign_key="chat.id", primary_key=True)
    subject: str = Field(primary_key=True)
    occurrence_id: int = Field(foreign_key="occurrence.id", primary_key=True, index=True)
    whole: bool


def note(session: Session, chat: int, subject: str, occurrences: Iterable[int], *, whole: bool) -> None:
    """Of a message that is put together again: what it says now."""
    session.connection().execute(delete(Mention).where(col(Mention.chat_id) == chat, col(Mention.subject) == subject))
    rows = [{"chat_id": chat, "subject": subject, "occurrence_id": one, "whole": whole} for one in occurrences]
    insert_new(session, Mention, rows, "chat_id", "subject", "occurrence_id")


def of(session: Session, occurrences: Collection[int]) -> dict[int, Mentions]:
    """Of those that a chat was told of, or is just being told."""
    said = or_(col(Delivery.state) == DeliveryState.SENT, under_way())
    message = and_(
        col(Delivery.chat_id) == Mention.chat_id,
        col(Delivery.subject) == Mention.subject,
        col(Delivery.kind).in_(GATHERING),
    )
    rows = columns(col(Mention.occurrence_id), col(Mention.chat_id), col(Mention.whole)).join(Delivery, message)
    found: dict[int, dict[int, bool]] = {}
    for part in slices(list(occurrences), 500):
        for one, chat, whole in session.connection().execute(rows.where(col(Mention.occurrence_id).in_(part), said)):
            chats = found.setdefault(one, {})
            chats[chat] = chats.get(chat, False) or whole
    return dict(found)
