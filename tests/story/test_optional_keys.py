"""Prepare, outlook, budget and exams together: what the chats get is what was rehearsed, text by text."""

from collections import Counter
from datetime import date, datetime
from pathlib import Path

import pytest

from bot import consortium_file
from bot.rehearsal import rehearsed
from bot.voice import Voices
from handlers.apply import Applied, Apply, apply
from scheduling.clock import MovableClock
from store import attendees, check_ins, occurrences
from store.check_ins import CheckInMethod
from store.database import Session, Store
from tests.story.consortium import HEADS, PEOPLE, TEACHING, written
from tests.story.stage import Stage, at, staged

ACCOUNTS = {key: account for key, (_, _, _, account) in PEOPLE.items() if key != "t6"}
FIRST, LAST = date(2026, 11, 3), date(2026, 12, 8)
Sent = tuple[datetime, str, str]
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
reflect = { due = "2d" }
prepare = "7d"
"""


def file_text() -> str:
    """The story's file with all four keys; everybody but t6 is linked, both groups are bound."""
    text = written().replace("telegram = 508\n", "")
    for key, account in ACCOUNTS.items():
        text = text.replace(f'[[person]]\nkey = "{key}"\n', f'[[person]]\nkey = "{key}"\ntelegram = {account}\n')
    for key, address, outlook in (("teaching", TEACHING, "sunday 19:00"), ("heads", HEADS, "monday 08:00")):
        bound = f'[[chat]]\nkey = "{key}"\naddress = {address}\noutlook = "{outlook}"\n'
        text = text.replace(f'[[chat]]\nkey = "{key}"\n', bound)
    text = text.replace('announce = "7d"\n', 'announce = "7d"\nprepare = "8d"\n')
    text = text.replace('remind = ["1d", "30m"]\n', 'remind = ["3d", "2d", "1d", "30m"]\n')
    return text.replace('key = "story"\n', 'key = "story"\nbudget = 1\n') + MEETING + EXAMS


@pytest.fixture
def clock() -> MovableClock:
    return MovableClock(at("10-31 09:00"))


@pytest.fixture
def applied(store: Store, clock: MovableClock, tmp_path: Path) -> Store:
    file = tmp_path / "story.toml"
    file.write_text(file_text(), encoding="utf-8")
    assert isinstance(store.call(apply, Apply(consortium_file.read(file)), clock.now()), Applied)
    return store


async def everybody_is_there(stage: Stage) -> None:
    for key, account in ACCOUNTS.items():
        stage.room.add_user(account, PEOPLE[key][0])
    for group in (TEACHING, HEADS):
        stage.room.add_group(group, "样例群", [*ACCOUNTS.values()])
        stage.people.add_bot(group, ACCOUNTS["o1"])
    for account in ACCOUNTS.values():
        stage.people.start(account)
    await stage.settle()


async def test_what_is_sent_is_what_was_rehearsed(applied: Store, clock: MovableClock) -> None:
    lines = rehearsed(applied, Voices("zh"), "story", FIRST, LAST)
    addresses = {"teaching": TEACHING, "heads": HEADS, **ACCOUNTS}
    async with staged(applied, clock) as stage:
        await everybody_is_there(stage)
        await stage.until("11-02 23:59")
        before = {chat: len(stage.room.messages(chat)) for chat in addresses.values()}
        for day in ("11-11 14:30", "12-08 23:59"):
            await stage.until(day)
            applied.call(everybody_checks_in, clock.now())
        got = [one for key, chat in addresses.items() for one in received(stage, chat, key, before[chat])]
    wanted = [(line.at, *line.to.values(), line.text) for line in lines]
    assert [one for one in wanted if one not in got] == []
    assert [one for one in got if one not in wanted] == []
    assert len(got) == len(wanted)
    kinds = {"announce", "remind", "check_in", "reflect", "nudge", "prepare", "outlook", "digest"}
    assert {line.kind for line in lines} == kinds
    days = Counter(line.at.date() for line in lines if "teaching" in line.to.values() and line.kind != "check_in")
    assert set(days.values()) == {1}
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


def received(stage: Stage, chat: int, key: str, before: int) -> list[Sent]:
    """As it was sent first: cards are edited later."""
    messages = [one for one in stage.room.messages(chat)[before:] if one.sender is stage.room.bot]
    return [(one.sent_at.replace(second=0, microsecond=0), key, (*one.edits, one.text)[0]) for one in messages]


def everybody_checks_in(session: Session, now: datetime) -> None:
    for held in occurrences.checking_in(session, 1, now):
        for person in attendees.of(session, held.id):
            check_ins.record(session, held.id, person, now, CheckInMethod.BUTTON, late=False)
