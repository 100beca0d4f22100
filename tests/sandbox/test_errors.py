"""Every refusal of the table, met by python-telegram-bot's own client, to the letter of telegram/facts.md."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

import pytest
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup
from telegram.error import BadRequest, ChatMigrated, Forbidden, InvalidToken, NetworkError

from sandbox.errors import ERRORS
from sandbox.faults import Fault
from sandbox.media import DOWNLOAD_LIMIT
from sandbox.server import create
from tests.sandbox.picture import PICTURE
from tests.sandbox.sample import GROUP, LI, STRANGER, Sample, bot_of
from tests.sandbox.test_inline import RESULTS, STARTS

Case = Callable[[Sample, Bot], Awaitable[object]]
CASES: dict[str, tuple[type[Exception], Case]] = {}
ELSEWHERE = {"too_fast", "not_emulated", "unauthorized", "other_poller", "body_not_json"}  # below, and in neighbours
ELSEWHERE |= {"not_described", "webhook_active", "webhook_set", "webhook_invalid", "secret_invalid"}
ELSEWHERE |= RESULTS.keys() | STARTS.keys()
BY_FAULT = {"deactivated", "restart"}  # nothing in the room causes them: only a scripted fault does


def case(name: str, raised: type[Exception] = BadRequest) -> Callable[[Case], Case]:
    def keep(act: Case) -> Case:
        CASES[name] = raised, act
        return act

    return keep


async def raw(bot: Bot, method: str, **sent: object) -> object:
    """A call that the client would not make of itself, over its own transport."""
    return await bot.request.post(f"{bot.base_url}/{method}?{urlencode(sent)}")


def keyboard(**button: Any) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup([[InlineKeyboardButton(**button)]])


@case("chat_not_found")
async def unknown_chat(_sample: Sample, bot: Bot) -> object:
    return await bot.send_message(-1009, "x")


@case("chat_id_empty")
async def no_chat(_sample: Sample, bot: Bot) -> object:
    return await bot.send_message("", "x")


@case("upgraded", ChatMigrated)
async def old_group(sample: Sample, bot: Bot) -> object:
    sample.room.add_group(-77, "样例小群", [LI], bot=True, supergroup=False)
    assert sample.people.migrate(-77) == -1_000_000_000_077
    return await bot.send_message(-77, "x")


@case("kicked_group", Forbidden)
async def kicked_from_group(sample: Sample, bot: Bot) -> object:
    sample.room.add_group(-77, "样例小群", [LI], bot=True, supergroup=False)
    sample.people.remove_bot(-77, LI)
    return await bot.send_message(-77, "x")


@case("kicked_supergroup", Forbidden)
async def kicked_from_supergroup(sample: Sample, bot: Bot) -> object:
    sample.people.remove_bot(GROUP, LI)
    return await bot.send_message(GROUP, "x")


@case("not_member_group", Forbidden)
async def never_in_group(sample: Sample, bot: Bot) -> object:
    sample.room.add_group(-77, "样例小群", [LI], supergroup=False)
    return await bot.send_message(-77, "x")


@case("not_member_supergroup", Forbidden)
async def never_in_supergroup(sample: Sample, bot: Bot) -> object:
    sample.room.add_group(-1009, "样例小群", [LI])
    return await bot.send_message(-1009, "x")


@case("blocked", Forbidden)
async def blocked(sample: Sample, bot: Bot) -> object:
    sample.people.start(LI)
    sample.people.block(LI)
    return await bot.send_message(LI, "x")


@case("never_started", Forbidden)
async def never_started(_sample: Sample, bot: Bot) -> object:
    return await bot.send_message(LI, "x")


@case("not_modified")
async def same_text(sample: Sample, bot: Bot) -> object:
    message = sample.card()
    markup = InlineKeyboardMarkup(
        [[InlineKeyboardButton("收到", callback_data="seen"), InlineKeyboardButton("参加", callback_data="join")]]
    )
    return await bot.edit_message_text(message.text, GROUP, message.id, reply_markup=markup)


@case("edit_not_found")
async def edit_of_nothing(_sample: Sample, bot: Bot) -> object:
    return await bot.edit_message_text("x", GROUP, 99)


@case("cannot_edit")
async def edit_of_another(sample: Sample, bot: Bot) -> object:
    return await bot.edit_message_text("x", GROUP, sample.people.say(LI, GROUP, "我的").id)


@case("react_not_found")
async def reaction_to_nothing(_sample: Sample, bot: Bot) -> object:
    return await bot.set_message_reaction(GROUP, 99, "👍")


@case("reaction_invalid")
async def reaction_that_is_none(sample: Sample, bot: Bot) -> object:
    return await bot.set_message_reaction(GROUP, sample.card().id, "✅")


@case("reactions_too_many")
async def two_reactions(sample: Sample, bot: Bot) -> object:
    return await bot.set_message_reaction(GROUP, sample.card().id, ["👍", "👌"])


@case("reply_not_found")
async def reply_to_nothing(_sample: Sample, bot: Bot) -> object:
    return await bot.send_message(GROUP, "x", reply_to_message_id=99)


@case("query_too_old")
async def late_answer(sample: Sample, bot: Bot) -> object:
    query = sample.people.press(LI, GROUP, sample.card().id, "参加")
    sample.now += timedelta(seconds=151)
    return await bot.answer_callback_query(query)


@case("answer_too_long")
async def long_answer(sample: Sample, bot: Bot) -> object:
    query = sample.people.press(LI, GROUP, sample.card().id, "参加")
    return await bot.answer_callback_query(query, "长" * 201)


@case("button_data_invalid")
async def long_data(_sample: Sample, bot: Bot) -> object:
    return await bot.send_message(GROUP, "x", reply_markup=keyboard(text="x", callback_data="教" * 22))


@case("button_without_action")
async def button_for_nothing(_sample: Sample, bot: Bot) -> object:
    return await bot.send_message(GROUP, "x", reply_markup=keyboard(text="x"))


@case("button_text_empty")
async def button_without_words(_sample: Sample, bot: Bot) -> object:
    return await bot.send_message(GROUP, "x", reply_markup=keyboard(text=" ", callback_data="x"))


@case("markup_not_json")
async def broken_markup(_sample: Sample, bot: Bot) -> object:
    return await raw(bot, "sendMessage", chat_id=GROUP, text="x", reply_markup="{")


@case("markup_not_object")
async def markup_of_another_kind(_sample: Sample, bot: Bot) -> object:
    return await raw(bot, "sendMessage", chat_id=GROUP, text="x", reply_markup="[]")


@case("text_empty")
async def no_text(_sample: Sample, bot: Bot) -> object:
    return await bot.send_message(GROUP, "")


@case("text_blank")
async def blank_text(_sample: Sample, bot: Bot) -> object:
    return await bot.send_message(GROUP, " \n ")


@case("text_too_long")
async def long_text(_sample: Sample, bot: Bot) -> object:
    return await bot.send_message(GROUP, "长" * 4097)


@case("thread_not_found")
async def unknown_topic(_sample: Sample, bot: Bot) -> object:
    return await bot.send_message(GROUP, "x", message_thread_id=1)


@case("topic_closed")
async def closed_topic(sample: Sample, bot: Bot) -> object:
    sample.group.threads[5] = "教研"
    sample.group.closed_threads.add(5)
    return await bot.send_message(GROUP, "x", message_thread_id=5)


@case("muted")
async def muted(sample: Sample, bot: Bot) -> object:
    sample.group.muted = True
    return await bot.send_message(GROUP, "x")


@case("file_id_invalid")
async def unknown_file(_sample: Sample, bot: Bot) -> object:
    return await bot.get_file("none")


@case("file_too_big")
async def large_file(sample: Sample, bot: Bot) -> object:
    sent = sample.people.send_document(LI, LI, "大.xlsx", b"\0" * (DOWNLOAD_LIMIT + 1))
    assert sent.document is not None
    return await bot.get_file(sent.document["file_id"])


@case("no_document")
async def no_document(_sample: Sample, bot: Bot) -> object:
    return await raw(bot, "sendDocument", chat_id=GROUP)


@case("user_not_found")
async def unknown_member(_sample: Sample, bot: Bot) -> object:
    return await bot.get_chat_member(GROUP, 5)


@case("to_itself", Forbidden)
async def note_to_self(sample: Sample, bot: Bot) -> object:
    return await bot.send_message(sample.room.bot.id, "x")


@case("caption_too_long")
async def long_caption(_sample: Sample, bot: Bot) -> object:
    return await bot.send_document(GROUP, b"x", caption="长" * 1025)


@case("no_photo")
async def photo_of_nothing(_sample: Sample, bot: Bot) -> object:
    return await raw(bot, "sendPhoto", chat_id=GROUP, photo="x")


@case("image_failed")
async def photo_of_words(_sample: Sample, bot: Bot) -> object:
    return await bot.send_photo(GROUP, b"no picture")


@case("photo_dimensions")
async def photo_like_a_ribbon(_sample: Sample, bot: Bot) -> object:
    return await bot.send_photo(GROUP, PICTURE[:16] + (21).to_bytes(4) + (1).to_bytes(4) + PICTURE[24:])


@case("no_caption")
async def caption_of_a_text(sample: Sample, bot: Bot) -> object:
    return await bot.edit_message_caption(GROUP, sample.card().id, caption="x")


@case("reply_not_json")
async def broken_reply(_sample: Sample, bot: Bot) -> object:
    return await raw(bot, "sendMessage", chat_id=GROUP, text="x", reply_parameters="{")


@case("button_not_object")
async def button_of_another_kind(_sample: Sample, bot: Bot) -> object:
    return await raw(bot, "sendMessage", chat_id=GROUP, text="x", reply_markup='{"inline_keyboard": [["x"]]}')


@pytest.mark.parametrize("name", CASES)
async def test_a_refusal_is_that_of_the_official_server(sample: Sample, bot: Bot, name: str) -> None:
    raised, act = CASES[name]
    with pytest.raises(raised) as refusal:
        await act(sample, bot)
    code, description, _source = ERRORS[name]
    call = sample.room.calls[-1]
    assert call.error == description
    assert call.result is None
    if type(refusal.value) is raised and raised is not ChatMigrated:
        assert description.removeprefix("Bad Request: ").lower() in str(refusal.value).lower()
    else:
        assert isinstance(refusal.value, ChatMigrated)
        assert refusal.value.new_chat_id == -1_000_000_000_077
    assert code == {BadRequest: 400, ChatMigrated: 400, Forbidden: 403}[raised]


@pytest.mark.parametrize("name", sorted(BY_FAULT))
async def test_what_nothing_causes_can_be_scripted(sample: Sample, name: str) -> None:
    app = create(sample.room)
    app.state.api.faults.add(Fault("sendMessage", kind="refuse", error=name))
    async with bot_of(app) as bot:
        with pytest.raises(Forbidden if name == "deactivated" else NetworkError):
            await bot.send_message(GROUP, "x")
        assert sample.texts(GROUP) == []
        await bot.send_message(GROUP, "x")


def test_no_row_of_the_table_is_left_out() -> None:
    assert set(CASES) | ELSEWHERE | BY_FAULT == set(ERRORS)


async def test_a_token_of_another_is_refused(sample: Sample) -> None:
    with pytest.raises(InvalidToken):
        await bot_of(create(sample.room), "1:other").initialize()
    assert sample.room.calls[-1].error == "Unauthorized"


async def test_a_method_that_is_not_here_says_so_by_name(sample: Sample, bot: Bot) -> None:
    with pytest.raises(NetworkError, match="Not Implemented: sendvoice"):
        await raw(bot, "sendVoice", chat_id=GROUP)
    assert sample.room.calls[-1].error == "Not Implemented: sendvoice"


async def test_no_refused_call_leaves_a_trace_in_the_chat(sample: Sample, bot: Bot) -> None:
    with pytest.raises(BadRequest):
        await bot.send_message(GROUP, "长" * 4097)
    with pytest.raises(Forbidden):
        await bot.send_message(STRANGER, "x")
    assert sample.texts(GROUP) == sample.texts(STRANGER) == []
