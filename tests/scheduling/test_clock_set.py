"""A clock that is set, back or ahead: what is held, due or given up by it. All of it: `tests/crash/test_clock.py`."""

import asyncio
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import event
from sqlalchemy.exc import OperationalError

from scheduling.clock import MovableClock, Steps
from scheduling.dispatcher import Dispatcher
from scheduling.due import LEASE, clock_set
from scheduling.pace import Pace
from scheduling.results import Postponed
from store import deliveries, outbox
from store.database import Store
from store.deliveries import DeliveryKind, DeliveryState, Owed
from tests.scheduling.mail import Mail
from tests.store.post_sample import HOUR, SECOND, Post, post

HEADS = "-1002"
PENDING, SENT = DeliveryState.PENDING, DeliveryState.SENT


@pytest.fixture
def office(store: Store) -> Post:
    return post(store)


def over(office: Post, mail: Mail) -> tuple[Dispatcher, MovableClock]:
    """Whenever the clock is moved, it was set."""
    clock = MovableClock(office.now)
    dispatcher = Dispatcher(office.store, clock, Pace(0), mail.prepare)
    dispatcher.steps = Steps(clock, lambda: 0.0)
    return dispatcher, clock


async def until(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(5):
        while not condition():
            await asyncio.sleep(0.005)


async def test_a_clock_that_is_set_neither_loses_a_message_nor_doubles_one(office: Post) -> None:
    """Ahead by a day while one is on the wire and one is told to wait, and back again."""
    mail = Mail(takes=0.05)
    dispatcher, clock = over(office, mail)

    async def set_by(hours: int) -> None:
        clock.forward(hours * HOUR)
        await dispatcher.keep_time()

    for key, to in (("patient", "heads"), ("slow", "teaching"), ("later", "li")):
        office.owe(key, to, 2 * HOUR if key == "later" else 0 * HOUR)
    mail.results[HEADS] = [Postponed(30 * SECOND)]
    under_way = asyncio.create_task(dispatcher.tick())
    await until(lambda: mail.busy == 2)
    await set_by(24)
    await dispatcher.tick()  # what is on the wire is still under its lease
    await under_way
    await set_by(-24)
    assert office.row("later").state is PENDING  # it was given up a day ahead
    clock.forward(30 * SECOND)
    await dispatcher.tick()
    clock.forward(2 * HOUR)
    await dispatcher.tick()
    assert office.rows() == [("patient", SENT, 2, False), ("slow", SENT, 1, False), ("later", SENT, 1, False)]


async def test_a_clock_that_is_slewed_moves_nothing(office: Post) -> None:
    dispatcher, clock = over(office, Mail())
    clock.forward(5 * SECOND)
    commits = list[object]()
    event.listen(office.store.engine, "commit", commits.append)
    await dispatcher.keep_time()
    assert commits == []


@pytest.mark.parametrize("hours", [24, -24])
async def test_what_is_told_to_wait_by_a_clock_just_set_waits_as_long_as_it_was_told(office: Post, hours: int) -> None:
    """The database hears that it was set in the same moment as of the wait, which is right already."""
    mail = Mail(takes=0.05)
    dispatcher, clock = over(office, mail)
    office.owe("patient", "heads", good_for=100 * HOUR)
    mail.results[HEADS] = [Postponed(30 * SECOND)]
    under_way = asyncio.create_task(dispatcher.tick())
    await until(lambda: mail.busy == 1)
    clock.forward(hours * HOUR)
    await under_way
    for seconds in (20, 10):
        assert office.row("patient").state is PENDING
        clock.forward(seconds * SECOND)
        await dispatcher.tick()
    assert office.rows() == [("patient", SENT, 2, False)]


async def test_what_an_act_made_due_is_due_by_a_clock_that_was_set_back(office: Post) -> None:
    """A press on a card is not shown hours later; what is planned waits for its moment."""
    mail = Mail()
    dispatcher, clock = over(office, mail)
    office.owe("act", "heads", good_for=9 * HOUR)
    planned = Owed("planned", DeliveryKind.REMIND, office.now, office.now + HOUR, office.chat("teaching"), planned=True)
    office.store.call(deliveries.owe, [planned])
    clock.forward(-6 * HOUR)
    await dispatcher.tick()
    assert [state for _, state, *_ in office.rows()] == [SENT, PENDING]
    clock.forward(6 * HOUR)
    await dispatcher.tick()
    assert [state for _, state, *_ in office.rows()] == [SENT, SENT]


async def test_a_database_that_is_away_hears_of_it_when_it_is_back(
    office: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    mail, run, away = Mail(takes=0.05), office.store.run, [True]
    dispatcher, clock = over(office, mail)
    office.owe("patient", "heads", good_for=100 * HOUR)
    mail.results[HEADS] = [Postponed(30 * SECOND)]

    async def asked(work: Any, *rest: Any) -> Any:
        if work is clock_set and away:
            raise OperationalError(str(away.pop()), {}, Exception("gone away"))
        return await run(work, *rest)

    await dispatcher.tick()
    monkeypatch.setattr(office.store, "run", asked)
    clock.forward(-6 * HOUR)
    with pytest.raises(OperationalError):
        await dispatcher.look()
    await dispatcher.tick()
    clock.forward(30 * SECOND)
    await dispatcher.tick()
    assert office.rows() == [("patient", SENT, 2, False)]


def test_the_clock_of_one_node_moves_no_hold_of_another(office: Post) -> None:
    office.owe("of seven", "heads")
    office.store.call(outbox.claim, office.now, LEASE, 100, 7)
    for node, by in ((8, 0 * HOUR), (7, 6 * HOUR)):
        office.store.call(clock_set, 6 * HOUR, office.now + 6 * HOUR, node)
        assert office.row("of seven").held_until == office.now + LEASE + by
