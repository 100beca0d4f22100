"""Results: what an attempt to send came to, in the dispatcher's words, and what is kept of it."""

from datetime import datetime, timedelta

from msgspec import Struct
from msgspec.structs import replace

from store import accounts, chats, linked_accounts, outbox, silences
from store.chats import Silence
from store.database import Session
from store.deliveries import DeliveryState
from store.outbox import Claimed, Settled


class Sent(Struct, frozen=True):
    """`left`: the parts that this message did not hold; they are owed still."""

    message_id: str
    left: frozenset[int] = frozenset()


class Postponed(Struct, frozen=True):
    """The chat may be tried again in `by`; `perhaps_arrived`: the attempt may have reached the server; `silence`: why
    nothing may be written there."""

    by: timedelta
    perhaps_arrived: bool = False
    reason: str = ""
    silence: Silence | None = None


class Shut(Struct, frozen=True):
    """The recipient is closed to us until a sign of life: bot removed, blocked, or never written to."""

    reason: str


class Moved(Struct, frozen=True):
    """The chat has another address (a group became a supergroup)."""

    address: str


class Undeliverable(Struct, frozen=True):
    """This message can never be sent."""

    reason: str


class Moot(Struct, frozen=True):
    """Nothing to say any more."""


Result = Sent | Postponed | Shut | Moved | Undeliverable | Moot


def settled(delivery: Claimed, result: Result, now: datetime) -> Settled:
    match result:
        case Sent(message_id, left):
            delivery = replace(delivery, parts=tuple(part for part in delivery.parts if part.id not in left))
            # an edit leaves the number with the message that it edits
            return Settled(delivery, DeliveryState.SENT, None if delivery.card_of else message_id)
        case Postponed(by, perhaps_arrived, reason):
            state = DeliveryState.CLAIMED if perhaps_arrived else DeliveryState.PENDING
            return Settled(delivery, state, held_until=now + by, error=reason)
        case Shut(reason):
            return Settled(delivery, DeliveryState.PENDING, error=reason)
        case Moved():
            return Settled(delivery, DeliveryState.PENDING)
        case Undeliverable(reason):
            return Settled(delivery, DeliveryState.FAILED, error=reason)
        case Moot():
            return Settled(delivery, DeliveryState.DROPPED)


def keep_results(session: Session, done: list[tuple[Settled, Result | None]], now: datetime) -> None:
    outbox.settle(session, [one for one, _ in done])
    # an edit tells nothing: where it could not be made it is as good as done
    arrived = [one.delivery for one, result in done if isinstance(result, Sent) and one.delivery.card_of is None]
    spoken = {delivery.chat_id for delivery in arrived if delivery.chat_id is not None}
    if spoken:
        silences.end(session, spoken, now)
    for one, result in done:
        place = one.delivery.place
        match result:
            case Moved(address):
                chats.moved(session, place.platform, place.address, address)
            case Postponed(silence=Silence() as why):
                silences.fall(session, place, why, now)
            case Shut() if one.delivery.chat_id is not None:
                chats.close(session, place.platform, place.address, now)
                silences.fall(session, place, Silence.REMOVED, now)
            case Shut() if one.delivery.person_id is not None:
                linked = linked_accounts.of(session, one.delivery.person_id)
                if linked is not None:
                    accounts.unreachable(session, linked[0])
            case Shut() if one.delivery.account_id is not None:
                accounts.unreachable(session, one.delivery.account_id)
