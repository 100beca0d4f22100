"""The school calendar (校历): school days, whose timetable they run, terms and teaching weeks."""

from datetime import date, timedelta
from typing import Literal

from scheduling import public_holidays
from scheduling.rules import WEEKDAYS, Span, monday
from store.blueprint import Blueprint, Term

SATURDAY = 5


class SchoolCalendar:
    """`[[day]]` beats public holidays (contract, "What the rules mean"). Any date may be asked, in a term or not."""

    def __init__(self, blueprint: Blueprint) -> None:
        self.mainland = blueprint.consortium.public_holidays == "cn"
        self.days = {day: row for row in blueprint.day for day in Span(row.date, row.until or row.date)}

    def is_school_day(self, day: date) -> bool:
        """Monday to Friday that is not off, or a day of kind `school`."""
        if row := self.days.get(day):
            return row.kind == "school"
        if not self.mainland:
            return day.weekday() < SATURDAY
        year = public_holidays.of(day.year)
        return day in year.make_up or (day.weekday() < SATURDAY and day not in year.off)

    def is_make_up_day(self, day: date) -> bool:
        """调休上班: a school day on a weekend, or any day that follows another weekday's timetable."""
        return self.is_school_day(day) and (day.weekday() >= SATURDAY or self.follows(day) is not None)

    def follows(self, day: date) -> int | None:
        """The weekday that the file says this day runs (补周五的课), 0 is Monday."""
        row = self.days.get(day)
        return WEEKDAYS.index(row.follows) if row and row.follows else None

    def name(self, day: date, language: str) -> str:
        """What people call a day: as the file does (期中考试), or the holiday that it is; "" where it has no name."""
        if row := self.days.get(day):
            return row.name or ""
        is_off = self.mainland and day in public_holidays.of(day.year).off
        return public_holidays.names(day.year, language).get(day, "") if is_off else ""

    def timetable(self, day: date) -> int | None:
        """The weekday whose weekly events fall on `day`, held or not; None on a make-up day that follows none."""
        return self.follows(day) if self.is_make_up_day(day) else day.weekday()

    def nearest_school_day(self, day: date, way: Literal["next", "previous"], span: Span) -> date | None:
        """`day` itself, or the first school day that way; None where the span ends before one comes."""
        step = timedelta(days=1 if way == "next" else -1)
        while day in span:
            if self.is_school_day(day):
                return day
            day += step
        return None

    def week(self, term: Term, day: date) -> int:
        """Teaching week (第N周): week 1 is the Monday to Sunday that holds the term's first day."""
        return (day - monday(term.first_day)).days // 7 + 1

    def provisional(self, day: date) -> bool:
        """Whether the year's public holidays are not published yet, whatever `[[day]]` says."""
        return self.mainland and not public_holidays.of(day.year).published
