"""Waiting for what a bot answers, as a client does: for a while."""

import asyncio
import contextlib
from collections.abc import Callable
from typing import TypeVar

ANSWER_WITHIN = 3.0  # seconds that a press, or a look-up, waits for what is shown
BETWEEN = 0.005  # seconds between two looks
T = TypeVar("T")


async def answered(look: Callable[[], T | None]) -> T | None:
    """What `look` finds, as far as that comes in time."""
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(ANSWER_WITHIN):
            while look() is None:
                await asyncio.sleep(BETWEEN)
    return look()
