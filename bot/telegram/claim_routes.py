"""Claim routes (认领): from a group's button to the private question for a name, and the organiser's word on it."""

import re

from telegram import Update
from telegram.ext import CallbackQueryHandler

from bot.buttons.presses import CHOICES
from bot.desk import Desk
from bot.telegram import reading
from bot.telegram.ptb import Context, Telegram
from bot.telegram.replies import Replies
from handlers.claim import Meet, meet
from handlers.decide_claim import DecideClaim, decide_claim

DECIDE = re.compile(rf"claim:[0-9]+:({'|'.join(CHOICES['claim'])})")


class ClaimRoutes:
    def __init__(self, desk: Desk, replies: Replies) -> None:
        self.desk, self.replies = desk, replies

    def mount(self, application: Telegram) -> None:
        """Before the routes of all presses."""
        application.add_handler(CallbackQueryHandler(self.meet, "^meet$"))
        application.add_handler(CallbackQueryHandler(self.decide, DECIDE))

    async def meet(self, update: Update, _context: Context) -> None:
        query = update.callback_query
        assert query is not None  # the handler takes nothing else
        pressed = reading.pressed(query)
        if not pressed.group or pressed.place is None:  # forged: the button stands in groups alone
            return await self.replies.stale(query, pressed.account)
        served = await self.desk.serve(meet, Meet(pressed.account, pressed.place))
        return await self.replies.answer(query, pressed, served)

    async def decide(self, update: Update, _context: Context) -> None:
        query = update.callback_query
        assert query is not None
        pressed = reading.pressed(query)
        if pressed.press is None or pressed.group:
            return await self.replies.stale(query, pressed.account)
        request = DecideClaim(pressed.account, pressed.press.subject, pressed.press.choice == "approved")
        return await self.replies.answer(query, pressed, await self.desk.serve(decide_claim, request))
