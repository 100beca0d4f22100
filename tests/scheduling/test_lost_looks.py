"""A claim whose answer never came, for the database went away: its rows are given back at once."""

from scheduling.clock import MovableClock
from scheduling.dispatcher import Dispatcher
from scheduling.due import LEASE, due
from scheduling.pace import Pace
from store import outbox, recovery
from store.database import Store
from store.deliveries import DeliveryState
from tests.scheduling.mail import Mail
from tests.store.post_sample import MINUTE, SECOND, post

SENT = DeliveryState.SENT


async def test_what_a_look_may_have_claimed_is_claimed_by_the_next(store: Store) -> None:
    office, mail = post(store), Mail()
    for to in ("teaching", "li"):
        office.owe(to, to, -MINUTE)
    dispatcher = Dispatcher(store, MovableClock(office.now), Pace(0), mail.prepare)
    store.call(due, office.now - SECOND)  # committed, and the word of it lost
    dispatcher.unsure.add(office.now - SECOND)
    assert await dispatcher.tick() == 2
    assert [(state, twice) for _, state, _, twice in office.rows()] == [(SENT, False)] * 2
    assert dispatcher.unsure == set()


def test_what_others_claimed_or_nobody_knows_of_stays_where_it_is(store: Store) -> None:
    office = post(store)
    office.owe("lost", "teaching", -MINUTE)
    store.call(outbox.claim, office.now - SECOND, LEASE, 100)
    office.owe("in hand", "li")
    store.call(outbox.claim, office.now, LEASE, 100)
    store.call(recovery.give_back, office.now - SECOND + LEASE, 7)  # another node's
    assert office.claim() == []
    store.call(recovery.give_back, office.now - SECOND + LEASE, None)
    office.now += MINUTE
    assert office.keys(office.claim()) == ["lost"]
