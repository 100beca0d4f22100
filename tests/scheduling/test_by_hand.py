"""Dates written down by hand from the notices for 2025 and 2026: what the program says, and what the oracle says."""

from datetime import date
from typing import Any

import pytest

from scheduling import occurrences
from tests import oracle
from tests.scheduling.comparison import planned
from tests.scheduling.consortiums import File, activity, consortium

AUTUMN_2025 = (date(2025, 9, 1), date(2026, 1, 30))
SPRING_2026 = (date(2026, 2, 2), date(2026, 7, 3))  # begun early: the Spring Festival is inside
AUTUMN_2026 = (date(2026, 9, 1), date(2027, 1, 22))  # the sample's
NO_DAYS: list[File] = []


def follows(day: date, weekday: str) -> File:
    return {"date": day, "kind": "school", "follows": weekday}


def term(days: tuple[date, date]) -> File:
    return {"key": "t", "name": "样例学期", "first_day": days[0], "last_day": days[1]}


def both(file: File, first: date = date.min, last: date = date.max) -> list[File]:
    """What the oracle and the program agree on, from `first` to `last`."""
    found = planned(file, occurrences)
    assert found == oracle.occurrences(file)
    return [row for row in found if first <= row["date"] <= last]


def said(rows: list[File]) -> str:
    """The dates held as `MM-DD`, `own→held` where moved."""
    moved = (f"{row['moved_from']:%m-%d}→" if row["moved_from"] else "" for row in rows)
    return ", ".join(f"{own}{row['date']:%m-%d}" for own, row in zip(moved, rows, strict=True))


