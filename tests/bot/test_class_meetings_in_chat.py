"""Class meetings in the chat: recorded by a press and a line, changed one by one by the office, seen as a picture."""

from collections.abc import AsyncIterator

import pytest

from scheduling.clock import MovableClock
from store.database import Store
from tests.bot.running_bot import HEADS, LI, OFFICE, WANG, ZHOU, RunningBot, running_bot
from tests.bot.test_term_files_in_chat import content
from tests.handlers.event_sample import CLASSES, begin, local
from tests.needs import CHROMIUM, has_chinese_font, lacking


@pytest.fixture
async def heads(store: Store, clock: MovableClock) -> AsyncIterator[RunningBot]:
    """Monday 12 October 12:00: the meetings of the afternoon were announced; LI heads 七(1)班."""
    begin(store, CLASSES)
    clock.move_to(local("10-08 09:00"))
    async with running_bot(store, clock) as bot:
        for user in (LI, WANG, OFFICE, ZHOU):
            await bot.say(user, "/help")
        await bot.until(local("10-12 12:00"))
        yield bot


async def asked(bot: RunningBot, button: str) -> str:
    """After the lesson the head teacher presses it."""
    await bot.until(local("10-12 17:00"))
    await bot.press(LI, bot.last(LI), button)
    return bot.last(LI).text


async def test_held_is_one_press_and_one_line_may_follow(heads: RunningBot) -> None:
    shown = await asked(heads, "已开")
    assert "已登记：七(1)班10月12日（星期一）班会，已开 ✓\n主题按计划：爱我家乡。" in shown
    assert "不要写学生姓名" in shown
    (kept,) = await heads.say(LI, "45/46 爱我家乡，讨论热烈，代：样吴敏")
    assert kept == (
        "七(1)班10月12日（星期一）的班会记录存好了，谢谢：\n已开\n主题：爱我家乡\n人数：应到46，实到45\n"
        "实际主持：样吴敏\n要点：讨论热烈"
    )
    assert "班会记录" not in (await heads.say(LI, "每月教研几次？"))[0]  # a question again


async def test_a_stand_in_is_named_after_a_press(heads: RunningBot) -> None:
    await asked(heads, "已开")
    await heads.press(LI, heads.last(LI), "请人代开")
    assert heads.last(LI).text == "七(1)班这次班会是哪位老师代开的？请写姓名。"
    (kept,) = await heads.say(LI, "样吴敏老师")
    assert "实际主持：样吴敏" in kept
    await heads.press(LI, heads.last(LI), "补充")
    (kept,) = await heads.say(LI, "44/46")
    assert "实际主持：样吴敏" in kept
    assert "人数：应到46，实到44" in kept


async def test_moved_asks_for_the_day_and_asks_again_after_it(heads: RunningBot) -> None:
    assert "改到哪一天？" in await asked(heads, "改期")
    assert (await heads.say(LI, "10月12日"))[0].startswith("10月12日（星期一）就是原定的日子")
    (kept,) = await heads.say(LI, "周四第六节")
    assert "\n改到10月15日（星期四）\n" in kept
    assert kept.endswith("到那天开完，我再请您登记。")
    await heads.until(local("10-15 17:00"))
    assert heads.last(LI).text.startswith("样李芳老师，七(1)班10月15日（星期四）的班会开了吗？")
    await heads.press(LI, heads.last(LI), "已开")
    (kept,) = await heads.say(LI, "46/46")
    assert "已开，10月15日（星期四）开的" in kept


async def test_under_the_reminder_it_is_moved_in_words(heads: RunningBot) -> None:
    reminder = heads.last(LI)
    assert reminder.text.endswith("要换到别的日子开，请点“改期”。")
    await heads.press(LI, reminder, "改期")
    assert "改到哪一天？" in heads.last(LI).text
    (kept,) = await heads.say(LI, "周四")
    assert kept.endswith("改到10月15日（星期四）\n主题：爱我家乡\n到那天开完，我再请您登记。")
    await heads.until(local("10-12 20:00"))
    assert heads.last(LI).text == kept
    await heads.until(local("10-15 17:00"))
    assert heads.last(LI).text.startswith("样李芳老师，七(1)班10月15日（星期四）的班会开了吗？")


