"""What people do, as python-telegram-bot reads it from the updates that it fetches."""

from collections.abc import Awaitable, Callable

import pytest
from telegram import Bot, MessageEntity, Update
from telegram.error import BadRequest

from tests.sandbox.sample import GROUP, LI, STRANGER, WANG, Sample

Fetched = Callable[[], Awaitable[list[Update]]]


@pytest.fixture
def fetched(bot: Bot) -> Fetched:
    """What has come since the last time; it is confirmed at once."""
    offset: list[int] = [0]

    async def fetch() -> list[Update]:
        updates = await bot.get_updates(offset=offset[0], timeout=0)
        offset[0] = updates[-1].update_id + 1 if updates else offset[0]
        return list(updates)

    return fetch


async def test_a_text_in_private_opens_the_chat_and_reaches_the_bot(
    sample: Sample, bot: Bot, fetched: Fetched
) -> None:
    said = sample.people.say(LI, LI, "每月教研在哪天")
    [update] = await fetched()
    assert update.message is not None
    assert (update.message.text, update.message.chat.type, update.message.date) == (said.text, "private", sample.now)
    assert update.effective_user is not None
    assert (update.effective_user.id, update.effective_user.first_name) == (LI, "样李芳")
    await bot.send_message(LI, "好的")


async def test_a_deep_link_arrives_as_start_with_its_payload(sample: Sample, fetched: Fetched) -> None:
    sample.people.start(LI, "leave_7")
    [update] = await fetched()
    assert update.message is not None
    assert update.message.text == "/start leave_7"
    command = MessageEntity(MessageEntity.BOT_COMMAND, 0, 6)
    assert list(update.message.entities) == [command]


async def test_entities_are_counted_in_utf16_units(sample: Sample, fetched: Fetched) -> None:
    sample.people.say(LI, GROUP, "😀 @jiaolian_bot 您好 https://example.org/a")
    [update] = await fetched()
    assert update.message is not None
    assert set(update.message.parse_entities().values()) == {"@jiaolian_bot", "https://example.org/a"}


async def test_a_press_carries_the_message_as_it_stands(sample: Sample, fetched: Fetched) -> None:
    card = sample.card("【活动通知】")
    query = sample.people.press(LI, GROUP, card.id, "参加")
    [update] = await fetched()
    assert update.callback_query is not None
    assert (update.callback_query.id, update.callback_query.data) == (query, "join")
    assert update.callback_query.from_user.id == LI
    assert update.callback_query.message is not None
    assert update.callback_query.message.message_id == card.id


async def test_a_text_that_is_edited_is_told_as_it_stands_now(sample: Sample, fetched: Fetched) -> None:
    message = sample.people.say(LI, LI, "样例")
    sample.people.edit(LI, LI, message.id, "改过的样例")
    written, edited = await fetched()
    assert written.message is not None
    assert edited.edited_message is not None
    assert (edited.edited_message.message_id, edited.edited_message.text) == (message.id, "改过的样例")
    assert edited.edited_message.edit_date is not None
    assert message.edits == ["样例"]


async def test_nobody_edits_anothers_text(sample: Sample, fetched: Fetched) -> None:
    card = sample.card()
    with pytest.raises(LookupError):
        sample.people.edit(LI, GROUP, card.id, "改过")
    assert await fetched() == []


async def test_only_a_button_that_is_on_the_message_now_can_be_pressed(sample: Sample, fetched: Fetched) -> None:
    card = sample.card()
    card.buttons = [card.buttons[0][:1]]
    for gone in ("参加", "join", "没有的"):
        with pytest.raises(LookupError):
            sample.people.press(LI, GROUP, card.id, gone)
    with pytest.raises(LookupError):
        sample.people.press(LI, GROUP, 99, "收到")
    assert await fetched() == []


async def test_a_hostile_client_sends_what_data_it_likes(sample: Sample, fetched: Fetched) -> None:
    sample.people.forge(STRANGER, GROUP, sample.card().id, "join:1:9999")
    [update] = await fetched()
    assert update.callback_query is not None
    assert update.callback_query.data == "join:1:9999"


async def test_the_bot_is_told_how_it_came_rose_and_went(sample: Sample, fetched: Fetched) -> None:
    sample.room.add_group(-1009, "样例新群", [LI])
    sample.people.add_bot(-1009, LI)
    sample.people.promote_bot(-1009, LI)
    sample.people.remove_bot(-1009, LI)
    updates = await fetched()
    members = [update.my_chat_member for update in updates if update.my_chat_member is not None]
    assert [(one.old_chat_member.status, one.new_chat_member.status) for one in members] == [
        ("left", "member"),
        ("member", "administrator"),
        ("administrator", "kicked"),
    ]
    assert {one.from_user.id for one in members} == {LI}
    [joined] = [update.message for update in updates if update.message is not None]
    assert [user.id for user in joined.new_chat_members] == [sample.room.bot.id]


