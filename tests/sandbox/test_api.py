"""Calls that succeed: however they are sent, what they leave in the chat, and how long a press can be answered."""

import json

import httpx
import pytest
from telegram import (
    Bot,
    BotCommand,
    BotCommandScopeAllPrivateChats,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    Message,
)
from telegram.error import BadRequest, NetworkError, TimedOut

from sandbox.faults import Fault
from sandbox.server import create
from tests.sandbox.sample import GROUP, LI, TOKEN, WANG, Sample, bot_of

ROOT = f"http://127.0.0.1/bot{TOKEN}"
BUTTONS = {"inline_keyboard": [[{"text": "好", "callback_data": "1"}]]}
SENT = {"chat_id": str(GROUP), "text": "各位老师好", "reply_markup": json.dumps(BUTTONS)}
PLAIN = SENT | {"chat_id": GROUP, "reply_markup": BUTTONS}


@pytest.mark.parametrize(
    "form",
    [
        {"params": SENT},
        {"data": SENT},
        {"files": {name: (None, value) for name, value in SENT.items()}},
        {"json": PLAIN},
        {"params": {"chat_id": str(GROUP)}, "data": {key: SENT[key] for key in ("text", "reply_markup")}},
    ],
    ids=["query", "urlencoded", "multipart", "json", "query and body"],
)
@pytest.mark.parametrize("name", ["sendMessage", "SENDMESSAGE", "sendmessage"])
async def test_parameters_come_in_any_form_and_the_name_in_any_case(
    page: httpx.AsyncClient, sample: Sample, form: dict[str, object], name: str
) -> None:
    answer = (await page.post(f"{ROOT}/{name}", **form)).json()  # type: ignore[arg-type]
    assert answer["ok"], answer
    assert answer["result"]["reply_markup"] == BUTTONS
    assert sample.texts(GROUP) == ["各位老师好"]


async def test_a_get_will_do(page: httpx.AsyncClient) -> None:
    answer = (await page.get(f"{ROOT}/getMe")).json()
    assert answer["result"]["username"] == "jiaolian_bot"
    assert answer["result"]["can_read_all_group_messages"] is False


async def test_a_message_is_sent_edited_and_answered_to(sample: Sample, bot: Bot) -> None:
    markup = InlineKeyboardMarkup([[InlineKeyboardButton("参加", callback_data="join")]])
    sent = await bot.send_message(GROUP, " 通知 ", reply_markup=markup)
    assert (sent.text, sent.date, sent.chat.id) == ("通知", sample.now, GROUP)
    assert sent.from_user == await bot.get_me()
    assert sent.reply_markup == markup
    sample.pass_time(minutes=5)
    edited = await bot.edit_message_text("通知（已改）", GROUP, sent.id)
    assert isinstance(edited, Message)
    assert (edited.edit_date, edited.reply_markup) == (sample.now, None)
    assert sample.room.messages(GROUP)[0].edits == ["通知"]
    answer = await bot.send_message(GROUP, "见上", reply_to_message_id=sent.id)
    assert answer.reply_to_message is not None
    assert answer.reply_to_message.text == "通知（已改）"
    assert sample.texts(GROUP) == ["通知（已改）", "见上"]


async def test_a_change_of_buttons_alone_is_a_change(sample: Sample, bot: Bot) -> None:
    sent = await bot.send_message(GROUP, "通知")
    markup = InlineKeyboardMarkup([[InlineKeyboardButton("看", url="https://t.me/jiaolian_bot?start=x")]])
    await bot.edit_message_text("通知", GROUP, sent.id, reply_markup=markup)
    with pytest.raises(BadRequest, match="not modified"):
        await bot.edit_message_text("通知", GROUP, sent.id, reply_markup=markup)


async def test_a_topic_takes_what_is_sent_into_it(sample: Sample, bot: Bot) -> None:
    sample.group.threads[42] = "语文"
    sent = await bot.send_message(GROUP, "通知", message_thread_id=42)
    assert (sent.message_thread_id, sent.is_topic_message, sent.chat.is_forum) == (42, True, True)


async def test_every_supergroup_counts_its_own_messages_and_the_others_share_a_row(sample: Sample, bot: Bot) -> None:
    sample.room.add_group(-77, "样例小群", [LI], bot=True, supergroup=False)
    sample.room.add_group(-1009, "样例大群", [LI], bot=True)
    sample.people.start(LI)
    sent = [await bot.send_message(chat, "好") for chat in (GROUP, -1009, -77, LI, GROUP)]
    assert [message.id for message in sent] == [1, 1, 2, 3, 2]


async def test_a_document_goes_there_and_back(sample: Sample, bot: Bot) -> None:
    content = bytes(range(256)) * 8
    sent = await bot.send_document(GROUP, content, caption="名单", filename="签到表.xlsx")
    assert sent.document is not None
    assert (sent.document.file_name, sent.document.file_size, sent.caption) == ("签到表.xlsx", 2048, "名单")
    file = await bot.get_file(sent.document.file_id)
    assert bytes(await file.download_as_bytearray()) == content


