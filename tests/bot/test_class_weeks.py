"""Class by week: held, moved, not held, no record yet, to come, or not counted, with the reason."""

from datetime import date, time
from typing import Any

import pytest

from bot import class_weeks
from bot.class_weeks import ClassRow, ClassWeek, State
from bot.pictures import class_picture
from bot.words import Words
from handlers.apply import Applied, Apply, apply
from handlers.record import Record, record
from handlers.record_lines import AddLines, GiveReason, Lines, add_lines, give_reason
from store import consortiums
from store.blueprint import Blueprint
from store.class_records import NotHeldReason, RecordStatus
from store.database import Session, Store
from tests.handlers.event_sample import CLASSES, FILE, LI, School, begin, local

HELD, MOVED, NOT_HELD = RecordStatus
MIDTERM = {"date": date(2026, 11, 2), "until": date(2026, 11, 3), "kind": "off", "name": "期中考试"}
FRIDAY = {"date": date(2026, 10, 10), "kind": "school", "follows": "friday"}
CLASS = "c701"


def begun(store: Store, at: str = "08-25 08:00", **tables: Any) -> School:
    activity = CLASSES | tables.pop("activity", {})
    return begin(store, activity, at=at, **tables)


def weeks(school: School, room: str = CLASS, of: str | None = None, language: str = "zh") -> tuple[ClassWeek, ...]:
    def read(session: Session) -> dict[str, tuple[ClassWeek, ...]]:
        row = consortiums.by_key(session, "sample")
        assert row is not None
        term = consortiums.blueprint(row).term[0]
        rows = class_weeks.grid(session, row, term, Words(language), school.now, of)
        return {one.key: one.weeks for one in rows}

    return school.ask(read)[room]


def states(school: School) -> list[str]:
    return [cell.state.value for cell in weeks(school)]


def monday(day: str) -> str:
    return f"{day} 15:50"


def told(school: School, day: str, status: RecordStatus) -> int:
    """An hour after the meeting of that day begins."""
    school.until(f"{day} 17:00")
    number = school.occurrence("classes", monday(day), CLASS)
    school.take(record, Record(number, LI, status))
    return number


def test_before_anything_a_week_without_a_school_day_does_not_count_and_says_why(store: Store) -> None:
    school = begun(store, day=(MIDTERM,))
    every = weeks(school)
    assert len(every) == 21
    off = {number: cell.reason for number, cell in enumerate(every, 1) if cell.state is State.NOT_COUNTED}
    assert off == {1: "开学前", 6: "国庆节", 10: "期中考试"}
    assert {cell.state for cell in every} == {State.NOT_COUNTED, State.TO_COME}
    assert weeks(school, language="en")[0].reason == "before term"


def test_what_the_head_teacher_recorded_stands_in_its_week(store: Store) -> None:
    school = begun(store)
    told(school, "09-07", HELD)
    school.take(give_reason, GiveReason(told(school, "09-14", NOT_HELD), LI, NotHeldReason.ACTIVITY))
    school.until("09-21 17:00")
    assert weeks(school)[1:5] == (
        ClassWeek(State.HELD, None, "", 1),
        ClassWeek(State.NOT_HELD, None, "活动占用", 0),
        ClassWeek(State.UNRECORDED, None, "", 0),
        ClassWeek(State.TO_COME, None, "", 0),
    )
    assert weeks(school, "c702")[1].state is State.UNRECORDED


def test_another_day_of_the_same_week_satisfies_it_once_that_day_has_come(store: Store) -> None:
    school = begun(store)
    number, wednesday = told(school, "09-07", MOVED), date(2026, 9, 9)
    assert weeks(school)[1] == ClassWeek(State.MOVED, None, "", 0)
    school.take(add_lines, AddLines(number, LI, Lines(wednesday)))
    assert weeks(school)[1] == ClassWeek(State.MOVED, wednesday, "", 0)
    school.until("09-09 17:00")
    assert weeks(school)[1] == ClassWeek(State.MOVED, wednesday, "", 1)
    school.take(record, Record(number, LI, HELD))
    assert weeks(school)[1] == ClassWeek(State.MOVED, wednesday, "", 1)


def test_what_its_head_teacher_moves_beforehand_is_seen_at_once_and_satisfies_the_same_week(store: Store) -> None:
    school, wednesday = begun(store), date(2026, 9, 9)
    school.until("09-06 18:00")
    number = school.occurrence("classes", monday("09-07"), CLASS)
    school.take(record, Record(number, LI, MOVED))
    school.take(add_lines, AddLines(number, LI, Lines(wednesday)))
    assert weeks(school)[1] == ClassWeek(State.MOVED, wednesday, "", 0)
    school.until("09-09 17:00")
    assert weeks(school)[1] == ClassWeek(State.MOVED, wednesday, "", 1)


def test_what_is_moved_into_another_week_counts_there(store: Store) -> None:
    school = begun(store)
    number, tuesday = told(school, "09-07", MOVED), date(2026, 9, 15)
    school.take(add_lines, AddLines(number, LI, Lines(tuesday)))
    told(school, "09-14", HELD)
    school.until("09-15 17:00")
    assert weeks(school)[1:3] == (ClassWeek(State.MOVED, tuesday, "", 0), ClassWeek(State.HELD, None, "", 2))


