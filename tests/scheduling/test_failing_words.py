"""A template that asks for what is not there: its message is set aside with the cause, and the others go out."""

from jinja2 import UndefinedError

from scheduling.clock import MovableClock
from scheduling.dispatcher import Dispatcher, Send
from scheduling.pace import Pace
from store.database import Store
from store.deliveries import DeliveryState
from store.outbox import Claimed
from tests.scheduling.mail import Mail
from tests.store.post_sample import post

LI = "7001"


async def test_words_that_fail_are_set_aside_with_their_cause(store: Store) -> None:
    office, mail = post(store), Mail()

    async def prepare(delivery: Claimed) -> Send:
        if delivery.place.address == LI:
            raise UndefinedError("'place' is undefined")
        return await mail.prepare(delivery)

    for to in ("teaching", "li", "heads"):
        office.owe(to, to)
    await Dispatcher(store, MovableClock(office.now), Pace(0), prepare).tick()
    sent, failed = DeliveryState.SENT, DeliveryState.FAILED
    assert {key: state for key, state, *_ in office.rows()} == {"teaching": sent, "li": failed, "heads": sent}
    assert "'place' is undefined" in office.row("li").error
    await Dispatcher(store, MovableClock(office.now), Pace(0), prepare).tick()
    assert office.row("li").attempts == 1  # tried again, it would fail again