async def test_a_block_and_its_end_are_told(sample: Sample, fetched: Fetched) -> None:
    sample.people.start(LI)
    await fetched()
    sample.people.block(LI)
    sample.people.unblock(LI)
    changes = [update.my_chat_member for update in await fetched()]
    assert [one and (one.chat.id, one.new_chat_member.status) for one in changes] == [(LI, "kicked"), (LI, "member")]


async def test_a_group_that_becomes_a_supergroup_says_so_on_both_sides(sample: Sample, fetched: Fetched) -> None:
    sample.room.add_group(-77, "样例小群", [LI, WANG], bot=True, supergroup=False)
    card = sample.room.add_message(sample.room.chats[-77], sample.room.bot, "通知", buttons=sample.card().buttons)
    new = sample.people.migrate(-77)
    assert new == -1_000_000_000_077
    old_side, new_side = (update.message for update in await fetched())
    assert old_side is not None
    assert new_side is not None
    assert (old_side.chat.id, old_side.migrate_to_chat_id) == (-77, new)
    assert (new_side.chat.id, new_side.migrate_from_chat_id) == (new, -77)
    sample.people.press(WANG, -77, card.id, "参加")  # the old card can still be pressed, and names the old chat
    [press] = await fetched()
    assert press.effective_chat is not None
    assert press.effective_chat.id == -77


async def test_a_document_from_a_person_can_be_fetched(sample: Sample, bot: Bot, fetched: Fetched) -> None:
    sample.people.send_document(LI, LI, "名单.csv", "姓名\n样李芳".encode())
    [update] = await fetched()
    assert update.message is not None
    assert update.message.document is not None
    file = await bot.get_file(update.message.document.file_id)
    assert bytes(await file.download_as_bytearray()).decode() == "姓名\n样李芳"


async def test_a_reply_carries_what_it_answers(sample: Sample, fetched: Fetched) -> None:
    card = sample.card()
    sample.people.say(LI, GROUP, "收到", reply_to=card.id)
    [update] = await fetched()
    assert update.message is not None
    assert update.message.reply_to_message is not None
    assert (update.message.reply_to_message.message_id, update.message.reply_to_message.text) == (card.id, card.text)


async def test_a_message_in_a_topic_names_it(sample: Sample, fetched: Fetched) -> None:
    sample.group.threads[42] = "语文"
    sample.people.say(LI, GROUP, "/next", thread=42)
    [update] = await fetched()
    assert update.message is not None
    assert (update.message.message_thread_id, update.message.is_topic_message) == (42, True)


async def test_a_topic_is_opened_by_a_line_that_what_is_said_there_answers(
    sample: Sample, bot: Bot, fetched: Fetched
) -> None:
    topic = sample.people.open_topic(LI, GROUP, "数学")
    sample.people.say(WANG, GROUP, "/next", thread=topic)
    opened, said = (update.message for update in await fetched())
    assert opened is not None
    assert said is not None
    assert opened.forum_topic_created is not None
    assert (opened.forum_topic_created.name, opened.message_thread_id) == ("数学", topic)
    assert said.reply_to_message is not None
    assert (said.message_thread_id, said.is_topic_message, said.reply_to_message.message_id) == (topic, True, topic)
    await bot.send_message(GROUP, "好", message_thread_id=topic)
    sample.people.close_topic(LI, GROUP, topic)
    with pytest.raises(BadRequest, match="Topic_closed"):
        await bot.send_message(GROUP, "好", message_thread_id=topic)


async def test_a_chain_of_replies_is_a_thread_without_a_topic(sample: Sample, fetched: Fetched) -> None:
    card = sample.card()
    answer = sample.people.say(LI, GROUP, "收到", reply_to=card.id)
    sample.people.say(WANG, GROUP, "我也是", reply_to=answer.id)
    threads = [update.message and update.message.message_thread_id for update in await fetched()]
    assert threads == [card.id, card.id]
    assert answer.json().get("is_topic_message") is None


async def test_who_joins_leaves_or_pins_is_told_by_a_line(sample: Sample, bot: Bot, fetched: Fetched) -> None:
    card = sample.card()
    sample.people.join(STRANGER, GROUP)
    assert (await bot.get_chat_member(GROUP, STRANGER)).status == "member"
    sample.people.pin(LI, GROUP, card.id)
    sample.people.leave(STRANGER, GROUP)
    assert (await bot.get_chat_member(GROUP, STRANGER)).status == "left"
    joined, pinned, left = (update.message for update in await fetched())
    assert joined is not None
    assert [user.id for user in joined.new_chat_members] == [STRANGER]
    assert pinned is not None
    assert pinned.pinned_message is not None
    assert pinned.pinned_message.message_id == card.id
    assert left is not None
    assert left.left_chat_member is not None


async def test_no_bot_is_told_that_a_message_was_taken_away(sample: Sample, bot: Bot, fetched: Fetched) -> None:
    card = sample.card()
    sample.people.delete(GROUP, card.id)
    assert await fetched() == []
    with pytest.raises(BadRequest, match="Message to edit not found"):
        await bot.edit_message_text("新", GROUP, card.id)
