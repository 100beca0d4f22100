"""Every answer and every call of a played session, held against the published description of the Bot API."""

from collections.abc import Mapping
from typing import Any

import pytest
from telegram import (
    Bot,
    BotCommand,
    BotCommandScopeAllPrivateChats,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InlineQueryResultArticle,
    InlineQueryResultsButton,
    InputMediaPhoto,
    InputTextMessageContent,
)
from telegram.error import BadRequest

from sandbox.described import MADE, fitting, make, remarks, shapes_of, text_of
from sandbox.methods import METHODS
from sandbox.server import create
from tests.sandbox.picture import PICTURE
from tests.sandbox.sample import GROUP, LI, STRANGER, WANG, Sample, bot_of

BUTTONS = InlineKeyboardMarkup(
    [
        [
            InlineKeyboardButton("参加", callback_data="join"),
            InlineKeyboardButton("看", url="https://t.me/jiaolian_bot?start=x"),
        ]
    ]
)
EMPTY = {"update_id": 1}


async def play(sample: Sample, bot: Bot) -> list[dict[str, Any]]:
    """A bit of everything that people and a bot do here; the updates, as they went over the wire."""
    people, updates = sample.people, list[dict[str, Any]]()
    sample.room.add_group(-77, "样例小群", [LI], supergroup=False)
    sample.group.threads[42] = "语文"
    people.start(LI, "leave_7")
    people.add_bot(-77, LI)
    people.promote_bot(-77, LI)
    people.mute_bot(GROUP, LI)
    people.mute_bot(GROUP, LI, muted=False)
    card = await bot.send_message(GROUP, "通知 @jiaolian_bot /next https://example.org", reply_markup=BUTTONS)
    asked = people.say(LI, GROUP, "/ask@jiaolian_bot 请假😀", reply_to=card.id, thread=42)
    people.edit(LI, GROUP, asked.id, "/ask@jiaolian_bot 病假")
    pressed = people.press(WANG, GROUP, card.id, "参加")
    people.send_document(LI, LI, "名单.txt", b"x", "名单")
    typed = people.look_up(WANG, GROUP, "教研")
    updates += list(sample.room.updates)
    await bot.get_updates()
    await bot.get_me()
    await bot.edit_message_text("通知（已改）", GROUP, card.id, reply_markup=BUTTONS)
    await bot.edit_message_reply_markup(GROUP, card.id)
    await bot.answer_callback_query(pressed, "已登记", show_alert=True)
    article = InlineQueryResultArticle("1", "活动", InputTextMessageContent("周三教研"), description="第七周")
    await bot.answer_inline_query(typed, [article], button=InlineQueryResultsButton("更多", start_parameter="x"))
    people.choose(WANG, GROUP, typed, "1")
    await bot.set_message_reaction(GROUP, asked.id, "👍")
    filed = await bot.send_document(GROUP, b"x", caption="名单", filename="名单.txt", message_thread_id=42)
    assert filed.document is not None
    await bot.get_file(filed.document.file_id)
    shown = await bot.send_photo(LI, PICTURE, caption="本学期", reply_markup=BUTTONS)
    await bot.edit_message_caption(LI, shown.id, caption="本学期（新）")
    await bot.edit_message_media(InputMediaPhoto(PICTURE, "又一版"), LI, shown.id)
    await bot.send_message(LI, "见上", reply_to_message_id=shown.id)
    for chat in (GROUP, -77, LI):
        await bot.get_chat(chat)
    for user in (LI, STRANGER, bot.id):
        await bot.get_chat_member(-77, user)
    await bot.set_my_commands([BotCommand("next", "最近的活动")], scope=BotCommandScopeAllPrivateChats())
    await bot.delete_my_commands(scope=BotCommandScopeAllPrivateChats())
    people.migrate(-77)
    opened = people.open_topic(LI, GROUP, "数学")
    people.say(WANG, GROUP, "/next@jiaolian_bot", thread=opened)
    people.close_topic(LI, GROUP, opened)
    people.join(STRANGER, GROUP)
    people.pin(LI, GROUP, asked.id)
    people.leave(STRANGER, GROUP)
    people.remove_bot(GROUP, LI)
    await bot.get_chat_member(GROUP, bot.id)
    people.block(LI)
    people.unblock(LI)
    await bot.set_webhook("http://127.0.0.1:9/", allowed_updates=["message"], secret_token="s")
    await bot.get_webhook_info()
    await bot.delete_webhook(drop_pending_updates=False)
    return updates + list(sample.room.updates)


