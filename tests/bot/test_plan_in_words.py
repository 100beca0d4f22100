"""A month's theme and a milestone in the words behind /schedule: shown, taken, kept against the file, taken back."""

from collections.abc import AsyncIterator
from datetime import date
from typing import Any

import pytest

from handlers.apply import Applied, Apply, ApplyRefused, apply
from scheduling.clock import MovableClock
from store import consortiums
from store.blueprint import Blueprint
from store.database import Session, Store
from tests.bot.running_bot import HEADS, LI, OFFICE, RunningBot, running_bot
from tests.handlers.event_sample import CLASSES, FILE, RESEARCH, begin, local

BOARDS: dict[str, Any] = {"key": "boards", "title": "挂牌", "stage": "着力推进", "clause": "五、实施步骤 / 2.着力推进"}
STAFF: dict[str, Any] = {"key": "staff", "title": "教师大会", "stage": "宣传动员"}
TABLES: dict[str, Any] = {
    "milestone": (BOARDS, STAFF),
    "theme": ({"activity": "classes", "month": "2026-10", "theme": "爱国"},),
}


@pytest.fixture
async def plan(store: Store, clock: MovableClock) -> AsyncIterator[RunningBot]:
    """8 October 9:00; the class meetings have a theme for October alone."""
    begin(store, RESEARCH, CLASSES | {"themes": None}, **TABLES)
    clock.move_to(local("10-08 09:00"))
    async with running_bot(store, clock) as bot:
        await bot.parts.plan()
        yield bot


async def pressed(bot: RunningBot, button: str) -> None:
    await bot.press(OFFICE, bot.with_button(OFFICE, button), button)


async def taken(bot: RunningBot, words: str) -> str:
    """What was shown before it was taken."""
    (shown,) = await bot.say(OFFICE, words)
    await pressed(bot, "生效")
    return shown


def holds(bot: RunningBot) -> Blueprint:
    def read(session: Session) -> Blueprint:
        row = consortiums.by_key(session, "sample")
        assert row is not None
        return consortiums.blueprint(row)

    return bot.store.call(read)


def days(bot: RunningBot) -> list[tuple[str, str, str, bool | None]]:
    return [(one.title, str(one.from_), str(one.until), one.done) for one in holds(bot).milestone]


async def test_a_month_s_theme_is_shown_taken_said_and_taken_back(plan: RunningBot) -> None:
    (shown,) = await plan.say(OFFICE, "/schedule 11月主题 爱我家乡，爱我中华")
    assert "2026年11月主题班会的主题：爱我家乡，爱我中华，接下来5次都用这个主题" in shown
    assert [one.month for one in holds(plan).theme] == ["2026-10"]  # nothing holds yet
    await pressed(plan, "生效")
    await plan.until(local("11-01 16:00"))
    assert "主题：爱我家乡，爱我中华" in plan.last(HEADS).text
    await pressed(plan, "撤销")
    await plan.until(local("11-08 16:00"))
    assert "主题：待定，另行通知" in plan.last(HEADS).text


async def test_whoever_was_told_another_theme_hears_of_the_new_one(plan: RunningBot) -> None:
    await plan.say(LI, "/next")  # opens the private chat
    await plan.until(local("10-11 16:00"))
    assert "主题：爱国" in plan.last(HEADS).text
    shown = await taken(plan, "/schedule 本月主题：诚信")
    assert "2026年10月主题班会的主题：诚信（原来是爱国），接下来3次都用这个主题" in shown
    await plan.until(plan.clock.now())
    assert "主题：改为诚信" in plan.last(LI).text


