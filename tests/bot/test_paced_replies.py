"""Replies at the pace that is permitted, and silent where Telegram has asked for silence."""

from collections.abc import Hashable

import pytest

from tests.bot.running_bot import LI, RunningBot


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