async def test_what_is_archived_is_changed_after_a_word_why(heads: RunningBot) -> None:
    await asked(heads, "未开")
    card = heads.last(LI)
    await heads.until(local("10-30 10:00"))
    await heads.press(LI, card, "其他")
    assert heads.last(LI).text.startswith("七(1)班的这次班会已经归档。要修改的话，请直接写一句原因")
    assert (await heads.say(LI, "样例：后来补开了"))[0].startswith("请写一句七(1)班")


async def test_not_held_asks_for_the_reason(heads: RunningBot) -> None:
    await asked(heads, "未开")
    card = heads.last(LI)
    await heads.press(LI, card, "活动占用")
    assert heads.last(LI).text.endswith("：\n未开（活动占用）")
    assert heads.last(LI).id == card.id  # the message pressed says what is now
    (kept,) = await heads.say(LI, "秋季运动会")
    assert kept.endswith("未开（活动占用）\n说明：秋季运动会")


async def test_the_office_moves_one_class_by_words_and_only_its_head_hears_it(heads: RunningBot) -> None:
    before = len(heads.heard(HEADS))
    (shown,) = await heads.say(OFFICE, "/schedule 七（1）班10月12日的班会改到周三下午三点，因为监考")
    assert shown.startswith("10月12日（星期一）七(1)班主题班会\n")
    assert "主题班会：10月12日（星期一）15:50改到10月14日（星期三，第7周）15:00—15:45" in shown
    await heads.press(OFFICE, heads.last(OFFICE), "生效")
    await heads.until(local("10-12 12:01"))
    assert heads.last(LI).text.startswith("【时间调整】七(1)班主题班会\n原来：10月12日（星期一）15:50—16:35")
    assert "【时间调整】" not in heads.last(WANG).text
    assert len(heads.heard(HEADS)) == before
    announced = [text for text in heads.heard(HEADS) if "10月12日" in text]
    assert "样例中心校：1个班" in announced[-1]


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        ("七(1)班 10月13日班会 停一次", "七(1)班那天没有排班会"),
        ("七(1)班班会 主题 毕业季", "主题：毕业季"),
        ("样例东校八1班 10月19日 班会 停一次，因为运动会", "主题班会：10月19日（星期一）16:00取消"),
    ],
)
async def test_the_meeting_is_named_by_class_and_date(heads: RunningBot, words: str, answer: str) -> None:
    assert answer in (await heads.say(OFFICE, f"/schedule {words}"))[0]


async def test_the_office_finds_it_by_school_class_and_date(heads: RunningBot) -> None:
    await heads.say(OFFICE, "/schedule")
    for button in ("改班会", "样例东校", "八(1)班", "10月19日（星期一） 主题班会"):
        await heads.press(OFFICE, heads.last(OFFICE), button)
    assert heads.last(OFFICE).text.startswith("八(1)班主题班会\n时间：10月19日（星期一，第8周）16:00—16:45\n主题：")
    (shown,) = await heads.say(OFFICE, "停一次，因为运动会")
    assert "原因（会一起通知）：运动会" in shown
    await heads.press(OFFICE, heads.last(OFFICE), "生效")
    assert heads.last(OFFICE).text.startswith("已生效")


async def test_nobody_else_changes_a_class_meeting(heads: RunningBot) -> None:
    message = heads.last(LI)
    for data in ("class_list", "class:1", "event:1"):
        assert "教联体办公室" in (await heads.forge(LI, message, data))["text"]


async def test_the_picture_is_for_the_office_and_of_the_own_school_for_its_own(heads: RunningBot) -> None:
    if not has_chinese_font():
        lacking(CHROMIUM)
    for user, caption in (
        (OFFICE, "样例教联体：第一学期班会一览。"),
        (ZHOU, "样例教联体：第一学期班会一览（本校）。"),
        (LI, "样例教联体：第一学期班会一览（本校）。"),
    ):
        await heads.forge(user, heads.last(user), "classes")
        sent = heads.last(user)
        assert sent.text.startswith(caption)
        assert content(heads, sent).startswith(b"\x89PNG")
    await heads.say(LI, "/next")
    assert [[button["text"] for button in row] for row in heads.last(LI).buttons] == [
        ["日历文件", "学期一览"], ["班会一览"]
    ]  # fmt: skip


async def test_in_a_group_there_is_no_such_picture(heads: RunningBot) -> None:
    before = len(heads.messages(HEADS))
    assert (await heads.forge(OFFICE, heads.last(HEADS), "classes"))["text"]
    assert len(heads.messages(HEADS)) == before
