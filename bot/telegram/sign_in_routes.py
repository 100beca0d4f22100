"""Routes of a sign-in sheet (签到表): shown beside the roster, names in doubt asked one by one, then kept at once."""

import asyncio

from msgspec import Struct
from telegram import Update
from telegram.ext import CallbackQueryHandler

from bot import sent_files
from bot.buttons.presses import Press
from bot.desk import Desk, Served
from bot.file.refusals import Complaints
from bot.sheets import sign_in_reader
from bot.telegram import reading
from bot.telegram.ptb import Context, Telegram
from bot.telegram.replies import Replies
from handlers.decide_offer import DropOffer, drop_offer
from handlers.sign_in import (
    OfferSignIn,
    OpenSignIn,
    SignInOpened,
    StepSignIn,
    offer_sign_in,
    open_sign_in,
    step_sign_in,
)
from store.accounts import Account
from store.complaint import Complaint

OURS = r"^sign_in(_at|_who)?:"


class SignInRoutes:
    def __init__(self, desk: Desk, replies: Replies) -> None:
        self.desk, self.replies = desk, replies

    def mount(self, application: Telegram) -> None:
        """Before the routes that take any press."""
        application.add_handler(CallbackQueryHandler(self.pressed, OURS))

    async def offer(
        self, account: Account, name: str, content: bytes, consortium: int
    ) -> "Served[Struct]":
        """Raises Complaint or Complaints."""
        sheet = await asyncio.to_thread(sign_in_reader.read, name, content)
        return await self.desk.serve(offer_sign_in, OfferSignIn(account, name, content, consortium, sheet))

    async def pressed(self, update: Update, _context: Context) -> None:
        query = update.callback_query
        assert query is not None  # the handler takes nothing else
        pressed = reading.pressed(query)
        if pressed.press is None or pressed.group:
            return await self.replies.stale(query, pressed.account)
        try:
            served = await self.step(pressed.account, pressed.press)
        except (Complaint, Complaints) as refused:
            return await self.replies.refused(query, pressed, sent_files.lines(refused))
        return await self.replies.answer(query, pressed, served)

    async def step(self, account: Account, press: Press) -> "Served[Struct]":
        if press.choice == "drop":
            return await self.desk.serve(drop_offer, DropOffer(account, press.subject))
        at = press.subject if press.act == "sign_in_at" else None
        opened = await self.desk.serve(open_sign_in, OpenSignIn(account, None if at else press.subject))
        it = opened.outcome
        if not isinstance(it, SignInOpened):
            return opened
        sheet = await asyncio.to_thread(sign_in_reader.read, it.file, it.content)
        number = int(press.choice) if press.act == "sign_in_who" else None
        request = StepSignIn(account, it.offer, sheet, at, number, take=press.choice == "take")
        return await self.desk.serve(step_sign_in, request)
