"""The dispatcher: recipients side by side, each in order; every way an attempt can end; and when it wakes."""

import asyncio
from collections.abc import Callable
from datetime import timedelta
from functools import partial

import pytest
from sqlalchemy import event
from sqlalchemy.exc import OperationalError

from scheduling import dispatcher as module
from scheduling.clock import MovableClock, ShiftedClock
from scheduling.dispatcher import Dispatcher, Send
from scheduling.due import BATCH, LEASE
from scheduling.pace import GROUP_MESSAGES, GROUP_SECONDS, Pace
from scheduling.results import Moot, Moved, Postponed, Result, Sent, Shut, Undeliverable, keep_results
from store import chats, linked_accounts, outbox, persons
from store.accounts import Account
from store.database import Session, Store
from store.deliveries import DeliveryState
from store.outbox import Claimed, Settled
from tests.scheduling.mail import Mail
from tests.store.post_sample import HOUR, MINUTE, SECOND, Post, post

TEACHING, HEADS, LI = "-1001", "-1002", "7001"
PENDING, SENT = DeliveryState.PENDING, DeliveryState.SENT
UNPACED = Pace(0)


@pytest.fixture
def office(store: Store) -> Post:
    return post(store)


@pytest.fixture
def mail() -> Mail:
    return Mail()


def over(office: Post, mail: Mail, **options: int) -> Dispatcher:
    return Dispatcher(office.store, MovableClock(office.now), UNPACED, mail.prepare, **options)


def states(office: Post) -> list[DeliveryState]:
    return [state for _, state, *_ in office.rows()]


