"""What aiogram does with the server, scene by scene; `test_aiogram.py` plays them. Importing aiogram takes seconds."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import pytest
from aiogram import Bot, Dispatcher, F
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import (
    TelegramBadRequest,
    TelegramConflictError,
    TelegramForbiddenError,
    TelegramMigrateToChat,
    TelegramRetryAfter,
    TelegramServerError,
    TelegramUnauthorizedError,
)
from aiogram.filters import Command, CommandObject, CommandStart
from aiogram.types import (
    BotCommand,
    BotCommandScopeAllGroupChats,
    BufferedInputFile,
    CallbackQuery,
    ChatMemberUpdated,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InlineQuery,
    InlineQueryResultArticle,
    InputMediaPhoto,
    InputTextMessageContent,
    Message,
    ReactionTypeEmoji,
)
from starlette.applications import Starlette

from sandbox.faults import Fault
from sandbox.server import create, served
from sandbox.state import Room
from tests.sandbox.picture import PICTURE
from tests.sandbox.sample import GROUP, LI, STRANGER, TOKEN, WANG, Sample

CARD = InlineKeyboardMarkup(inline_keyboard=[[InlineKeyboardButton(text="参加", callback_data="join")]])


def client(root: str, token: str = TOKEN) -> Bot:
    return Bot(token, AiohttpSession(api=TelegramAPIServer.from_base(root)))


@asynccontextmanager
async def speaking(room_or_app: Room | Starlette) -> AsyncIterator[Bot]:
    with served(room_or_app) as root:
        async with client(root) as bot:
            yield bot


async def a_message_is_sent_edited_in_place_and_answered_to(sample: Sample) -> None:
    async with speaking(sample.room) as bot:
        me = await bot.get_me()
        assert (me.is_bot, me.username, me.can_read_all_group_messages) == (True, "jiaolian_bot", False)
        sent = await bot.send_message(GROUP, "通知", reply_markup=CARD)
        assert (sent.chat.type, sent.date, sent.from_user and sent.from_user.id) == ("supergroup", sample.now, me.id)
        edited = await sent.edit_text("通知（已改）", reply_markup=CARD)
        assert isinstance(edited, Message)
        assert edited.message_id == sent.message_id
        with pytest.raises(TelegramBadRequest, match="message is not modified"):
            await sent.edit_text("通知（已改）", reply_markup=CARD)
        bare = await sent.edit_reply_markup()
        assert isinstance(bare, Message)
        assert bare.reply_markup is None
        answer = await sent.reply("见上")
        assert answer.reply_to_message is not None
        assert answer.reply_to_message.text == "通知（已改）"
        assert await bot.set_message_reaction(GROUP, sent.message_id, [ReactionTypeEmoji(emoji="👍")])
        assert sample.texts(GROUP) == ["通知（已改）", "见上"]


async def files_and_pictures_go_there_and_back(sample: Sample) -> None:
    async with speaking(sample.room) as bot:
        content = bytes(range(256)) * 8
        sent = await bot.send_document(GROUP, BufferedInputFile(content, "签到表.xlsx"), caption="名单")
        assert sent.document is not None
        file = await bot.get_file(sent.document.file_id)
        assert file.file_path is not None
        fetched = await bot.download_file(file.file_path)
        assert fetched is not None
        assert fetched.read() == content
        picture = BufferedInputFile(PICTURE, "学期.png")
        shown = await bot.send_photo(GROUP, picture, caption="本学期", reply_markup=CARD)
        assert shown.photo
        captioned = await shown.edit_caption(caption="本学期（新）")
        changed = await shown.edit_media(InputMediaPhoto(media=picture, caption="又一版"))
        assert isinstance(captioned, Message)
        assert isinstance(changed, Message)
        assert (captioned.caption, changed.caption) == ("本学期（新）", "又一版")


async def chats_members_and_commands_are_read(sample: Sample) -> None:
    async with speaking(sample.room) as bot:
        sample.people.start(LI)
        group, private = await bot.get_chat(GROUP), await bot.get_chat(LI)
        assert (group.type, group.permissions is not None, private.first_name) == ("supergroup", True, "样李芳")
        sample.people.promote_bot(GROUP, LI)
        members = [await bot.get_chat_member(GROUP, user) for user in (LI, bot.id, STRANGER)]
        assert [member.status for member in members] == ["member", "administrator", "left"]
        commands = [BotCommand(command="next", description="最近的活动")]
        assert await bot.set_my_commands(commands, scope=BotCommandScopeAllGroupChats(), language_code="zh")
        assert list(sample.room.commands) == ["all_group_chats:zh"]
        assert (await bot.get_webhook_info()).url == ""


class Clerk:
    """A small bot as aiogram's own documentation would have it: handlers and a dispatcher that polls."""

    def __init__(self) -> None:
        self.seen: list[str] = []
        self.dispatcher = Dispatcher()
        self.dispatcher.message.register(self.started, CommandStart(deep_link=True))
        self.dispatcher.message.register(self.shown, Command("next"))
        self.dispatcher.callback_query.register(self.joined, F.data == "join")
        self.dispatcher.inline_query.register(self.offered)
        self.dispatcher.my_chat_member.register(self.moved)
        self.dispatcher.message.register(self.other)
        self.dispatcher.edited_message.register(self.other)

    async def started(self, message: Message, command: CommandObject) -> None:
        self.seen.append(command.args or "")
        await message.answer("您好")

    async def shown(self, message: Message) -> None:
        await message.answer("【活动通知】 0 人", reply_markup=CARD)

    async def joined(self, query: CallbackQuery) -> None:
        assert isinstance(query.message, Message)
        await query.message.edit_text("【活动通知】 1 人", reply_markup=CARD)
        await query.answer("已登记")

    async def offered(self, query: InlineQuery) -> None:
        content = InputTextMessageContent(message_text=f"找：{query.query}")
        await query.answer([InlineQueryResultArticle(id="1", title="活动", input_message_content=content)])

    async def moved(self, change: ChatMemberUpdated) -> None:
        self.seen.append(f"{change.old_chat_member.status} → {change.new_chat_member.status}")

    async def other(self, message: Message) -> None:
        self.seen.append(message.content_type if message.edit_date is None else f"edited: {message.text}")

    @asynccontextmanager
    async def polling(self, bot: Bot) -> AsyncIterator[None]:
        running = self.dispatcher.start_polling(
            bot, polling_timeout=5, handle_signals=False, close_bot_session=False, allowed_updates=[]
        )
        task = asyncio.create_task(running)
        try:
            yield
        finally:
            with contextlib.suppress(RuntimeError):  # it has ended by itself
                await self.dispatcher.stop_polling()
            await task


