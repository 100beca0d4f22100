"""The term at a glance (学期一览): weeks and days with what is held on them and how many messages the clock causes."""

from collections import Counter, defaultdict
from collections.abc import Container, Iterator
from datetime import date, datetime
from zoneinfo import ZoneInfo

from msgspec import Struct

from bot.pictures import term_picture
from bot.pictures.term_picture import Cell
from bot.words import Words
from scheduling import moments, occurrences
from scheduling.moment import ToChat
from scheduling.occurrences import CLASS_MEETING, Planned
from store.blueprint import Blueprint, Term


class Happening(Struct, frozen=True):
    """An event; or the class meetings of a day that have one name, `classes` of them, by the start of the first."""

    title: str
    starts_at: datetime
    classes: int = 0


class Day(Struct, frozen=True):
    """`cell`: as in the picture of the term; `to_groups`, `to_people`: messages that the clock causes, as though nobody
    answered and everybody attended."""

    cell: Cell
    happenings: tuple[Happening, ...]
    to_groups: int
    to_people: int


class Week(Struct, frozen=True):
    number: int
    days: tuple[Day, ...]


def weeks(file: Blueprint, term: Term, words: Words, linked: Container[str]) -> list[Week]:
    """Those of the picture. `linked`: the keys of who can be written to in private."""
    held, zone = by_day(file, term), ZoneInfo(file.consortium.timezone)
    sent = Counter(
        (entry.moment.at.astimezone(zone).date(), isinstance(entry.to, ToChat))
        for entry in moments.rehearse(file, term.first_day, term.last_day, linked)
    )

    def day(cell: Cell) -> Day:
        return Day(cell, tuple(held.get(cell.day, ())), sent[cell.day, True], sent[cell.day, False])

    return [Week(week.number, tuple(map(day, week.cells))) for week in term_picture.weeks(file, term, words)]


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
