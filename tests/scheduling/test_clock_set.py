"""A clock that is set, back or ahead: what is held, due or given up by it. All of it: `tests/crash/test_clock.py`."""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import event
from sqlalchemy.exc import OperationalError

from scheduling import dispatcher as module
from scheduling.clock import MovableClock, Standing, Steps
from scheduling.dispatcher import Dispatcher, Done
from scheduling.due import LEASE, begun, clock_set
from scheduling.pace import Pace
from scheduling.results import Postponed
from store import beats, deliveries, outbox, recovery
from store.database import Store
from store.deliveries import DeliveryKind, DeliveryState, Owed
from tests.scheduling.mail import Mail
from tests.store.post_sample import HOUR, MINUTE, SECOND, Post, post

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
        async with dispatcher.timing:
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
    """A press on a card is shown in seconds, not hours later; what is planned waits for its moment."""
    mail = Mail()
    dispatcher, clock = over(office, mail)
    office.owe("act", "heads", 2 * SECOND)
    planned = Owed("planned", DeliveryKind.REMIND, office.now, office.now + HOUR, office.chat("teaching"), planned=True)
    office.store.call(deliveries.owe, [planned])
    clock.forward(-6 * HOUR)
    await dispatcher.tick()
    assert [state for _, state, *_ in office.rows()] == [PENDING, PENDING]
    clock.forward(2 * SECOND)
    await dispatcher.tick()
    assert [state for _, state, *_ in office.rows()] == [SENT, PENDING]
    clock.forward(6 * HOUR)
    await dispatcher.tick()
    assert [state for _, state, *_ in office.rows()] == [SENT, SENT]


async def test_what_an_act_made_due_by_a_clock_that_was_behind_is_of_use_still(office: Post) -> None:
    dispatcher, clock = over(office, Mail())
    office.owe("act", "heads", -SECOND, good_for=HOUR)
    clock.forward(30 * HOUR)
    await dispatcher.tick()
    assert office.rows() == [("act", SENT, 1, False)]


@pytest.mark.parametrize("hours", [30, -30])
async def test_what_is_committed_by_the_clock_as_it_had_been_is_found_some_seconds_later(
    office: Post, monkeypatch: pytest.MonkeyPatch, hours: int
) -> None:
    monkeypatch.setattr(module, "OVERLOOKED", 0 * SECOND)
    dispatcher, clock = over(office, Mail())
    clock.forward(hours * HOUR)
    async with dispatcher.timing:
        await dispatcher.keep_time()
    office.owe("act", "heads", -SECOND, good_for=HOUR)
    await dispatcher.tick()
    assert office.rows() == [("act", SENT, 1, False)]
    assert not dispatcher.looks_behind


async def test_a_clock_that_was_set_back_while_nobody_ran_keeps_nothing_waiting(office: Post) -> None:
    office.owe("act", "heads")
    office.store.call(beats.beat, "tick", office.now)
    office.now -= 6 * HOUR
    office.store.call(begun, office.now)
    assert office.keys(office.claim()) == ["act"]


async def test_a_life_that_begins_by_a_clock_that_was_not_set_moves_nothing(office: Post) -> None:
    office.owe("later", "heads", SECOND)
    office.store.call(beats.beat, "tick", office.now)
    office.store.call(begun, office.now + 9 * HOUR)
    assert office.row("later").due_at == office.now + SECOND


async def test_a_result_whose_wait_was_moved_along_is_kept_before_its_lane_ends(
    office: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two that were refused; the second learns of the clock while the first waits for others to commit with."""
    mail = Mail(takes=0.02)
    dispatcher, clock = over(office, mail)
    for to in ("heads", "teaching", "li"):
        office.owe(to, to, good_for=100 * HOUR)
    mail.results[HEADS] = [Postponed(30 * SECOND)]
    settle = dispatcher.settle

    async def settled(done: list[Done]) -> None:
        clock.forward(6 * HOUR if done[0][1] is not None and done[0][0].held_until is None else 0 * HOUR)
        dispatcher.note_time()
        await settle(done)

    monkeypatch.setattr(dispatcher, "settle", settled)
    await dispatcher.tick()
    assert dispatcher.finished == []
    assert office.row("heads").held_until == clock.now() + 30 * SECOND


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


def test_what_another_node_has_claimed_is_its_own_by_any_clock(office: Post) -> None:
    """Its lease is over by ours; or the row of no use any more, while it is on the wire."""
    office.owe("of seven", "heads", good_for=MINUTE)
    office.owe("behind it", "heads", SECOND, good_for=9 * HOUR)
    office.store.call(outbox.claim, office.now, LEASE, 1, 7)
    later = office.now + HOUR
    assert office.store.call(outbox.claim, later, LEASE, 100, 8) == []
    assert office.row("of seven").state is DeliveryState.CLAIMED
    assert office.store.call(outbox.ahead, later, 8) == outbox.Ahead(None, over=False)
    office.store.call(recovery.take_back, {8})
    assert office.keys(office.store.call(outbox.claim, later, LEASE, 100, 8)) == ["behind it"]


def test_steps_too_small_to_matter_add_up() -> None:
    clock = MovableClock(datetime(2026, 9, 1, tzinfo=UTC))
    steps = Steps(clock, lambda: 0.0)
    found = []
    for _ in range(3):
        clock.forward(-20 * SECOND)
        found.append(steps.since())
    assert found == [None, -40 * SECOND, None]


def test_a_clock_that_was_set_is_not_believed_for_long() -> None:
    clock, steady = MovableClock(datetime(2026, 9, 1, tzinfo=UTC)), [0.0]
    standing = Standing(clock, lambda: steady[0])
    found = [standing.believed()]
    clock.forward(8_760 * HOUR)
    for seconds in (0, 5_399, 1):
        steady[0] += seconds
        clock.forward(seconds * SECOND)
        found.append(standing.believed())
    assert found == [True, False, False, True]