async def until(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(5):
        while not condition():
            await asyncio.sleep(0.005)


def test_a_lease_outlasts_a_whole_batch_to_one_group() -> None:
    """Or a slow batch would be claimed twice."""
    assert timedelta(seconds=BATCH / GROUP_MESSAGES * GROUP_SECONDS) < LEASE


async def test_recipients_are_served_side_by_side_and_each_in_order(office: Post) -> None:
    mail = Mail(takes=0.01)
    for number in range(4):
        for to in ("teaching", "heads", "li", "wang"):
            office.owe(f"{number} {to}", to, (number - 9) * SECOND)
    assert await over(office, mail, lanes=3).tick() == 16
    assert all(sent == sorted(sent) and len(sent) == 4 for sent in mail.sent.values())
    assert mail.busiest == 3
    assert states(office) == [SENT] * 16


async def test_those_who_finish_together_are_settled_together(office: Post) -> None:
    """While one commit is under way the next ones gather."""
    people = ["li", "wang", "zhao", "zhou", "qian", "chen"]
    for number in range(5):
        for to in people:
            office.owe(f"{number} {to}", to)
    commits = list[object]()
    event.listen(office.store.engine, "commit", commits.append)
    await over(office, Mail()).tick()
    assert states(office) == [SENT] * 30
    assert len(commits) <= 15


async def test_patience_holds_the_rest_of_the_lane(office: Post, mail: Mail) -> None:
    for number in range(3):
        office.owe(f"a{number}", "teaching")
    office.owe("b", "heads")
    mail.results[TEACHING] = [Sent("m1"), Postponed(30 * SECOND)]
    dispatcher = over(office, mail)
    await dispatcher.tick()
    assert states(office) == [SENT, PENDING, PENDING, SENT]
    assert len(mail.attempts) == 3  # the one behind was not tried
    assert isinstance(dispatcher.clock, MovableClock)
    dispatcher.clock.forward(30 * SECOND)
    await dispatcher.tick()
    assert states(office) == [SENT] * 4
    assert [twice for *_, twice in office.rows()] == [False] * 4


async def test_perhaps_arrived_is_sent_again_and_marked(office: Post, mail: Mail) -> None:
    office.owe("a", "teaching")
    mail.results[TEACHING] = [Postponed(10 * SECOND, perhaps_arrived=True)]
    dispatcher = over(office, mail)
    await dispatcher.tick()
    assert isinstance(dispatcher.clock, MovableClock)
    dispatcher.clock.forward(10 * SECOND)
    await dispatcher.tick()
    assert office.rows() == [("a", SENT, 2, True)]


async def test_a_chat_that_is_shut_keeps_its_messages_until_it_opens(office: Post, mail: Mail) -> None:
    for number in range(2):
        office.owe(f"a{number}", "teaching")
    mail.results[TEACHING] = [Shut("Forbidden: bot was kicked")]
    dispatcher = over(office, mail)
    await dispatcher.tick()
    assert (states(office), len(mail.attempts)) == ([PENDING] * 3, 1)  # the third is to tell the organiser
    assert office.row("a0").error == "Forbidden: bot was kicked"
    assert office.store.call(chats.count_closed, "telegram") == 1
    await dispatcher.tick()
    assert len(mail.attempts) == 1
    office.store.call(chats.close, "telegram", TEACHING, None)
    await dispatcher.tick()
    assert states(office) == [SENT, SENT, DeliveryState.DROPPED], "the organiser was not told yet, and need not be"


async def test_who_has_shut_us_out_is_counted_for_the_organiser(office: Post, mail: Mail) -> None:
    office.owe("a", "li")
    mail.results[LI] = [Shut("Forbidden: bot was blocked by the user")]
    await over(office, mail).tick()
    assert office.store.call(linked_accounts.out_of_reach, [office.person("li") or 0]) == (0, 1)
    assert states(office) == [PENDING]


async def test_a_group_that_moved_is_spoken_to_at_its_new_address(office: Post, mail: Mail) -> None:
    office.owe("a", "teaching")
    mail.results[TEACHING] = [Moved("-1001000001001")]
    dispatcher = over(office, mail)
    await dispatcher.tick()
    await dispatcher.tick()
    assert list(mail.sent) == ["-1001000001001"]
    assert office.rows() == [("a", SENT, 2, False)]


@pytest.mark.parametrize(
    ("result", "state", "error"),
    [
        (Undeliverable("Bad Request: message is too long"), DeliveryState.FAILED, "Bad Request: message is too long"),
        (Moot(), DeliveryState.DROPPED, ""),
        (ValueError("a bug"), DeliveryState.FAILED, "ValueError('a bug')"),
    ],
)
async def test_what_can_never_be_sent_ends_alone(
    office: Post, mail: Mail, result: Result | Exception, state: DeliveryState, error: str
) -> None:
    office.owe("a", "teaching")
    office.owe("b", "teaching")
    mail.results[TEACHING] = [result]
    await over(office, mail).tick()
    assert states(office) == [state, SENT]
    assert office.row("a").error == error


async def test_a_card_edited_is_still_its_message(office: Post, mail: Mail) -> None:
    office.owe("a", "teaching")
    dispatcher = over(office, mail)
    await dispatcher.tick()
    office.card()
    await dispatcher.tick()
    office.card()
    await dispatcher.tick()
    assert [one.message_id for one in mail.attempts] == [None, "m1", "m1"]


async def test_it_wakes_for_the_next_due_row_and_when_it_is_told(office: Post, mail: Mail) -> None:
    clock = ShiftedClock(office.now)
    dispatcher = Dispatcher(office.store, clock, UNPACED, mail.prepare)
    running = asyncio.create_task(dispatcher.run())
    await asyncio.sleep(0.1)  # it rests: nothing is owed
    office.now = clock.now()
    office.owe("later", "teaching", 0.4 * SECOND)
    office.owe("now", "heads")
    dispatcher.wake()
    await until(lambda: len(mail.attempts) == 2)
    late = clock.now() - office.now - 0.4 * SECOND
    dispatcher.stop()
    await running
    assert [one.place.address for one in mail.attempts] == [HEADS, TEACHING]
    assert timedelta() <= late < SECOND


async def test_stopping_settles_what_is_on_the_wire_and_gives_the_rest_back(office: Post) -> None:
    mail = Mail(takes=0.2)
    for number in range(3):
        office.owe(f"a{number}", "teaching")
    dispatcher = Dispatcher(office.store, MovableClock(office.now), UNPACED, mail.prepare)
    running = asyncio.create_task(dispatcher.run())
    await until(lambda: mail.busy == 1)
    dispatcher.stop()
    await running
    assert office.rows() == [("a0", SENT, 1, False), ("a1", PENDING, 1, False), ("a2", PENDING, 1, False)]


async def test_stopping_waits_for_no_turn(office: Post, mail: Mail) -> None:
    """A group at its limit would hold it up for most of a minute."""
    for number in range(2):
        office.owe(f"a{number}", "teaching")
    dispatcher = Dispatcher(office.store, MovableClock(office.now), Pace(0.01), mail.prepare)
    running = asyncio.create_task(dispatcher.run())
    await until(lambda: len(mail.attempts) == 1)
    await until(lambda: states(office)[0] is SENT and bool(dispatcher.patience))
    dispatcher.stop()
    async with asyncio.timeout(1):
        await running
    assert office.rows() == [("a0", SENT, 1, False), ("a1", PENDING, 1, False)]


async def test_a_slow_chat_delays_no_other(office: Post) -> None:
    release = asyncio.Event()
    sent = []

    async def send(delivery: Claimed) -> Result:
        if delivery.place.address == TEACHING:
            await release.wait()
        sent.append(delivery.place.address)
        return Sent("1")

    office.owe("slow", "teaching")

    async def prepare(delivery: Claimed) -> Send:
        return partial(send, delivery)

    dispatcher = Dispatcher(office.store, MovableClock(office.now), UNPACED, prepare)
    running = asyncio.create_task(dispatcher.run())
    await asyncio.sleep(0.1)
    office.owe("quick", "heads")
    dispatcher.wake()
    await until(lambda: sent == [HEADS])
    release.set()
    await until(lambda: sent == [HEADS, TEACHING])
    dispatcher.stop()
    await running


async def test_what_only_waits_for_its_commit_keeps_no_other_waiting(office: Post, mail: Mail) -> None:
    office.owe("sent", "teaching")
    dispatcher = over(office, mail, lanes=1)
    running = asyncio.create_task(dispatcher.run())
    async with dispatcher.settling:
        await until(lambda: len(mail.attempts) == 1)
        office.owe("next", "heads")
        dispatcher.wake()
        await until(lambda: len(mail.attempts) == 2)
    dispatcher.stop()
    await running
    assert states(office) == [SENT] * 2


async def test_a_store_that_is_away_for_a_moment_loses_no_result(
    office: Post, mail: Mail, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The row stays claimed; the next one to settle takes the result along."""
    away = [OperationalError("UPDATE", {}, Exception("database is locked"))]

    def keep(session: Session, done: list[tuple[Settled, Result | None]], now: object) -> None:
        if away:
            raise away.pop()
        keep_results(session, done, office.now)

    monkeypatch.setattr(module, "keep_results", keep)
    office.owe("a", "teaching")
    dispatcher = Dispatcher(office.store, MovableClock(office.now), UNPACED, mail.prepare)
    running = asyncio.create_task(dispatcher.run())
    await until(lambda: not away)
    office.owe("b", "heads")
    dispatcher.wake()
    await until(lambda: states(office) == [SENT, SENT])
    dispatcher.stop()
    await running
    assert len(mail.attempts) == 2


async def test_a_lease_of_another_life_is_not_settled(office: Post, mail: Mail) -> None:
    """The program slept through its lease; another attempt was made meanwhile."""
    office.owe("a", "teaching")
    late = office.store.call(outbox.claim, office.now, MINUTE, 1)[0]
    office.now += HOUR / 2
    await over(office, mail).tick()
    office.store.call(keep_results, [(Settled(late, DeliveryState.FAILED), Undeliverable("late"))], office.now)
    assert office.rows() == [("a", SENT, 2, True)]


def test_a_result_of_somebody_unlinked_meanwhile_harms_nobody(office: Post) -> None:
    office.owe("a", "li")
    one = office.claim()[0]
    office.store.call(linked_accounts.link, office.person("li") or 0, None)
    office.store.call(keep_results, [(Settled(one, PENDING), Shut("blocked"))], office.now)
    assert office.store.call(persons.of_account, Account("telegram", LI), 1) is None
