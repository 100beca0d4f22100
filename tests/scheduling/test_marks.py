"""Marks: what an occurrence and its reminders follow from is in them, all of it."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from scheduling.keys import Keys
from scheduling.marks import Marks
from scheduling.occurrences import Planned
from store.blueprint import Blueprint, Exam
from tests.scheduling.sample import BASE, having, once

DAY = date(2026, 10, 14)
AT = datetime.fromisoformat("2026-10-14T14:30+08:00")
PLAN = having(once(DAY))
Ids = dict[str, dict[str, int]]
IDS: Ids = {
    **{"activities": {"x": 1}, "schools": {"core": 2, "east": 3}, "classes": {"c701": 4, "c801": 5}},
    **{"persons": {"t001": 6, "t002": 7, "t003": 8}, "chats": {"teaching": 9}},
}
PLANNED = Planned(
    consortium="chuzhong", activity="x", kind="meeting", title="样例活动", rule_date=DAY, date=DAY, starts_at=AT,
    ends_at=AT + timedelta(hours=1), term="2026-1", week=7, host="core", theme="作业设计", class_="c701",
    head_teacher="t001", leads=True, provisional=False, place="报告厅", speaker="t002", lesson="背影", recorder="t003",
    bring="教材", moved_by_hand=False,
)  # fmt: skip
TOLD: dict[str, Any] = {
    **{"week": 8, "theme": "课堂提问", "place": "操场", "lesson": "春", "bring": "电脑", "leads": False},
    "moved_by_hand": True,
    **{"host": "east", "class_": "c801", "head_teacher": "t002", "speaker": "t003", "recorder": "t001"},
    **{"date": DAY - timedelta(days=1), "starts_at": AT - timedelta(minutes=5), "ends_at": AT + timedelta(hours=2)},
}
MOVED = {"schools": "core", "classes": "c701", "chats": "teaching"}  # its row is another one
FILES = {
    "quiet hours": PLAN.model_copy(update={"consortium": BASE.consortium.model_copy(update={"quiet": None})}),
    "an exam": PLAN.model_copy(update={"exam": (Exam(from_=DAY, until=DAY),)}),
    "a key of the activity": having(once(DAY, remind=("1d",))),
}


def mark(one: Planned = PLANNED, plan: Blueprint = PLAN, reach: date = DAY, ids: Ids = IDS) -> str:
    return Marks(plan, Keys(**ids), reach).of(one)


def test_the_same_has_the_same_mark_in_eighteen_characters() -> None:
    assert mark() == mark(PLANNED._replace(provisional=True), having(once(DAY)))
    assert len(mark()) == 18


@pytest.mark.parametrize("fact", TOLD)
def test_another_fact_is_another_mark(fact: str) -> None:
    assert mark(PLANNED._replace(**{fact: TOLD[fact]})) != mark()


@pytest.mark.parametrize("file", FILES)
def test_another_file_is_another_mark(file: str) -> None:
    assert mark(plan=FILES[file]) != mark()


@pytest.mark.parametrize("person", ["t001", "t002", "t003"])
def test_another_row_of_a_person_is_another_mark(person: str) -> None:
    assert mark(ids=IDS | {"persons": IDS["persons"] | {person: 99}}) != mark()


@pytest.mark.parametrize("table", MOVED)
def test_another_row_of_what_it_names_is_another_mark(table: str) -> None:
    assert mark(ids=IDS | {table: IDS[table] | {MOVED[table]: 99}}) != mark()


def test_within_reach_it_has_reminders_and_on_the_last_day_too() -> None:
    beyond = mark(reach=DAY - timedelta(days=1))
    assert beyond != mark()
    assert mark(reach=DAY + timedelta(days=1)) == mark()


def test_what_names_nobody_hangs_on_nobody() -> None:
    nobody = PLANNED._replace(host=None, class_=None, head_teacher=None, speaker=None, recorder=None)
    assert mark(nobody) == mark(nobody, ids=IDS | {"persons": {}, "schools": {}, "classes": {}}) != mark()
