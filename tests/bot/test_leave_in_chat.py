"""Leave through Telegram: buttons, words, several days, a remark; and no reason anywhere but where it belongs."""

import logging

import pytest

from store import leave_spans, leaves
from store.database import Session
from store.leaves import LeaveKind, LeaveState
from tests.bot.running_bot import LI, OFFICE, QIAN, TEACHING, WANG, ZHOU, RunningBot
from tests.handlers.event_sample import local, person, research

CANARY = "金丝雀事由七三"


@pytest.fixture
async def announced(bot: RunningBot) -> RunningBot:
    """8 October: the event of the 14th is announced; teacher, approver and office have a private chat."""
    bot.clock.move_to(local("10-07 09:00"))
    for user in (LI, WANG, ZHOU, QIAN, OFFICE):
        bot.people.start(user)
    await bot.settle()
    await bot.until(local("10-08 09:00"))
    return bot


def labels(bot: RunningBot, chat: int) -> list[str]:
    return [button["text"] for row in bot.last(chat).buttons for button in row]


def told(session: Session) -> tuple[LeaveKind | None, str, LeaveState] | None:
    found = leaves.of(session, research(session), person(session, "wang"))
    return (found.kind, found.reason, found.state) if found else None


async def asked(bot: RunningBot) -> None:
    """By pressing, to the request."""
    await bot.say(WANG, "/leave")
    assert labels(bot, WANG) == ["病假", "事假", "公假", "婚假", "产假", "丧假", "其他"]
    await bot.press(WANG, bot.last(WANG), "病假")
    assert labels(bot, WANG) == ["不写事由"]
    assert "病假" in bot.last(WANG).text


async def test_by_two_presses_and_the_approvers_one(announced: RunningBot) -> None:
    bot = announced
    await asked(bot)
    await bot.press(WANG, bot.last(WANG), "不写事由")
    assert "已转给本校审批人：10月14日（星期三，第7周）“共创式主题教研”" in bot.last(WANG).text
    assert labels(bot, WANG) == ["撤回申请", "打印请假条"]
    assert bot.store.call(told) == (LeaveKind.SICK, "", LeaveState.PENDING)
    await bot.until(local("10-08 09:01"))
    request = bot.last(ZHOU)
    assert "假别：病假\n事由：未写" in request.text
    await bot.press(ZHOU, request, "批准")
    assert "已批准" in request.text
    assert labels(bot, ZHOU) == ["改为不批准", "打印请假条"]
    await bot.until(local("10-08 09:02"))
    assert "已经批准，不用签到" in bot.last(WANG).text
    await bot.press(ZHOU, request, "改为不批准")
    assert labels(bot, ZHOU) == ["不留言", "改为批准", "打印请假条"]
    await bot.until(local("10-08 09:03"))
    assert "没有批准" in bot.last(WANG).text
    assert "已转告样王强老师" in (await bot.say(ZHOU, "当天有您的展示课，我们当面商量一下。"))[0]
    await bot.until(local("10-08 09:04"))
    assert "审批人留言：“当天有您的展示课，我们当面商量一下。”" in bot.last(WANG).text


async def test_withdrawn_by_a_press_the_approver_has_nothing_to_decide(announced: RunningBot) -> None:
    bot = announced
    await asked(bot)
    await bot.say(WANG, CANARY)
    await bot.until(local("10-08 09:01"))
    await bot.press(WANG, bot.last(WANG), "撤回申请")
    assert labels(bot, WANG) == ["参加"]
    assert "已撤回" in bot.last(WANG).text
    request = bot.last(ZHOU)
    await bot.until(local("10-08 09:02"))
    assert request.text == "样王强老师已经撤回10月14日（星期三，第7周）“共创式主题教研”的请假，不用再处理。"
    assert labels(bot, ZHOU) == []
    assert bot.store.call(told) == (LeaveKind.SICK, CANARY, LeaveState.WITHDRAWN)


