"""A storm of faults, drawn by a seed: calls refused, answers lost, connections reset, updates twice and late; and
nothing is lost by it."""

import asyncio
from collections.abc import Callable
from contextlib import suppress

import pytest

from bot.telegram import receiver
from store import responses, updates
from store.updates import UpdateState
from tests.bot.running_bot import LI, NOBODY, OFFICE, TEACHING, WANG, ZHAO, RunningBot
from tests.handlers.event_sample import local

TEACHERS, WORDS = (LI, WANG, ZHAO), ("/help", "/next", "/privacy")


async def until(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(60):
        while not condition():
            await asyncio.sleep(0.02)


@pytest.mark.parametrize("seed", [1, 3])
async def test_a_storm_loses_no_press_no_word_and_no_reminder(
    announced: RunningBot, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    bot = announced
    monkeypatch.setattr(receiver, "PAUSE", 0.01)  # the same tries, sooner
    bot.faults.storm(seed, 0.3)
    polling = asyncio.create_task(bot.parts.receiver.run())
    card = bot.with_button(TEACHING, "参加")
    queries = [bot.people.press(user, TEACHING, card.id, "参加") for user in TEACHERS]
    for user in (*TEACHERS, OFFICE, NOBODY):
        for word in WORDS:
            bot.people.say(user, user, word)
    answers = [bot.room.queries[query] for query in queries]

    came = len(TEACHERS) + 5 * len(WORDS)

    def worked_off() -> bool:
        done = bot.store.call(updates.counts).get(UpdateState.DONE, 0)
        return all(query.answer for query in answers) and done == came

    await until(worked_off)
    await bot.until(local("10-13 15:00"))  # the reminder of the day before, with the edits that the presses owe
    bot.faults.clear()
    polling.cancel()
    with suppress(asyncio.CancelledError):
        await polling
    await bot.until(local("10-13 15:30"))
    assert bot.store.call(updates.counts).get(UpdateState.FAILED, 0) == 0
    assert sum(one.accepted for one in bot.store.call(responses.tally, 1)) == len(TEACHERS)
    assert all(any("/next" in text for text in bot.heard(user)) for user in (*TEACHERS, OFFICE))
    announcement, *reminders = bot.heard(TEACHING)
    assert reminders  # one that went out twice is none that was lost
    assert all("已回复 3/5" in text for text in (announcement, *reminders))
    assert bot.faults.fallen.total() >= 5  # there was a storm
