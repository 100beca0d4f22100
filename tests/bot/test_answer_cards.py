"""Answers in the chat: asked in all four ways, opened further by buttons, and traced to the edition that was quoted."""

import pytest

from sandbox.state import Message
from tests.bot.running_bot import LI, NOBODY, STRANGE, TEACHING, RunningBot
from tests.store.policy_sample import CHARTER, publish

QUESTION = "联合教研多久开展一次？"
RULE = "每月开展一次联合教研"
SOURCE = "——《河东教联体章程(样本)》第1版（2026年9月1日起生效） · 三、共同工作 › (一)教研联动"
LONG = "\n".join(f"({number})第{number}组每周交流一次，由各校轮流牵头，地点另行通知。" for number in range(1, 200))


@pytest.fixture
async def asked(bot: RunningBot) -> RunningBot:
    """The first consortium has its charter."""
    bot.store.call(publish, 1, CHARTER)
    return bot


def labels(message: Message) -> list[str]:
    return [one["text"] for row in message.buttons for one in row]


async def card(bot: RunningBot, chat: int = LI) -> Message:
    await bot.say(LI, f"/ask {QUESTION}", None if chat == LI else chat)
    return bot.last(chat)


async def test_a_question_is_answered_by_command_mention_reply_and_in_private(asked: RunningBot) -> None:
    (first,) = await asked.say(LI, f"/ask {QUESTION}", TEACHING)
    assert RULE in first
    assert first.endswith(SOURCE)
    to_us = asked.last(TEACHING).id
    assert await asked.say(NOBODY, f"@jiaolian_bot {QUESTION}", TEACHING) == [first]
    assert await asked.say(LI, QUESTION, TEACHING, reply_to=to_us) == [first]
    for text in (QUESTION, f"/ask {QUESTION}"):
        assert await asked.say(LI, text) == [first]


async def test_what_the_papers_leave_open_is_one_short_line_in_a_group_and_nothing_where_we_are_not_meant(
    asked: RunningBot,
) -> None:
    (said,) = await asked.say(LI, "/ask 请假找谁批", TEACHING)
    assert said == "《河东教联体章程(样本)》第1版里没有写到这一点，请向教联体办公室了解。"
    assert asked.last(TEACHING).buttons == []
    asked.room.reads_all = True
    assert await asked.say(LI, "请假找谁批", TEACHING) == []
    assert await asked.say(LI, QUESTION, TEACHING) == []
    assert len((await asked.say(LI, "请假找谁批"))[0].splitlines()) == 2


async def test_in_private_the_card_itself_shows_more_and_goes_back(asked: RunningBot) -> None:
    shown = await card(asked)
    assert labels(shown) == ["看整条", "👍", "👎"]
    await asked.press(LI, shown, "看整条")
    assert shown.text.startswith("三、共同工作\n(一)教研联动。")
    assert "体育节" in shown.text
    await asked.press(LI, shown, "返回这一条")
    assert RULE in shown.text
    assert "体育节" not in shown.text
    assert len(asked.messages(LI)) == 1


async def test_a_long_article_is_read_page_by_page(asked: RunningBot) -> None:
    asked.store.call(publish, 1, f"一、教研\n(0)每月开展一次联合教研。\n{LONG}")
    shown = await card(asked)
    await asked.press(LI, shown, "看整条")
    read = []
    while "下一页" in labels(shown):
        read.append(shown.text)
        await asked.press(LI, shown, "下一页")
    read.append(shown.text)
    assert len(read) > 2
    assert all(f"第{number}/{len(read)}页" in text for number, text in enumerate(read, 1))
    assert all(any(line in text for text in read) for line in LONG.splitlines())


