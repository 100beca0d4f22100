"""Chinese time expressions, row by row as the domain's table has them."""

from datetime import date, datetime, time

import pytest

from scheduling.dates import Held
from scheduling.expressions.reading import read
from scheduling.expressions.readings import (
    CancelledOnce,
    DayChange,
    Leads,
    Length,
    Moved,
    OneDay,
    Question,
    Reading,
    Recurring,
    Unclear,
)
from store.blueprint import Day
from tests.scheduling.sample import BASE, SHANGHAI
from tests.scheduling.typed import EVENT, TERM, A, B, C, E, held, start, typed, understood

Q = Question


def day(month: int, number: int) -> date:
    return date(2027 if month < 9 else 2026, month, number)


def asks(question: Question, so_far: Reading | None = None, *choices: object, **facts: object) -> Unclear:
    return Unclear(question, choices, so_far=so_far, **facts)  # type: ignore[arg-type]


EXCHANGED = Held(date(2026, 10, 31), date(2026, 11, 2))

# number, typed, anchor, the rule's words, the first dates held
RULES: list[tuple[int, str, Recurring | Unclear, str]] = [
    (1, "每月第二个周三下午两点半", Recurring("month", "second wednesday", at=time(14, 30)),
     "09-09, 10-14, 11-11, 12-09, 01-13"),
    (2, "每个月第一个星期三第七节", Recurring("month", "first wednesday", period=7),
     "09-02, 10-07→10-08, 11-04, 12-02, 01-06"),
    (3, "每月10号下午三点", Recurring("month", "day 10", at=time(15)), "09-10, 10-10, 11-10, 12-10, 01-10→01-11"),
    (4, "每月最后一个周五", asks(Q.WHAT_TIME, Recurring("month", "last friday")),
     "09-25→09-28, 10-30, 11-27, 12-25"),
    (5, "每月31号下午四点", Recurring("month", "day 31", at=time(16), warnings=(EXCHANGED,)),
     "09-30, 10-31→11-02, 11-30, 12-31"),
    (6, "每月第一个上班的日子", asks(Q.WHAT_TIME, Recurring("month", "first school day")),
     "09-01, 10-08, 11-02, 12-01, 01-04"),
    (7, "每月最后一个工作日下午三点", Recurring("month", "last school day", at=time(15)),
     "09-30, 10-30, 11-30, 12-31"),
    (9, "每周一第七节开班会", Recurring("week", "monday", period=7, title="班会", kind="class_meeting"),
     "09-07, 09-14, 09-21, 09-28, 10-12"),
    (10, "周一、周四下午四点十分", Recurring("week", "monday, thursday", at=time(16, 10)), "09-03, 09-07, 09-10"),
    (11, "单周周三下午第三节", Recurring("week", "wednesday", "odd", period=7), "09-02, 09-16, 09-30, 10-14"),
    (12, "双周周四第六节", Recurring("week", "thursday", "even", period=6), "09-10, 09-24, 10-08, 10-22"),
    (14, "第2、5、9到12周的周四第六节", Recurring("week", "thursday", "2,5,9-12", period=6),
     "09-10, 10-29, 11-05, 11-12, 11-19"),
    (15, "第4到6周每周五第七节", Recurring("week", "friday", "4-6", period=7), "10-09, 10-10"),
    (16, "每天下午五点夕会", Recurring("day", None, at=time(17), title="夕会", kind="class_meeting"),
     "09-01, 09-02, 09-03, 09-04, 09-07"),
    (17, "每学期第十周周四下午两点", Recurring("term", "week 10 thursday", at=time(14)), "11-05"),
]  # fmt: skip


@pytest.mark.parametrize(("number", "text", "expected", "first"), RULES, ids=lambda one: str(one)[:24])
def test_a_rule_has_the_words_and_the_dates_of_the_table(number: int, text: str, expected: Reading, first: str) -> None:
    found = typed(text, A)
    assert found == expected
    rule = understood(found)
    assert isinstance(rule, Recurring)
    assert held(rule).startswith(first)


@pytest.mark.parametrize(
    ("text", "count", "without", "among"),
    [
        ("每周一第七节开班会", 19, "10-05", "09-07"),
        ("每天下午五点夕会", 99, "10-05", "10-10"),
        ("每天下午五点夕会", 99, "10-01", "09-20"),
        ("每月最后一个工作日下午三点", 4, "01-29", "12-31"),
        ("第4到6周每周五第七节", 2, "09-25", "10-10"),
    ],
)
def test_dates_of_a_whole_term_are_those_of_the_table(text: str, count: int, without: str, among: str) -> None:
    found = typed(text, A)
    assert isinstance(found, Recurring)
    days = held(found).split(", ")
    assert len(days) == count
    assert among in days
    assert without not in days


