"""Routes of the report (台账), below /report: its figures, the picture, and the file behind them; in private."""

import asyncio
from datetime import date

from msgspec import Struct
from telegram import CallbackQuery, Update
from telegram.ext import CallbackQueryHandler, CommandHandler, filters

from bot.buttons.presses import Press
from bot.desk import Desk, Served
from bot.talk.heard import Pressed
from bot.telegram import reading
from bot.telegram.ptb import Context, Telegram
from bot.telegram.replies import Replies, answer
from bot.voice import Voices
from bot.written import report_days
from handlers.ask_report import (
    AskFigures,
    AskReportFile,
    DaysUnclear,
    ReportFigures,
    ask_figures,
    ask_report_file,
)
from store.chats import Place

OURS = r"^(figures|report_file):"
WITH_WORDS = filters.UpdateType.MESSAGE & filters.ChatType.PRIVATE & ~filters.FORWARDED
WITH_WORDS &= filters.Regex(r"^/report(@\w+)?\s+\S")


class ReportRoutes:
    def __init__(self, desk: Desk, voices: Voices, replies: Replies) -> None:
        self.desk, self.voices, self.replies = desk, voices, replies

    def mount(self, application: Telegram) -> None:
        """Before the routes that take any press, and /report alone."""
        application.add_handler(CallbackQueryHandler(self.replies.in_private(self.pressed), OURS))
        application.add_handler(CommandHandler("report", self.worded, WITH_WORDS))

    async def worded(self, update: Update, _context: Context) -> None:
        """/report 9月"""
        assert update.message is not None  # the filters let nothing else through
        heard = reading.heard(update.message)
        assert heard.account is not None  # a private chat is a person's
        words = (update.message.text or "").split(maxsplit=1)[1]
        served: Served[Struct]
        understood = (report_days.read(words, voice.labels) for voice in self.voices.every.values())
        days = next(filter(None, understood), None)
        if days is None:
            served = Served(DaysUnclear(), await self.desk.language(heard.account))
        else:
            served = await self.desk.serve(ask_figures, AskFigures(heard.account, days))
        if isinstance(served.outcome, ReportFigures):
            return await self.shown(heard.place, served.outcome, served.language)
        return await self.replies.reply(heard, served)

    async def pressed(self, query: CallbackQuery, pressed: Pressed, press: Press, place: Place) -> None:
        if press.act == "report_file":
            return await self.file(query, pressed)
        served = await self.desk.serve(ask_figures, AskFigures(pressed.account, press.choice))
        if not isinstance(served.outcome, ReportFigures):
            return await self.replies.answer(query, pressed, served)
        await answer(query)  # first: the figures of a year take a while
        return await self.shown(place, served.outcome, served.language)

    async def file(self, query: CallbackQuery, pressed: Pressed) -> None:
        """It is owed like any message, so that it comes after a crash, too."""
        press = pressed.press
        assert press is not None
        try:
            first, last = (date.fromisoformat(str(day)) for day in (press.subject, press.person))
        except ValueError:  # data may be forged
            return await self.replies.stale(query, pressed.account)
        request = AskReportFile(pressed.account, first, last, str(pressed.message_id))
        return await self.replies.answer(query, pressed, await self.desk.serve(ask_report_file, request))

    async def shown(self, place: Place, asked: ReportFigures, language: str | None) -> None:
        from bot.reports import chat_report  # what writes documents takes long to load, and is rarely asked for

        voice, now = self.voices.of(language), self.desk.clock.now()
        made = await asyncio.to_thread(chat_report.figures, self.desk.store, voice, asked, now)
        await self.replies.say(place, await voice.tell(made))
