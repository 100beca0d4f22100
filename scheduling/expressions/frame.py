"""What an expression is read against: the moment of typing, the school calendar, terms and timetables."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from msgspec import Struct

from scheduling import wall
from scheduling.calendar import SchoolCalendar
from scheduling.expressions.readings import Hours, Question, Unclear
from scheduling.rules import Span
from store.blueprint import Blueprint, Period, Term

SATURDAY = 5
NOON = time(12)
LONGEST_BLOCK = 70  # days; the summer holidays


class Frame(Struct, frozen=True):
    """`now` is local. `anchor` is the day whose week is 这周: today, or that of the event replied to."""

    blueprint: Blueprint
    calendar: SchoolCalendar
    now: datetime
    anchor: date

    @classmethod
    def of(cls, blueprint: Blueprint, now: datetime) -> "Frame":
        local = now.astimezone(ZoneInfo(blueprint.consortium.timezone))
        return cls(blueprint, SchoolCalendar(blueprint), local, local.date())

    @property
    def today(self) -> date:
        return self.now.date()

    def term(self, day: date) -> Term | None:
        return next((term for term in self.blueprint.term if term.first_day <= day <= term.last_day), None)

    def terms_ahead(self) -> list[Term]:
        """The current term, or in the holidays the coming one, and those after it."""
        ahead = [term for term in self.blueprint.term if term.last_day >= self.today]
        return sorted(ahead, key=lambda term: term.first_day)

    def doubt(self, day: date) -> Unclear | None:
        """Why nothing is entered on that day without a question."""
        if day < self.today:
            return Unclear(Question.IS_PAST, day=day)
        if not self.calendar.is_school_day(day):
            off = day.weekday() < SATURDAY or day in self.calendar.days
            return Unclear(Question.IS_HOLIDAY if off else Question.NO_SCHOOL_DAY, day=day)
        return None if self.term(day) else Unclear(Question.OUTSIDE_TERMS, day=day)

    def is_past(self, day: date, hours: Hours) -> bool:
        periods = {period.number: period.starts for period in self.core_periods()}
        start = hours.at or periods.get(hours.period or 0)
        return start is not None and wall.instant(day, start, self.zone) <= self.now

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.blueprint.consortium.timezone)

    def timetables(self) -> list[list[Period]]:
        """Each school's periods, by their start; schools without any are left out."""
        schools = (school.key for school in self.blueprint.school)
        tables = (sorted(self.periods(school), key=lambda period: period.starts) for school in schools)
        return [table for table in tables if table]

    def periods(self, school: str) -> list[Period]:
        return [period for period in self.blueprint.period if period.school == school]

    def core_periods(self) -> list[Period]:
        """Where there is no host, the one core school's timetable counts (contract)."""
        core = [school.key for school in self.blueprint.school if school.role == "core"]
        return self.periods(core[0]) if len(core) == 1 else []

    def block(self, day: date) -> Span:
        """The days off in a row around `day`, or the day alone where there is school."""
        return Span(self.edge(day, -1), self.edge(day, 1))

    def edge(self, day: date, way: int) -> date:
        for _ in range(LONGEST_BLOCK):
            ahead = day + timedelta(days=way)
            if self.calendar.is_school_day(day) or self.calendar.is_school_day(ahead):
                break
            day = ahead
        return day

    def holidays_ahead(self) -> Span | None:
        """The holidays (not a plain weekend) that go on, or begin within a month."""
        for day in Span(self.today, self.today + timedelta(days=31)):
            block = self.block(day)
            if not self.calendar.is_school_day(day) and any(one.weekday() < SATURDAY for one in block):
                return block
        return None