# number, typed, anchor, date and start
DAYS: list[tuple[int, str, datetime, str]] = [
    (20, "明天上午第三节", C, "11-24 10:10"),
    (21, "后天下午两点", C, "11-25 14:00"),
    (23, "周三两点半", C, "11-25 14:30"),
    (24, "本周五第七节", C, "11-27 15:50"),
    (25, "下周三下午三点一刻", C, "12-02 15:15"),
    (26, "下下周五第七节", C, "12-11 15:50"),
    (32, "三天后下午四点", C, "11-26 16:00"),
    (35, "下个月第二个周三两点半", C, "12-09 14:30"),
    (36, "12月9日14：30—16：00", C, "12-09 14:30"),
    (38, "12.9 下午2点", C, "12-09 14:00"),
    (39, "9号第六节", C, "12-09 14:55"),
    (41, "1月13日下午两点半", C, "01-13 14:30"),
    (44, "第15周周三下午两点半", C, "12-09 14:30"),
    (50, "国庆后第一个周三第七节", B, "10-14 15:50"),
    (52, "节前最后一天下午四点", B, "09-30 16:00"),
    (55, "教师节下午三点", A, "09-10 15:00"),
    (58, "放寒假前最后一次教研", C, "01-13 14:30"),
    (61, "明天八点", C, "11-24 08:00"),
    (62, "明天晚上八点", C, "11-24 20:00"),
    (63, "明天中午十二点半", C, "11-24 12:30"),
    (64, "明天差五分三点", C, "11-24 14:55"),
    (64, "明天三点三刻", C, "11-24 15:45"),
    (65, "明天第六、七节", C, "11-24 14:55"),
]


@pytest.mark.parametrize(("number", "text", "now", "expected"), DAYS)
def test_a_day_has_the_date_and_the_start_of_the_table(number: int, text: str, now: datetime, expected: str) -> None:
    found = typed(text, now)
    assert isinstance(found, OneDay)
    assert found.date
    assert start(found.date, found) == expected
    assert held(found) == expected[:5]


def test_lengths_periods_and_the_year_are_read_along() -> None:
    assert typed("12月9日14：30—16：00") == OneDay(day(12, 9), time(14, 30), lasts="90m")
    assert typed("明天第六、七节") == OneDay(day(11, 24), time(14, 55), lasts="100m")
    assert typed("明天上午第三节") == OneDay(day(11, 24), period=3)
    assert typed("1月13日下午两点半") == OneDay(date(2027, 1, 13), time(14, 30))
    last = OneDay(day(1, 13), time(14, 30), lasts="90m", title="共创式主题教研", kind="joint_research")
    assert typed("放寒假前最后一次教研") == last


