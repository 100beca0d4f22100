"""What happens while a message is on the wire: a press on it, its group's becoming another."""

import asyncio

import pytest

from scheduling.clock import MovableClock
from scheduling.dispatcher import Dispatcher, Send
from scheduling.results import Result, Sent
from store import chats
from store.chats import Place
from store.database import Store
from store.deliveries import DeliveryState
from store.outbox import Claimed
from tests.scheduling.mail import Mail
from tests.scheduling.test_dispatcher import UNPACED, over, until
from tests.store.post_sample import Post, post


@pytest.fixture
def office(store: Store) -> Post:
    return post(store)


async def test_a_press_while_its_card_is_on_the_wire_is_shown(office: Post) -> None:
    """The server has it, and whoever reads it there answers at once."""
    mail = Mail(takes=0.05)
    office.owe("a", "teaching")
    dispatcher = over(office, mail)
    sending = asyncio.create_task(dispatcher.tick())
    await until(lambda: mail.busy == 1)
    office.card()  # commits at once, before the attempt can
    assert await dispatcher.tick() == 0
    await sending
    await dispatcher.tick()
    assert [one.message_id for one in mail.attempts] == [None, "m1"]


async def test_a_message_to_a_group_that_is_another_meanwhile_is_on_the_wire_twice(office: Post) -> None:
    """The attempt that counts no longer ends first, and takes nothing of the other's."""
    going: list[asyncio.Event] = []

    async def prepare(one: Claimed) -> Send:
        async def send() -> Result:
            going.append(asyncio.Event())
            await going[-1].wait()
            return Sent(f"m{one.attempt}")

        return send

    dispatcher = Dispatcher(office.store, MovableClock(office.now), UNPACED, prepare)
    office.owe("a", "teaching")
    first = asyncio.create_task(dispatcher.tick())
    await until(lambda: len(going) == 1)
    office.store.call(chats.bind, office.chat("teaching") or 0, Place("telegram", "-2002"))
    second = asyncio.create_task(dispatcher.tick())
    await until(lambda: len(going) == 2)
    going[0].set()
    await first
    assert len(dispatcher.begun) == 1
    going[1].set()
    await second
    assert (office.row("a").message_id, office.row("a").state) == ("m3", DeliveryState.SENT)
