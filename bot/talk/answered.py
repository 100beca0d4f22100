"""Answered: a message of ours that somebody replies to, perhaps before its number is kept."""

import asyncio

from bot.desk import Desk
from handlers.open_card import AnsweredMessage, is_arriving

MOMENT, MOMENTS = 0.1, 20  # seconds between two looks, and how many at most: after a lost answer it never is known


async def settled(desk: Desk, answered: AnsweredMessage) -> None:
    """Until it is known which message that is: to take it for another would be an answer to another event."""
    for _ in range(MOMENTS):
        if not await desk.take(is_arriving, answered):
            return
        await asyncio.sleep(MOMENT)