def test_two_meetings_of_a_make_up_week_are_no_mistake(store: Store) -> None:
    school = begun(store, activity={"on": "friday"}, day=(FRIDAY,))
    off = {number: cell.reason for number, cell in enumerate(weeks(school), 1) if cell.state is State.NOT_COUNTED}
    assert off == {4: "中秋节", 5: "国庆节", 18: "元旦"}
    school.until("09-20 08:00")
    for day in ("10-09", "10-10"):
        told(school, day, HELD)
    assert weeks(school)[5] == ClassWeek(State.HELD, None, "", 2)


def test_of_the_weeks_before_the_bot_was_there_nothing_is_missing(store: Store) -> None:
    school = begun(store, at="09-20 08:00")
    assert weeks(school)[1:4] == (
        ClassWeek(State.NOT_COUNTED, None, "启用前", 0),
        ClassWeek(State.NOT_COUNTED, None, "启用前", 0),
        ClassWeek(State.TO_COME, None, "", 0),
    )


def test_weeks_that_the_file_leaves_out_and_a_meeting_that_the_office_cancelled_or_moved(store: Store) -> None:
    detail = {"activity": "classes", "class_": CLASS}
    cancelled = detail | {"date": date(2026, 9, 21), "cancelled": True, "reason": "停电"}
    moved = detail | {"date": date(2026, 10, 19), "held_on": date(2026, 10, 27)}
    school = begun(store, activity={"weeks": "even"}, occurrence=(cancelled | {"date": date(2026, 9, 21)}, moved))
    every = weeks(school)
    assert every[2] == ClassWeek(State.NOT_COUNTED, None, "不安排", 0)
    assert every[3] == ClassWeek(State.NOT_HELD, None, "停电", 0)
    assert (every[7].state, every[8].state) == (State.MOVED, State.TO_COME)
    assert every[7].day == date(2026, 10, 27)


def test_every_day_s_meetings_have_no_week(store: Store) -> None:
    daily = CLASSES | {"key": "evening", "title": "夕会", "every": "day", "on": None, "period": None}
    school = begin(store, CLASSES, daily | {"at": time(17), "lasts": "10m", "reflect": None}, at="08-25 08:00")
    told(school, "09-07", HELD)
    assert weeks(school)[1].held == 1


def test_a_school_sees_its_own_classes(store: Store) -> None:
    school = begun(store)
    assert weeks(school, "c801", "east")
    with pytest.raises(KeyError):
        weeks(school, "c701", "east")


def test_of_very_many_classes_the_picture_has_the_schools_with_how_many_met() -> None:
    term, words = Blueprint.model_validate(FILE).term[0], Words("zh")
    held, missing, off = (
        ClassWeek(State.HELD, None, "", 1),
        ClassWeek(State.UNRECORDED, None, "", 0),
        ClassWeek(State.NOT_COUNTED, None, "国庆节", 0),
    )
    ahead = ClassWeek(State.TO_COME, None, "", 0)
    cells = [(held, held, off, ahead) if number % 4 else (held, missing, off, ahead) for number in range(200)]
    rows = [ClassRow(f"c{n}", f"{n}班", "样例校", weeks) for n, weeks in enumerate(cells)]
    svg = class_picture.svg("样例", term, rows, words, "Noto Sans CJK SC", date(2026, 9, 7))
    assert "班</text>" not in svg
    assert [text for text in ("200/200", "150/200", "国庆节", "未齐") if f">{text}</text>" not in svg] == []


def test_the_picture_says_what_the_grid_says(store: Store) -> None:
    school = begun(store, day=(MIDTERM,))
    told(school, "09-07", HELD)

    def drawn(session: Session) -> str:
        row = consortiums.by_key(session, "sample")
        assert row is not None
        term, words = consortiums.blueprint(row).term[0], Words("zh")
        rows = class_weeks.grid(session, row, term, words, school.now)
        return class_picture.svg(row.name, term, rows, words, "Noto Sans CJK SC", local("09-07 17:00").date())

    svg = school.ask(drawn)
    for text in ("样例教联体", "第一学期 班会一览", "样例中心校", "七(1)班", "21周", "8/31", "开学前", "期中考试"):
        assert f">{text}</text>" in svg
    assert svg.count(">已开</text>") == 2  # the cell and the legend
    assert svg.count(">待登记</text>") == 3
    assert "样李芳" not in svg


NEXT_TERM = {"key": "t2", "name": "第二学期", "first_day": date(2027, 2, 22), "last_day": date(2027, 7, 2)}


def next_file(school: School, *rooms: dict[str, Any]) -> None:
    file = FILE | {"term": (*FILE["term"], NEXT_TERM), "class_": rooms, "activity": (CLASSES,)}
    assert isinstance(school.take(apply, Apply(Blueprint.model_validate(file))), Applied)


def test_of_a_class_that_is_gone_what_was_recorded_stays_by_todays_name_of_its_school(store: Store) -> None:
    school = begun(store)
    told(school, "09-07", HELD)
    before = weeks(school)
    next_file(school, *FILE["class_"][1:])
    assert weeks(school)[:2] == before[:2]
    assert weeks(school)[5] == ClassWeek(State.NOT_COUNTED, None, "国庆节", 0)  # of what is to come there is nothing
    assert {cell.state for cell in weeks(school)[2:]} == {State.NOT_COUNTED}


def test_a_class_that_came_later_has_no_row_in_a_term_that_is_over(store: Store) -> None:
    school = begun(store)
    told(school, "09-07", HELD)
    school.now = local("09-07 17:00").replace(year=2027, month=2)
    new = {"key": "c703", "school": "core", "name": "七(3)班", "head_teacher": "li"}
    next_file(school, *FILE["class_"], new)
    assert weeks(school)[1].state is State.HELD
    with pytest.raises(KeyError):
        weeks(school, "c703")
