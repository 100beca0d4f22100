"""/report: the figures of some days and a picture, the file behind them; no more of it than the asker may see."""

import asyncio
from html import unescape
from io import BytesIO
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook

from bot.reports import chat_report
from bot.telegram.messenger import Messenger
from bot.words import Words
from bot.written import report_days
from sandbox.state import Message
from store import deliveries
from store.deliveries import DeliveryState
from tests.bot.running_bot import LI, NOBODY, OFFICE, QIAN, TEACHING, WANG, ZHOU, RunningBot
from tests.bot.test_report_in_chat import closed, labels
from tests.bot.test_term_files_in_chat import content
from tests.handlers.event_sample import local

NAMES = ("样李芳", "样赵敏", "样吴敏", "样周明", "样王强")
OF_OCTOBER = "2026年10月1日至2026年10月31日"


async def over(bot: RunningBot) -> None:
    await closed(bot)
    await bot.until(local("10-20 12:00"))
    await bot.say(LI, "/start")


async def filed(bot: RunningBot, user: int, words: str = "10月") -> ZipFile:
    await bot.say(user, f"/report {words}")
    assert (await bot.press(user, bot.last(user), "整份台账文件"))["text"].startswith("开始整理")
    await bot.until(bot.clock.now())
    return ZipFile(BytesIO(content(bot, bot.last(user))))


def everything(file: ZipFile) -> str:
    """All that is written in it, the parts of its documents unpacked."""
    found = []
    for name in file.namelist():
        inside = file.read(name)
        if name.endswith((".xlsx", ".docx")):
            with ZipFile(BytesIO(inside)) as parts:
                inside = b"".join(parts.read(part) for part in parts.namelist())
        found.append(name + unescape(inside.decode("utf-8", "replace")))
    return "\n".join(found)


def summary(file: ZipFile) -> dict[str, object]:
    """The last row of the workbook's first sheet, by column."""
    [name] = (one for one in file.namelist() if one.endswith("/台账.xlsx"))
    rows = [
        row for row in load_workbook(BytesIO(file.read(name))).worksheets[0].iter_rows(values_only=True) if any(row)
    ]
    head = next(row for row in rows if "应到人次" in row)
    [whole] = (row for row in rows if row[0] == "合计")
    return dict(zip(map(str, head), whole, strict=True))


async def test_the_figures_come_with_a_picture_and_are_those_of_the_file(bot: RunningBot) -> None:
    await over(bot)
    await bot.say(OFFICE, "/report")
    assert labels(bot, OFFICE)[-3:] == ["本月", "本学期", "上学期"]
    await bot.press(OFFICE, bot.last(OFFICE), "本月")
    shown = bot.last(OFFICE)
    assert shown.photo
    assert shown.text.startswith(f"样例教联体 {OF_OCTOBER}\n活动1次：应到5人次，实到2人次，请假0人次")
    file = await filed(bot, OFFICE)
    assert {name.split("/")[1] for name in file.namelist()} >= {
        "index.html",
        "manifest.json",
        "台账.xlsx",
        "9 考勤汇总",
    }
    figures = summary(file)
    assert (figures["场次"], figures["应到人次"], figures["实到"], figures["请假"]) == (1, 5, 2, 0)
    assert all(name in everything(file) for name in NAMES)


async def test_an_approver_has_the_own_school_a_principal_no_name_and_a_teacher_himself(bot: RunningBot) -> None:
    await over(bot)
    school = await filed(bot, ZHOU)
    assert "应到4人次" in bot.messages(ZHOU)[-2].text
    assert summary(school)["应到人次"] == 4
    assert "样赵敏" in (written := everything(school))
    assert "样李芳" not in written
    totals = await filed(bot, QIAN)
    assert summary(totals)["应到人次"] == 1
    assert not [name for name in NAMES if name in everything(totals)]
    own = await filed(bot, LI)
    assert "样李芳 2026年10月1日至2026年10月31日\n活动1次：到场1次，请假0次" in bot.messages(LI)[-2].text
    assert [name for name in NAMES if name in everything(own)] == ["样李芳"]


