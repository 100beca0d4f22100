"""Rules: the dates of an activity by its own words, before any holiday moves one (contract, "What the rules mean")."""

import calendar
import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Protocol

from msgspec import Struct

from scheduling import teaching_weeks
from scheduling.teaching_weeks import Weeks

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "last": -1}
WEEKDAY = "|".join(WEEKDAYS)
ORDINAL = "|".join(ORDINALS)


class Span(Struct, frozen=True):
    """Days from `first` to `last`, both included. A rule is asked for one term (学期) at a time: that is its span."""

    first: date
    last: date

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last

    def __iter__(self) -> Iterator[date]:
        return (self.first + timedelta(days=n) for n in range((self.last - self.first).days + 1))


class Days(Protocol):
    """What a rule asks of the school calendar."""

    def is_school_day(self, day: date) -> bool: ...

    def timetable(self, day: date) -> int | None:
        """The weekday whose weekly events fall on `day` (0 is Monday); None on a make-up day that follows none."""


class Rule(Protocol):
    def dates(self, span: Span, days: Days) -> Iterator[date]:
        """The rule's own dates inside the span, rising, school days or not."""


class Daily(Struct, frozen=True):
    """Each school day."""

    def dates(self, span: Span, days: Days) -> Iterator[date]:
        return filter(days.is_school_day, span)


class Weekly(Struct, frozen=True):
    """`on = "monday, thursday"`: weekdays 0 to 6, 0 is Monday. Only this rule looks at whose timetable a day runs."""

    weekdays: frozenset[int]

    def dates(self, span: Span, days: Days) -> Iterator[date]:
        return (day for day in span if days.timetable(day) in self.weekdays)


class MonthlyWeekday(Struct, frozen=True):
    """`on = "second wednesday"`: ordinal 1 to 4, or -1 for the last; weekday 0 is Monday. Holidays count, too."""

    ordinal: int
    weekday: int

    def dates(self, span: Span, days: Days) -> Iterator[date]:
        for month in months(span):
            same = [day for day in month if day.weekday() == self.weekday]
            found = same[self.ordinal - 1] if self.ordinal > 0 else same[-1]
            if found in span:
                yield found


class MonthlyDay(Struct, frozen=True):
    """`on = "day 31"`: a month without that day uses its last."""

    day: int

    def dates(self, span: Span, days: Days) -> Iterator[date]:
        for month in months(span):
            found = min(month.first + timedelta(days=self.day - 1), month.last)
            if found in span:
                yield found


class MonthlySchoolDay(Struct, frozen=True):
    """`on = "first school day"` of the whole calendar month, or the last; a month without any has none."""

    last: bool

    def dates(self, span: Span, days: Days) -> Iterator[date]:
        for month in months(span):
            found = [day for day in month if days.is_school_day(day)]
            if found and found[-self.last] in span:
                yield found[-self.last]


class OncePerTerm(Struct, frozen=True):
    """`on = "week 10 thursday"`: teaching week 1 holds the span's first day."""

    week: int
    weekday: int

    def dates(self, span: Span, days: Days) -> Iterator[date]:
        found = monday(span.first) + timedelta(weeks=self.week - 1, days=self.weekday)
        if found in span:
            yield found


class Once(Struct, frozen=True):
    day: date

    def dates(self, span: Span, days: Days) -> Iterator[date]:
        if self.day in span:
            yield self.day


def parse(every: str, on: date | str | None) -> Rule:
    """`every` and `on` of an activity. ValueError says what was expected of `on`."""
    match every, on:
        case "day", None:
            return Daily()
        case "day", _:
            raise ValueError('no on beside every = "day"')
        case "once", date() if not isinstance(on, datetime):
            return Once(on)
        case "once", _:
            raise ValueError("a date without quotes, such as 2026-12-09")
        case "week", _:
            return weekly(on)
        case "month", _:
            return monthly(on)
        case "term", _:
            return once_per_term(on)
    raise ValueError('every to be "day", "week", "month", "term" or "once"')


def weeks(text: str) -> Weeks:
    """`weeks` of an activity: `contains(number of a teaching week)`. ValueError says what was expected."""
    return teaching_weeks.parse(text)


def weekly(on: object) -> Weekly:
    names = [name.strip() for name in on.split(",")] if isinstance(on, str) else []
    if not names or not set(names) <= set(WEEKDAYS):
        raise ValueError('one or more weekdays, such as "monday" or "monday, thursday"')
    if len(set(names)) < len(names):
        raise ValueError("each weekday named once")
    return Weekly(frozenset(map(WEEKDAYS.index, names)))


def monthly(on: object) -> Rule:
    words = on if isinstance(on, str) else ""
    if found := re.fullmatch(r"(first|last) school day", words):
        return MonthlySchoolDay(found[1] == "last")
    if found := re.fullmatch(rf"({ORDINAL}) ({WEEKDAY})", words):
        return MonthlyWeekday(ORDINALS[found[1]], WEEKDAYS.index(found[2]))
    if found := re.fullmatch(r"day ([1-9]|[12][0-9]|3[01])", words):
        return MonthlyDay(int(found[1]))
    raise ValueError('"<first|second|third|fourth|last> <weekday>", "day <1-31>" or "<first|last> school day"')


def once_per_term(on: object) -> OncePerTerm:
    found = re.fullmatch(rf"week ([1-9][0-9]?) ({WEEKDAY})", on if isinstance(on, str) else "")
    if found is None:
        raise ValueError('"week <n> <weekday>" with n from 1 to 99, such as "week 10 thursday"')
    return OncePerTerm(int(found[1]), WEEKDAYS.index(found[2]))


def months(span: Span) -> Iterator[Span]:
    """The whole calendar months that the span touches."""
    first = span.first.replace(day=1)
    while first <= span.last:
        last = first.replace(day=calendar.monthrange(first.year, first.month)[1])
        yield Span(first, last)
        first = last + timedelta(days=1)


def monday(day: date) -> date:
    """The Monday of its week."""
    return day - timedelta(days=day.weekday())
