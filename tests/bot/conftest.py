"""The bot, running, with the research event of the sample announced."""

from collections.abc import AsyncIterator

import pytest

from scheduling.clock import MovableClock
from store.database import Store
from tests.bot.running_bot import RunningBot, running_bot
from tests.bot.sent_sample import TEXT, applied
from tests.handlers.event_sample import RESEARCH, begin, local


@pytest.fixture
async def bot(store: Store, clock: MovableClock) -> AsyncIterator[RunningBot]:
    """8 October 9:00; the event of the 14th has no message out yet."""
    begin(store, RESEARCH)
    clock.move_to(local("10-08 09:00"))
    async with running_bot(store, clock) as bot:
        yield bot


@pytest.fixture
async def office(store: Store, clock: MovableClock) -> AsyncIterator[RunningBot]:
    """8 October 9:00; the small file of `sample_file.py` is applied and planned: LI teaches, OFFICE organises."""
    clock.move_to(local("10-08 09:00"))
    applied(store, TEXT)
    async with running_bot(store, clock) as bot:
        await bot.parts.plan()
        yield bot
