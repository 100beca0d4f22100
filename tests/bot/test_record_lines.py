"""What a head teacher writes to a class record, in one message."""

from datetime import date
from typing import Any

import pytest

from bot.written import record_lines
from bot.written.asked_back import AskedBack, Doubt
from handlers.record import RecordWorded
from handlers.record_lines import Later, Lines
from scheduling.expressions.readings import Question
from store.blueprint import Blueprint
from store.class_records import RecordStatus
from tests.handlers.event_sample import CLASSES, FILE, SHANGHAI, local

FILED = Blueprint.model_validate(FILE | {"activity": (CLASSES,)})
NOW = local("10-12 17:00")


def about(status: RecordStatus = RecordStatus.HELD, **more: Any) -> RecordWorded:
    """七(1)班, Monday 12 October, period 7."""
    starts, ends, due = (local(text).astimezone(SHANGHAI) for text in ("10-12 15:50", "10-12 16:35", "10-14 16:35"))
    facts = {"theme": "家乡的变化", "status": status, "held_on": None, "stand_in": False} | more
    return RecordWorded(12, FILED, starts, ends, due, **facts)


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("45/46 家乡的变化，讨论热烈", Lines(present=45, enrolled=46, theme="家乡的变化", note="讨论热烈")),
        ("46/45", Lines(present=45, enrolled=46)),
        ("４５／４６人，讨论热烈", Lines(present=45, enrolled=46, note="讨论热烈")),
        ("讨论热烈 45/46", Lines(present=45, enrolled=46, note="讨论热烈")),
        ("应到46人，实到45人。讨论热烈", Lines(present=45, enrolled=46, note="讨论热烈")),
        ("实到45，应到46", Lines(present=45, enrolled=46)),
        ("主题：爱我家乡，看了短片", Lines(theme="爱我家乡", note="看了短片")),
        ("主题《爱我家乡》", Lines(theme="爱我家乡")),
        ("theme: Our hometown, a film", Lines(theme="Our hometown", note="a film")),
        ("代：王丽", Lines(held_by="王丽")),
        ("45/46 王丽老师代开，讨论热烈", Lines(present=45, enrolled=46, held_by="王丽", note="讨论热烈")),
        ("实际主持：王丽老师；讨论热烈", Lines(held_by="王丽", note="讨论热烈")),
        ("held by: Wang Li, 45/46", Lines(present=45, enrolled=46, held_by="Wang Li")),
        ("讨论热烈，代表发言很好", Lines(note="讨论热烈，代表发言很好")),
        ("选出了课代表", Lines(note="选出了课代表")),
        ("2026/10/12 开的", Lines(note="2026/10/12 开的")),
        ("周四再补充", Lines(note="周四再补充")),
    ],
)
def test_count_theme_and_stand_in_are_read_and_the_rest_is_kept(text: str, lines: Lines) -> None:
    assert record_lines.read(text, about(), NOW) == lines


def test_whoever_is_asked_for_by_name_is_read_as_nothing_but_a_name() -> None:
    assert record_lines.read("王丽老师", about(stand_in=True), NOW) == Lines(held_by="王丽")


@pytest.mark.parametrize(
    ("text", "day"),
    [("周四", 15), ("改到周四第六节", 15), ("10月15日", 15), ("明天", 13), ("10.16", 16), ("下周一", 19)],
)
def test_where_it_is_moved_to_is_a_day_to_come_and_asked_for_at_the_same_hour(text: str, day: int) -> None:
    ends, due = local(f"10-{day} 16:35"), local(f"10-{day + 2} 16:35")
    later = Later(ends, local(f"10-{day + 1} 16:35"), due)
    assert record_lines.read(text, about(RecordStatus.MOVED), NOW) == Lines(date(2026, 10, day), later)


def test_what_was_moved_and_is_over_is_asked_for_no_more() -> None:
    found = record_lines.read("周四", about(RecordStatus.MOVED), local("10-16 09:00"))
    assert found == Lines(date(2026, 10, 15))


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ("讨论热烈", AskedBack(Doubt.MOVED_TO)),
        ("10月12日", AskedBack(Doubt.SAME_DAY, day=date(2026, 10, 12))),
        ("2027-03-01", AskedBack(Doubt.OTHER_TERM, day=date(2027, 3, 1))),
        ("10月31号或周四", AskedBack(Question.NOT_UNDERSTOOD, words="10月31号或周四")),
        ("这周末", None),
    ],
)
def test_a_day_that_is_not_sure_is_asked_back(text: str, question: AskedBack | None) -> None:
    found = record_lines.read(text, about(RecordStatus.MOVED), NOW)
    assert isinstance(found, AskedBack)
    assert question is None or found.question in (question.question, Question.WEEKDAY_CONTRADICTS)


def test_with_its_day_known_a_moved_meeting_takes_lines_too_and_another_day() -> None:
    moved = about(RecordStatus.MOVED, held_on=date(2026, 10, 15))
    assert record_lines.read("45/46 讨论热烈", moved, NOW) == Lines(present=45, enrolled=46, note="讨论热烈")
    assert isinstance(found := record_lines.read("周五", moved, NOW), Lines)
    assert found.held_on == date(2026, 10, 16)
