"""Rules: what is read from `every`, `on` and `weeks`, and the dates of each, with dateutil's rrule as the oracle."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

import pytest
from dateutil import rrule
from hypothesis import given
from hypothesis import strategies as st

from scheduling import rules
from scheduling.rules import MonthlyDay, MonthlySchoolDay, MonthlyWeekday, Once, OncePerTerm, Span, Weekly
from scheduling.teaching_weeks import NumberedWeeks, ParityWeeks

DAYS = st.dates(date(2001, 1, 1), date(2098, 12, 31))
ORDINALS = st.sampled_from([1, 2, 3, 4, -1])


class MondayToFriday:
    """A calendar without holidays."""

    def is_school_day(self, day: date) -> bool:
        return day.weekday() < 5

    def timetable(self, day: date) -> int:
        return day.weekday()


PLAIN = MondayToFriday()
RULES = st.one_of(
    st.just(rules.Daily()),
    st.frozensets(st.integers(0, 6), min_size=1).map(Weekly),
    st.builds(MonthlyWeekday, ORDINALS, st.integers(0, 6)),
    st.builds(MonthlyDay, st.integers(1, 31)),
    st.builds(MonthlySchoolDay, st.booleans()),
    st.builds(Once, DAYS),
)
EXPECTED = {
    'no on beside every = "day"',
    'one or more weekdays, such as "monday" or "monday, thursday"',
    "each weekday named once",
    '"<first|second|third|fourth|last> <weekday>", "day <1-31>" or "<first|last> school day"',
    '"week <n> <weekday>" with n from 1 to 99, such as "week 10 thursday"',
    "a date without quotes, such as 2026-12-09",
    'every to be "day", "week", "month", "term" or "once"',
}


@pytest.mark.parametrize(
    ("every", "on", "rule"),
    [
        ("day", None, rules.Daily()),
        ("week", "monday", Weekly(frozenset({0}))),
        ("week", "monday, thursday", Weekly(frozenset({0, 3}))),
        ("week", "sunday,saturday", Weekly(frozenset({5, 6}))),
        ("week", "monday, tuesday, wednesday, thursday, friday, saturday, sunday", Weekly(frozenset(range(7)))),
        ("month", "second wednesday", MonthlyWeekday(2, 2)),
        ("month", "last friday", MonthlyWeekday(-1, 4)),
        ("month", "day 31", MonthlyDay(31)),
        ("month", "first school day", MonthlySchoolDay(False)),
        ("month", "last school day", MonthlySchoolDay(True)),
        ("term", "week 10 thursday", OncePerTerm(10, 3)),
        ("once", date(2026, 12, 9), Once(date(2026, 12, 9))),
    ],
)
def test_every_form_of_the_contract_is_read(every: str, on: date | str | None, rule: rules.Rule) -> None:
    assert rules.parse(every, on) == rule


@pytest.mark.parametrize(
    ("every", "on", "expected"),
    [
        ("day", "monday", "no on beside"),
        ("week", "secnd wednesday", "one or more weekdays"),
        ("week", "monday, monday", "each weekday named once"),
        ("week", "monday thursday", "one or more weekdays"),
        ("week", "monday,", "one or more weekdays"),
        ("week", "Monday", "one or more weekdays"),
        ("week", "", "one or more weekdays"),
        ("week", None, "one or more weekdays"),
        ("week", date(2026, 10, 10), "one or more weekdays"),
        ("month", "secnd wednesday", "first|second|third|fourth|last"),
        ("month", "fifth monday", "first|second|third|fourth|last"),
        ("month", "second school day", "<first|last> school day"),
        ("month", "day 0", "day <1-31>"),
        ("month", "day 32", "day <1-31>"),
        ("month", "second  wednesday", "weekday"),
        ("month", "wednesday", "weekday"),
        ("month", None, "weekday"),
        ("term", "week 0 monday", "week <n> <weekday>"),
        ("term", "week ten monday", "week <n> <weekday>"),
        ("term", "10 monday", "week <n> <weekday>"),
        ("term", date(2026, 10, 10), "week <n> <weekday>"),
        ("once", "2026-12-09", "a date without quotes"),
        ("once", datetime(2026, 12, 9, 8), "a date without quotes"),
        ("once", None, "a date without quotes"),
        ("year", "monday", "every to be"),
    ],
)
def test_anything_else_is_refused_with_what_was_expected(every: str, on: date | str | None, expected: str) -> None:
    with pytest.raises(ValueError, match=r".") as refused:
        rules.parse(every, on)
    assert str(refused.value) in EXPECTED
    assert expected in str(refused.value)


@pytest.mark.parametrize(
    ("text", "weeks"),
    [
        ("odd", ParityWeeks("odd")),
        ("even", ParityWeeks("even")),
        ("7", NumberedWeeks(((7, 7),))),
        ("1-18", NumberedWeeks(((1, 18),))),
        ("2,5,9-12", NumberedWeeks(((2, 2), (5, 5), (9, 12)))),
        ("2, 5, 9-12", NumberedWeeks(((2, 2), (5, 5), (9, 12)))),
    ],
)
def test_weeks_are_a_parity_or_numbers(text: str, weeks: NumberedWeeks | ParityWeeks) -> None:
    assert rules.weeks(text) == weeks


@pytest.mark.parametrize(
    "text",
    ["", "Odd", "odd, 3", "3, even", "odd, even", "two", "0", "0-3", "100", "01", "1-", "-3", "1--3", "1-3-5", "1,"]
)
def test_weeks_that_cannot_be_read_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match='"odd", "even" or week numbers'):
        rules.weeks(text)


@pytest.mark.parametrize("text", ["5-3", "3,1", "1-5,4", "2,2"])
def test_weeks_that_do_not_rise_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match="in rising order"):
        rules.weeks(text)


def test_weeks_contain_their_borders_and_nothing_beyond() -> None:
    numbered, odd, even = rules.weeks("2,5,9-12"), rules.weeks("odd"), rules.weeks("even")
    assert [week for week in range(1, 22) if numbered.contains(week)] == [2, 5, 9, 10, 11, 12]
    assert [week for week in range(1, 7) if odd.contains(week)] == [1, 3, 5]
    assert [week for week in range(1, 7) if even.contains(week)] == [2, 4, 6]


def oracle(span: Span, **words: object) -> Iterator[date]:
    """dateutil's answer over whole months, cut to the span."""
    start = datetime.combine(span.first.replace(day=1), time())
    found = rrule.rrule(rrule.MONTHLY, dtstart=start, until=datetime.combine(span.last, time()), **words)  # type: ignore[arg-type]
    return (at.date() for at in found if at.date() in span)


