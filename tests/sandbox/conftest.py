"""A sample room, a bot that speaks to it through python-telegram-bot, and a browser without a script."""

from collections.abc import AsyncIterator

import httpx
import pytest
from telegram import Bot

from sandbox.server import create
from tests.sandbox.sample import Sample, bot_of


@pytest.fixture
def sample() -> Sample:
    return Sample()


@pytest.fixture
async def bot(sample: Sample) -> AsyncIterator[Bot]:
    async with bot_of(create(sample.room)) as bot:
        yield bot


@pytest.fixture
async def page(sample: Sample) -> AsyncIterator[httpx.AsyncClient]:
    transport = httpx.ASGITransport(create(sample.room))
    async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1", follow_redirects=True) as client:
        yield client
