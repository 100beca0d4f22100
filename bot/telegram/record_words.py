"""Record words: what a head teacher writes to a class record, read against the calendar."""

import asyncio

from bot import record_lines
from bot.asked_back import AskedBack
from bot.desk import Desk
from bot.telegram.reading import Heard
from bot.telegram.replies import Replies
from handlers.record import RecordWorded
from handlers.record_lines import AddLines, add_lines
from store.accounts import Account


class RecordWords:
    def __init__(self, desk: Desk, replies: Replies) -> None:
        self.desk, self.replies = desk, replies

    async def answered(self, heard: Heard, account: Account, words: str, asked: RecordWorded) -> None:
        """What is doubtful is asked back, and the question stays open."""
        found = await asyncio.to_thread(record_lines.read, words, asked, self.desk.clock.now())
        if isinstance(found, AskedBack):
            return await self.replies.doubted(heard, found)
        request = AddLines(asked.occurrence, account, found)
        return await self.replies.reply(heard, await self.desk.serve(add_lines, request))