@given(DAYS, st.integers(0, 800), ORDINALS, st.integers(0, 6))
def test_a_weekday_of_the_month_is_rrules(first: date, length: int, ordinal: int, weekday: int) -> None:
    span = Span(first, first + timedelta(days=length))
    expected = oracle(span, byweekday=rrule.weekday(weekday)(ordinal))
    assert list(MonthlyWeekday(ordinal, weekday).dates(span, PLAIN)) == list(expected)


@given(DAYS, st.integers(0, 800), st.integers(1, 31))
def test_a_day_of_the_month_is_rrules_with_the_last_day_for_what_is_missing(first: date, length: int, day: int) -> None:
    span = Span(first, first + timedelta(days=length))
    expected = oracle(span, bymonthday=tuple(range(min(day, 28), day + 1)), bysetpos=-1)
    assert list(MonthlyDay(day).dates(span, PLAIN)) == list(expected)


@given(DAYS, st.integers(0, 800), st.booleans())
def test_first_and_last_school_day_are_rrules(first: date, length: int, last: bool) -> None:
    span = Span(first, first + timedelta(days=length))
    expected = oracle(span, byweekday=tuple(range(5)), bysetpos=-1 if last else 1)
    assert list(MonthlySchoolDay(last).dates(span, PLAIN)) == list(expected)


@given(DAYS, st.integers(0, 800))
def test_daily_is_each_school_day_and_no_other(first: date, length: int) -> None:
    span = Span(first, first + timedelta(days=length))
    assert list(rules.Daily().dates(span, PLAIN)) == list(oracle(span, byweekday=tuple(range(5))))


@given(RULES, DAYS, st.integers(0, 800), st.data())
def test_a_shorter_span_only_loses_dates(rule: rules.Rule, first: date, length: int, data: st.DataObject) -> None:
    span = Span(first, first + timedelta(days=length))
    head, tail = data.draw(st.integers(0, length)), data.draw(st.integers(0, length))
    cut = Span(first + timedelta(days=min(head, tail)), first + timedelta(days=max(head, tail)))
    assert list(rule.dates(cut, PLAIN)) == [day for day in rule.dates(span, PLAIN) if day in cut]


@given(RULES, DAYS, st.integers(0, 800))
def test_dates_rise_and_lie_inside_the_span(rule: rules.Rule, first: date, length: int) -> None:
    span = Span(first, first + timedelta(days=length))
    found = list(rule.dates(span, PLAIN))
    assert found == sorted(set(found))
    assert all(day in span for day in found)


@given(DAYS, st.integers(0, 200), st.integers(1, 30), st.integers(0, 6))
def test_week_one_of_a_term_holds_its_first_day(first: date, length: int, week: int, weekday: int) -> None:
    span = Span(first, first + timedelta(days=length))
    mondays_passed = {day: sum(other.weekday() == 0 for other in Span(first, day)) for day in span}
    week_of = {day: mondays_passed[day] + (first.weekday() != 0) for day in span}
    by_walking = [day for day in span if day.weekday() == weekday and week_of[day] == week]
    assert list(OncePerTerm(week, weekday).dates(span, PLAIN)) == by_walking