async def test_a_teacher_is_shown_the_way_and_a_stranger_nothing(bot: RunningBot) -> None:
    await over(bot)
    (asked,) = await bot.say(WANG, "/report")
    assert asked.startswith("想看自己哪段时间的出勤？")
    assert labels(bot, WANG) == ["本月", "本学期", "上学期"]
    await bot.press(WANG, bot.last(WANG), "上学期")
    (unclear,) = await bot.say(WANG, "/report 随便")
    assert unclear.startswith("没看懂是哪段时间")
    (ahead,) = await bot.say(WANG, "/report 2027-05")
    assert "还没有开始" in ahead
    said = await bot.say(NOBODY, "/report 10月")
    assert "台账" not in "".join(said)
    assert not bot.last(NOBODY).buttons


async def test_it_is_made_once_at_a_time_and_for_nobody_who_has_left(bot: RunningBot) -> None:
    await over(bot)
    await bot.say(ZHOU, "/report 10月")
    asked = bot.last(ZHOU)
    assert (await bot.press(ZHOU, asked, "整份台账文件"))["text"].startswith("开始整理")
    assert (await bot.press(ZHOU, asked, "整份台账文件"))["text"].startswith("正在整理")
    assert "先看看" not in (await bot.forge(ZHOU, asked, "report_file:20261301:20261399"))["text"]
    await bot.say(ZHOU, "/privacy")
    before = len(bot.messages(ZHOU))
    await bot.until(bot.clock.now())
    assert len(bot.messages(ZHOU)) == before + 1
    assert bot.last(ZHOU).document


async def test_a_file_that_was_asked_for_comes_after_a_restart(bot: RunningBot) -> None:
    await over(bot)
    await bot.say(OFFICE, "/report 10月")
    await bot.press(OFFICE, bot.last(OFFICE), "整份台账文件")
    async with bot.started_anew() as again:
        await again.until(again.clock.now())
        assert again.last(OFFICE).document
    assert bot.store.call(deliveries.counts).get(DeliveryState.PENDING, 0) == 0


async def test_a_press_is_answered_while_a_file_is_made(bot: RunningBot, monkeypatch: pytest.MonkeyPatch) -> None:
    """The button tells how far it is; in the chat that the file itself has its turn in."""
    monkeypatch.setattr("bot.notices.SHOWN_EVERY", 0.02)
    await over(bot)
    bot.parts.dispatcher.pace.gap = 0.01  # the bot of the tests keeps to none
    await bot.say(OFFICE, "/report 10月")
    asked, labelled = bot.last(OFFICE), []
    await bot.press(OFFICE, asked, "整份台账文件")
    relabel = Messenger.relabel

    async def noted(self: Messenger, *about: object) -> None:
        labelled.append(about[2][0][0].label)  # type: ignore[index]
        await relabel(self, *about)  # type: ignore[arg-type]

    monkeypatch.setattr(Messenger, "relabel", noted)
    making = asyncio.create_task(bot.parts.dispatcher.tick())
    assert await bot.press(LI, bot.with_button(TEACHING, "收到"), "收到")
    assert not making.done()
    await making
    assert labelled[0].startswith("整理中 ")
    assert labelled[-1] == "整份台账文件"
    assert [button["text"] for row in asked.buttons for button in row] == ["整份台账文件"]


async def test_what_is_too_large_for_the_chat_says_how_it_is_made(
    bot: RunningBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(chat_report, "LARGEST", 1000)
    await over(bot)
    await bot.say(OFFICE, "/report 10月")
    await bot.press(OFFICE, bot.last(OFFICE), "整份台账文件")
    await bot.until(bot.clock.now())
    said: Message = bot.last(OFFICE)
    assert not said.document
    assert "jiaolian report --consortium sample --from 2026-10-01 --to 2026-10-31 --out 台账" in said.text


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("本月", "month"),
        ("上个月", "last_month"),
        ("这学期", "term"),
        ("上学期的", "last_term"),
        ("9月", "09"),
        ("９ 月份", "09"),
        ("2026年9月", "2026-09"),
        ("2026-09", "2026-09"),
        ("2026年9月1日到2026年10月15日", "2026-09-01:2026-10-15"),
        ("2026-09-01 2026-10-15", "2026-09-01:2026-10-15"),
        ("9", None),
        ("13月", None),
        ("全部", None),
    ],
)
def test_days_in_words(said: str, meant: str | None) -> None:
    assert report_days.read(said, Words("zh")) == meant


@pytest.mark.parametrize(("said", "meant"), [("last term", "last_term"), ("Sep", "09"), ("october", "10"), ("x", None)])
def test_days_in_english_words(said: str, meant: str | None) -> None:
    assert report_days.read(said, Words("en")) == meant