@pytest.mark.parametrize(
    ("words", "activity", "month", "theme"),
    [
        ("11月主题 爱我家乡", "classes", "2026-11", "爱我家乡"),
        ("11月份的班会主题是感恩", "classes", "2026-11", "感恩"),
        ("2026年12月主题班会主题：为人民服务", "classes", "2026-12", "为人民服务"),
        ("十二月共创式主题教研 主题 单元 教学", "research", "2026-12", "单元 教学"),
        ("下个月主题 感恩", "classes", "2026-11", "感恩"),
        ("1月主题 长大以后", "classes", "2027-01", "长大以后"),
        ("theme 2026-11 Our hometown", "classes", "2026-11", "Our hometown"),
        ("theme 2026-11 教研: 评价", "research", "2026-11", "评价"),
    ],
)
async def test_the_words_for_a_theme(plan: RunningBot, words: str, activity: str, month: str, theme: str) -> None:
    await taken(plan, f"/schedule {words}")
    (_, said) = holds(plan).theme
    assert (said.activity, said.month, said.theme) == (activity, month, theme)


async def test_a_theme_of_several_activities_is_asked_back(store: Store, clock: MovableClock) -> None:
    begin(store, CLASSES | {"themes": None}, CLASSES | {"key": "evening", "title": "夕会", "themes": None})
    clock.move_to(local("10-08 09:00"))
    async with running_bot(store, clock) as bot:
        (asked,) = await bot.say(OFFICE, "/schedule 11月主题 爱我家乡")
        assert asked == "是哪项活动的主题？请写上名称：主题班会 / 夕会"
        (shown,) = await bot.say(OFFICE, "夕会")
        assert "2026年11月夕会的主题：爱我家乡" in shown
        (asked,) = await bot.say(OFFICE, "/schedule 8月主题 爱我家乡")
        assert asked == "8月不在学期里，或者已经过去了。"
        (asked,) = await bot.say(OFFICE, "/schedule 2026年9月主题 爱我家乡")
        assert asked == "2026年9月不在学期里，或者已经过去了。"


async def test_a_milestone_is_filled_in_closed_and_taken_back(plan: RunningBot) -> None:
    (before,) = await plan.say(OFFICE, "/schedule")
    assert "规划节点（没注明的都待定）：\n着力推进：挂牌\n宣传动员：教师大会\n" in before
    shown = await taken(plan, "/schedule 挂牌 12月9日")
    assert shown.startswith("规划节点“挂牌”：2026年12月9日（星期三）（五、实施步骤 / 2.着力推进）\n")
    assert "接下来的活动都不受影响" not in shown
    assert "挂牌（2026年12月9日（星期三））" in (await plan.say(OFFICE, "/schedule"))[0]
    await taken(plan, "/schedule 挂牌 已完成")
    assert "挂牌（2026年12月9日（星期三），已完成）" in (await plan.say(OFFICE, "/schedule"))[0]
    await plan.press(OFFICE, plan.messages(OFFICE)[-2], "撤销")
    assert days(plan) == [("挂牌", "2026-12-09", "None", None), ("教师大会", "None", "None", None)]


@pytest.mark.parametrize(
    ("words", "first", "last", "done"),
    [
        ("挂牌 12月9日", "2026-12-09", "None", None),
        ("挂牌12月9号", "2026-12-09", "None", None),
        ("挂牌定在2027年3月1日", "2027-03-01", "None", None),
        ("挂牌 2026-12-09", "2026-12-09", "None", None),
        ("挂牌：十二月九日", "2026-12-09", "None", None),
        ("挂牌 9月1日", "2027-09-01", "None", None),  # without a year the next one
        ("挂牌 2026年9月1日", "2026-09-01", "None", None),  # what has been is written down, too
        ("挂牌 12月9日至12月20日", "2026-12-09", "2026-12-20", None),
        ("挂牌 12月9日—20日", "2026-12-09", "2026-12-20", None),
        ("挂牌 2026-12-09 to 2027-01-08", "2026-12-09", "2027-01-08", None),
        ("挂牌 12月20日前", "None", "2026-12-20", None),
        ("挂牌 下周三", "2026-10-14", "None", None),
        ("挂牌 已完成", "None", "None", True),
        ("挂牌 done", "None", "None", True),
    ],
)
async def test_the_words_for_a_milestone(
    plan: RunningBot, words: str, first: str, last: str, done: bool | None
) -> None:
    await taken(plan, f"/schedule {words}")
    assert days(plan)[0] == ("挂牌", first, last, done)


