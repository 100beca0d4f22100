"""Invite routes (/invite): one person's link and picture, or who is waiting and what is handed round to them."""


from msgspec.structs import replace
from telegram import Bot, Update
from telegram.ext import CommandHandler, filters

from bot.desk import Desk, Served
from bot.talk.heard import Heard
from bot.telegram import reading
from bot.telegram.linking import linkable, passed_on
from bot.telegram.ptb import Context, Telegram
from bot.telegram.replies import Replies
from bot.voice import Voices
from handlers.invite import (
    HandedRound,
    HandRound,
    Invite,
    Invited,
    InviteOutcome,
    InviteWhom,
    hand_round,
    invite,
)
from store.accounts import Account

NEW = filters.UpdateType.MESSAGE & ~filters.FORWARDED


class InviteRoutes:
    """`bot`: whose user name links bear."""

    def __init__(self, desk: Desk, voices: Voices, replies: Replies, bot: Bot) -> None:
        self.desk, self.voices, self.replies, self.bot = desk, voices, replies, bot

    def mount(self, application: Telegram) -> None:
        """Before the routes that take any command."""
        application.add_handler(CommandHandler("invite", self.invite, NEW))

    async def invite(self, update: Update, _context: Context) -> None:
        message = update.message
        assert message is not None  # the filter lets nothing else through
        heard = reading.heard(message)
        account = await self.replies.alone(heard, self.bot.username, "invite")
        if account is not None:
            await self.named(heard, account, reading.behind_command(message))

    async def named(self, heard: Heard, account: Account, name: str) -> None:
        """What is to be passed on comes as a message of its own, without a name in it."""
        served: Served[InviteOutcome] = await self.desk.serve(invite, Invite(account, self.voices.bare(name)))
        if isinstance(served.outcome, Invited):
            served = replace(served, outcome=linkable(served.outcome, self.bot.username))
        await self.replies.reply(heard, served)
        for consortium in served.outcome.waiting if isinstance(served.outcome, InviteWhom) else ():
            handed = await self.desk.serve(hand_round, HandRound(account, consortium))
            if isinstance(handed.outcome, HandedRound):
                await self.replies.reply(heard, replace(handed, outcome=passed_on(handed.outcome, self.bot.username)))
