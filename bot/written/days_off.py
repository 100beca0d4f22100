"""Days off (停课) in words: `off 2026-11-05 2026-11-06 期中考试`; and any change of days as entries of a file."""

import re
from datetime import date, timedelta

from bot.written.asked_back import AskedBack
from bot.written.one_event import Meant
from scheduling.expressions.readings import DayChange, Question
from scheduling.rules import Span
from store.amendments import Entries
from store.blueprint import Blueprint, Day

DATE = r"(?:\d{4}[./年-])?\d{1,2}[./月-]\d{1,2}[日号]?"
LAST = rf"(?:\s*[至到~—\s]\s*(?P<last>{DATE}))?"
OFF = re.compile(rf"off\s+(?P<first>{DATE}|\S+){LAST}(?:\s+(?P<name>.+))?", re.IGNORECASE)
ISO = re.compile(r"(?:(?P<year>\d{4})[./年-])?(?P<month>\d{1,2})[./月-](?P<day>\d{1,2})[日号]?")
LONGEST = timedelta(days=70)


def read(text: str, blueprint: Blueprint, today: date) -> Meant | AskedBack | None:
    """None where it does not begin so."""
    found = OFF.fullmatch(text)
    if found is None:
        return None
    first = day_of(found["first"], today)
    last = day_of(found["last"], today) if found["last"] else first
    if first is None or last is None:
        return AskedBack(Question.NO_SUCH_DAY, words=found["last"] if first else found["first"])
    if first < today:
        return AskedBack(Question.IS_PAST, day=first)
    if last < first:
        return AskedBack(Question.SEVERAL)
    if not any(term.first_day <= last and first <= term.last_day for term in blueprint.term):
        return AskedBack(Question.OUTSIDE_TERMS, day=first)
    if last - first > LONGEST:
        return AskedBack(Question.SEVERAL)
    return meant(DayChange(first, "off", name=found["name"], until=last))


def day_of(text: str, today: date) -> date | None:
    """With the year, or the next day of that month and number."""
    found = ISO.fullmatch(text)
    try:
        if found is None:
            return None
        if found["year"]:
            return date(int(found["year"]), int(found["month"]), int(found["day"]))
        this = date(today.year, int(found["month"]), int(found["day"]))
        return this if this >= today else this.replace(year=today.year + 1)
    except ValueError:
        return None


def meant(change: DayChange) -> Meant:
    """One entry for each day, so that each can be changed again by itself."""
    span = Span(change.date, change.until or change.date)
    days = (Day(date=day, kind=change.kind, follows=change.follows, name=change.name) for day in span)
    return Meant(Entries.of(days), None)