async def test_from_a_group_long_passages_are_read_in_private_and_the_group_stays_as_it_is(asked: RunningBot) -> None:
    shown = await card(asked, TEACHING)
    before = shown.text
    answer = await asked.press(LI, shown, "看整条")
    link = answer["url"]
    assert link.startswith("https://t.me/jiaolian_bot?start=clause_article_")
    asked.people.start(LI, link.partition("=")[2])
    await asked.settle()
    assert asked.last(LI).text.startswith("三、共同工作\n")
    assert (len(asked.messages(TEACHING)), shown.text, shown.edits) == (1, before, [])
    stranger = await asked.press(NOBODY, shown, "看整条")
    assert stranger["url"].endswith("?start=claim")  # the way to link oneself
    asked.people.start(NOBODY, link.partition("=")[2])
    await asked.settle()
    assert "体育节" not in "".join(asked.heard(NOBODY))


async def test_one_of_several_clauses_is_chosen_by_a_button_in_the_group_as_well(asked: RunningBot) -> None:
    asked.store.call(publish, 1, "一、总则\n各校自定办学特色。\n二、活动\n共同开展特色活动。")
    await asked.say(LI, "/ask 特色", TEACHING)
    shown = asked.last(TEACHING)
    assert labels(shown) == ["① 一、总则", "② 二、活动", "👍", "👎"]
    await asked.press(LI, shown, "② 二、活动")
    assert shown.text.startswith("共同开展特色活动。\n——")
    assert len(asked.messages(TEACHING)) == 1


async def test_an_old_card_leads_to_its_own_edition_and_names_the_one_in_force(asked: RunningBot) -> None:
    private, public = await card(asked), await card(asked, TEACHING)
    asked.store.call(publish, 1, CHARTER.replace(RULE, "每学期开展两次联合教研"))
    await asked.press(LI, private, "看整条")
    assert private.text.startswith("引自第1版，现行第2版。\n\n三、共同工作\n")
    assert RULE in private.text
    await asked.press(LI, private, "看现行版")
    assert "每学期开展两次联合教研" in private.text
    assert "引自" not in private.text
    (said,) = await asked.say(LI, QUESTION, TEACHING, reply_to=public.id)
    first, rest = said.split("\n", maxsplit=1)
    assert first == "您回复的那条引自《河东教联体章程(样本)》第1版，现行第2版。"
    assert "每学期开展两次联合教研" in rest
    assert "第2版（" in rest


async def test_a_forged_press_opens_nothing(asked: RunningBot) -> None:
    shown = await card(asked)
    for data in ("clause:999999", "clause_article:999999:1"):
        assert "没有找到这一条" in (await asked.forge(LI, shown, data))["text"]
    number = shown.buttons[0][0]["callback_data"].split(":")[1]
    button = {"text": "看", "callback_data": f"clause:{number}"}
    strange = asked.room.add_message(asked.room.chats[STRANGE], asked.room.bot, "样例", buttons=[[button]])
    assert "没有找到这一条" in (await asked.forge(LI, strange, f"clause:{number}"))["text"]


async def test_a_forged_press_changes_no_message_of_a_group(asked: RunningBot) -> None:
    """Else whoever is in the group, known to us or not, could make any card read as a passage."""
    number = (await card(asked)).buttons[0][0]["callback_data"].split(":")[1]
    card_of_the_group = asked.room.add_message(asked.room.chats[TEACHING], asked.room.bot, "样例")
    assert "已经失效" in (await asked.forge(NOBODY, card_of_the_group, f"clause:{number}"))["text"]
    assert asked.heard(TEACHING) == ["样例"]


async def test_what_telegram_shows_no_more_stays_and_the_clause_is_said_below_it(asked: RunningBot) -> None:
    asked.store.call(publish, 1, "一、总则\n各校自定办学特色。\n二、活动\n共同开展特色活动。")
    await asked.say(LI, "/ask 特色", TEACHING)
    shown = asked.last(TEACHING)
    before = shown.text
    asked.people.press(LI, TEACHING, shown.id, "② 二、活动")
    query = asked.room.updates[-1]["callback_query"]
    query["message"] = {"chat": query["message"]["chat"], "message_id": shown.id, "date": 0}
    await asked.settle()
    assert shown.text == before
    assert asked.last(TEACHING).text.startswith("共同开展特色活动。\n——")
