"""Routes of /schedule and /cancel: words are read against the calendar, shown, and decided by buttons. In private."""

import asyncio
from collections.abc import Awaitable, Callable

from msgspec import Struct
from telegram import Update
from telegram.ext import CallbackQueryHandler, CommandHandler, filters

from bot.desk import Desk, Served
from bot.talk.heard import Heard
from bot.talk.says import doubted
from bot.telegram import reading
from bot.telegram.ptb import Context, Telegram
from bot.telegram.replies import Replies
from bot.voice import Voices
from bot.written import amending
from bot.written.amending import Table
from bot.written.asked_back import AskedBack
from bot.written.one_event import Meant, late, onward, planned, restored
from bot.written.preview import preview
from handlers.amend import (
    Amend,
    AmendmentGone,
    AmendmentOpened,
    AmendmentTaken,
    AmendmentUndone,
    DecideAmendment,
    OpenAmendment,
    amend,
    decide_amendment,
    open_amendment,
)
from handlers.answer_prompt import ChangeWorded
from handlers.ask import Answered
from handlers.consult import Consult, consult
from handlers.schedule import (
    AskBack,
    OpenEvent,
    ReadWords,
    ShowSchedule,
    WordsWanted,
    ask_back,
    open_event,
    read_words,
    show_schedule,
)
from scheduling.expressions.readings import Question
from store.accounts import Account

OURS = r"^(event|amend):"
NEW = filters.UpdateType.MESSAGE & ~filters.FORWARDED

# A day was named: that is a change, even with a question mark behind it (改到上周三？).
OF_A_DAY = frozenset(
    {Question.IS_PAST, Question.IS_HOLIDAY, Question.NO_SCHOOL_DAY, Question.NO_SUCH_DAY, Question.OUTSIDE_TERMS}
)


class ScheduleRoutes:
    """`replan`: occurrences and reminders by the plan as it is now."""

    def __init__(
        self, desk: Desk, voices: Voices, replies: Replies, replan: Callable[[], Awaitable[None]]
    ) -> None:
        self.desk, self.voices, self.replies, self.replan = desk, voices, replies, replan

    def mount(self, application: Telegram) -> None:
        """Before the routes that take any press and any command."""
        application.add_handler(CommandHandler(["schedule", "cancel"], self.schedule, NEW))
        application.add_handler(CallbackQueryHandler(self.pressed, OURS))

    async def schedule(self, update: Update, context: Context) -> None:
        """/cancel leads to the list, too: which one is called off is chosen there."""
        message = update.message
        assert message is not None  # the filters let nothing else through
        heard, words = reading.heard(message), reading.behind_command(message)
        account = await self.replies.alone(heard, context.bot.username, "schedule")
        if account is None:
            return None
        if words and reading.command(message) == "schedule":
            return await self.change(heard, account, words)
        return await self.replies.reply(heard, await self.desk.serve(show_schedule, ShowSchedule(account)))

    async def answered(self, heard: Heard, account: Account, words: str, asked: ChangeWorded) -> None:
        """What was written of an event that was opened, or to complete what was asked back."""
        await self.change(heard, account, words, asked.occurrence, asked.before)

    async def change(
        self, heard: Heard, account: Account, words: str, occurrence: int | None = None, before: str | None = None
    ) -> None:
        """`before`: what was asked back, "" where an event was opened, None behind the command."""
        served = await self.desk.serve(read_words, ReadWords(account, occurrence))
        if not isinstance(served.outcome, WordsWanted):
            return await self.replies.reply(heard, served)
        wanted, whole = served.outcome, " ".join(filter(None, (before, words)))
        found, said = await asyncio.to_thread(self.read, words, whole if before else "", wanted)
        if isinstance(found, AskedBack):
            if before is not None and (answer := await self.answer(account, words, found)):
                return await self.replies.reply(heard, answer)
            await self.desk.take(ask_back, AskBack(account, occurrence, said))
            return await doubted(self.replies, heard, found)
        return await self.replies.reply(heard, await self.shown(account, wanted, found))

    async def answer(self, account: Account, words: str, found: AskedBack) -> "Served[Struct] | None":
        """What is no change of the plan but clearly a question is answered; what was opened stays so."""
        lost, asking = found.question is Question.NOT_UNDERSTOOD, amending.asks(words)
        if found.question in OF_A_DAY or not (lost or asking):
            return None
        served = await self.desk.serve(consult, Consult(account, None, words))
        sure = isinstance(served.outcome, Answered)  # candidates are offered for nearly anything
        return served if sure or (lost and asking) else None

    def read(self, words: str, whole: str, wanted: WordsWanted) -> tuple[Meant | AskedBack, str]:
        """The words alone, or as the second half of what was asked back; and what was read."""
        table = Table(
            wanted.blueprint,
            self.desk.clock.now(),
            planned(wanted),
            wanted.whole,
            self.voices.fields,
            self.voices.onward,
        )
        alone = amending.read(words, table)
        if isinstance(alone, Meant) or not whole:
            return alone, words
        both = amending.read(whole, table)
        return (both, whole) if isinstance(both, Meant) else (alone, words)

    async def shown(self, account: Account, wanted: WordsWanted, meant: Meant) -> "Served[Struct]":
        seen = await asyncio.to_thread(preview, meant, wanted.blueprint, self.desk.clock.now())
        return await self.desk.serve(amend, Amend(account, wanted.consortium, meant.entries, seen))

    async def pressed(self, update: Update, _context: Context) -> None:
        query = update.callback_query
        assert query is not None  # the handler takes nothing else
        pressed = reading.pressed(query)
        if pressed.press is None or pressed.group:
            return await self.replies.stale(query, pressed.account)
        press, account = pressed.press, pressed.account
        served: Served[Struct]
        if press.act == "event":
            served = await self.desk.serve(open_event, OpenEvent(account, press.subject))
        elif press.choice == "later":
            served = await self.later(account, press.subject)
        elif press.choice == "drop":
            served = await self.desk.serve(decide_amendment, DecideAmendment(account, press.subject, press.choice))
        else:
            served = await self.decide(account, press.subject, press.choice)
        if isinstance(served.outcome, AmendmentTaken | AmendmentUndone):
            await self.replan()
        return await self.replies.answer(query, pressed, served)

    async def decide(self, account: Account, amendment: int, choice: str) -> "Served[Struct]":
        """生效 and 撤销 look at the plan first: what would come too late is refused."""
        served = await self.desk.serve(open_amendment, OpenAmendment(account, amendment, undo=choice == "undo"))
        opened, now = served.outcome, self.desk.clock.now()
        if not isinstance(opened, AmendmentOpened):
            return served
        if await asyncio.to_thread(late, opened, now):
            return Served(AmendmentGone(), served.language)
        seen = await asyncio.to_thread(preview, restored(opened), opened.blueprint, now) if choice == "take" else None
        return await self.desk.serve(decide_amendment, DecideAmendment(account, amendment, choice, seen))

    async def later(self, account: Account, amendment: int) -> "Served[Struct]":
        served = await self.desk.serve(open_amendment, OpenAmendment(account, amendment))
        opened = served.outcome
        if not isinstance(opened, AmendmentOpened):
            return served
        further = onward(opened)
        return await self.shown(account, *further) if further else Served(AmendmentGone(), served.language)
