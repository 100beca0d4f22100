"""A plan and a rehearsal as people read them: week by week, what is alike gathered in one line."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta
from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING

from msgspec import Struct

from scheduling.occurrences import Planned
from scheduling.rules import monday
from store.blueprint import Blueprint, Milestone

if TYPE_CHECKING:
    from bot.rehearsal import Line


class Entry(Struct, frozen=True):
    """An occurrence, or all the class meetings of an activity and day: `classes` is how many, `class_name` that of a
    single one; `ends_at` is when the last of them ends."""

    row: Planned
    ends_at: datetime
    host: str | None
    classes: int
    class_name: str | None


class PlanDay(Struct, frozen=True):
    day: date
    entries: tuple[Entry, ...]


class PlanWeek(Struct, frozen=True):
    number: int
    first: date
    last: date
    days: tuple[PlanDay, ...]


class PlanPart(Struct, frozen=True):
    """`consortium` is its name. `milestones`: all of them, for most have no day."""

    consortium: str
    weeks: tuple[PlanWeek, ...]
    milestones: tuple[Milestone, ...]


class Post(Struct, frozen=True):
    """A message to a chat or a person, or such to many persons that are alike: `others` are their names."""

    line: "Line"
    others: tuple[str, ...]


class PostWeek(Struct, frozen=True):
    """`number` is None between the terms, and where consortiums count differently."""

    number: int | None
    first: date
    last: date
    posts: tuple[Post, ...]


def plan(rows: Sequence[Planned], files: Sequence[Blueprint]) -> list[PlanPart]:
    """One consortium after the other, in the order of the files; `rows` are by start."""
    parts = ((file, [row for row in rows if row.consortium == file.consortium.key]) for file in files)
    return [
        PlanPart(file.consortium.name, tuple(plan_weeks(ours, file)), file.milestone)
        for file, ours in parts
        if ours or file.milestone
    ]


def plan_weeks(rows: Iterable[Planned], file: Blueprint) -> Iterator[PlanWeek]:
    for (first, number), week in groupby(rows, lambda row: (monday(row.date), row.week)):
        days = (PlanDay(day, tuple(entries(list(same), file))) for day, same in groupby(week, attrgetter("date")))
        yield PlanWeek(number, first, sunday(first), tuple(days))


def entries(rows: Sequence[Planned], file: Blueprint) -> Iterator[Entry]:
    """Of one day; the class meetings of an activity stand where the first of them begins."""
    schools = {school.key: school.name for school in file.school}
    classes = {one.key: schools[one.school] + one.name for one in file.class_}
    alike: dict[tuple[str, bool], list[Planned]] = {}
    for row in rows:
        alike.setdefault((row.activity, row.class_ is None), []).append(row)
    for same in alike.values():
        row, ends_at = same[0], max(one.ends_at for one in same)
        count, alone = (0 if row.class_ is None else len(same)), row.class_ if len(same) == 1 else None
        yield Entry(row, ends_at, schools.get(row.host or ""), count, classes.get(alone or ""))


def rehearsal(lines: "Sequence[Line]") -> list[PostWeek]:
    """`lines` are by their instants; what one instant sends to many persons about one day's event is one post."""
    weeks = []
    for first, week in groupby(lines, lambda line: monday(line.at.date())):
        alike: dict[tuple[object, ...], list[Line]] = {}
        for number, line in enumerate(week):
            one = (line.at, line.kind, line.activity, line.date) if "person" in line.to else (number,)
            alike.setdefault(one, []).append(line)
        posts = tuple(Post(same[0], tuple(one.name for one in same[1:])) for same in alike.values())
        numbers = {post.line.week for post in posts}
        weeks.append(PostWeek(numbers.pop() if len(numbers) == 1 else None, first, sunday(first), posts))
    return weeks


def sunday(first: date) -> date:
    return first + timedelta(days=6)
