"""Prepare, outlook, summary, budgets and exams together: what the chats get is what was rehearsed, text by text."""

from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from bot.file import consortium_file
from bot.length import LONGEST
from bot.rehearsal import rehearsed
from bot.voice import Voices
from handlers.apply import Applied, Apply, apply
from handlers.text_units import units
from scheduling.clock import MovableClock
from store.database import Store
from tests.databases import ON_SQLITE
from tests.story.consortium import TEACHING
from tests.story.everybody import ACCOUNTS, everybody_checks_in, everybody_is_there, linked_and_bound, received
from tests.story.stage import at, staged

FIRST, LAST = date(2026, 11, 1), date(2026, 12, 8)
EXAMS = """
[[exam]]
from = 2026-11-09
until = 2026-11-13
name = "期中考试"
"""
MEETING = """
[[activity]]
key = "meeting"
kind = "meeting"
title = "样例工作会"
chat = "teaching"
every = "once"
on = 2026-11-17
at = "09:00"
lasts = "1h"
announce = "7d"
remind = ["1d", "2h"]
reflect = { due = "2d", prompts = ["有什么收获", "还有什么困惑？"] }
prepare = "7d"
"""


def file_text() -> str:
    """The story's file with all six keys; everybody but t6 is linked, both groups are bound."""
    text = linked_and_bound({"teaching": "sunday 19:00", "heads": "monday 08:00"})
    text = text.replace('announce = "7d"\n', 'announce = "7d"\nprepare = "8d"\n')
    text = text.replace('remind = ["1d", "30m"]\n', 'remind = ["3d", "2d", "1d", "30m"]\n')
    keys = 'budget = 1\nprivate_budget = 1\nsummary = "friday 16:30"\n'
    return text.replace('key = "story"\n', f'key = "story"\n{keys}') + MEETING + EXAMS


@pytest.fixture
def clock() -> MovableClock:
    return MovableClock(at("10-31 09:00"))


@pytest.fixture
def applied(store: Store, clock: MovableClock, tmp_path: Path) -> Store:
    file = tmp_path / "story.toml"
    file.write_text(file_text(), encoding="utf-8")
    assert isinstance(store.call(apply, Apply(consortium_file.read(file)), clock.now()), Applied)
    return store


@ON_SQLITE
async def test_what_is_sent_is_what_was_rehearsed(applied: Store, clock: MovableClock) -> None:
    lines = rehearsed(applied, Voices("zh"), "story", FIRST, LAST)
    async with staged(applied, clock) as stage:
        await everybody_is_there(stage)
        await stage.until("10-31 23:59")
        for day in ("11-11 14:30", "12-08 23:59"):
            await stage.until(day)
            applied.call(everybody_checks_in, clock.now())
        got = received(stage, at("10-31 23:59"))
    wanted = [(line.at, *line.to.values(), line.text) for line in lines]
    assert [one for one in wanted if one not in got] == []
    assert [one for one in got if one not in wanted] == []
    assert len(got) == len(wanted)
    kinds = {"announce", "remind", "check_in", "reflect", "nudge", "prepare", "outlook", "digest", "summary"}
    assert {line.kind for line in lines} == kinds
    days = Counter(line.at.date() for line in lines if "teaching" in line.to.values() and line.kind != "check_in")
    assert set(days.values()) == {1}
    alone = Counter((*line.to.values(), line.at.date()) for line in lines if "person" in line.to)
    merged = [line for line in lines if "person" in line.to and "\n\n" in line.text]
    assert set(alone.values()) == {1, 2}  # two where one would be of no use when the other comes
    assert {line.kind for line in merged} == {"reflect", "nudge"}
    in_exams = {line.kind for line in lines if date(2026, 11, 9) <= line.at.date() <= date(2026, 11, 13)}
    assert in_exams == {"remind", "check_in", "reflect"}