Case = tuple[str, Any, str | None, list[File], str]  # every, on, on_holiday, [[day]] rows, the dates
OF_11 = [follows(date(2025, 10, 11), "wednesday")]
OF_28 = [follows(date(2025, 9, 28), "thursday"), *OF_11]
NATIONAL_DAY_2025: list[Case] = [  # off from Wed 10-01 to Wed 10-08; made up for on Sun 09-28 and Sat 10-11
    (
        "day", None, None, NO_DAYS,
        "09-22, 09-23, 09-24, 09-25, 09-26, 09-28, 09-29, 09-30, "
        "10-09, 10-10, 10-11, 10-13, 10-14, 10-15, 10-16, 10-17",
    ),
    ("week", "wednesday", None, NO_DAYS, "09-24, 10-15"),
    ("week", "wednesday", None, OF_11, "09-24, 10-11, 10-15"),
    ("week", "wednesday", "next", NO_DAYS, "09-24, 10-01→10-09, 10-15"),
    ("week", "wednesday", "next", OF_11, "09-24, 10-01→10-09, 10-11, 10-15"),
    ("week", "wednesday", "previous", NO_DAYS, "09-24, 10-01→09-30, 10-15"),
    ("week", "thursday", None, NO_DAYS, "09-25, 10-09, 10-16"),
    ("week", "thursday", None, OF_28, "09-25, 09-28, 10-09, 10-16"),
    ("week", "wednesday, thursday", "next", NO_DAYS, "09-24, 09-25, 10-09, 10-15, 10-16"),
    ("week", "wednesday, thursday", "previous", OF_28, "09-24, 09-25, 09-28, 10-01→09-30, 10-09, 10-11, 10-15, 10-16"),
    ("week", "sunday", None, NO_DAYS, ""),
    ("week", "saturday", None, NO_DAYS, ""),
    ("week", "saturday", "next", NO_DAYS, "09-20→09-22, 09-27→09-28, 10-04→10-09"),
    ("month", "first wednesday", None, NO_DAYS, "10-01→10-09"),
    ("month", "first wednesday", "previous", NO_DAYS, "10-01→09-30"),
    ("month", "first wednesday", "skip", NO_DAYS, ""),
    ("month", "last sunday", None, NO_DAYS, "09-28"),
    ("month", "second saturday", None, NO_DAYS, "10-11"),
    ("month", "second saturday", None, OF_11, "10-11"),
    ("month", "day 4", None, NO_DAYS, "10-04→10-09"),
    ("month", "first school day", None, NO_DAYS, "10-09"),
    ("month", "last school day", None, NO_DAYS, "09-30"),
    ("term", "week 6 monday", None, NO_DAYS, "10-06→10-09"),
    ("once", date(2025, 10, 6), "previous", NO_DAYS, "10-06→09-30"),
]  # fmt: skip
OF_10 = [follows(date(2026, 10, 10), "friday")]
OF_20 = [follows(date(2026, 9, 20), "tuesday")]
NATIONAL_DAY_2026: list[Case] = [  # off 09-25 to 09-27 and 10-01 to 10-07; made up for on Sun 09-20 and Sat 10-10
    (
        "day", None, None, NO_DAYS,
        "09-14, 09-15, 09-16, 09-17, 09-18, 09-20, 09-21, 09-22, 09-23, 09-24, 09-28, 09-29, 09-30, "
        "10-08, 10-09, 10-10, 10-12, 10-13, 10-14, 10-15, 10-16",
    ),
    ("week", "friday", None, NO_DAYS, "09-18, 10-09, 10-16"),
    ("week", "friday", None, OF_10, "09-18, 10-09, 10-10, 10-16"),
    ("week", "friday", "next", NO_DAYS, "09-18, 09-25→09-28, 10-02→10-08, 10-09, 10-16"),
    ("week", "friday", "next", OF_10, "09-18, 09-25→09-28, 10-02→10-08, 10-09, 10-10, 10-16"),
    ("week", "friday", "previous", NO_DAYS, "09-18, 09-25→09-24, 10-02→09-30, 10-09, 10-16"),
    ("week", "tuesday", None, OF_20, "09-15, 09-20, 09-22, 09-29, 10-13"),
    ("week", "sunday", None, OF_20, ""),
    ("month", "first wednesday", None, NO_DAYS, "10-07→10-08"),
    ("month", "second saturday", None, NO_DAYS, "09-12→09-14, 10-10"),
    ("month", "third sunday", None, NO_DAYS, "09-20"),
    ("month", "third sunday", None, OF_20, "09-20"),
    ("month", "last friday", None, NO_DAYS, "09-25→09-28"),
    ("month", "day 10", None, OF_10, "10-10"),
    ("month", "first school day", None, NO_DAYS, "10-08"),
    ("month", "last school day", None, NO_DAYS, "09-30"),
    ("once", date(2026, 9, 26), None, NO_DAYS, "09-26→09-28"),
]  # fmt: skip
FOLLOWED = [follows(date(2026, 2, 14), "monday"), follows(date(2026, 2, 28), "friday")]
SPRING_FESTIVAL_2026: list[Case] = [  # off from Sun 02-15 to Mon 02-23; made up for on Sat 02-14 and Sat 02-28
    (
        "day", None, None, NO_DAYS,
        "02-09, 02-10, 02-11, 02-12, 02-13, 02-14, "
        "02-24, 02-25, 02-26, 02-27, 02-28, 03-02, 03-03, 03-04, 03-05, 03-06",
    ),
    ("week", "monday", None, NO_DAYS, "02-09, 03-02"),
    ("week", "monday", None, FOLLOWED, "02-09, 02-14, 03-02"),
    ("week", "monday", "next", NO_DAYS, "02-09, 02-16→02-24, 03-02"),
    ("week", "monday", "previous", NO_DAYS, "02-09, 02-16→02-14, 03-02"),
    ("week", "monday", "previous", FOLLOWED, "02-09, 02-14, 03-02"),
    ("week", "friday", None, FOLLOWED, "02-13, 02-27, 02-28, 03-06"),
    ("week", "saturday", None, NO_DAYS, ""),
    ("week", "saturday", "next", NO_DAYS, "02-07→02-09, 02-21→02-24"),
    ("month", "third wednesday", None, NO_DAYS, "02-18→02-24"),
    ("month", "third wednesday", "previous", FOLLOWED, "02-18→02-14"),
    ("month", "last saturday", None, NO_DAYS, "02-28"),
    ("month", "day 15", None, NO_DAYS, "02-15→02-24"),
    ("month", "day 31", None, NO_DAYS, "02-28"),
    ("month", "last school day", None, NO_DAYS, "02-28"),
    ("month", "first school day", None, NO_DAYS, "03-02"),
    ("term", "week 3 tuesday", None, NO_DAYS, "02-17→02-24"),
    ("once", date(2026, 2, 17), "skip", NO_DAYS, ""),
]  # fmt: skip


