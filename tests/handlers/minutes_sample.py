"""An event whose minutes are kept by 样赵敏, and what she writes."""

from datetime import date
from typing import Any

from bot.written import task_lines
from handlers.answer_prompt import AnswerPrompt, answer_prompt
from handlers.check_in import CheckIn, check_in
from handlers.hand_in_minutes import (
    HandInMinutes,
    MinutesHandedIn,
    hand_in_minutes,
)
from handlers.minutes import OpenMinutes, open_minutes
from handlers.minutes_words import (
    KeepTasks,
    TasksWorded,
    keep_tasks,
)
from store.accounts import Account
from store.database import Store
from store.minutes import MinutesPart
from tests.handlers.event_sample import LI, RESEARCH, ZHAO, School, begin

MINUTED = RESEARCH | {"minutes": {"due": "3d"}}
ZHAO_KEEPS: dict[str, Any] = {"occurrence": ({"activity": "research", "date": date(2026, 10, 14), "recorder": "zhao"},)}


def minuted(store: Store) -> School:
    """After the event of 14 October; 样赵敏 keeps the minutes, she and 样李芳 came."""
    school = begin(store, MINUTED, **ZHAO_KEEPS, until="10-14 14:20")
    for who in (LI, ZHAO):
        school.take(check_in, CheckIn(number(school), who))
    school.until("10-14 16:10")
    return school


def number(school: School) -> int:
    return school.occurrence("research", "10-14 14:30")


def told(school: School, kind: type) -> list[tuple[str, Any]]:
    return [(one.to, one.outcome) for one in school.said if isinstance(one.outcome, kind)]


def write(school: School, text: str, who: Account = ZHAO) -> Any:
    return school.take(answer_prompt, AnswerPrompt(who, text, name=text))


def press(school: School, part: MinutesPart | None, who: Account = ZHAO) -> Any:
    return school.take(open_minutes, OpenMinutes(who, number(school), part))


def written(school: School) -> None:
    """All parts, and handed in."""
    press(school, MinutesPart.POINTS)
    write(school, "样李芳——作业要分层\n样王强：每层有选择")
    write(school, "先在两个班试")
    write(school, "时间不够")
    asked = write(school, "整理样例—样李芳—下周三\n收集反馈—样王强")
    assert isinstance(asked, TasksWorded)
    lines = task_lines.read("整理样例—样李芳—下周三\n收集反馈—样王强", asked, school.now)
    assert isinstance(lines, tuple)
    school.take(keep_tasks, KeepTasks(ZHAO, number(school), lines))
    write(school, "课件")
    assert isinstance(school.take(hand_in_minutes, HandInMinutes(ZHAO, number(school))), MinutesHandedIn)
