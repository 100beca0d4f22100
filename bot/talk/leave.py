"""Leave in words: behind /leave, or written in private; days are read against the calendar first."""

import asyncio

from msgspec import Struct

from bot.desk import Desk, Served
from bot.talk.heard import Heard
from bot.talk.says import Says
from bot.written import leave_words
from handlers.leave import StartLeave, start_leave
from handlers.leave_days import (
    LeaveWordsWanted,
    ReadLeaveWords,
    ReasonAwaited,
    StartLeaveDays,
    read_leave_words,
    start_leave_days,
)
from store.accounts import Account


class LeaveTalk:
    def __init__(self, desk: Desk, says: Says) -> None:
        self.desk, self.says = desk, says

    async def commanded(self, heard: Heard, account: Account, words: str) -> None:
        """`words`: what stands behind the command."""
        if not words:
            return await self.says.reply(heard, await self.start(account, leave_words.LeaveMeant(None, "")))
        await self.worded(heard, account, words, commanded=True)
        return None

    async def worded(self, heard: Heard, account: Account, text: str, *, commanded: bool = False) -> bool:
        """False where the text is none, or is the answer to what we asked."""
        if not commanded and not leave_words.meant(text):
            return False
        served = await self.desk.serve(read_leave_words, ReadLeaveWords(account, commanded))
        if isinstance(served.outcome, ReasonAwaited):
            return False
        if not isinstance(served.outcome, LeaveWordsWanted):
            await self.says.reply(heard, served)
            return True
        now = self.desk.clock.now()
        meant = await asyncio.to_thread(leave_words.read, text, now, served.outcome.blueprint)
        if meant.unclear:
            await self.says.remark(heard, "leave_days_unclear")
        else:
            await self.says.reply(heard, await self.start(account, meant))
        return True

    async def start(self, account: Account, meant: leave_words.LeaveMeant) -> "Served[Struct]":
        told = meant.kind, meant.reason
        served: Served[Struct]
        if meant.days is None:
            served = await self.desk.serve(start_leave, StartLeave(account, None, *told))
        else:
            served = await self.desk.serve(start_leave_days, StartLeaveDays(account, *meant.days, *told))
        return served
