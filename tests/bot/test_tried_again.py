"""A text whose answer did not arrive is worked off again: what it was taken for stays what it was taken for."""

import json

import pytest

from sandbox.faults import Fault
from sandbox.state import Json
from store.database import Session
from store.policies import unanswered
from store.updates import InboxUpdate, UpdateState
from tests.bot.running_bot import LI, OFFICE, TEACHING, RunningBot
from tests.handlers.event_sample import local
from tests.store.policy_sample import CHARTER, publish

WORDS = "金丝雀：学生为什么怕提问？"


@pytest.fixture
async def asked(bot: RunningBot) -> RunningBot:
    """李芳 was there and is asked for a reflection, which will have the form of a question."""
    bot.store.call(publish, 1, CHARTER)
    bot.clock.move_to(local("10-07 09:00"))
    for who in (LI, OFFICE):
        bot.people.start(who)
    await bot.settle()
    await bot.until(local("10-14 14:20"))
    await bot.press(LI, bot.last(TEACHING), "签到")
    await bot.until(local("10-14 16:01"))
    return bot


async def test_an_answer_that_was_refused_for_a_moment_is_said_as_it_was(asked: RunningBot) -> None:
    asked.faults.add(Fault("sendMessage", chat=str(LI), kind="refuse", error="too_fast", retry_after=1))
    said = await asked.say(LI, WORDS)
    assert len(said) == 1
    assert "还没有提交" in said[0]
    assert asked.store.call(unanswered.waiting, 1) == []


async def test_a_text_that_was_taken_in_an_earlier_life_is_not_read_anew(asked: RunningBot) -> None:
    """The kill fell between the commit and what was said."""
    asked.people.say(LI, LI, WORDS)
    (update,) = asked.room.updates
    await asked.settle()
    asked.store.call(unsettled, update)
    before = asked.heard(LI)
    async with asked.started_anew() as later:
        await later.parts.receiver.take_up()
        await later.parts.receiver.idle.wait()
    *same, said = asked.heard(LI)
    assert same == before
    assert said.startswith("您刚才发的我已经收到了")
    assert asked.store.call(unanswered.waiting, 1) == []


async def test_a_remark_that_was_refused_for_a_moment_is_made_after_all(asked: RunningBot) -> None:
    asked.faults.add(Fault("sendMessage", chat=str(LI), kind="refuse", error="too_fast", retry_after=1))
    assert len(await asked.say(LI, "/frobnicate")) == 1


def unsettled(session: Session, update: Json) -> None:
    row = session.get_one(InboxUpdate, update["update_id"])
    row.state, row.payload = UpdateState.WAITING, json.dumps(update)
    session.add(row)
