"""An outbox to work on: the sample's chats and people, and what is owed to them."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta

from msgspec import Struct
from sqlmodel import col, select

from store import chats, deliveries, outbox, persons
from store.chats import Chat
from store.database import Session, Store
from store.deliveries import Delivery, DeliveryKind, DeliveryState, Owed
from store.outbox import Claimed, Settled
from store.persons import Person
from tests.handlers.event_sample import MEETING, begin

SECOND, MINUTE, HOUR = timedelta(seconds=1), timedelta(minutes=1), timedelta(hours=1)
Row = tuple[str, DeliveryState, int, bool]  # key, state, attempts, perhaps twice


class Post(Struct):
    """A store with the sample in it; chats and people by their keys. `now` stands still until it is moved."""

    store: Store
    now: datetime

    def owe(
        self,
        key: str,
        to: str,
        after: timedelta = timedelta(),
        good_for: timedelta = HOUR,
        bundle: str | None = None,
    ) -> None:
        """Due `after` now, of no use `good_for` later. `bundle`: the same for those that are one message."""
        due = self.now + after
        owed = Owed(key, DeliveryKind.REMIND, due, due + good_for, self.chat(to), self.person(to), 1, bundle=bundle)
        self.store.call(deliveries.owe, [owed])

    def card(self, after: timedelta = timedelta(), *, every: bool = True) -> None:
        """The counts of the occurrence have changed: its messages in groups show old ones."""
        due = self.now + after
        self.store.call(deliveries.owe_cards, 1, [DeliveryKind.REMIND], due, due + HOUR, every=every)

    def claim(self, limit: int = 100) -> list[Claimed]:
        return self.store.call(outbox.claim, self.now, MINUTE, limit)

    def settle(self, *done: Settled) -> None:
        self.store.call(outbox.settle, done)

    def send(self) -> list[str]:
        """All that can be claimed now, sent: the keys, in order."""
        claimed = self.claim()
        self.settle(*(Settled(one, DeliveryState.SENT, f"m{one.id}") for one in claimed))
        return self.keys(claimed)

    def keys(self, claimed: Sequence[Claimed]) -> list[str]:
        found = {row.id: row.dedup_key for row in self.store.call(deliveries_by_id)}
        return [found[one.id] for one in claimed]

    def rows(self) -> list[Row]:
        found = self.store.call(deliveries_by_id)
        return [(row.dedup_key, DeliveryState(row.state), row.attempts, row.perhaps_twice) for row in found]

    def row(self, key: str) -> Delivery:
        return next(row for row in self.store.call(deliveries_by_id) if row.dedup_key == key)

    def chat(self, key: str) -> int | None:
        return self.store.call(number, chats.by_keys, key)

    def person(self, key: str) -> int | None:
        return self.store.call(number, persons.by_keys, key)


def post(store: Store) -> Post:
    """An activity is planned, so that a message may be about its occurrence; nothing is owed for it yet."""
    school = begin(store, MEETING, until="09-20 09:00")
    return Post(store, school.now)


def deliveries_by_id(session: Session) -> list[Delivery]:
    """They may leave the transaction."""
    found = list(session.exec(select(Delivery).order_by(col(Delivery.id))))
    session.expunge_all()
    return found


def number(session: Session, by_keys: Callable[[Session, int], Mapping[str, Chat | Person]], key: str) -> int | None:
    found = by_keys(session, 1).get(key)
    return found.id if found else None
