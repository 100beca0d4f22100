"""Answered: a message of ours that somebody replies to, perhaps before its number is kept."""

import asyncio

from bot.desk import Desk
from handlers.open_card import AnsweredMessage
from store import messages

MOMENT, MOMENTS = 0.1, 10  # seconds between two looks, and how many at most: after a lost answer it never is known


async def settled(desk: Desk, answered: AnsweredMessage) -> bool:
    """Once it is known which message that is; False: it may be one that nobody knows. To take it for another would be
    an answer to another event."""
    for _ in range(MOMENTS):
        if not await desk.store.run(messages.is_arriving, answered.place, answered.message_id):
            return True
        await asyncio.sleep(MOMENT)
    return False
