"""Term routes: the two buttons of /next. The calendar (日历文件) goes to its person alone, the picture (学期一览) to
the chat where it is asked for. Pressed again within minutes it is not sent, and says so; later it is sent anew. So it
is with the sheet (学期安排表) of /schedule, an organiser's in private, unless the plan is another one since."""

import asyncio
from collections.abc import Hashable, Iterator
from contextlib import contextmanager

from msgspec import Struct
from msgspec.structs import replace
from telegram import CallbackQuery, Update
from telegram.ext import CallbackQueryHandler, CommandHandler, filters

from bot import term_files
from bot.desk import Desk, Served
from bot.talk.heard import Pressed
from bot.talk.hush import Hush
from bot.telegram import reading
from bot.telegram.linking import deep_link
from bot.telegram.ptb import Context, Telegram
from bot.telegram.replies import Replies, answer
from bot.voice import Voice, Voices
from handlers.claim import Meet, meet
from handlers.start import Unlinked
from handlers.term_files import (
    AskTermFile,
    CalendarSent,
    ClassesPictured,
    SheetSent,
    TermPictured,
    ask_calendar,
    ask_classes,
    ask_picture,
    ask_sheet,
)
from store.chats import Place
from store.complaint import Complaint

PRIVATE = filters.UpdateType.MESSAGE & filters.ChatType.PRIVATE & ~filters.FORWARDED


class TermRoutes:
    def __init__(self, desk: Desk, replies: Replies, voices: Voices) -> None:
        self.desk, self.replies, self.voices, self.hush = desk, replies, voices, Hush()

    def mount(self, application: Telegram) -> None:
        """Before the routes of all presses and of /start."""
        application.add_handler(CallbackQueryHandler(self.calendar, "^calendar$"))
        application.add_handler(CallbackQueryHandler(self.picture, "^picture$"))
        application.add_handler(CallbackQueryHandler(self.sheet, "^sheet$"))
        application.add_handler(CallbackQueryHandler(self.classes, "^classes$"))
        led_here = PRIVATE & filters.Regex(r"^/start(@\w+)? calendar$")
        application.add_handler(CommandHandler("start", self.led_here, led_here))

    async def led_here(self, update: Update, _context: Context) -> None:
        """By the deep link of a group's button."""
        assert update.message is not None  # the filters let nothing else through
        heard = reading.heard(update.message)
        assert heard.account is not None  # a private chat is a person's
        served: Served[Struct] = await self.desk.serve(ask_calendar, AskTermFile(heard.account, None))
        if isinstance(served.outcome, CalendarSent):
            served = replace(served, outcome=await self.filled(served.outcome, self.voices.of(served.language)))
        await self.replies.reply(heard, served)

    async def calendar(self, update: Update, _context: Context) -> None:
        query, pressed = read(update)
        if pressed.place is None:
            return await self.replies.stale(query, pressed.account)
        request = AskTermFile(pressed.account, pressed.place if pressed.group else None)
        served: Served[Struct] = await self.desk.serve(ask_calendar, request)
        if isinstance(served.outcome, Unlinked) and pressed.group:
            served = await self.desk.serve(meet, Meet(pressed.account, pressed.place))  # the way to link oneself
        outcome, voice = served.outcome, self.voices.of(served.language)
        if not isinstance(outcome, CalendarSent):
            return await self.replies.answer(query, pressed, served)
        if self.hush.said_just_now(remark := ("calendar", pressed.account), self.desk.clock.now()):
            return await answer(query, voice.words("sent_just_now", {}), show_alert=True)
        with self.kept_only_if_sent(remark):
            message = await voice.tell(await self.filled(outcome, voice))
            alone = Place(pressed.account.platform, pressed.account.address)
            arrived = await self.replies.say(alone, message)
        if not arrived:
            self.hush.forget(remark)
            return await answer(query, url=deep_link(query.get_bot().username, "calendar"))
        said = voice.words("sent_privately", {}) if pressed.group else None
        return await answer(query, said, show_alert=pressed.group)

    async def picture(self, update: Update, _context: Context) -> None:
        query, pressed = read(update)
        if pressed.place is None:
            return await self.replies.stale(query, pressed.account)
        request = AskTermFile(pressed.account, pressed.place if pressed.group else None)
        served = await self.desk.serve(ask_picture, request)
        outcome, voice = served.outcome, self.voices.of(served.language)
        if not isinstance(outcome, TermPictured):
            return await self.replies.answer(query, pressed, served)
        if self.hush.said_just_now(remark := ("picture", pressed.place), self.desk.clock.now()):
            return await answer(query, voice.words("sent_just_now", {}), show_alert=True)
        spoken = self.voices.default if pressed.group else voice
        try:
            with self.kept_only_if_sent(remark):
                document = await asyncio.to_thread(term_files.picture, self.desk.store, spoken, outcome)
                await answer(query)
                message = await spoken.tell(replace(outcome, document=document))
                arrived = await self.replies.say(pressed.place, message, group=pressed.group)
        except Complaint:
            return await answer(query, voice.words("no_chinese_font", {}), show_alert=True)
        if not arrived:
            self.hush.forget(remark)
        return None

    async def sheet(self, update: Update, _context: Context) -> None:
        query, pressed = read(update)
        if pressed.place is None or pressed.group:
            return await self.replies.stale(query, pressed.account)
        served = await self.desk.serve(ask_sheet, AskTermFile(pressed.account, None))
        outcome, voice = served.outcome, self.voices.of(served.language)
        if not isinstance(outcome, SheetSent):
            return await self.replies.answer(query, pressed, served)
        remark = ("sheet", pressed.account, served.language, outcome.holds)
        if self.hush.said_just_now(remark, self.desk.clock.now()):
            return await answer(query, voice.words("sent_just_now", {}), show_alert=True)
        with self.kept_only_if_sent(remark):
            document = await asyncio.to_thread(term_files.sheet, voice, outcome)
            arrived = await self.replies.say(pressed.place, await voice.tell(replace(outcome, document=document)))
        if not arrived:
            self.hush.forget(remark)
        return await answer(query)

    async def classes(self, update: Update, _context: Context) -> None:
        """It changes with each record: asked for again it is sent again."""
        query, pressed = read(update)
        if pressed.place is None or pressed.group:
            return await self.replies.stale(query, pressed.account)
        served = await self.desk.serve(ask_classes, AskTermFile(pressed.account, None))
        outcome, voice, now = served.outcome, self.voices.of(served.language), self.desk.clock.now()
        if not isinstance(outcome, ClassesPictured):
            return await self.replies.answer(query, pressed, served)
        try:
            document = await asyncio.to_thread(term_files.classes, self.desk.store, voice, outcome, now)
        except Complaint:
            return await answer(query, voice.words("no_chinese_font", {}), show_alert=True)
        await answer(query)
        await self.replies.say(pressed.place, await voice.tell(replace(outcome, document=document)))
        return None

    async def filled(self, asked: CalendarSent, voice: Voice) -> CalendarSent:
        """Off the loop, as a term takes its time."""
        now = self.desk.clock.now()
        return replace(asked, document=await asyncio.to_thread(term_files.calendar, self.desk.store, voice, asked, now))

    @contextmanager
    def kept_only_if_sent(self, remark: Hashable) -> Iterator[None]:
        """What failed is worked off again, and must not find itself sent already."""
        try:
            yield
        except BaseException:  # also when we are stopped in the middle
            self.hush.forget(remark)
            raise


def read(update: Update) -> tuple[CallbackQuery, Pressed]:
    query = update.callback_query
    assert query is not None  # the handler takes nothing else
    return query, reading.pressed(query)
