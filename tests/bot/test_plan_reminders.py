"""落实提醒: organisers hear what is missing before a term ends and whose exchange ends, as rehearsed."""

from collections.abc import AsyncIterator
from datetime import date
from typing import Any

import pytest

from bot.rehearsal import Line, rehearsed
from bot.voice import Voices
from scheduling import deadlines
from scheduling.clock import MovableClock
from store.blueprint import Blueprint, Exam
from store.database import Store
from tests.bot.running_bot import LI, OFFICE, RunningBot, running_bot
from tests.handlers.event_sample import CLASSES, FILE, MEETING, RESEARCH, begin, local

FIRST, LAST = date(2026, 9, 20), date(2026, 10, 30)
TERM = {"key": "t", "name": "第一学期", "first_day": date(2026, 9, 1), "last_day": LAST}
MONTHLY = {"key": "m", "title": "共创式主题教研", "rhythm": "month", "activities": ("research",)}
WEEKLY = {"key": "w", "title": "一周一班会", "rhythm": "week", "activities": ("classes",)}
YEARLY = {"key": "y", "title": "教学督导与检查", "rhythm": "school_year", "activities": ("meeting",)}
SENT = {"person": "wang", "from_": "core", "to": "east", "since": date(2026, 9, 1), "until": date(2026, 10, 20)}
KINDS = ("obligations_missing", "exchange_ends")


def tables(**keys: Any) -> dict[str, Any]:
    consortium = FILE["consortium"] | (keys or {"obligations": "14d", "exchanges": "7d"})
    return {"consortium": consortium, "term": (TERM,), "obligation": (MONTHLY, WEEKLY, YEARLY), "exchange": (SENT,)}


def lines(store: Store, first: date = FIRST, last: date = LAST) -> list[Line]:
    return [one for one in rehearsed(store, Voices("zh"), "sample", first, last) if one.kind in KINDS]


@pytest.fixture
async def office(store: Store, clock: MovableClock) -> AsyncIterator[RunningBot]:
    begin(store, RESEARCH, CLASSES, MEETING, **tables())
    clock.move_to(local("09-20 08:00"))
    async with running_bot(store, clock) as bot:
        for user in (OFFICE, LI):
            await bot.say(user, "/start")
        yield bot


async def test_organisers_alone_are_told_what_was_rehearsed(office: RunningBot) -> None:
    whole, part = lines(office.store), lines(office.store, date(2026, 10, 12), date(2026, 10, 18))
    assert [(f"{one.at:%m-%d %H:%M}", one.kind, one.to) for one in whole] == [
        ("10-13 08:30", "exchange_ends", {"person": "chen"}),
        ("10-16 08:30", "obligations_missing", {"person": "chen"}),
    ]
    assert whole[0].text.splitlines() == [
        "样陈静老师您好，下面的教师交流到2026年10月20日（星期二）结束，去留请办公室确认：",
        "样王强：样例中心校→样例东校",
    ]
    assert whole[1].text.splitlines()[1:] == ["一周一班会：0/15，还差15", "教学督导与检查：0/1，还差1"]
    assert [one.text for one in part] == [one.text for one in whole]
    await office.until(local("10-16 09:00"))
    heard = [said for said in office.heard(OFFICE) if "还缺" in said or "教师交流" in said]
    assert heard == [one.text for one in whole]
    assert not [said for said in office.heard(LI) if "还缺" in said or "教师交流" in said]
    await office.press(OFFICE, office.with_button(OFFICE, "计划落实"), "计划落实")
    assert office.last(OFFICE).text.startswith("样例教联体：计划落实")


def test_without_the_keys_nothing_is_said(store: Store) -> None:
    begin(store, RESEARCH, CLASSES, **tables(quiet=FILE["consortium"]["quiet"]))
    assert lines(store) == []


def test_where_nothing_is_missing_nothing_is_said(store: Store) -> None:
    begin(store, RESEARCH, MEETING, **tables() | {"obligation": (MONTHLY,)})
    assert [one.kind for one in lines(store)] == ["exchange_ends"]


def test_exams_move_it_ahead_and_a_term_without_obligations_has_none() -> None:
    file = Blueprint.model_validate(FILE | tables() | {"activity": (RESEARCH, CLASSES, MEETING)})
    exams = file.model_copy(update={"exam": (Exam(from_=date(2026, 10, 15), until=LAST),)})
    assert [f"{one.at:%m-%dT%H:%M} {one.kind}" for one in deadlines.of(exams, ())] == [
        "10-14T00:30 obligations_missing", "10-13T00:30 exchange_ends"
    ]  # fmt: skip
    declined = file.model_copy(update={"obligation": (), "exchange": ()})
    assert deadlines.of(declined, ()) == []