def check(case: Case, days: tuple[date, date], first: date, last: date) -> None:
    every, on, on_holiday, rows, expected = case
    one = activity("x", every, on, on_holiday=on_holiday)
    file = consortium("Asia/Shanghai", one, term=[term(days)], day=rows)
    assert said(both(file, first, last)) == expected


@pytest.mark.parametrize("case", NATIONAL_DAY_2025)
def test_around_national_day_2025(case: Case) -> None:
    check(case, AUTUMN_2025, date(2025, 9, 22), date(2025, 10, 17))


@pytest.mark.parametrize("case", NATIONAL_DAY_2026)
def test_around_national_day_2026(case: Case) -> None:
    check(case, AUTUMN_2026, date(2026, 9, 14), date(2026, 10, 16))


@pytest.mark.parametrize("case", SPRING_FESTIVAL_2026)
def test_around_the_spring_festival_2026(case: Case) -> None:
    check(case, SPRING_2026, date(2026, 2, 9), date(2026, 3, 6))


@pytest.mark.parametrize(("way", "expected"), [("next", ""), ("previous", "02-17→02-14")])
def test_where_the_term_ends_in_the_holidays_no_move_goes_past_it(way: str, expected: str) -> None:
    one = activity("x", "once", date(2026, 2, 17), on_holiday=way)
    days = term((date(2026, 2, 2), date(2026, 2, 23)))
    assert said(both(consortium("Asia/Shanghai", one, term=[days], day=NO_DAYS))) == expected


def sample(*activities: File) -> list[File]:
    """The sample term of the domain's figures: 2026-10-10 runs Friday's timetable."""
    return both(consortium("Asia/Shanghai", *activities, term=[term(AUTUMN_2026)], day=OF_10))


def test_the_sample_term_has_99_school_days() -> None:
    assert len(sample(activity("x", "day"))) == 99


@pytest.mark.parametrize(
    ("weekday", "weeks"),
    [
        ("monday", [2, 3, 4, 5, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21]),
        ("friday", [1, 2, 3, 6, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 19, 20, 21]),
    ],
)
def test_the_sample_term_has_19_class_meetings_on_a_monday_and_19_on_a_friday(weekday: str, weeks: list[int]) -> None:
    rows = sample(activity("x", "week", weekday, kind="class_meeting", period=7, classes=["c1"]))
    assert len(rows) == 19
    assert [row["week"] for row in rows] == weeks


def test_the_sample_terms_monthly_research_goes_round_the_schools() -> None:
    turns = {"hosts": ["core", "east", "west"], "themes": ["课堂提问", "作业设计"]}
    rows = sample(activity("x", "month", "second wednesday", kind="joint_research", **turns))
    assert [(f"{row['date']:%m-%d}", row["host"], row["theme"], row["week"]) for row in rows] == [
        ("09-09", "core", "课堂提问", 2),
        ("10-14", "east", "作业设计", 7),
        ("11-11", "west", None, 11),
        ("12-09", "core", None, 15),
        ("01-13", "east", None, 20),
    ]
    assert [row["starts_at"] for row in rows][:2] == ["2026-09-09T14:30:00+08:00", "2026-10-14T14:30:00+08:00"]
    assert [row["ends_at"] for row in rows][:2] == ["2026-09-09T16:00:00+08:00", "2026-10-14T16:00:00+08:00"]