async def until(happened: Callable[[], object]) -> None:
    async with asyncio.timeout(10):
        while not happened():
            await asyncio.sleep(0.01)


async def its_dispatcher_answers_a_press_and_edits_the_card_in_place(sample: Sample) -> None:
    async with speaking(sample.room) as bot:
        clerk, people = Clerk(), sample.people
        async with clerk.polling(bot):
            people.start(LI, "leave_7")
            people.say(LI, GROUP, "/next@jiaolian_bot")
            await until(lambda: "【活动通知】 0 人" in sample.texts(GROUP))
            query = people.press(WANG, GROUP, sample.room.messages(GROUP)[-1].id, "参加")
            await until(lambda: sample.room.answer(query))
            looked_up = people.look_up(WANG, GROUP, "教研")
            await until(lambda: sample.room.inline_queries[looked_up].answer)
            people.choose(WANG, GROUP, looked_up, "1")
            await until(lambda: "您好" in sample.texts(LI) and len(clerk.seen) == 2)
        assert clerk.seen == ["leave_7", "text"]
        assert sample.texts(LI) == ["/start leave_7", "您好"]
        assert sample.texts(GROUP) == ["/next@jiaolian_bot", "【活动通知】 1 人", "找：教研"]
        assert sample.room.answer(query) == {"text": "已登记", "show_alert": False, "url": ""}


async def every_kind_of_update_is_read(sample: Sample) -> None:
    async with speaking(sample.room) as bot:
        clerk, people = Clerk(), sample.people
        sample.room.add_group(-77, "样例小群", [LI], supergroup=False)
        async with clerk.polling(bot):
            people.add_bot(-77, LI)
            people.promote_bot(-77, LI)
            people.migrate(-77)
            said = people.say(LI, LI, "您好")
            people.edit(LI, LI, said.id, "您好！")
            people.send_document(LI, LI, "名单.txt", b"x", "名单")
            people.mute_bot(GROUP, LI)
            people.mute_bot(GROUP, LI, muted=False)
            people.remove_bot(GROUP, LI)
            people.block(LI)
            await until(lambda: len(clerk.seen) == 12)
    told = ["left → member", "member → administrator", "member → restricted", "restricted → member"]
    told += ["member → kicked", "member → kicked", "new_chat_members", "migrate_to_chat_id", "migrate_from_chat_id"]
    assert sorted(clerk.seen) == sorted([*told, "text", "edited: 您好！", "document"])


STATUSES = {
    "blocked": TelegramForbiddenError,
    "unauthorized": TelegramUnauthorizedError,
    "restart": TelegramServerError,
    "other_poller": TelegramConflictError,
}


async def each_status_is_its_own_exception(sample: Sample) -> None:
    app = create(sample.room)
    async with speaking(app) as bot:
        for error, raised in STATUSES.items():
            app.state.api.faults.add(Fault("sendMessage", kind="refuse", error=error))
            with pytest.raises(raised):
                await bot.send_message(GROUP, "通知")
    assert sample.texts(GROUP) == []


async def the_new_number_of_a_group_that_moved_is_told(sample: Sample) -> None:
    async with speaking(sample.room) as bot:
        sample.room.add_group(-77, "样例小群", [LI], bot=True, supergroup=False)
        new = sample.people.migrate(-77)
        with pytest.raises(TelegramMigrateToChat) as moved:
            await bot.send_message(-77, "通知")
        assert moved.value.migrate_to_chat_id == new


async def who_waits_as_long_as_a_429_says_is_let_through(sample: Sample) -> None:
    sample.room.pace = True
    async with speaking(sample.room) as bot:
        for _ in range(3):
            await bot.send_message(GROUP, "好")
        with pytest.raises(TelegramRetryAfter) as refusal:
            await bot.send_message(GROUP, "第四条")
        await asyncio.sleep(refusal.value.retry_after)
        await bot.send_message(GROUP, "第四条")
    assert sample.texts(GROUP) == ["好", "好", "好", "第四条"]


async def of_two_pollers_the_older_gets_the_conflict(sample: Sample) -> None:
    async with speaking(sample.room) as bot:
        older = asyncio.create_task(bot.get_updates(timeout=20))
        await asyncio.sleep(0.2)
        assert await bot.get_updates(timeout=0) == []
        with pytest.raises(TelegramConflictError, match="terminated by other getUpdates request"):
            await older


SCENES = (
    a_message_is_sent_edited_in_place_and_answered_to,
    files_and_pictures_go_there_and_back,
    chats_members_and_commands_are_read,
    its_dispatcher_answers_a_press_and_edits_the_card_in_place,
    every_kind_of_update_is_read,
    each_status_is_its_own_exception,
    the_new_number_of_a_group_that_moved_is_told,
    who_waits_as_long_as_a_429_says_is_let_through,
    of_two_pollers_the_older_gets_the_conflict,
)
