"""Replies at the pace that is permitted, and silent where Telegram has asked for silence."""

from collections.abc import Hashable
from datetime import datetime, timedelta

import pytest
from sqlmodel import select

from sandbox.faults import Fault
from scheduling.shared_pace import SharedPace
from store.database import Session
from store.deliveries import Delivery, DeliveryState
from tests.bot.running_bot import LI, TEACHING, RunningBot
from tests.handlers.event_sample import local


@pytest.fixture
def turns(bot: RunningBot, monkeypatch: pytest.MonkeyPatch) -> list[tuple[Hashable, bool, str]]:
    """Each turn that is asked for: the chat, whether it is a group, and the call before it."""
    asked: list[tuple[Hashable, bool, str]] = []

    async def wait(chat: Hashable, *, group: bool) -> None:
        asked.append((chat, group, bot.room.calls[-1].method))

    monkeypatch.setattr(bot.parts.dispatcher.pace, "wait", wait)
    return asked


async def test_an_edit_has_its_turn_as_a_message_has_and_the_press_is_answered_before(
    bot: RunningBot, turns: list[tuple[Hashable, bool, str]]
) -> None:
    await bot.say(LI, "/settings")
    turns.clear()
    await bot.press(LI, bot.last(LI), "English")
    assert turns == [(("telegram", str(LI)), False, "answercallbackquery")]
    assert "English" in bot.last(LI).text


async def test_a_refusal_that_a_delivery_met_is_heeded_by_a_reply_to_the_second(bot: RunningBot) -> None:
    bot.faults.add(Fault("sendMessage", chat=str(TEACHING), kind="refuse", error="too_fast", retry_after=1))
    bot.clock.move_to(local("10-07 09:00"))
    await bot.until(local("10-07 15:00"))
    await bot.say(LI, "/help", TEACHING)
    refused, *later = (call for call in bot.room.calls if call.sent.get("chat_id") == str(TEACHING))
    assert refused.error is not None
    assert min(call.at for call in later) - refused.at >= 1.0


async def test_what_is_owed_to_a_chat_that_is_held_waits_in_its_row(bot: RunningBot) -> None:
    bot.clock.move_to(local("10-07 09:00"))
    await bot.parts.dispatcher.pace.hold(("telegram", str(TEACHING)), 3600)
    await bot.parts.plan()
    bot.clock.move_to(local("10-07 15:00"))
    await bot.parts.dispatcher.tick()
    assert bot.heard(TEACHING) == []
    held = bot.store.call(waiting)
    assert held
    assert all(bot.clock.now() < until <= bot.clock.now() + timedelta(hours=1) for until in held)


@pytest.mark.parametrize("dialect", ["postgresql"])
async def test_the_pace_on_postgresql_knows_whether_there_is_another_node(bot: RunningBot) -> None:
    pace, node = bot.parts.dispatcher.pace, bot.parts.node
    assert isinstance(pace, SharedPace)
    assert node is not None
    assert pace.alone()
    async with bot.started_anew():
        await node.look(node.seen)
        assert not pace.alone()


def waiting(session: Session) -> list[datetime]:
    """Until when what is owed is held."""
    found = session.exec(select(Delivery.held_until).where(Delivery.state == DeliveryState.PENDING)).all()
    return [until for until in found if until is not None]