# number, typed, anchor, what is asked
QUESTIONS: list[tuple[int, str, datetime, Unclear]] = [
    (8, "每月一次", A, asks(Q.WHICH_DAY, Recurring("month", None))),
    (13, "隔周周五", A, asks(Q.ODD_OR_EVEN, Recurring("week", "friday"), "odd", "even")),
    (18, "每学期一次优质课竞赛", A,
     asks(Q.WHICH_WEEK, Recurring("term", None, title="优质课竞赛", kind="contest"), words="每学期一次")),
    (19, "每学年一次督导", A, asks(Q.NO_SUCH_RULE, OneDay(None, title="督导", kind="inspection"), words="每学年")),
    (22, "大后天", C, asks(Q.WHAT_TIME, OneDay(day(11, 26)))),
    (27, "下周一", E, asks(Q.WHAT_TIME, OneDay(day(11, 23)))),
    (28, "这周三", E, asks(Q.IS_PAST, OneDay(day(11, 18)), day(11, 25), day=day(11, 18))),
    (29, "周一上午九点", C, asks(Q.IS_PAST, OneDay(day(11, 23), time(9)), day(11, 30), day=day(11, 23))),
    (30, "上周三", C, asks(Q.IS_PAST, OneDay(day(11, 18)), day=day(11, 18))),
    (31, "周六上午九点", C, asks(Q.NO_SCHOOL_DAY, OneDay(day(11, 28), time(9)), day=day(11, 28))),
    (31, "这个周末", C, asks(Q.NO_SCHOOL_DAY, OneDay(None), day(11, 28), day(11, 29), day=day(11, 28))),
    (33, "半个月后", C, asks(Q.ABOUT, OneDay(None), day(12, 8), words="半个月后")),
    (34, "月底前", C, asks(Q.STRETCH, OneDay(None), words="月底")),
    (34, "下月初", C, asks(Q.STRETCH, OneDay(None), words="下月初")),
    (37, "12月9日（周四）下午两点", C,
     asks(Q.WEEKDAY_CONTRADICTS, OneDay(None, time(14)), day(12, 9), day(12, 10), day=day(12, 9))),
    (40, "31号", C, asks(Q.NO_SUCH_DAY, OneDay(None), day(12, 31))),
    (42, "2月29日", C, asks(Q.NO_SUCH_DAY, OneDay(None))),
    (43, "1月1日上午", C, asks(Q.IS_HOLIDAY, OneDay(day(1, 1)), day=day(1, 1))),
    (45, "第二十周星期三", C, asks(Q.WHAT_TIME, OneDay(day(1, 13)))),
    (46, "第22周周一", C, asks(Q.NO_SUCH_WEEK, OneDay(None), number=21)),
    (47, "下学期第三周周二", C, asks(Q.NO_NEXT_TERM, OneDay(None))),
    (49, "9月20日（周日）正常上课", A, asks(Q.WHOSE_TIMETABLE, DayChange(day(9, 20), "school"), day=day(9, 20))),
    (51, "节后第一天上班开会", B, asks(Q.WHAT_TIME, OneDay(day(10, 8), title="开会"))),
    (53, "10月5日上午九点", B, asks(Q.IS_HOLIDAY, OneDay(day(10, 5), time(9)), day=day(10, 5))),
    (54, "中秋前一天下午", A, asks(Q.WHAT_TIME, OneDay(day(9, 24)))),
    (56, "期中考试后第一个周一", A, asks(Q.EXAM_DATES, OneDay(None), words="期中考试")),
    (57, "期末考试前一周", C, asks(Q.EXAM_DATES, OneDay(None), words="期末考试")),
    (59, "腊月初八", C, asks(Q.LUNAR, OneDay(None), day(1, 15), words="腊月初八")),
    (60, "七点半", C, asks(Q.MORNING_OR_EVENING, OneDay(None), time(7, 30), time(19, 30))),
    (66, "明天下午放学后", C, asks(Q.NOT_IN_TIMETABLE, OneDay(day(11, 24)), words="放学后")),
    (66, "明天大课间", C, asks(Q.NOT_IN_TIMETABLE, OneDay(day(11, 24)), words="大课间")),
    (66, "明天晚自习", C, asks(Q.NOT_IN_TIMETABLE, OneDay(day(11, 24)), words="晚自习")),
    (71, "两节课", C, asks(Q.WHICH_PERIODS, OneDay(None), words="两节课")),
    (73, "前一天晚上八点提醒", C,
     asks(Q.DISTANCES_ONLY, OneDay(None, time(20), title="提醒"), words="提醒")),
]  # fmt: skip


@pytest.mark.parametrize(("number", "text", "now", "expected"), QUESTIONS, ids=lambda one: str(one)[:24])
def test_what_the_table_asks_back_is_asked_back(number: int, text: str, now: datetime, expected: Unclear) -> None:
    assert typed(text, now) == expected


@pytest.mark.parametrize(
    ("number", "text", "now", "expected"),
    [
        (48, "10月10日（补周五的课）", B, DayChange(day(10, 10), "school", "friday")),
        (71, "一个半小时", C, Length("90m")),
        (71, "一小时四十五分", C, Length("105m")),
        (72, "提前一天和会前半小时提醒", C, Leads(("1d", "30m"))),
    ],
)
def test_changes_of_days_lengths_and_leads_are_read(number: int, text: str, now: datetime, expected: Reading) -> None:
    assert typed(text, now) == expected


@pytest.mark.parametrize(
    ("number", "text", "expected"),
    [
        (67, "改到周四同一时间", Moved(day(12, 10), time(14, 30), lasts="90m")),
        (68, "顺延一周", Moved(day(12, 16), time(14, 30), lasts="90m")),
        (69, "提前到上午第二节", Moved(day(12, 9), period=2)),
        (70, "停一次", CancelledOnce()),
    ],
)
def test_a_reply_moves_the_event_replied_to(number: int, text: str, expected: Reading) -> None:
    assert typed(text, C, EVENT) == expected


def test_exam_dates_of_the_file_answer_row_56() -> None:
    exam = Day(date=day(11, 5), until=day(11, 6), kind="off", name="期中考试")
    found = read("期中考试后第一个周一", A, TERM.model_copy(update={"day": (*BASE.day, exam)}))
    assert found == asks(Q.WHAT_TIME, OneDay(day(11, 9)))


def test_every_row_of_the_table_is_here() -> None:
    rows = {row[0] for table in (RULES, DAYS, QUESTIONS) for row in table} | {48, 67, 68, 69, 70, 71, 72}
    assert rows == set(range(1, 74))


def test_a_moment_of_another_zone_is_read_in_the_consortiums() -> None:
    """23:30 in London is the next morning in Shanghai."""
    late = datetime.fromisoformat("2026-11-23T23:30:00+00:00")
    assert late.astimezone(SHANGHAI).date() == day(11, 24)
    assert typed("今天下午两点", late) == OneDay(day(11, 24), time(14))
