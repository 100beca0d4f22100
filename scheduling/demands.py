"""Demands (应有): the periods in which a rhythm of the plan asks for something, and which of them do not count (domain
2 on S2-27, S2-28 and S2-41; 7.1)."""

from collections.abc import Collection, Iterator
from datetime import date, timedelta
from enum import StrEnum

from msgspec import Struct

from scheduling import rules
from scheduling.calendar import SchoolCalendar
from scheduling.rules import Span, monday, months
from store.blueprint import Activity, Blueprint, Rhythm, Term

SEPTEMBER = 9
AGAIN = ("day", "week", "month")  # whose rule has dates in any month, within the term or not


class Gap(StrEnum):
    """Why a period asks for nothing: the rule's date lies before the term or after it, or there is no school day."""

    BEFORE_TERM = "before_term"
    AFTER_TERM = "after_term"
    NO_SCHOOL = "no_school"


class Demand(Struct, frozen=True):
    """`key`: `2026-10` of a month, `2026-1/3` of a week, that of a term, `2026-2027` of a school year. Both days are
    included. `days`: the rule's own dates in it, school days or not."""

    key: str
    first: date
    last: date
    gap: Gap | None = None
    days: tuple[date, ...] = ()


def of(blueprint: Blueprint, rhythm: Rhythm, activities: Collection[str], span: Span) -> list[Demand]:
    """The whole periods that the span touches, by day. `activities`: the keys of those that fulfil it. Of what is due
    each day, once or always there are none."""
    again = [one for one in blueprint.activity if one.key in activities and one.every in AGAIN]
    match rhythm:
        case "week":
            return [each for term in blueprint.term for each in of_weeks(blueprint, term, again, span)]
        case "month":
            return list(of_months(blueprint, again, span))
        case "term":
            terms = (term for term in blueprint.term if touches(span, term.first_day, term.last_day))
            return [Demand(term.key, term.first_day, term.last_day) for term in terms]
        case "school_year":
            years = sorted({school_year(term.first_day) for term in blueprint.term})
            found = ((year, of_year(year)) for year in years)
            return [
                Demand(f"{year}-{year + 1}", one.first, one.last)
                for year, one in found
                if touches(span, one.first, one.last)
            ]
    return []


def touches(span: Span, first: date, last: date) -> bool:
    return first <= span.last and span.first <= last


def school_year(day: date) -> int:
    """学年: September to August, by the calendar year in which it begins."""
    return day.year if day.month >= SEPTEMBER else day.year - 1


def of_school_year(day: date) -> Span:
    """That which holds the day."""
    return of_year(school_year(day))


def of_year(year: int) -> Span:
    return Span(date(year, SEPTEMBER, 1), date(year + 1, SEPTEMBER - 1, 31))


def of_months(blueprint: Blueprint, again: list[Activity], span: Span) -> Iterator[Demand]:
    """Each month that holds a day of a term. It counts whole if the rule's date lies inside the term; without a rule,
    if the term has a school day in it."""
    terms = [of_term(term) for term in blueprint.term]
    for first, last in sorted({(one.first, one.last) for term in terms for one in months(term)}):
        if touches(span, first, last):
            yield period(f"{first:%Y-%m}", Span(first, last), terms, again, SchoolCalendar(blueprint))


def of_weeks(blueprint: Blueprint, term: Term, again: list[Activity], span: Span) -> Iterator[Demand]:
    """Each teaching week (教学周), `2026-1/3`."""
    calendar = SchoolCalendar(blueprint)
    for number in range(1, calendar.week(term, term.last_day) + 1):
        first = monday(term.first_day) + timedelta(weeks=number - 1)
        week = Span(first, first + timedelta(days=6))
        if touches(span, week.first, week.last):
            yield period(f"{term.key}/{number}", week, [of_term(term)], again, calendar)


def period(key: str, whole: Span, terms: list[Span], again: list[Activity], calendar: SchoolCalendar) -> Demand:
    inside = [day for day in whole if any(day in term for term in terms)]
    parsed = (rules.parse(one.every, one.on) for one in again)
    days = tuple(sorted(day for rule in parsed for day in rule.dates(whole, calendar)))
    return Demand(key, whole.first, whole.last, gap(inside, days, calendar), days)


def of_term(term: Term) -> Span:
    return Span(term.first_day, term.last_day)


def gap(inside: list[date], days: tuple[date, ...], calendar: SchoolCalendar) -> Gap | None:
    """`inside`: the days of the period that belong to a term; `days`: the rule's own dates in it."""
    if not any(calendar.is_school_day(day) for day in inside):
        return Gap.NO_SCHOOL
    if not days or any(day in inside for day in days):
        return None
    return Gap.BEFORE_TERM if all(day < inside[0] for day in days) else Gap.AFTER_TERM
