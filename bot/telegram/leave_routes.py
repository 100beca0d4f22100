"""Leave in words: behind /leave, or written in private; days are read against the calendar first."""

import asyncio
from typing import TYPE_CHECKING, Any

from telegram import Update
from telegram.ext import Application, CommandHandler, ContextTypes, filters

from bot import leave_words
from bot.desk import Desk, Served
from bot.telegram import reading
from bot.telegram.linking import deep_link
from bot.telegram.reading import Heard
from bot.telegram.replies import Replies
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

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

Context = ContextTypes.DEFAULT_TYPE
Telegram = Application[Any, Any, Any, Any, Any, Any]
NEW = filters.UpdateType.MESSAGE & ~filters.FORWARDED


class LeaveRoutes:
    def __init__(self, desk: Desk, replies: Replies) -> None:
        self.desk, self.replies = desk, replies

    def mount(self, application: Telegram) -> None:
        """Before the routes that take any command."""
        application.add_handler(CommandHandler("leave", self.leave, NEW))

    async def leave(self, update: Update, context: Context) -> None:
        """A group is only told the way: what stands behind the command may be a reason."""
        message = update.message
        assert message is not None  # the filter lets nothing else through
        heard, words = reading.heard(message), reading.behind_command(message)
        if heard.group or heard.account is None:
            return await self.replies.remark(heard, "private_only", link=deep_link(context.bot.username, "leave"))
        if not words:
            return await self.replies.reply(heard, await self.start(heard.account, leave_words.LeaveMeant(None, "")))
        await self.worded(heard, heard.account, words, commanded=True)
        return None

    async def worded(self, heard: Heard, account: Account, text: str, *, commanded: bool = False) -> bool:
        """False where the text is none, or is the answer to what we asked."""
        if not commanded and not leave_words.meant(text):
            return False
        served = await self.desk.serve(read_leave_words, ReadLeaveWords(account, commanded))
        if isinstance(served.outcome, ReasonAwaited):
            return False
        if not isinstance(served.outcome, LeaveWordsWanted):
            await self.replies.reply(heard, served)
            return True
        now = self.desk.clock.now()
        meant = await asyncio.to_thread(leave_words.read, text, now, served.outcome.blueprint)
        if meant.unclear:
            await self.replies.remark(heard, "leave_days_unclear")
        else:
            await self.replies.reply(heard, await self.start(account, meant))
        return True

    async def start(self, account: Account, meant: leave_words.LeaveMeant) -> "Served[DataclassInstance]":
        told = meant.kind, meant.reason
        served: Served[DataclassInstance]
        if meant.days is None:
            served = await self.desk.serve(start_leave, StartLeave(account, None, *told))
        else:
            served = await self.desk.serve(start_leave_days, StartLeaveDays(account, *meant.days, *told))
        return served