async def test_a_file_is_only_for_who_has_the_token(page: httpx.AsyncClient, sample: Sample) -> None:
    document = sample.people.send_document(LI, GROUP, "名单.txt", b"x").document
    assert document is not None
    assert (await page.get(f"/file/bot1:other/documents/{document['file_id']}")).status_code == 404
    assert (await page.get(f"/file/bot{TOKEN}/documents/{document['file_id']}")).content == b"x"


async def test_a_press_is_answered_once(sample: Sample, bot: Bot) -> None:
    query = sample.people.press(LI, GROUP, sample.card().id, "参加")
    assert sample.room.answer(query) is None
    assert await bot.answer_callback_query(query, "已登记", show_alert=True)
    assert sample.room.answer(query) == {"text": "已登记", "show_alert": True, "url": ""}
    with pytest.raises(BadRequest, match="Query is too old"):
        await bot.answer_callback_query(query, "又一次")
    with pytest.raises(BadRequest, match="Query is too old"):
        await bot.answer_callback_query("invented")


async def test_a_press_can_be_answered_for_150_seconds(sample: Sample, bot: Bot) -> None:
    query = sample.people.press(LI, GROUP, sample.card().id, "参加")
    sample.pass_time(seconds=150)
    url = "https://t.me/jiaolian_bot?start=leave_7"
    assert await bot.answer_callback_query(query, url=url)
    assert sample.room.answer(query) == {"text": "", "show_alert": False, "url": url}


async def test_who_is_in_a_group_can_be_asked(sample: Sample, bot: Bot) -> None:
    sample.people.promote_bot(GROUP, LI)
    found = [await bot.get_chat_member(GROUP, user) for user in (LI, sample.room.bot.id, 799999999)]
    assert [member.status for member in found] == ["member", "administrator", "left"]


async def test_a_group_says_what_its_members_may_do_and_a_private_chat_has_no_such_thing(
    sample: Sample, bot: Bot
) -> None:
    allowed = (await bot.get_chat(GROUP)).permissions
    assert allowed is not None
    assert (allowed.can_send_messages, allowed.can_invite_users) == (True, True)
    sample.group.hushed = True
    hushed = (await bot.get_chat(GROUP)).permissions
    assert hushed is not None
    assert (hushed.can_send_messages, hushed.can_send_photos, hushed.can_invite_users) == (False, False, True)
    with pytest.raises(BadRequest, match="Not enough rights to send text messages"):
        await bot.send_message(GROUP, "通知")
    assert (await bot.get_chat(LI)).permissions is None


async def test_commands_are_kept_by_scope(sample: Sample, bot: Bot) -> None:
    await bot.set_my_commands([BotCommand("next", "最近的活动")], scope=BotCommandScopeAllPrivateChats())
    assert sample.room.commands == {"all_private_chats:": [{"command": "next", "description": "最近的活动"}]}


async def test_a_lost_answer_is_a_call_that_was_carried_out(sample: Sample) -> None:
    app = create(sample.room)
    app.state.api.faults.add(Fault("sendMessage", chat=str(GROUP), kind="lose"))
    async with bot_of(app) as bot:
        with pytest.raises(NetworkError) as lost:
            await bot.send_message(GROUP, "通知")
        assert not isinstance(lost.value, BadRequest | TimedOut)
        await bot.send_message(GROUP, "通知")
    assert sample.texts(GROUP) == ["通知", "通知"]


async def test_a_fault_meets_only_its_method_and_chat(sample: Sample) -> None:
    app = create(sample.room)
    app.state.api.faults.add(Fault("sendMessage", chat="-5", kind="refuse", error="muted", times=-1))
    async with bot_of(app) as bot:
        await bot.send_message(GROUP, "通知")
        sample.room.add_group(-5, "样例小群", [LI], bot=True, supergroup=False)
        for _ in range(2):
            with pytest.raises(BadRequest, match="Not enough rights"):
                await bot.send_message(-5, "通知")
        app.state.api.faults.clear()
        await bot.send_message(-5, "通知")


async def test_every_call_is_kept_and_told_before_and_after(sample: Sample) -> None:
    told: list[tuple[str, str]] = []
    sample.room.on_call.append(lambda stage, method, sent: told.append((stage, method)))
    async with bot_of(create(sample.room)) as bot:
        await bot.send_message(GROUP, "通知")
    assert told[-2:] == [("arrived", "sendmessage"), ("answered", "sendmessage")]
    call = sample.room.calls[-1]
    assert (call.method, call.sent["text"], call.result["message_id"], call.error) == ("sendmessage", "通知", 1, None)


async def test_people_act_from_another_process(page: httpx.AsyncClient, sample: Sample) -> None:
    acts = [
        {"do": "add_user", "id": 5, "first_name": "样赵磊"},
        {"do": "add_group", "id": -9, "title": "样例小群", "members": [5], "bot": True, "supergroup": False},
        {"do": "say", "user_id": 5, "chat_id": -9, "text": "/next"},
        {"do": "start", "user_id": WANG, "payload": "x"},
    ]
    assert (await page.post("/room/act", json=acts)).json() == [5, -9, 1, 2]
    assert [message["text"] for message in (await page.get("/room/messages?chat=-9")).json()] == ["/next"]
    assert len(sample.updates("message")) == 2
    refused = await page.post("/room/act", json=acts, headers={"Origin": "http://evil.example"})
    assert refused.status_code == 403
