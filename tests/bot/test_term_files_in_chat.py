"""日历文件 and 学期一览 under /next: the one in private, the other where it is asked for; a press twice sends once."""

from datetime import timedelta

import pytest

from sandbox.faults import Fault
from sandbox.state import Message
from tests.bot.running_bot import LI, NOBODY, QIAN, STRANGE, TEACHING, WANG, RunningBot
from tests.bot.test_calendar import entries
from tests.handlers.event_sample import FILE, RESEARCH, begin, local
from tests.needs import CHROMIUM, has_chinese_font, lacking

SENT_JUST_NOW = "刚刚发过了"


@pytest.fixture
async def bot(bot: RunningBot) -> RunningBot:
    await bot.parts.plan()
    return bot


def content(bot: RunningBot, message: Message) -> bytes:
    assert message.document is not None
    return bytes(bot.room.files[message.document["file_id"]][1])


async def next_card(bot: RunningBot, user: int, chat: int | None = None) -> Message:
    await bot.say(user, "/next", chat)
    return bot.last(chat or user)


async def test_the_buttons_stand_under_next_and_nowhere_else(bot: RunningBot) -> None:
    for chat in (None, TEACHING):
        card = await next_card(bot, LI, chat)
        assert [[button["text"] for button in row] for row in card.buttons] == [["日历文件", "学期一览"]]
    assert not (await next_card(bot, QIAN)).buttons  # nothing is coming


async def test_in_private_the_own_calendar_of_the_term_comes_as_a_file(bot: RunningBot) -> None:
    card = await next_card(bot, LI)
    assert not (await bot.press(LI, card, "日历文件"))["text"]
    sent = bot.last(LI)
    assert sent.document is not None
    assert sent.document["file_name"] == "sample-t.ics"
    assert sent.text.startswith("这是您在样例教联体第一学期的日历文件")
    events = entries(content(bot, sent))
    assert len(events) == 4
    assert all(event["summary"].startswith("共创式主题教研") for event in events)


async def test_a_press_twice_sends_once_and_a_later_one_anew(bot: RunningBot) -> None:
    card = await next_card(bot, LI)
    for button in ("日历文件", "学期一览"):
        if button == "学期一览" and not has_chinese_font():
            lacking(CHROMIUM)
        await bot.press(LI, card, button)
        once = len(bot.messages(LI))
        again = await bot.press(LI, card, button)
        assert again["text"].startswith(SENT_JUST_NOW)
        assert len(bot.messages(LI)) == once
        bot.clock.move_to(bot.clock.now() + timedelta(minutes=3))
        await bot.press(LI, card, button)
        assert len(bot.messages(LI)) == once + 1


async def test_what_could_not_be_sent_is_sent_at_the_next_attempt(bot: RunningBot) -> None:
    card = await next_card(bot, LI)
    bot.faults.add(Fault("senddocument", kind="refuse", error="restart"))
    await bot.press(LI, card, "日历文件")
    assert bot.last(LI).document is not None
    assert [fault.times for fault in bot.faults.waiting] == [0]


async def test_from_a_group_it_is_sent_in_private_and_said_so(bot: RunningBot) -> None:
    await bot.say(WANG, "/help")
    card = await next_card(bot, LI, TEACHING)
    before = bot.heard(TEACHING)
    assert (await bot.press(WANG, card, "日历文件"))["text"] == "日历文件已经私聊发给您。"
    assert bot.last(WANG).document is not None
    assert bot.heard(TEACHING) == before


async def test_where_the_private_chat_is_shut_the_deep_link_leads_there(bot: RunningBot) -> None:
    card = await next_card(bot, LI, TEACHING)
    for _ in range(2):  # nothing was sent: the way is shown again
        assert (await bot.press(WANG, card, "日历文件"))["url"] == "https://t.me/jiaolian_bot?start=calendar"
    bot.people.start(WANG, "calendar")
    await bot.settle()
    assert bot.last(WANG).document is not None


async def test_whoever_is_not_linked_is_led_to_the_claim_of_a_name(bot: RunningBot) -> None:
    card = await next_card(bot, LI, TEACHING)
    assert (await bot.press(NOBODY, card, "日历文件"))["url"] == "https://t.me/jiaolian_bot?start=claim"
    said = await bot.say(NOBODY, "/start calendar")
    assert "邀请码" in said[0]


async def test_the_picture_comes_where_it_is_asked_for(bot: RunningBot) -> None:
    if not has_chinese_font():
        lacking(CHROMIUM)
    card = await next_card(bot, LI, TEACHING)
    await bot.press(WANG, card, "学期一览")
    sent = bot.last(TEACHING)
    assert sent.document is not None
    assert (sent.document["file_name"], sent.text) == ("sample-t.png", "样例教联体：第一学期一览")
    assert content(bot, sent).startswith(b"\x89PNG")
    assert bot.heard(WANG) == []
    assert (await bot.press(LI, card, "学期一览"))["text"].startswith(SENT_JUST_NOW)


async def test_in_a_topic_it_stays_in_the_topic(bot: RunningBot) -> None:
    if not has_chinese_font():
        lacking(CHROMIUM)
    topic = FILE["chat"][0] | {"address": str(STRANGE), "thread": 42}
    begin(bot.store, RESEARCH, at="10-08 09:00", chat=(topic,))
    await bot.say(LI, "/next", STRANGE, thread=42)
    await bot.press(LI, bot.last(STRANGE), "学期一览")
    assert bot.last(STRANGE).document is not None
    assert bot.last(STRANGE).thread == 42


@pytest.mark.parametrize("data", ["calendar", "picture"])
async def test_a_group_that_is_bound_to_nobody_gets_nothing(bot: RunningBot, data: str) -> None:
    await bot.say(LI, "/help", STRANGE)
    before = len(bot.messages(STRANGE))
    answer = await bot.forge(LI, bot.last(STRANGE), data)
    assert answer["text"]
    assert len(bot.messages(STRANGE)) == before
    assert bot.heard(LI) == []


@pytest.mark.parametrize("button", ["日历文件", "学期一览"])
async def test_after_the_last_term_it_is_said_that_none_is_planned(bot: RunningBot, button: str) -> None:
    card = await next_card(bot, LI)
    bot.clock.move_to(local("12-31 09:00") + timedelta(days=60))
    assert (await bot.press(LI, card, button))["text"].startswith("以后的学期还没有排进来")


async def test_it_is_said_in_the_language_that_is_chosen(bot: RunningBot) -> None:
    await bot.say(LI, "/settings")
    await bot.press(LI, bot.last(LI), "English")
    begin(bot.store, RESEARCH | {"place": "样例礼堂"}, at="10-08 09:00")
    await bot.press(LI, await next_card(bot, LI), "Calendar file")
    assert bot.last(LI).text.startswith("Your calendar file:")
    events = entries(content(bot, bot.last(LI)))
    assert "Host: 样例东校" in events[0]["description"]
    assert events[0]["location"] == "样例东校 样例礼堂"
