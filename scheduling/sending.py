"""Sending times: when a message may go out, outside quiet hours (免打扰时段) and exams (考试静默)."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from scheduling import wall
from scheduling.quiet import QuietHours
from scheduling.rules import Span
from store.blueprint import Blueprint

ONE_DAY = timedelta(days=1)


class SendingTimes:
    """Of one consortium. What is moved out of an exam heeds quiet hours again."""

    def __init__(self, blueprint: Blueprint) -> None:
        self.zone = ZoneInfo(blueprint.consortium.timezone)
        self.quiet = QuietHours(blueprint.consortium.quiet, self.zone)
        self.exams = [Span(first, last) for first, last in blueprint.silences()]

    def before(self, at: datetime, start: datetime) -> datetime:
        """For a message of use before `start` that no exam may hold: the day before the exams, at its local time."""
        found = self.quiet.before(at, start)
        exam = self.exam(found)
        if exam is None or found >= start:
            return found
        eve = wall.instant(exam.first - ONE_DAY, at.astimezone(self.zone).time(), self.zone)
        return self.quiet.before(eve, wall.instant(exam.first, time(), self.zone))

    def after(self, at: datetime, clock: time) -> datetime:
        """For a message that can wait: the first day after the exams, at that local time."""
        found = self.quiet.after(at)
        while exam := self.exam(found):
            found = self.quiet.after(wall.instant(exam.last + ONE_DAY, clock, self.zone))
        return found

    def exam(self, at: datetime) -> Span | None:
        """The days of exams that hold `at`."""
        day = at.astimezone(self.zone).date()
        return next((span for span in self.exams if day in span), None)
