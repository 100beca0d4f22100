"""A dispatcher that stands still is noticed and said to whoever can do something about it; and when it goes on."""

import asyncio

import pytest

from sandbox.faults import Fault
from scheduling import dispatcher
from scheduling.dispatcher import Send
from scheduling.results import Moot
from store import beats, linked_accounts
from store.accounts import Account
from store.database import Session, Unavailable
from store.outbox import Claimed
from store.persons import Role
from tests.bot.running_bot import OFFICE, RunningBot
from tests.handlers.event_sample import local

STALLED = "我这边的消息有一会儿发不出去了，到时的提醒都先留着。"
GOES_ON = "消息又能正常发送了，还有用的提醒正在补发。"


async def test_what_hangs_on_the_wire_is_said_once_and_its_end_once(
    bot: RunningBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    await bot.say(OFFICE, "/help")
    worker, let_go = bot.parts.dispatcher, asyncio.Event()
    monkeypatch.setattr(dispatcher, "STUCK", 0.05)
    prepare = worker.prepare

    async def hanging(delivery: Claimed) -> Send | Moot:
        await let_go.wait()
        return await prepare(delivery)

    monkeypatch.setattr(worker, "prepare", hanging)
    before = len(bot.heard(OFFICE))
    await bot.parts.plan()
    bot.clock.move_to(local("10-13 14:30"))
    running = asyncio.create_task(worker.run())
    async with asyncio.timeout(10):
        while not worker.stalled() or not worker.begun:
            await asyncio.sleep(0.01)
        for _ in range(2):
            await bot.parts.beat()
        assert [text.splitlines()[0] for text in bot.heard(OFFICE)[before:]] == [STALLED]
        assert bot.store.call(beats.last, "dispatch") is None
        assert {bot.store.call(beats.last, name) for name in ("tick", "stalled")} == {bot.clock.now()}
        let_go.set()
        while worker.begun or worker.stalled():
            await asyncio.sleep(0.01)
        for _ in range(2):
            await bot.parts.beat()
    assert bot.heard(OFFICE)[before:].count(GOES_ON) == 1
    assert bot.store.call(beats.last, "dispatch") == bot.clock.now()
    worker.stop()
    await running


async def test_whom_a_try_does_not_reach_is_told_at_the_next_beat(
    bot: RunningBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    await bot.say(OFFICE, "/help")
    before, stalled = len(bot.heard(OFFICE)), [True]
    monkeypatch.setattr(bot.parts.alarm, "stalled", lambda: bool(stalled))
    for words in (STALLED, GOES_ON):
        bot.faults.add(Fault("sendMessage", kind="refuse", error="restart", times=1))
        for _ in range(3):
            await bot.parts.beat()
        assert [text.splitlines()[0] for text in bot.heard(OFFICE)[before:]].count(words) == 1
        stalled.clear()


async def test_a_locked_database_silences_no_alarm(bot: RunningBot, monkeypatch: pytest.MonkeyPatch) -> None:
    await bot.say(OFFICE, "/help")
    before, of_role, locked = len(bot.heard(OFFICE)), linked_accounts.of_role, [True]

    def found(session: Session, role: Role) -> list[Account]:
        if locked:
            locked.pop()
            raise Unavailable("", {}, Exception("database is locked"))
        return of_role(session, role)

    monkeypatch.setattr(linked_accounts, "of_role", found)
    for _ in range(3):
        await bot.parts.beat()
    assert [text.splitlines()[0] for text in bot.heard(OFFICE)[before:]] == [STALLED]


async def test_one_that_does_not_look_any_more_stands_still(bot: RunningBot, monkeypatch: pytest.MonkeyPatch) -> None:
    worker = bot.parts.dispatcher
    assert worker.stalled()
    running = asyncio.create_task(worker.run())
    await asyncio.sleep(0)
    assert not worker.stalled()
    monkeypatch.setattr(dispatcher, "STILL", -1.0)
    assert worker.stalled()
    worker.stop()
    await running
