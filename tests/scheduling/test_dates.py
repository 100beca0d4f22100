"""Dates of a term: the dates of domain.md 6, then moves, collisions, weeks and borders, a rule of the contract each."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduling.calendar import SchoolCalendar
from scheduling.dates import held
from scheduling.rules import Span
from store.blueprint import Blueprint, Day, Term
from tests.scheduling.sample import FIRST, LAST, TERM, activity, class_meeting, dates, having, planned

TWELVE = Term(key="t", name="样例学期", first_day=date(2025, 9, 1), last_day=date(2026, 8, 31))


def off(*days: date) -> tuple[Day, ...]:
    return tuple(Day(date=day, kind="off") for day in days)


@pytest.mark.parametrize(
    ("every", "on", "expected"),
    [
        ("month", "second wednesday", "09-09, 10-14, 11-11, 12-09, 01-13"),
        ("month", "first wednesday", "09-02, 10-07→10-08, 11-04, 12-02, 01-06"),
        ("month", "day 10", "09-10, 10-10, 11-10, 12-10, 01-10→01-11"),
        ("month", "last friday", "09-25→09-28, 10-30, 11-27, 12-25"),
        ("month", "day 31", "09-30, 10-31→11-02, 11-30, 12-31"),
        ("month", "first school day", "09-01, 10-08, 11-02, 12-01, 01-04"),
        ("month", "last school day", "09-30, 10-30, 11-30, 12-31"),
        ("term", "week 10 thursday", "11-05"),
        ("once", date(2026, 12, 9), "12-09"),
        ("once", date(2026, 10, 5), "10-05→10-08"),
        ("once", date(2026, 8, 31), ""),
        ("once", date(2027, 1, 23), ""),
    ],
)
def test_the_sample_term_by_month_term_and_once(every: str, on: object, expected: str) -> None:
    assert dates(activity(every=every, on=on)) == expected


@pytest.mark.parametrize(
    ("on", "weeks", "expected"),
    [
        ("wednesday", "odd", "09-02, 09-16, 09-30, 10-14, 10-28, 11-11, 11-25, 12-09, 12-23, 01-06, 01-20"),
        ("thursday", "even", "09-10, 09-24, 10-08, 10-22, 11-05, 11-19, 12-03, 12-17, 12-31, 01-14"),
        ("thursday", "2,5,9-12", "09-10, 10-29, 11-05, 11-12, 11-19"),
        ("friday", "4-6", "10-09, 10-10"),
        ("monday, thursday", "1-3", "09-03, 09-07, 09-10, 09-14, 09-17"),
    ],
)
def test_the_sample_term_by_week(on: str, weeks: str, expected: str) -> None:
    assert dates(activity(every="week", on=on, weeks=weeks)) == expected


def test_monday_meetings_are_19_and_none_falls_in_weeks_1_and_6() -> None:
    rows = planned(having(class_meeting(classes=["c701"])))
    assert [row.week for row in rows] == [week for week in range(2, 22) if week != 6]


def test_friday_meetings_are_19_with_two_in_the_week_of_the_make_up_day() -> None:
    rows = planned(having(class_meeting("friday", classes=["c701"])))
    assert [row.week for row in rows] == sorted([6, *(week for week in range(1, 22) if week not in (4, 5, 18))])
    assert [f"{row.date:%m-%d}" for row in rows if row.week == 6] == ["10-09", "10-10"]


def test_every_day_is_each_school_day() -> None:
    found = dates(activity(every="day")).split(", ")
    assert len(found) == 99
    assert [day for day in ("09-20", "09-25", "10-05", "10-10", "01-01") if day in found] == ["09-20", "10-10"]


@pytest.mark.parametrize(("way", "expected"), [("skip", ""), ("next", "10-05→10-08"), ("previous", "10-05→09-30")])
def test_on_holiday_says_which_way(way: str, expected: str) -> None:
    assert dates(activity(every="once", on=date(2026, 10, 5), on_holiday=way)) == expected


def test_a_weekly_rule_skips_unless_told_to_move() -> None:
    assert dates(activity(every="week", on="friday", weeks="4")) == ""
    assert dates(activity(every="week", on="friday", weeks="4", on_holiday="next")) == "09-25→09-28"


def test_no_weekly_rule_falls_on_a_make_up_day_that_follows_none_but_a_move_may_end_there() -> None:
    """2026-09-20 is a make-up Sunday; of the rule's Saturdays and Sundays none is a school day."""
    assert dates(activity(every="week", on="sunday", weeks="3")) == ""
    assert dates(activity(every="week", on="saturday", weeks="3", on_holiday="next")) == "09-19→09-20"


def test_a_day_that_follows_another_counts_as_that_one_only() -> None:
    days = (Day(date=date(2026, 11, 4), kind="school", follows="monday"),)
    assert dates(activity(every="week", on="monday", weeks="10"), day=days) == "11-02, 11-04"
    assert dates(activity(every="week", on="wednesday", weeks="10"), day=days) == ""
    assert dates(activity(every="month", on="first wednesday", weeks="10"), day=days) == "11-04"


def test_a_weekday_of_kind_school_is_itself_on_a_public_holiday() -> None:
    days = (Day(date=date(2026, 10, 5), kind="school"),)
    assert dates(activity(every="week", on="monday", weeks="6"), day=days) == "10-05"


