"""Record words: what a head teacher writes to a class record, read against the calendar."""

import asyncio

from bot.desk import Desk
from bot.talk.heard import Heard
from bot.talk.says import Says, doubted
from bot.written import record_lines
from bot.written.asked_back import AskedBack
from handlers.record import RecordWorded
from handlers.record_lines import AddLines, add_lines
from store.accounts import Account


class RecordWords:
    def __init__(self, desk: Desk, says: Says) -> None:
        self.desk, self.says = desk, says

    async def answered(self, heard: Heard, account: Account, words: str, asked: RecordWorded) -> None:
        """What is doubtful is asked back, and the question stays open."""
        found = await asyncio.to_thread(record_lines.read, words, asked, self.desk.clock.now())
        if isinstance(found, AskedBack):
            return await doubted(self.says, heard, found)
        request = AddLines(asked.occurrence, account, found)
        return await self.says.reply(heard, await self.desk.serve(add_lines, request))
