"""Routes of the plan's obligations (计划落实), below /report: an organiser's and a principal's, in private."""

import asyncio

from msgspec import Struct
from msgspec.structs import replace
from telegram import CallbackQuery
from telegram.ext import CallbackQueryHandler

from bot.buttons.presses import Press
from bot.desk import Desk, Served
from bot.reports import standing_lines
from bot.talk.heard import Pressed
from bot.telegram.ptb import Telegram
from bot.telegram.replies import Replies, answer
from bot.voice import Voices
from handlers.obligations import (
    ObligationsShown,
    ProposalOpened,
    ProposalSettled,
    ProposalShown,
    SettleProposal,
    ShowObligations,
    ShowProposal,
    settle_proposal,
    show_obligations,
    show_proposal,
)
from store.chats import Place

OURS = r"^(obligations$|proposals$|proposal:)"


class ObligationRoutes:
    def __init__(self, desk: Desk, voices: Voices, replies: Replies) -> None:
        self.desk, self.voices, self.replies = desk, voices, replies

    def mount(self, application: Telegram) -> None:
        """Before the routes that take any press."""
        application.add_handler(CallbackQueryHandler(self.replies.in_private(self.pressed), OURS))

    async def pressed(self, query: CallbackQuery, pressed: Pressed, press: Press, place: Place) -> None:
        """The list is said anew, proposals in place of each other; a refusal is an alert."""
        account = pressed.account
        served: Served[Struct]
        if press.act == "obligations":
            served = await self.desk.serve(show_obligations, ShowObligations(account))
        elif press.act == "proposals":
            served = await self.desk.serve(show_proposal, ShowProposal(account))
        else:
            served = await self.desk.serve(settle_proposal, SettleProposal(account, press.subject, press.choice))
        outcome, voice = served.outcome, self.voices.of(served.language)
        if isinstance(outcome, ObligationsShown):
            lines = await asyncio.to_thread(standing_lines.lines, self.desk.store, outcome, self.desk.clock.now())
            await answer(query)
            return await self.replies.say_all(place, await voice.tell(replace(outcome, lines=lines)))
        if isinstance(outcome, ProposalShown | ProposalSettled | ProposalOpened):
            await answer(query)
            return await self.replies.edit(pressed, await voice.tell(outcome))
        return await self.replies.answer(query, pressed, served)