async def test_what_was_filled_in_can_be_opened_again(plan: RunningBot) -> None:
    await taken(plan, "/schedule 挂牌 12月9日")
    await taken(plan, "/schedule 挂牌 已完成")
    await taken(plan, "/schedule 挂牌 未完成")
    assert days(plan)[0] == ("挂牌", "2026-12-09", "None", None)
    await taken(plan, "/schedule 挂牌 待定")
    assert days(plan)[0] == ("挂牌", "None", "None", None)


async def test_no_day_is_guessed(plan: RunningBot) -> None:
    for words, answer in {
        "挂牌 2月30日": "没有这一天",
        "挂牌 12月中旬": "",
        "挂牌 12月20日至12月9日": "写了两个不一样的时间",
        "挂牌 春季": "",
        "挂牌": "请写清楚是哪一天",
    }.items():
        (said,) = await plan.say(OFFICE, f"/schedule {words}")
        assert answer in said, words
        assert not plan.last(OFFICE).buttons, words
    await plan.say(OFFICE, "12月9日")  # completes what was asked last
    await pressed(plan, "生效")
    assert days(plan)[0] == ("挂牌", "2026-12-09", "None", None)


async def test_what_goes_on_as_something_else_is_no_milestone(plan: RunningBot) -> None:
    (shown,) = await plan.say(OFFICE, "/schedule 挂牌筹备会 12月9日下午两点 60分钟")
    assert "挂牌筹备会：12月9日（星期三，第15周）14:00—15:00" in shown


async def test_an_unchanged_file_leaves_both_and_another_word_is_refused(plan: RunningBot) -> None:
    await taken(plan, "/schedule 挂牌 12月9日")
    await taken(plan, "/schedule 10月主题 诚信")
    file = FILE | TABLES | {"activity": (RESEARCH, CLASSES | {"themes": None})}
    same = plan.store.call(apply, Apply(Blueprint.model_validate(file)), plan.clock.now())
    assert isinstance(same, Applied)
    assert (same.changed, [str(place) for place in same.kept]) == (
        (), ["theme[classes/2026-10].theme", "milestone[boards].from"],
    )  # fmt: skip
    assert days(plan)[0][1] == "2026-12-09"
    other = file | {"milestone": (BOARDS | {"from_": date(2026, 12, 10)}, STAFF)}
    refused = plan.store.call(apply, Apply(Blueprint.model_validate(other)), plan.clock.now())
    assert isinstance(refused, ApplyRefused)
    (conflict,) = refused.conflicts
    assert (conflict.where, conflict.found) == (
        "milestone[1].from", "2026-12-10 in the file, 2026-12-09 set in the chat",
    )  # fmt: skip


async def test_a_milestone_causes_no_message_and_no_occurrence(plan: RunningBot) -> None:
    await plan.until(local("10-08 10:00"))
    before = len(plan.messages(HEADS)) + len(plan.messages(OFFICE))
    await taken(plan, "/schedule 教师大会 10月9日")
    await plan.until(local("10-10 09:00"))
    assert len(plan.messages(HEADS)) + len(plan.messages(OFFICE)) == before + 1  # what was shown, and then holds
    assert "10月9日" not in (await plan.say(OFFICE, "/schedule"))[0].split("规划节点")[0]


async def test_only_organisers_say_themes_and_milestones(plan: RunningBot) -> None:
    for words in ("挂牌 12月9日", "11月主题 爱我家乡"):
        assert "活动安排由教联体办公室来改" in (await plan.say(LI, f"/schedule {words}"))[0]
