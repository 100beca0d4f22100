"""An update that is kept is worked off once, however the word that it is kept is lost, and however often it comes."""

import asyncio
import json
from collections.abc import Callable, Sequence
from threading import Event
from typing import Any

import pytest
from sqlalchemy.exc import OperationalError
from telegram import Update
from telegram.ext import TypeHandler

from bot.telegram.ptb import Context
from bot.telegram.receiver import Receiver
from store import updates
from store.database import Session, Store, Unavailable
from store.updates import Raw, UpdateState
from tests.bot.running_bot import LI, RunningBot
from tests.databases import DIALECTS

pytestmark = pytest.mark.parametrize("dialect", DIALECTS)
LONG = 30  # seconds: more than a busy machine takes
keep = updates.keep


@pytest.fixture
def receiver(bot: RunningBot) -> Receiver:
    """Of somebody who has begun a chat, and asks for help."""
    bot.people.start(LI)
    bot.room.updates.clear()
    bot.people.say(LI, LI, "/help")
    return bot.parts.receiver


async def until(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(LONG):
        while not condition():
            await asyncio.sleep(0.005)


async def answered(bot: RunningBot) -> int:
    """How often, once all is worked off and Telegram has been told so."""
    await until(lambda: UpdateState.WAITING not in bot.store.call(updates.counts))
    await bot.work_off()
    assert not bot.room.updates
    return len(bot.heard(LI))


def brought(bot: RunningBot) -> list[Any]:
    return [dict(update) for update in bot.room.updates]


def kept(bot: RunningBot, node: int | None) -> None:
    raw = [Raw(update["update_id"], json.dumps(update)) for update in bot.room.updates]
    bot.store.call(keep, raw, bot.clock.now(), node)


def held_up(receiver: Receiver) -> asyncio.Event:
    """Every update is, until this is set."""
    release = asyncio.Event()

    async def wait(_update: Update, _context: Context) -> None:
        await release.wait()

    receiver.application.add_handler(TypeHandler(Update, wait), group=-9)
    return release


async def test_where_the_answer_to_the_commit_is_lost(
    bot: RunningBot, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is not left to its coming again: that may be to another node."""
    run, lost = Store.run, [OperationalError("COMMIT", {}, Exception("server closed the connection unexpectedly"))]

    async def losing(store: Store, work: Any, *args: Any) -> Any:
        found = await run(store, work, *args)
        if work is keep and lost:
            raise lost.pop()
        return found

    monkeypatch.setattr(Store, "run", losing)
    with pytest.raises(Unavailable):
        await receiver.poll(0)
    await until(lambda: UpdateState.DONE in bot.store.call(updates.counts))
    assert await answered(bot) == 1


async def test_where_it_turns_out_to_be_kept_as_it_comes_again(bot: RunningBot, receiver: Receiver) -> None:
    kept(bot, receiver.node)
    await receiver.poll(0)
    assert await answered(bot) == 1


async def test_where_polling_is_called_off_meanwhile(
    bot: RunningBot, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, go_on = Event(), Event()

    def slowly(session: Session, found: Sequence[Raw], *args: Any) -> list[Raw]:
        new = keep(session, found, *args)
        begun.set()
        assert go_on.wait(LONG)
        return new

    monkeypatch.setattr(updates, "keep", slowly)
    polling = asyncio.create_task(receiver.poll(0))
    await until(begun.is_set)
    polling.cancel()
    again = asyncio.create_task(receiver.poll(0))  # it leads once more
    await until(polling.done)
    go_on.set()
    await again
    assert await answered(bot) == 1


async def test_where_it_comes_while_it_is_in_hand(bot: RunningBot, receiver: Receiver) -> None:
    release = held_up(receiver)
    for _ in range(3):
        await receiver.take(brought(bot))
    release.set()
    assert await answered(bot) == 1


async def test_where_it_comes_before_its_turn_among_what_is_taken_up(bot: RunningBot, receiver: Receiver) -> None:
    bot.people.say(LI, LI, "/help")
    kept(bot, None)  # by an earlier life
    release = held_up(receiver)
    taking_up = asyncio.create_task(receiver.take_up())
    await until(lambda: len(receiver.lanes) == 1)
    await receiver.take(brought(bot)[1:])
    release.set()
    await taking_up
    assert await answered(bot) == 2
