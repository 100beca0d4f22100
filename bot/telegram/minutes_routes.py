"""Routes of minutes (活动记录) and bulletins (简报): presses, tasks that are written, documents that are sent."""

import asyncio

from telegram import CallbackQuery, Update
from telegram.ext import (
    ApplicationHandlerStop,
    CallbackQueryHandler,
    MessageHandler,
    filters,
)

from bot.buttons.presses import Press
from bot.desk import Desk
from bot.talk.errands import Errand, errand
from bot.talk.heard import Heard, Pressed
from bot.telegram import reading
from bot.telegram.ptb import Context, Telegram
from bot.telegram.replies import Replies, answer
from bot.voice import Voices
from bot.written import task_lines
from bot.written.task_lines import UnclearLine
from handlers.bulletin import (
    BulletinDrafted,
    BulletinLeft,
    BulletinPublished,
    BulletinWordsAsked,
    EditBulletin,
    LeaveBulletin,
    PublishBulletin,
    ShowBulletin,
    edit_bulletin,
    leave_bulletin,
    publish_bulletin,
    show_bulletin,
)
from handlers.hand_in_minutes import (
    AskRecorder,
    HandInMinutes,
    MinutesEmpty,
    MinutesHandedIn,
    RecorderNameAsked,
    ask_recorder,
    hand_in_minutes,
)
from handlers.minutes import MinutesArchived, MinutesPartAsked, MinutesShown, OpenMinutes, open_minutes
from handlers.minutes_words import AddMaterial, KeepTasks, NoMaterialWanted, TasksWorded, add_material, keep_tasks
from store.accounts import Account
from store.chats import Place
from store.minutes import MinutesPart

OURS = r"^(minutes|bulletin):"
# To be read, or to be answered; all else is a refusal.
SAID: tuple[type, ...] = (
    *(MinutesPartAsked, MinutesShown, MinutesArchived, MinutesHandedIn, MinutesEmpty, RecorderNameAsked),
    *(BulletinDrafted, BulletinWordsAsked, BulletinPublished, BulletinLeft),
)


class MinutesRoutes:
    def __init__(self, desk: Desk, voices: Voices, replies: Replies) -> None:
        self.desk, self.voices, self.replies = desk, voices, replies

    def mount(self, application: Telegram) -> None:
        """Before the routes that take any press or any file; a document is theirs unless materials are asked for."""
        private = filters.UpdateType.MESSAGE & filters.ChatType.PRIVATE
        application.add_handler(CallbackQueryHandler(self.replies.in_private(self.pressed), OURS))
        application.add_handler(MessageHandler(private & filters.Document.ALL, self.sent), group=-1)

    async def pressed(self, query: CallbackQuery, pressed: Pressed, press: Press, place: Place) -> None:
        served = await asked(press, pressed.account)(self.desk)
        if not isinstance(served.outcome, SAID):
            return await self.replies.answer(query, pressed, served)
        await answer(query)
        return await self.replies.say_all(place, await self.voices.of(served.language).tell(served.outcome))

    async def sent(self, update: Update, _context: Context) -> None:
        sent = reading.sent_file(update)
        request = AddMaterial(sent.account, sent.name or sent.caption, sent.document.file_id)
        served = await self.desk.serve(add_material, request)
        if isinstance(served.outcome, NoMaterialWanted):
            return
        await self.replies.reply(sent.heard, served)
        raise ApplicationHandlerStop  # the file is no consortium file

    async def tasks(self, heard: Heard, account: Account, words: str, about: TasksWorded) -> None:
        """What is doubtful is asked back, and the question stays open."""
        found = await asyncio.to_thread(task_lines.read, words, about, self.desk.clock.now())
        if isinstance(found, UnclearLine):
            about_line = {"number": found.number, "line": found.line}
            return await self.replies.remark(heard, "task_unclear", once=False, day=found.day, **about_line)
        request = KeepTasks(account, about.occurrence, found)
        return await self.replies.reply(heard, await self.desk.serve(keep_tasks, request))


def asked(press: Press, account: Account) -> Errand:
    number = press.subject
    match press.act, press.choice:
        case "minutes", "hand_in":
            return errand(hand_in_minutes, HandInMinutes(account, number))
        case "minutes", "recorder":
            return errand(ask_recorder, AskRecorder(account, number))
        case "minutes", part:
            return errand(open_minutes, OpenMinutes(account, number, MinutesPart(part) if part else None))
        case "bulletin", "publish":
            return errand(publish_bulletin, PublishBulletin(account, number))
        case "bulletin", "edit":
            return errand(edit_bulletin, EditBulletin(account, number))
        case "bulletin", "leave":
            return errand(leave_bulletin, LeaveBulletin(account, number))
    return errand(show_bulletin, ShowBulletin(account, number))
