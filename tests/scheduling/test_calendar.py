"""The school calendar: public holidays against a second source, the file's own days, terms and weeks."""

from datetime import date

import chinese_calendar
import pytest

from scheduling import public_holidays
from scheduling.calendar import SchoolCalendar
from scheduling.occurrences import holidays_of
from scheduling.rules import Span
from store.blueprint import Day
from tests.scheduling.sample import BASE, FIRST, LAST, TERM, having

SAMPLE = SchoolCalendar(BASE)
NO_DAYS = SchoolCalendar(having(day=()))
UNPUBLISHED = 2047


def plain(calendar: SchoolCalendar, year: int) -> set[date]:
    """Mondays to Fridays of the year that are no school days."""
    span = Span(date(year, 1, 1), date(year, 12, 31))
    return {day for day in span if day.weekday() < 5 and not calendar.is_school_day(day)}


@pytest.mark.parametrize("year", range(2010, 2027))
def test_school_days_are_the_working_days_of_the_second_source(year: int) -> None:
    span = Span(date(year, 1, 1), date(year, 12, 31))
    assert [day for day in span if NO_DAYS.is_school_day(day) != chinese_calendar.is_workday(day)] == []
    assert public_holidays.of(year).published


def test_days_off_and_make_up_days_of_2026_are_those_of_the_notice() -> None:
    """domain.md 7.2."""
    stretches = [
        ("01-01", "01-03"), ("02-15", "02-23"), ("04-04", "04-06"), ("05-01", "05-05"), ("06-19", "06-21"),
        ("09-25", "09-27"), ("10-01", "10-07"),
    ]  # fmt: skip
    off = {day for first, last in stretches for day in Span(day_of(first), day_of(last))}
    make_up = {day_of(text) for text in ("01-04", "02-14", "02-28", "05-09", "09-20", "10-10")}
    year = Span(date(2026, 1, 1), date(2026, 12, 31))
    expected = [day for day in year if day in make_up or (day.weekday() < 5 and day not in off)]
    assert [day for day in year if NO_DAYS.is_school_day(day)] == expected
    assert [day for day in year if NO_DAYS.is_make_up_day(day)] == sorted(make_up)


def day_of(text: str) -> date:
    return date.fromisoformat(f"2026-{text}")


def test_a_year_that_is_not_published_has_its_fixed_days_off_and_no_others() -> None:
    fixed = {date(UNPUBLISHED, month, day) for month, day in [(1, 1), (5, 1), (5, 2), (10, 1), (10, 2), (10, 3)]}
    assert not public_holidays.of(UNPUBLISHED).published
    assert plain(NO_DAYS, UNPUBLISHED) == {day for day in fixed if day.weekday() < 5}
    assert not any(NO_DAYS.is_make_up_day(day) for day in Span(date(UNPUBLISHED, 1, 1), date(UNPUBLISHED, 12, 31)))


def test_provisional_is_a_matter_of_the_year_whatever_the_file_says_of_the_day() -> None:
    day = date(UNPUBLISHED, 3, 4)
    named = SchoolCalendar(having(day=(Day(date=day, kind="off"),)))
    assert named.provisional(day)
    assert not named.provisional(date(2026, 12, 31))


def test_without_public_holidays_only_the_files_own_days_count() -> None:
    none = SchoolCalendar(having(consortium=BASE.consortium.model_copy(update={"public_holidays": "none"})))
    assert none.is_school_day(date(2026, 10, 1))
    assert none.is_school_day(date(2026, 10, 10))
    assert not none.is_school_day(date(2026, 9, 20))
    assert not none.provisional(date(UNPUBLISHED, 3, 4))


def test_the_years_holidays_are_asked_for_where_they_are_kept() -> None:
    none = having(consortium=BASE.consortium.model_copy(update={"public_holidays": "none"}))
    assert holidays_of(none) == ()
    assert holidays_of(BASE) == public_holidays.over(BASE.term)
    assert holidays_of(BASE) != ()


def test_the_sample_term_has_99_school_days_in_21_weeks() -> None:
    """domain.md 7.2; 2027-01-01 is off by law, published or not."""
    found: dict[int, int] = {}
    for day in Span(FIRST, LAST):
        found[SAMPLE.week(TERM, day)] = found.get(SAMPLE.week(TERM, day), 0) + SAMPLE.is_school_day(day)
    assert sum(found.values()) == 99
    assert list(found) == list(range(1, 22))
    assert {week: days for week, days in found.items() if days != 5} == {1: 4, 3: 6, 4: 4, 5: 3, 6: 3, 18: 4}


@pytest.mark.parametrize(
    ("day", "week"), [(date(2026, 8, 31), 1), (date(2026, 9, 6), 1), (date(2026, 9, 7), 2), (date(2027, 1, 18), 21)]
)
def test_a_teaching_week_is_monday_to_sunday(day: date, week: int) -> None:
    assert SAMPLE.week(TERM, day) == week


def test_a_make_up_day_runs_the_timetable_it_follows_or_none() -> None:
    assert (SAMPLE.is_make_up_day(date(2026, 10, 10)), SAMPLE.timetable(date(2026, 10, 10))) == (True, 4)
    assert (SAMPLE.is_make_up_day(date(2026, 9, 20)), SAMPLE.timetable(date(2026, 9, 20))) == (True, None)
    assert (SAMPLE.is_make_up_day(date(2026, 9, 19)), SAMPLE.timetable(date(2026, 9, 19))) == (False, 5)


def test_a_weekday_that_follows_another_is_a_make_up_day_and_one_that_follows_none_is_itself() -> None:
    days = (
        Day(date=date(2026, 11, 4), kind="school", follows="monday"),
        Day(date=date(2026, 10, 5), kind="school"),
    )
    calendar = SchoolCalendar(having(day=days))
    assert (calendar.is_make_up_day(date(2026, 11, 4)), calendar.timetable(date(2026, 11, 4))) == (True, 0)
    assert (calendar.is_school_day(date(2026, 10, 5)), calendar.is_make_up_day(date(2026, 10, 5))) == (True, False)
    assert calendar.timetable(date(2026, 10, 5)) == 0


def test_a_row_with_until_covers_both_ends() -> None:
    calendar = SchoolCalendar(having(day=(Day(date=date(2026, 11, 5), until=date(2026, 11, 6), kind="off"),)))
    found = [calendar.is_school_day(date(2026, 11, day)) for day in (4, 5, 6, 9)]
    assert found == [True, False, False, True]
