"""The receiver: confirmed once durable, each sender in order, and what fails set aside or tried again."""

import asyncio
import json
from collections.abc import Callable, Sequence
from typing import Any

import pytest
from msgspec.structs import asdict
from sqlalchemy.exc import OperationalError
from sqlmodel import col, select
from telegram import Update
from telegram.error import BadRequest, InvalidToken, NetworkError, RetryAfter, TimedOut
from telegram.ext import TypeHandler

from bot.telegram import receiver as module
from bot.telegram.ptb import Context
from bot.telegram.receiver import ALLOWED, Numbered, Receiver, passing
from bot.wiring import Running
from sandbox.state import Call
from store import responses, updates
from store.database import Session
from store.updates import ATTEMPTS, LIVES, InboxUpdate, Raw, UpdateState, WorkedOff
from tests.bot.running_bot import LI, TEACHING, WANG, ZHAO, RunningBot
from tests.handlers.event_sample import local

WAITING, DONE, FAILED = UpdateState.WAITING, UpdateState.DONE, UpdateState.FAILED
Row = tuple[UpdateState, int, str]  # state, attempts, error


@pytest.fixture
def receiver(bot: RunningBot) -> Receiver:
    return bot.parts.receiver


def rows(session: Session) -> list[Row]:
    found = session.exec(select(InboxUpdate).order_by(col(InboxUpdate.update_id)))
    return [(UpdateState(row.state), row.attempts, row.error) for row in found]


def polls(bot: RunningBot) -> list[Call]:
    return [call for call in bot.room.calls if call.method == "getupdates"]


def failing(receiver: Receiver, *causes: Exception) -> list[Exception]:
    """The next updates meet these, one each."""
    waiting = list(causes)

    async def fail(_update: Update, _context: Context) -> None:
        if waiting:
            raise waiting.pop(0)

    receiver.application.add_handler(TypeHandler(Update, fail), group=-9)
    return waiting


def locked() -> OperationalError:
    return OperationalError("UPDATE secret", {"text": "家里有事"}, Exception("database is locked"))


class Watched(Running, frozen=True, kw_only=True):
    """`asked_before`: at each plan, whether updates had been asked for."""

    asked_before: list[bool]

    async def plan(self) -> None:
        self.asked_before.append(self.receiver.asked.is_set())
        await super().plan()