async def test_every_answer_of_a_played_session_is_as_described(
    sample: Sample, bot: Bot, described: Mapping[str, Any]
) -> None:
    updates = await play(sample, bot)
    shapes = shapes_of(described["types"])
    methods = {name.lower(): one for name, one in described["methods"].items()}
    calls = sample.room.calls
    assert {call.method for call in calls} == {*METHODS, "getupdates"}  # none that is emulated is left out
    assert {kind for update in updates for kind in update} == {
        *("update_id", "message", "edited_message", "callback_query", "inline_query", "my_chat_member")
    }
    told = [line for update in updates for line in fitting(update, ["Update"], shapes, "Update")]
    told += [
        line for call in calls for line in fitting(call.result, methods[call.method]["returns"], shapes, call.method)
    ]
    assert told == []


async def test_every_call_of_a_played_session_is_as_described(sample: Sample, bot: Bot) -> None:
    await play(sample, bot)
    assert [line for call in sample.room.calls for line in call.remarks] == []


@pytest.mark.parametrize(
    ("broken", "line"),
    [
        ({"update_id": "1"}, "Update.update_id: '1', expected Integer"),
        ({}, "Update.update_id: is missing (Update)"),
        (EMPTY | {"messages": {}}, "Update.messages: Update has no such field"),
        (EMPTY | {"message": {"message_id": 1, "date": 1}}, "Update.message.chat: is missing (Message)"),
        (EMPTY | {"message": []}, "Update.message: [], expected Message"),
        (
            EMPTY | {"message": {"message_id": True, "date": 1, "chat": {"id": 1, "type": "private"}}},
            "expected Integer",
        ),
    ],
)
def test_a_broken_answer_would_be_seen(described: Mapping[str, Any], broken: object, line: str) -> None:
    assert line in "\n".join(fitting(broken, ["Update"], shapes_of(described["types"]), "Update"))


def test_what_the_server_keeps_of_the_description_is_made_of_it(described: Mapping[str, Any]) -> None:
    assert text_of(make(described, {*METHODS, "getupdates"})) == MADE.read_text(encoding="utf-8"), (
        "run: python -m sandbox.described ../shared/telegram/bot-api-10.0.json"
    )


@pytest.mark.parametrize(
    ("method", "sent", "line"),
    [
        ("sendMessage", {"txt": "好"}, "sendmessage.text: is missing"),
        ("sendMessage", {"text": "好", "txt": "好"}, "sendmessage.txt: no such parameter"),
        (
            "sendMessage",
            {"text": "好", "message_thread_id": "x"},
            "sendmessage.message_thread_id: 'x', expected Integer?",
        ),
        (
            "sendMessage",
            {"text": "好", "protect_content": "on"},
            "sendmessage.protect_content: 'on', expected Boolean?",
        ),
        ("sendMessage", {"text": ("a.txt", b"x")}, "sendmessage.text: a file, expected String"),
        ("sendMessage", {"text": "好", "reply_parameters": "{}"}, "reply_parameters.message_id: is missing"),
        (
            "sendMessage",
            {"text": "好", "reply_markup": '{"inline_keyboard": [[{"text": "好", "callback": "x"}]]}'},
            "sendmessage.reply_markup.inline_keyboard[0][0].callback: InlineKeyboardButton has no such field",
        ),
        ("setMyCommands", {"commands": '[{"command": "next"}]'}, "setmycommands.commands[0].description: is missing"),
    ],
)
def test_a_call_that_is_not_as_described_is_noticed(method: str, sent: dict[str, Any], line: str) -> None:
    assert line in "\n".join(remarks(method.lower(), {"chat_id": str(GROUP)} | sent))


async def test_a_slip_is_ignored_as_telegram_does_and_kept_as_a_remark(sample: Sample, bot: Bot) -> None:
    await bot.send_message(GROUP, "好", api_kwargs={"txt": "x"})
    assert sample.room.calls[-1].remarks == ("sendmessage.txt: no such parameter",)
    assert sample.texts(GROUP) == ["好"]


async def test_a_strict_server_refuses_it_by_name(sample: Sample) -> None:
    sample.room.strict = True
    async with bot_of(create(sample.room)) as bot:
        with pytest.raises(BadRequest, match=r"[Nn]ot as described: sendmessage\.txt: no such parameter"):
            await bot.send_message(GROUP, "好", api_kwargs={"txt": "x"})
    assert sample.texts(GROUP) == []
