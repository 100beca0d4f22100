"""Long polling over loopback, by python-telegram-bot: offsets, waiting, and the older of two pollers sent away."""

import asyncio
from time import monotonic

import pytest
from telegram import Bot
from telegram.error import Conflict

from sandbox.server import served
from tests.sandbox.loopback import bot, root
from tests.sandbox.sample import LI, TOKEN, Sample

__all__ = ["bot", "root"]

WAITING = 50  # seconds that a poll waits here: what ends it in half of them was no time-out, on the busiest machine


def said(sample: Sample, count: int) -> None:
    for number in range(count):
        sample.people.say(LI, LI, f"第{number}条")


def arrival(sample: Sample) -> asyncio.Event:
    """Set once a poll has reached the server."""
    loop, arrived = asyncio.get_running_loop(), asyncio.Event()

    def tell(stage: str, method: str, _sent: dict[str, str]) -> None:
        if (stage, method) == ("arrived", "getupdates"):
            loop.call_soon_threadsafe(arrived.set)

    sample.room.on_call.append(tell)
    return arrived


async def numbers(bot: Bot, **asked: int) -> list[int]:
    return [update.update_id for update in await bot.get_updates(**({"timeout": 0} | asked))]  # type: ignore[arg-type]


async def test_what_is_not_confirmed_comes_again(sample: Sample, bot: Bot) -> None:
    said(sample, 3)
    first = await numbers(bot)
    assert first == list(range(first[0], first[0] + 3))
    assert await numbers(bot) == first
    assert await numbers(bot, offset=first[1]) == first[1:]
    assert await numbers(bot) == first[1:]
    assert await numbers(bot, offset=first[2] + 1) == []


async def test_a_negative_offset_keeps_the_last_ones(sample: Sample, bot: Bot) -> None:
    said(sample, 5)
    everything = await numbers(bot)
    assert await numbers(bot, offset=-2) == everything[-2:]
    assert await numbers(bot) == everything[-2:]


async def test_a_poll_gives_at_most_its_limit_and_never_more_than_a_hundred(sample: Sample, bot: Bot) -> None:
    said(sample, 120)
    assert len(await numbers(bot, limit=7)) == 7
    assert len(await numbers(bot)) == 100


async def test_a_waiting_poll_is_woken_by_what_happens(sample: Sample, bot: Bot) -> None:
    began, arrived = monotonic(), arrival(sample)
    waiting = asyncio.create_task(numbers(bot, timeout=WAITING))
    await asyncio.wait_for(arrived.wait(), WAITING)
    await asyncio.sleep(0.1)
    assert not waiting.done()
    said(sample, 1)
    assert len(await waiting) == 1
    assert monotonic() - began < WAITING / 2


async def test_a_poll_in_which_nothing_happens_ends_empty_at_its_time(bot: Bot) -> None:
    began = monotonic()
    assert await numbers(bot, timeout=1, read_timeout=WAITING) == []
    assert 0.9 < monotonic() - began < WAITING / 2


async def test_of_two_pollers_the_older_is_sent_away(sample: Sample, root: str, bot: Bot) -> None:
    arrived = arrival(sample)
    older = asyncio.create_task(numbers(bot, timeout=WAITING))
    await asyncio.wait_for(arrived.wait(), WAITING)
    async with Bot(TOKEN, f"{root}/bot") as other:
        younger = asyncio.create_task(numbers(other, timeout=WAITING))
        with pytest.raises(Conflict, match="terminated by other getUpdates request"):
            await older
        said(sample, 1)
        assert len(await younger) == 1


async def test_ending_the_server_does_not_wait_for_a_poller(sample: Sample) -> None:
    with served(sample.room) as root:
        bot = Bot(TOKEN, f"{root}/bot")
        await bot.initialize()
        arrived = arrival(sample)
        waiting = asyncio.create_task(numbers(bot, timeout=WAITING))
        await asyncio.wait_for(arrived.wait(), WAITING)
        await asyncio.gather(cancelled(waiting), bot.shutdown())
        began = monotonic()
    assert monotonic() - began < WAITING / 2


async def cancelled(task: asyncio.Task[list[int]]) -> None:
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
