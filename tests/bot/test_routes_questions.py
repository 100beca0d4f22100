"""Questions in the chat: whether an answer helped, what waits for the office, and what the office makes of it."""

import pytest

from store.policies import unanswered
from tests.bot.running_bot import LI, NOBODY, OFFICE, TEACHING, WANG, RunningBot
from tests.bot.sent_sample import PAPER, buttons
from tests.store.policy_sample import CHARTER, publish

CLEAR, UNKNOWN = "每月教研几次？", "大伙儿多久聚一回？"
CLAUSE = "三校每月开展一次共创式主题教研。"


@pytest.fixture
async def asked(office: RunningBot) -> RunningBot:
    """With a paper in force, and a question of a teacher's that it does not seem to decide."""
    await office.send(OFFICE, "章程.txt", PAPER)
    await office.press(OFFICE, office.last(OFFICE), "生效")
    assert "没有写到" in (await office.say(LI, UNKNOWN))[0]
    return office


async def test_an_answer_is_rated_and_what_did_not_help_waits_for_the_office(asked: RunningBot) -> None:
    await asked.say(LI, CLEAR)
    assert [one["text"] for one in asked.last(LI).buttons[-1]] == ["👍", "👎"]
    assert "记下有用" in (await asked.press(LI, asked.last(LI), "👍"))["text"]
    assert "交给办公室" in (await asked.press(LI, asked.last(LI), "👎"))["text"]
    assert "每月教研几次？（1 次，有人觉得答复没帮上忙）" in await queue(asked)


async def test_the_office_links_a_question_and_the_next_one_is_answered(asked: RunningBot) -> None:
    assert "1. 大伙儿多久聚一回？（1 次）" in await queue(asked)
    message = asked.last(OFFICE)
    await asked.press(OFFICE, message, "1")
    assert "问过 1 次" in message.text
    await asked.press(OFFICE, message, "逐节选择")
    label = next(one["text"] for row in message.buttons for one in row if "三校" in one["text"])
    await asked.press(OFFICE, message, label)
    assert "就用这一条回答" in message.text
    assert CLAUSE in (await asked.say(LI, "大伙儿多久聚一回"))[0]
    await asked.press(OFFICE, message, "撤销")
    assert "没有写到" in (await asked.say(LI, UNKNOWN))[0]
    await asked.press(OFFICE, message, "方案没有规定")
    assert "办公室确认：方案没有规定" in (await asked.say(LI, UNKNOWN))[0]
    await asked.press(OFFICE, message, "待回答的问题")
    assert message.text == "现在没有待回答的问题。"


async def test_questions_are_proposed_added_listed_and_removed(asked: RunningBot) -> None:
    message = asked.messages(OFFICE)[0]
    assert [one["text"] for one in message.buttons[0]] == ["拟常见问法", "计划落实"]
    await asked.press(OFFICE, message, "拟常见问法")
    assert "拟了" in message.text
    await asked.say(OFFICE, CLEAR)
    await asked.press(OFFICE, asked.last(OFFICE), "也这样问")
    assert "一行一个" in asked.last(OFFICE).text
    assert UNKNOWN in (await asked.say(OFFICE, UNKNOWN))[0]
    assert CLAUSE in (await asked.say(LI, UNKNOWN))[0]
    await asked.press(OFFICE, asked.last(OFFICE), "常见问法")
    listed = asked.last(OFFICE)
    place = next(line for line in listed.text.splitlines() if UNKNOWN in line).partition(".")[0]
    await asked.press(OFFICE, listed, place)
    assert "已删掉" in listed.text
    assert "没有写到" in (await asked.say(LI, UNKNOWN))[0]


