"""The term at a glance (学期一览): weeks and days with what is held on them and how many messages the clock causes."""

from collections import Counter, defaultdict
from collections.abc import Container, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.term_picture import kind_of, name_of
from bot.words import Words
from scheduling import moments, occurrences
from scheduling.calendar import SchoolCalendar
from scheduling.moment import ToChat
from scheduling.occurrences import CLASS_MEETING, Planned
from scheduling.rules import monday
from store.blueprint import Blueprint, Term


@dataclass(frozen=True, slots=True)
class Happening:
    """An event; or the class meetings of a day that have one name, `classes` of them, by the start of the first."""

    title: str
    starts_at: datetime
    classes: int = 0


@dataclass(frozen=True, slots=True)
class Day:
    """`kind` and `name` as in the picture of the term; `to_groups`, `to_people`: messages that the clock causes, as
    though nobody answered and everybody attended."""

    day: date
    kind: str
    name: str
    happenings: tuple[Happening, ...]
    to_groups: int
    to_people: int


@dataclass(frozen=True, slots=True)
class Week:
    number: int
    days: tuple[Day, ...]


def weeks(file: Blueprint, term: Term, words: Words, linked: Container[str]) -> list[Week]:
    """Of the term, from the Monday of its first day on. `linked`: the keys of who can be written to in private."""
    calendar, first = SchoolCalendar(file), monday(term.first_day)
    held = by_day(file, term)
    zone = ZoneInfo(file.consortium.timezone)
    sent = Counter(
        (entry.moment.at.astimezone(zone).date(), isinstance(entry.to, ToChat))
        for entry in moments.rehearse(file, term.first_day, term.last_day, linked)
    )

    def day(number: int) -> Day:
        at = first + timedelta(days=number)
        kind = kind_of(calendar, term, at)
        name = "" if kind == "outside" else name_of(calendar, kind, at, words)
        return Day(at, kind, name, tuple(held.get(at, ())), sent[at, True], sent[at, False])

    count = calendar.week(term, term.last_day)
    return [Week(week + 1, tuple(day(7 * week + one) for one in range(7))) for week in range(count)]


def by_day(file: Blueprint, term: Term) -> dict[date, list[Happening]]:
    """By start within a day. What classes do every day (夕会) is left out: it would stand everywhere."""
    daily = {activity.key for activity in file.activity if activity.every == "day"}
    found: defaultdict[date, list[Happening]] = defaultdict(list)
    meetings: defaultdict[tuple[date, str], list[Planned]] = defaultdict(list)
    for one in occurrences.of(file, term.first_day, term.last_day):
        if one.kind != CLASS_MEETING:
            found[one.date].append(Happening(one.title, one.starts_at))
        elif one.activity not in daily:
            meetings[one.date, one.title].append(one)
    for (at, title), those in meetings.items():
        found[at].append(Happening(title, those[0].starts_at, len(those)))
    return {at: sorted(those, key=lambda one: one.starts_at) for at, those in found.items()}


def to_come(found: list[Week], now: datetime) -> Iterator[Happening]:
    for week in found:
        for day in week.days:
            yield from (one for one in day.happenings if one.starts_at > now)
