"""Silences: a bound chat that cannot be written to any more. Its organisers are told once in private, and once when it
works again; what is owed to the chat waits meanwhile."""

from collections.abc import Collection
from datetime import datetime, timedelta

from sqlmodel import Session, col, select, update

from store import deliveries, linked_accounts, persons
from store.chats import Chat, Place, Silence
from store.deliveries import Delivery, DeliveryKind, DeliveryState, Owed
from store.persons import Role

SETTLED_IN = timedelta(minutes=1)  # a group that becomes a supergroup is lost for a moment
GOOD_FOR = timedelta(days=3)
AGAIN = "again"


def fall(session: Session, place: Place, why: Silence, now: datetime) -> None:
    """What is bound at that address is silent from now on; REMOVED and MUTED concern every topic of it."""
    told = set()
    for chat in at(session, place, every_topic=why is not Silence.TOPIC):
        if chat.silence is None:
            chat.silent_since = now
            if chat.consortium_id not in told:  # of a group with several topics it is said once
                organisers = persons.with_role(session, chat.consortium_id, Role.ORGANISER)
                tell(session, chat, why.value, linked_accounts.among(session, organisers), now + SETTLED_IN)
            told.add(chat.consortium_id)
        chat.silence = why
    session.flush()


def end(session: Session, ids: Collection[int], now: datetime) -> None:
    """Those of these chats that were silent are so no longer. Whoever was told of it, or is just being, is told that,
    too."""
    silent = select(Chat).where(col(Chat.id).in_(ids), col(Chat.silence).is_not(None))
    for chat in session.exec(silent.order_by(col(Chat.id))).all():
        about = col(Delivery.kind) == DeliveryKind.CHAT, col(Delivery.dedup_key).startswith(f"{key(chat)}:")
        arrives = col(Delivery.state).in_([DeliveryState.CLAIMED, DeliveryState.SENT])  # or has arrived
        heard = select(Delivery.person_id).where(*about, arrives)
        tell(session, chat, AGAIN, [one for one in session.exec(heard) if one is not None], now)
        # what is on its way keeps the others waiting, as ever, and should it come back it has nothing to say
        waiting = update(Delivery).where(*about, col(Delivery.state) == DeliveryState.PENDING)
        waiting = waiting.where(col(Delivery.subject) != subject(chat, AGAIN))
        session.connection().execute(waiting.values(state=DeliveryState.DROPPED))
        chat.silence = chat.silent_since = None
    session.flush()


def end_at(session: Session, place: Place, now: datetime, only: Silence | None = None) -> None:
    """`only`: of this kind."""
    found = [chat for chat in at(session, place, every_topic=True) if only is None or chat.silence is only]
    end(session, [chat.id or 0 for chat in found if chat.silence is not None], now)


def end_where_said(session: Session, place: Place, now: datetime) -> None:
    """Something arrived there: so we are in the group and may write; of its closed topics only that one is open."""
    found = at(session, place, every_topic=True)
    open_now = [chat for chat in found if chat.silence is not Silence.TOPIC or chat.thread == place.thread]
    end(session, [chat.id or 0 for chat in open_now if chat.silence is not None], now)


def at(session: Session, place: Place, *, every_topic: bool) -> list[Chat]:
    rows = select(Chat).where(Chat.platform == place.platform, Chat.address == place.address)
    rows = rows.where(col(Chat.retired_at).is_(None)).order_by(col(Chat.id))
    return [chat for chat in session.exec(rows) if every_topic or chat.thread == place.thread]


def silent(session: Session) -> list[Chat]:
    """All that are, the longest first."""
    rows = select(Chat).where(col(Chat.silence).is_not(None), col(Chat.retired_at).is_(None))
    return list(session.exec(rows.order_by(col(Chat.silent_since), col(Chat.id))))


def tell(session: Session, chat: Chat, what: str, people: Collection[int], due_at: datetime) -> None:
    times, about = (due_at, due_at + GOOD_FOR), (None, subject(chat, what))
    owed = [Owed(f"{key(chat)}:{what}:{one}", DeliveryKind.CHAT, *times, None, one, *about) for one in people]
    deliveries.owe(session, owed)


def key(chat: Chat) -> str:
    return f"{DeliveryKind.CHAT}:{chat.id}:{chat.silent_since:%Y%m%dT%H%M%S}"


def subject(chat: Chat, what: str) -> str:
    return f"{chat.id}:{what}"
