"""The server over loopback and PTB's client on it, for what a client in the same process would not show."""

from collections.abc import AsyncIterator, Iterator

import pytest
from telegram import Bot

from sandbox.server import served
from tests.sandbox.sample import TOKEN, Sample


@pytest.fixture
def root(sample: Sample) -> Iterator[str]:
    with served(sample.room) as root:
        yield root


@pytest.fixture
async def bot(root: str) -> AsyncIterator[Bot]:
    async with Bot(TOKEN, f"{root}/bot", f"{root}/file/bot") as bot:
        yield bot