async def test_each_event_of_a_merged_message_is_answered_and_kept_up_to_date(
    applied: Store, clock: MovableClock
) -> None:
    async with staged(applied, clock) as stage:
        await everybody_is_there(stage)
        await stage.until("11-08 09:00")
        merged = stage.last(TEACHING)
        told = merged.text
        assert [part.partition("】")[0] for part in told.split("\n\n")] == [
            "【活动通知", "②【11月11日（星期三，第11周）14:30", "【第11周安排",
        ]  # fmt: skip
        assert [[button["text"] for button in row] for row in merged.buttons] == [
            ["收到", "参加", "请假"],
            ["②收到", "②参加", "②请假"],
        ]
        assert "样例工作会" in (await stage.press(ACCOUNTS["t1"], merged, "参加"))["text"]
        assert "共创式主题教研" in (await stage.press(ACCOUNTS["t1"], merged, "②参加"))["text"]
        assert "共创式主题教研" in (await stage.press(ACCOUNTS["t2"], merged, "②参加"))["text"]
        await stage.until("11-08 09:01")
        meeting, rest = merged.text.split("\n\n②")
        research, outlook = rest.split("\n\n")
        assert "已回复 1/9" in meeting
        assert "已回复 2/7" in research
        assert outlook == told.split("\n\n")[2]


@ON_SQLITE
async def test_each_part_of_a_merged_private_message_keeps_its_buttons(applied: Store, clock: MovableClock) -> None:
    """A press that would make the message say what came of it says so beside it."""
    async with staged(applied, clock) as stage:
        await everybody_is_there(stage)
        await stage.until("11-17 16:35")
        merged = stage.last(ACCOUNTS["t1"])
        told, buttons = merged.text, [[button["text"] for button in row] for row in merged.buttons]
        assert buttons == [["这次不写"], ["②已开", "②改期", "②未开"]]
        await stage.press(ACCOUNTS["t1"], merged, "这次不写")
        assert "样例工作会" in stage.last(ACCOUNTS["t1"]).text
        assert (merged.text, merged.buttons[1][0]["text"]) == (told, "②已开")
        await stage.press(ACCOUNTS["t1"], merged, "②已开")
        assert "七(1)班" in stage.last(ACCOUNTS["t1"]).text
        assert merged.text == told


def long_meetings() -> str:
    """Twelve of one day, announced on 2026-11-23; each a third of a message."""
    said = MEETING.replace("2026-11-17", "2026-11-30").replace('remind = ["1d", "2h"]\nreflect = { due = "2d" }\n', "")
    said = said.replace('prepare = "7d"\n', "")
    note = "\n[[occurrence]]\nactivity = \"{}\"\ndate = 2026-11-30\nbring = \"{}\"\n"
    keys = [f"long-{number:02}" for number in range(12)]
    return "".join(said.replace('"meeting"', f'"{key}"', 1) + note.format(key, "样" * 1200) for key in keys)


@pytest.mark.parametrize("dialect", ["postgresql"])
async def test_what_is_too_long_for_one_message_is_several_in_the_chat_and_in_the_rehearsal(
    store: Store, clock: MovableClock, tmp_path: Path
) -> None:
    file = tmp_path / "story.toml"
    file.write_text(file_text() + long_meetings(), encoding="utf-8")
    assert isinstance(store.call(apply, Apply(consortium_file.read(file)), clock.now()), Applied)
    day = date(2026, 11, 23)
    lines = [line for line in rehearsed(store, Voices("zh"), "story", day, day) if "teaching" in line.to.values()]
    async with staged(store, clock) as stage:
        await everybody_is_there(stage)
        await stage.until("11-22 23:59")
        began = clock.now()
        await stage.until("11-23 23:59")
        got = [text for _, to, text in received(stage, began) if to == "teaching"]
    assert got == [line.text for line in lines]
    assert len(got) == 4  # three of them in each
    assert all(units(text) <= LONGEST and not text.endswith("…") for text in got)
    assert sum(text.count("样" * 1200) for text in got) == 12