def test_a_move_onto_a_day_that_has_one_is_dropped() -> None:
    assert dates(activity(every="week", on="wednesday, thursday", weeks="6", on_holiday="next")) == "10-08"
    days = off(date(2026, 11, 4))
    assert dates(activity(every="week", on="wednesday, thursday", weeks="10", on_holiday="next"), day=days) == "11-05"


def test_of_two_that_move_to_one_day_the_earlier_own_date_is_held() -> None:
    rule = {"every": "week", "on": "monday, tuesday, wednesday", "weeks": "6"}
    assert dates(activity(**rule, on_holiday="next")) == "10-05→10-08"
    assert dates(activity(**rule, on_holiday="previous")) == "10-05→09-30"


def test_a_week_not_chosen_keeps_no_day_occupied() -> None:
    """Monday of week 11 is not held, so the Friday before may move there: weeks are judged before the move."""
    days = off(date(2026, 11, 6))
    rule = {"every": "week", "on": "friday, monday", "weeks": "10", "on_holiday": "next"}
    assert dates(activity(**rule), day=days) == "11-02, 11-06→11-09"
    assert planned(having(activity(**rule), day=days))[-1].week == 11


def test_a_move_out_of_the_term_is_dropped_both_ways() -> None:
    ends = off(LAST, FIRST)
    assert dates(activity(every="once", on=LAST, on_holiday="next"), day=ends) == ""
    assert dates(activity(every="once", on=LAST, on_holiday="previous"), day=ends) == "01-22→01-21"
    assert dates(activity(every="once", on=FIRST, on_holiday="previous"), day=ends) == ""
    assert dates(activity(every="once", on=FIRST, on_holiday="next"), day=ends) == "09-01→09-02"


def test_a_move_may_not_end_in_the_next_term() -> None:
    terms = (TERM, Term(key="2", name="样例学期二", first_day=LAST + timedelta(days=1), last_day=date(2027, 6, 30)))
    rule = activity(every="once", on=LAST, on_holiday="next")
    assert planned(having(rule, term=terms, day=off(LAST)), FIRST, date(2027, 6, 30)) == []


def test_first_and_last_school_day_are_of_the_whole_month_not_of_the_term() -> None:
    term = Term(key="t", name="样例学期", first_day=date(2026, 9, 2), last_day=date(2026, 10, 29))
    assert dates(activity(every="month", on="first school day"), term=(term,)) == "10-08"
    assert dates(activity(every="month", on="last school day"), term=(term,)) == "09-30"


def test_a_month_without_a_school_day_has_neither_first_nor_last() -> None:
    days = (Day(date=date(2026, 11, 1), until=date(2026, 11, 30), kind="off"),)
    assert dates(activity(every="month", on="first school day"), day=days) == "09-01, 10-08, 12-01, 01-04"


def test_an_unpublished_year_is_provisional_and_only_by_the_date_held() -> None:
    term = Term(key="t", name="样例学期", first_day=date(2046, 12, 1), last_day=date(2047, 2, 1))
    blueprint = having(activity(every="once", on=date(2047, 1, 1)), term=(term,))
    rows = planned(blueprint, term.first_day, term.last_day)
    assert [(row.date, row.moved_from, row.provisional) for row in rows] == [(date(2047, 1, 2), date(2047, 1, 1), True)]


RULES = [
    {"every": "day"},
    {"every": "week", "on": "friday"},
    {"every": "week", "on": "monday, wednesday, saturday"},
    {"every": "month", "on": "second wednesday"},
    {"every": "month", "on": "last friday"},
    {"every": "month", "on": "day 31"},
    {"every": "month", "on": "first school day"},
    {"every": "term", "on": "week 6 monday"},
    {"every": "once", "on": date(2026, 2, 17)},
]
BLUEPRINTS = st.builds(
    lambda rule, on_holiday, weeks, closed: having(
        activity(**rule, on_holiday=on_holiday, weeks=weeks), term=(TWELVE,), day=off(*sorted(closed))
    ),
    st.sampled_from(RULES),
    st.sampled_from([None, "skip", "next", "previous"]),
    st.sampled_from([None, "odd", "even", "3-30"]),
    st.frozensets(st.dates(TWELVE.first_day, TWELVE.last_day), max_size=40),
)


@given(BLUEPRINTS)
def test_what_is_held_is_on_a_school_day_of_the_term_and_once_a_day(blueprint: Blueprint) -> None:
    calendar, term = SchoolCalendar(blueprint), Span(TWELVE.first_day, TWELVE.last_day)
    found = held(blueprint.activity[0], TWELVE, calendar)
    days = [one.date for one in found]
    assert days == sorted(set(days))
    assert len({one.own for one in found}) == len(found)
    assert all(calendar.is_school_day(one.date) and one.date in term and one.own in term for one in found)


@given(BLUEPRINTS)
def test_between_a_date_and_where_it_moved_there_is_no_school_day(blueprint: Blueprint) -> None:
    calendar = SchoolCalendar(blueprint)
    for one in held(blueprint.activity[0], TWELVE, calendar):
        between = Span(min(one.own, one.date), max(one.own, one.date))
        assert [day for day in between if calendar.is_school_day(day)] == [one.date]