async def test_days_in_words_with_the_command_and_without(announced: RunningBot) -> None:
    bot = announced
    (said,) = await bot.say(WANG, f"/leave 10月13日到15日 {CANARY}")
    assert "10月13日（星期二）至10月15日（星期四）" in said
    await bot.press(WANG, bot.last(WANG), "事假")
    assert "已通知的活动有 1 次" in bot.last(WANG).text
    assert bot.store.call(told) == (None, "", LeaveState.PENDING)
    await bot.until(local("10-08 09:01"))
    request = bot.last(ZHOU)
    assert f"10月13日（星期二）至10月15日（星期四）\n假别：事假\n事由：{CANARY}" in request.text
    await bot.press(ZHOU, request, "批准")
    await bot.until(local("10-08 09:02"))
    assert "10月13日（星期二）至10月15日（星期四）的请假已经批准" in bot.last(WANG).text
    assert bot.store.call(told) == (None, "", LeaveState.APPROVED)
    assert "从哪天到哪天" in (await bot.say(LI, "我要请三天假"))[0]
    assert "10月19日（星期一）至10月21日（星期三）" in (await bot.say(LI, "10月19日起请三天假"))[0]
    await bot.press(LI, bot.last(LI), "其他")
    await bot.press(LI, bot.last(LI), "不写事由")
    assert "之后通知的也算在内" in bot.last(LI).text
    await bot.press(LI, bot.last(LI), "撤回申请")
    state = bot.store.call(lambda session: [span.state for span in [leave_spans.get(session, 2)] if span])
    assert state == ["withdrawn"]


async def test_words_with_a_reason_ask_for_the_kind_alone(announced: RunningBot) -> None:
    bot = announced
    (said,) = await bot.say(WANG, f"请假 {CANARY}")
    assert "请点假别。" in said
    await bot.press(WANG, bot.last(WANG), "其他")
    assert bot.store.call(told) == (LeaveKind.OTHER, CANARY, LeaveState.PENDING)


async def test_words_with_kind_day_and_reason_are_a_request(announced: RunningBot) -> None:
    bot = announced
    (said,) = await bot.say(WANG, f"10月14日请病假，{CANARY}")
    assert "已转给本校审批人" in said
    assert bot.store.call(told) == (LeaveKind.SICK, CANARY, LeaveState.PENDING)


async def test_a_reason_that_is_asked_for_is_one_whatever_it_looks_like(announced: RunningBot) -> None:
    bot = announced
    await asked(bot)
    await bot.say(WANG, "请假去医院")
    assert bot.store.call(told) == (LeaveKind.SICK, "请假去医院", LeaveState.PENDING)


async def test_behind_the_command_in_a_group_nothing_is_read(announced: RunningBot) -> None:
    (said,) = await announced.say(WANG, f"/leave {CANARY}", TEACHING)
    assert said == "这件事请私聊我办：https://t.me/jiaolian_bot?start=leave"
    assert announced.store.call(told) is None


async def test_a_forged_press_in_a_group_does_nothing(announced: RunningBot) -> None:
    bot = announced
    await asked(bot)
    await bot.say(WANG, CANARY)
    for data in ("leave:1:approved", "leave:1:withdraw", "leave_for:1:sick", "leave_remark:no_remark"):
        assert (await bot.forge(WANG, bot.last(TEACHING), data))["show_alert"]
    assert bot.store.call(told) == (LeaveKind.SICK, CANARY, LeaveState.PENDING)


async def test_the_reason_is_in_no_log_and_with_nobody_else(
    announced: RunningBot, caplog: pytest.LogCaptureFixture
) -> None:
    bot = announced
    caplog.set_level(logging.INFO)
    await asked(bot)
    await bot.say(WANG, CANARY)
    await bot.say(LI, f"/leave 10月13日到15日 {CANARY}")
    await bot.press(LI, bot.last(LI), "婚假")
    await bot.until(local("10-14 17:00"))
    await bot.press(ZHOU, bot.with_button(ZHOU, "批准"), "批准")
    await bot.until(local("10-16 09:00"))
    for chat in (TEACHING, OFFICE, WANG, LI):
        assert not any(CANARY in text or "婚假" in text for text in bot.heard(chat) if "请点假别" not in text), chat
    assert not any("病假" in text for text in bot.heard(TEACHING) + bot.heard(OFFICE) + bot.heard(QIAN))
    assert any(CANARY in text for text in bot.heard(ZHOU))
    assert any(CANARY in text for text in bot.heard(QIAN))  # who decides for 样李芳's school
    assert CANARY not in caplog.text
