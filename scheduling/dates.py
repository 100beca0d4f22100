"""The dates on which an activity is held in one term: its rule's own dates, in the weeks chosen, moved off holidays."""

from datetime import date
from typing import NamedTuple

from scheduling import rules
from scheduling.calendar import SchoolCalendar
from scheduling.rules import Span
from store.blueprint import Activity, Term

Date = date  # a field named `date` hides the type


class Held(NamedTuple):
    """`own` is the rule's own date, `date` the one held."""

    own: date
    date: Date


def held(activity: Activity, term: Term, calendar: SchoolCalendar) -> list[Held]:
    """By date held, each at most once: what need not move keeps its day, then the earlier own date goes first."""
    span = Span(term.first_day, term.last_day)
    own = list(own_dates(activity, term, calendar))
    kept = {day: day for day in own if calendar.is_school_day(day)}
    for day in own:
        moved = moved_date(activity, day, calendar, span)
        if moved is not None:
            kept.setdefault(moved, day)
    return [Held(kept[day], day) for day in sorted(kept)]


def own_dates(activity: Activity, term: Term, calendar: SchoolCalendar) -> list[date]:
    """Rising, inside the term, school days or not. `weeks` is judged here, before any move."""
    found = rules.parse(activity.every, activity.on).dates(Span(term.first_day, term.last_day), calendar)
    if activity.weeks is None:
        return list(found)
    weeks = rules.weeks(activity.weeks)
    return [day for day in found if weeks.contains(calendar.week(term, day))]


def moved_date(activity: Activity, day: date, calendar: SchoolCalendar, span: Span) -> date | None:
    """Where `on_holiday` puts a rule's own date; the date itself where it is a school day, None where it is dropped."""
    way = activity.on_holiday or ("skip" if activity.every in ("day", "week") else "next")
    if way == "skip":
        return day if calendar.is_school_day(day) else None
    return calendar.nearest_school_day(day, way, span)
