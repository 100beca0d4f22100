"""Telegram's limits, switched on: who writes too fast is told when to come back."""

import asyncio
from datetime import timedelta

import pytest
from telegram.error import RetryAfter

from sandbox.server import create
from tests.sandbox.sample import GROUP, LI, Sample, bot_of


async def test_who_writes_too_fast_is_told_when_to_come_back() -> None:
    sample = Sample(pace=True)
    async with bot_of(create(sample.room)) as bot:
        for _ in range(3):
            await bot.send_message(GROUP, "好")
        with pytest.raises(RetryAfter) as refusal:
            await bot.send_message(GROUP, "好")
        assert timedelta(0) < refusal.value.retry_after <= timedelta(seconds=3)  # type: ignore[operator]
        sample.people.start(LI)
        await bot.send_message(LI, "另一个聊天不受影响")
    assert sample.texts(GROUP) == ["好"] * 3


async def test_all_chats_together_have_their_limit_too() -> None:
    sample = Sample(pace=True)
    for number in range(40):
        sample.people.start(sample.room.add_user(9000 + number, "样例").id)
    async with bot_of(create(sample.room)) as bot:
        sending = [bot.send_message(9000 + number, "好") for number in range(40)]
        outcomes = await asyncio.gather(*sending, return_exceptions=True)
    refused = [outcome for outcome in outcomes if isinstance(outcome, RetryAfter)]
    assert 0 < len(refused) <= 10
    assert len(refused) + sum(len(sample.texts(9000 + number)) - 1 for number in range(40)) == 40