async def until(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(5):
        while not condition():
            await asyncio.sleep(0.005)


async def test_an_offset_is_said_once_and_what_is_asked_for_is_named(bot: RunningBot, receiver: Receiver) -> None:
    """One that were remembered over a quiet week would confirm new updates unread."""
    number = bot.people.room.push({"message": bot.people.say(LI, LI, "/help").json()})
    for _ in range(3):
        await receiver.poll(0)
    assert [call.sent.get("offset") for call in polls(bot)] == [None, str(number + 1), None]
    assert json.loads(polls(bot)[0].sent["allowed_updates"]) == list(ALLOWED)


async def test_it_is_durable_before_it_is_confirmed(bot: RunningBot, receiver: Receiver) -> None:
    bot.people.say(LI, LI, "/help")
    await receiver.poll(0)
    assert len(bot.room.updates) == 1  # still at the server
    assert len(bot.store.call(rows)) == 1
    await receiver.poll(0)
    assert len(bot.room.updates) == 0


async def test_what_comes_again_unconfirmed_is_done_once(bot: RunningBot, receiver: Receiver) -> None:
    bot.people.say(LI, LI, "/help")
    await receiver.poll(0)
    receiver.confirm = None  # the program died and began again
    await receiver.poll(0)
    await receiver.idle.wait()
    assert len(bot.heard(LI)) == 1
    assert bot.store.call(rows) == [(DONE, 1, "")]


async def test_an_update_that_cannot_be_read_stops_nothing(bot: RunningBot, receiver: Receiver) -> None:
    bot.room.push({"my_chat_member": {"chat": {}}})  # what it needs is absent: PTB raises
    bot.room.push({"message": "not an object"})
    bot.people.say(LI, LI, "/help")
    await bot.work_off()
    assert [state for state, *_ in bot.store.call(rows)] == [FAILED, FAILED, DONE]
    assert "TypeError" in bot.store.call(rows)[0][2]
    assert not bot.room.updates  # confirmed, so it cannot stick


async def test_an_update_that_cannot_be_written_down_stops_nothing(bot: RunningBot, receiver: Receiver) -> None:
    deep: list[Any] = []
    for _ in range(100_000):
        deep = [deep]
    bot.people.say(LI, LI, "/help")
    found: list[Any] = [{"update_id": 1, "message": "\ud83d"}, {"update_id": 2, "message": deep}, *bot.room.updates]
    await receiver.take(found)
    await receiver.idle.wait()
    assert [state for state, *_ in bot.store.call(rows)] == [FAILED, FAILED, DONE]


async def test_a_passing_cause_is_tried_again_and_a_bug_is_set_aside(
    bot: RunningBot, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "PAUSE", 0.0)
    failing(receiver, locked(), TimedOut(), ValueError("a bug"))
    bot.people.say(LI, LI, "/help")
    bot.people.say(LI, LI, "/next")
    await bot.work_off()
    assert bot.store.call(rows) == [(FAILED, 1, "ValueError: a bug"), (DONE, 1, "")]
    assert len(bot.heard(LI)) == 1  # what was behind it went on


async def test_who_waits_to_try_again_keeps_nobody_from_being_served(bot: RunningBot, receiver: Receiver) -> None:
    receiver.places = asyncio.Semaphore(1)
    failing(receiver, RetryAfter(3600))
    bot.people.say(LI, LI, "/help")
    bot.people.say(WANG, WANG, "/help")
    await receiver.poll(0)
    await until(lambda: len(bot.heard(WANG)) == 1)
    assert not bot.heard(LI)
    await receiver.stop(0)


async def test_one_group_leaves_room_for_everybody_else(bot: RunningBot, receiver: Receiver) -> None:
    """Where twenty messages a minute are permitted, its answers wait."""
    receiver.places, receiver.groups[TEACHING] = asyncio.Semaphore(2), asyncio.Semaphore(1)
    turn = asyncio.Event()

    async def wait(update: Update, _context: Context) -> None:
        if update.effective_chat is not None and update.effective_chat.id == TEACHING:
            await turn.wait()

    receiver.application.add_handler(TypeHandler(Update, wait), group=-9)
    for who in (WANG, ZHAO):
        bot.people.say(who, TEACHING, "/help")
    bot.people.say(LI, LI, "/help")
    await receiver.poll(0)
    await until(lambda: len(bot.heard(LI)) == 1)
    turn.set()
    await bot.settle()


async def test_a_bug_beside_an_update_leaves_it_in_nobodys_hand(
    bot: RunningBot, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def stumble(_update: Update) -> WorkedOff:
        raise LookupError("a bug")

    monkeypatch.setattr(receiver, "work_off", stumble)
    bot.people.say(LI, LI, "/help")
    await receiver.poll(0)
    await until(lambda: not receiver.in_hand)
    assert receiver.idle.is_set()


async def test_what_cannot_be_settled_waits_on_and_its_sender_is_served(
    bot: RunningBot, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    settle, bugs = updates.settle, [LookupError("a bug")]

    def stumble(session: Session, finished: Sequence[WorkedOff]) -> None:
        if bugs:
            raise bugs.pop()
        settle(session, finished)

    monkeypatch.setattr(updates, "settle", stumble)
    for _ in range(2):
        bot.people.say(LI, LI, "/help")
        async with asyncio.timeout(30):
            await bot.work_off()
    assert len(bot.heard(LI)) == 2
    assert [state for state, *_ in bot.store.call(rows)] == [WAITING, DONE]


async def test_attempts_are_used_up(bot: RunningBot, receiver: Receiver, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "PAUSE", 0.0)
    left = failing(receiver, *(locked() for _ in range(ATTEMPTS + 1)))
    bot.people.say(LI, LI, "/help")
    await bot.work_off()
    assert len(left) == 1
    state, lives, error = bot.store.call(rows)[0]
    assert (state, lives) == (FAILED, 1)
    assert error.startswith(f"given up after {ATTEMPTS} attempts: ")
    assert "database is locked" in error
    assert "家里有事" not in error  # a statement's parameters may be a person's text


async def test_one_senders_updates_are_worked_off_in_order_and_senders_side_by_side(
    bot: RunningBot, receiver: Receiver
) -> None:
    await bot.until(local("10-08 09:00"))
    card = bot.last(TEACHING)
    busy, busiest = 0, 0

    async def slow_at_first(update: Update, _context: Context) -> None:
        nonlocal busy, busiest
        busy, busiest = busy + 1, max(busiest, busy + 1)
        await asyncio.sleep(0.05 if update.update_id % 2 else 0)
        busy -= 1

    receiver.application.add_handler(TypeHandler(Update, slow_at_first), group=-9)
    for choice in ("declined", "accepted", "declined", "accepted"):
        for user in (LI, WANG, ZHAO):
            bot.people.forge(user, TEACHING, card.id, f"respond:1:{choice}")
    await bot.settle()
    counts = bot.store.call(responses.tally, 1)
    assert (sum(one.accepted for one in counts), sum(one.declined for one in counts)) == (3, 0)
    assert busiest == 3


async def test_what_an_earlier_life_left_is_taken_up_and_counted(bot: RunningBot, receiver: Receiver) -> None:
    message = bot.people.say(LI, LI, "/help").json()
    bot.room.updates.clear()
    raw = [Raw(number, json.dumps({"update_id": number, "message": message})) for number in (1, 2)]
    bot.store.call(updates.keep, raw, bot.clock.now())
    for _ in range(LIVES - 1):
        bot.store.call(updates.begin_again, 2)  # each time the program died over it
    await receiver.take_up()
    await receiver.idle.wait()
    assert [(state, lives) for state, lives, _ in bot.store.call(rows)] == [(DONE, 2), (FAILED, LIVES)]
    assert len(bot.heard(LI)) == 1


async def test_polling_waits_while_too_much_is_in_hand(
    bot: RunningBot, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "CROWD", 1)
    release = asyncio.Event()

    async def wait(_update: Update, _context: Context) -> None:
        await release.wait()

    receiver.application.add_handler(TypeHandler(Update, wait), group=-9)
    bot.people.say(LI, LI, "/help")
    await receiver.poll(0)
    polling = asyncio.create_task(receiver.poll(0))
    await asyncio.sleep(0.05)
    assert len(polls(bot)) == 1
    release.set()
    await polling
    assert len(polls(bot)) == 2


async def test_it_polls_on_after_another_poller_and_says_so_once(
    bot: RunningBot, receiver: Receiver, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """409: somebody else fetches with the same token."""
    monkeypatch.setattr(module, "PAUSE", 0.01)
    held: list[str] = []
    bot.room.on_call.append(lambda moment, method, _sent: held.append(moment) if method == "getupdates" else None)
    running = asyncio.create_task(receiver.run())
    for _ in range(2):
        await until(lambda: bool(held) and held[-1] == "arrived")
        await receiver.application.bot.get_updates(timeout=0)
    bot.people.say(LI, LI, "/help")
    await until(lambda: len(bot.heard(LI)) == 1)
    running.cancel()
    await asyncio.wait({running})
    assert [record.getMessage() for record in caplog.records].count("polling_waits") == 1


async def test_a_wrong_token_ends_it(bot: RunningBot, receiver: Receiver) -> None:
    bot.room.token = "1:another"
    with pytest.raises(InvalidToken):
        await receiver.run()


async def test_stopping_finishes_what_is_in_hand_and_leaves_the_rest_waiting(
    bot: RunningBot, receiver: Receiver
) -> None:
    stuck = asyncio.Event()

    async def never(update: Update, _context: Context) -> None:
        if update.effective_user is not None and update.effective_user.id == LI:
            await stuck.wait()

    receiver.application.add_handler(TypeHandler(Update, never), group=-9)
    bot.people.say(LI, LI, "/help")
    bot.people.say(WANG, WANG, "/help")
    await receiver.poll(0)
    await receiver.stop(0.3)
    assert [state for state, *_ in bot.store.call(rows)] == [WAITING, DONE]
    assert len(bot.heard(WANG)) == 1


async def test_updates_come_by_one_door_however_they_are_fetched(bot: RunningBot, receiver: Receiver) -> None:
    """A webhook will hand them over as polling does."""
    bot.people.say(LI, LI, "/help")
    found: list[Numbered] = [dict(update) for update in bot.room.updates]  # type: ignore[misc]
    for _ in range(2):
        await receiver.take(found)
    await receiver.idle.wait()
    assert len(bot.heard(LI)) == 1


def test_a_bad_request_is_no_passing_cause() -> None:
    """To PTB it is a NetworkError."""
    assert passing(NetworkError("reset"))
    assert passing(locked())
    assert not passing(BadRequest("Query is too old"))
    assert not passing(ValueError())


async def test_a_press_twice_is_answered_twice_and_counted_once(bot: RunningBot) -> None:
    await bot.until(local("10-08 09:00"))
    card = bot.last(TEACHING)
    queries = [bot.people.press(LI, TEACHING, card.id, "参加") for _ in range(2)]
    await bot.settle()
    first, second = (bot.room.answer(query) for query in queries)
    assert first is not None
    assert second is not None
    assert first["text"] != second["text"]
    assert sum(one.accepted for one in bot.store.call(responses.tally, 1)) == 1


async def test_who_wrote_while_it_was_away_waits_for_no_plan(bot: RunningBot) -> None:
    """The first plan comes behind the first call for updates, and before anything is sent."""
    stop, watched = asyncio.Event(), Watched(**asdict(bot.parts), asked_before=[])
    bot.people.say(LI, LI, "/next")
    running = asyncio.create_task(watched.begin(stop))
    await until(lambda: len(bot.heard(LI)) == 1)
    await until(lambda: bool(watched.asked_before))
    stop.set()
    await running
    assert watched.asked_before == [True]