async def test_the_counts_are_shown_and_forged_presses_are_refused(asked: RunningBot) -> None:
    await asked.say(OFFICE, "/ask")
    assert buttons(asked)[-1] == ["待回答的问题 1", "常见问法", "提问统计"]
    message = asked.last(OFFICE)
    await asked.press(OFFICE, message, "提问统计")
    assert "本月：问 1 次" in message.text
    assert "方案没写到 100%" in message.text
    await asked.say(LI, "/ask")
    assert asked.last(LI).buttons == []
    for data in ("queue:1", "queued:1", "bank:1", "counts:1", "also:10000", "link:1:10000", "queued:1:not_covered"):
        assert "办公室" in (await asked.forge(LI, asked.last(LI), data))["text"]


async def test_an_answer_in_the_group_is_rated_by_whoever_is_linked(announced: RunningBot) -> None:
    announced.store.call(publish, 1, CHARTER)
    await announced.say(LI, "/ask 联合教研多久开展一次？", TEACHING)
    card = announced.last(TEACHING)
    assert [[one["text"] for one in row] for row in card.buttons] == [["看整条"], ["👍", "👎"]]
    assert "记下有用" in (await announced.press(WANG, card, "👍"))["text"]
    assert "已经记过" in (await announced.press(WANG, card, "👍"))["text"]
    assert "评价不了" in (await announced.press(NOBODY, card, "👎"))["text"]


async def test_what_is_put_to_us_in_the_group_waits_and_a_reason_never_does(announced: RunningBot) -> None:
    bot = announced
    bot.store.call(publish, 1, CHARTER)
    notice = bot.last(TEACHING)
    await bot.say(LI, "/ask 联合教研多久开展一次？", TEACHING)
    answer = bot.last(TEACHING)
    for text, reply_to in (
        ("@jiaolian_bot 食堂伙食费标准", None),
        ("宿舍熄灯时间", answer.id),
        ("孩子发烧在医院", notice.id),
        ("@jiaolian_bot 孩子发烧在医院", notice.id),
        ("@jiaolian_bot 请假，孩子发烧", None),
        ("孩子发烧来不了", answer.id),
    ):
        await bot.say(LI, text, TEACHING, reply_to=reply_to)
    for text in ("我明天请假，因为孩子发烧，可以吗？", "/ask 孩子发烧，来不了怎么办？"):
        await bot.say(LI, text)
    waiting = bot.store.call(unanswered.waiting, 1)
    assert {one.question for one in waiting} == {"食堂伙食费标准", "宿舍熄灯时间"}


async def test_a_question_of_somebodys_own_leave_shows_the_way_to_it_once(announced: RunningBot) -> None:
    bot = announced
    bot.store.call(publish, 1, CHARTER)
    said = await bot.say(LI, "我明天请假，因为孩子发烧，可以吗？")
    assert len(said) == 2
    assert "还没有登记。\n请发 /leave" in said[1]
    assert len(await bot.say(LI, "孩子发烧能请几天假？")) == 1
    assert len(await bot.say(WANG, "请假有什么规定？")) == 1
    assert len(await bot.say(NOBODY, "我明天请假，因为孩子发烧，可以吗？")) == 1


async def test_where_the_papers_decide_nothing_the_next_step_is_told_in_private(announced: RunningBot) -> None:
    announced.store.call(publish, 1, CHARTER)
    for text, step in (
        ("请假要提前几天说？", "要请假，请发 /leave，我转给审批人。"),
        ("交通补贴发多少？", "请问学校办公室或财务室。"),
        ("食堂伙食费标准", "这件事请向学校或教联体办公室了解。"),
    ):
        assert (await announced.say(LI, text))[-1].endswith(step)
    await announced.say(LI, "/ask 交通补贴发多少？", TEACHING)
    assert announced.last(TEACHING).text.endswith("请向教联体办公室了解。")


async def queue(bot: RunningBot) -> str:
    await bot.say(OFFICE, "/ask")
    message = bot.last(OFFICE)
    label = next(one["text"] for row in message.buttons for one in row if one["text"].startswith("待回答"))
    await bot.press(OFFICE, message, label)
    return message.text
