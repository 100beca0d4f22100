"""An oracle for the calendar: what is held when, said day by day from the sentences of "What the rules mean".

It walks every day of every term, gives the day all the names that an `on` may call it by, and asks who is held or
moves there. A consortium is a plain dict, as TOML gives it. Nothing here is shared with the program.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

import holidays

File = dict[str, Any]
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
ORDINALS = ("first", "second", "third", "fourth", "fifth")
UNITS = {"m": timedelta(minutes=1), "h": timedelta(hours=1), "d": timedelta(days=1)}
STATUTORY = ("01-01", "05-01", "05-02", "10-01", "10-02", "10-03")
A_DAY, A_MINUTE = timedelta(days=1), timedelta(minutes=1)


@dataclass
class Day:
    """A day of a term. `names` are all the words (for `once`: the date) by which a rule's `on` may mean it."""

    date: date
    week: int
    school: bool
    names: dict[str, set[Any]]


def occurrences(file: File) -> list[File]:
    """What `plan --json` lists for all terms of the file."""
    terms = [(term, list(walk(file, term))) for term in file["term"]]
    found = [
        meeting
        for term, days in terms
        for activity in file["activity"]
        for turn, (day, own) in enumerate(held(activity, days))
        for meeting in meetings(file, term, activity, day, own, turn)
    ]
    return sorted(found, key=lambda one: (at(one["starts_at"]), one["activity"], one["class"] or ""))


def walk(file: File, term: File) -> Iterator[Day]:
    """Every day from `first_day` to `last_day`; a Monday begins the next teaching week."""
    day, week = term["first_day"], 1
    while day <= term["last_day"]:
        yield Day(day, week, school_day(file, day), names(file, day, week))
        day += A_DAY
        week += day.weekday() == 0


def names(file: File, day: date, week: int) -> dict[str, set[Any]]:
    weekday, after = WEEKDAYS[day.weekday()], day + A_DAY
    month = {f"{ORDINALS[(day.day - 1) // 7]} {weekday}", f"day {day.day}"}
    if (day + 7 * A_DAY).month != day.month:
        month.add(f"last {weekday}")
    if after.month != day.month:
        month |= {f"day {missing}" for missing in range(day.day, 32)}
    if school_day(file, day):
        whole = [other for n in range(-31, 32) if (other := day + n * A_DAY).month == day.month]
        if not any(school_day(file, other) for other in whole if other < day):
            month.add("first school day")
        if not any(school_day(file, other) for other in whole if other > day):
            month.add("last school day")
    return {"week": weekly_names(file, day), "month": month, "term": {f"week {week} {weekday}"}, "once": {day}}


def weekly_names(file: File, day: date) -> set[Any]:
    """The one weekday as which the day counts; none on a make-up day without `follows`."""
    follows = row_of(file, day).get("follows")
    if follows:
        return {follows}
    return set() if day.weekday() > 4 and school_day(file, day) else {WEEKDAYS[day.weekday()]}


def row_of(file: File, day: date) -> File:
    rows = (row for row in file.get("day", []) if row["date"] <= day <= row.get("until", row["date"]))
    return next(rows, {})


def school_day(file: File, day: date) -> bool:
    row = row_of(file, day)
    if row:
        return bool(row["kind"] == "school")
    if file["consortium"]["public_holidays"] == "none":
        return day.weekday() < 5
    if not published(day.year):
        return day.weekday() < 5 and f"{day:%m-%d}" not in STATUTORY
    return day in mainland(day.year).weekend_workdays or (day.weekday() < 5 and day not in mainland(day.year))


@cache
def mainland(year: int) -> holidays.HolidayBase:
    return holidays.country_holidays("CN", years=year)


@cache
def published(year: int) -> bool:
    """Each notice since 2001 names a make-up day of its year."""
    return any(day.year == year for day in mainland(year).weekend_workdays)


def held(activity: File, days: list[Day]) -> Iterator[tuple[Day, date]]:
    """Each day on which it is held, with the rule's own date: the same, else the earliest of those that move there."""
    way = activity.get("on_holiday", "skip" if activity["every"] in ("day", "week") else "next")
    for place, day in enumerate(days):
        if not day.school:
            continue
        if falls(activity, day):
            yield day, day.date
            continue
        closed = {"skip": [], "next": closed_beside(days, place, -1), "previous": closed_beside(days, place, 1)}[way]
        own = [other.date for other in closed if falls(activity, other)]
        if own:
            yield day, min(own)


def closed_beside(days: list[Day], place: int, step: int) -> list[Day]:
    """The days without school right before (-1) or right after (1) a day, as far as the term goes."""
    found = []
    place += step
    while 0 <= place < len(days) and not days[place].school:
        found.append(days[place])
        place += step
    return found


def falls(activity: File, day: Day) -> bool:
    """Whether it is the rule's own date, in the weeks chosen."""
    if not in_weeks(activity.get("weeks"), day.week):
        return False
    match activity["every"]:
        case "day":
            return day.school
        case "week":
            return any(name.strip() in day.names["week"] for name in activity["on"].split(","))
        case every:
            return activity["on"] in day.names[every]


def in_weeks(weeks: str | None, week: int) -> bool:
    if weeks is None:
        return True
    if weeks in ("odd", "even"):
        return week % 2 == (1 if weeks == "odd" else 0)
    ends = [part.split("-") for part in weeks.split(",")]
    return any(int(end[0]) <= week <= int(end[-1]) for end in ends)


def meetings(file: File, term: File, activity: File, day: Day, own: date, turn: int) -> Iterator[File]:
    hosts, themes = activity.get("hosts"), activity.get("themes", [])
    host = hosts[turn % len(hosts)] if hosts else None
    rooms: list[File] = [{"key": None}]
    if activity["kind"] == "class_meeting":
        rooms = [room for room in file["class"] if room["key"] in activity.get("classes", [room["key"]])]
    for room in rooms:
        school = room.get("school") or host or next(one["key"] for one in file["school"] if one["role"] == "core")
        starts, ends = times(file, activity, day.date, school)
        yield {
            "consortium": file["consortium"]["key"], "activity": activity["key"], "kind": activity["kind"],
            "title": activity["title"], "date": day.date, "starts_at": starts.isoformat(), "ends_at": ends.isoformat(),
            "term": term["key"], "week": day.week, "host": host, "theme": themes[turn] if turn < len(themes) else None,
            "class": room["key"], "moved_from": None if own == day.date else own,
            "provisional": file["consortium"]["public_holidays"] == "cn" and not published(day.date.year),
        }  # fmt: skip


def times(file: File, activity: File, day: date, school: str) -> tuple[datetime, datetime]:
    zone = ZoneInfo(file["consortium"]["timezone"])
    if "period" in activity:
        wanted = (school, activity["period"])
        lesson = next(one for one in file["period"] if (one["school"], one["number"]) == wanted)
        return local(day, lesson["starts"], zone), local(day, lesson["ends"], zone)
    start = local(day, activity["at"], zone)
    lasts = int(activity["lasts"][:-1]) * UNITS[activity["lasts"][-1]]
    return start, (start.astimezone(UTC) + lasts).astimezone(zone)


def local(day: date, clock: str, zone: ZoneInfo) -> datetime:
    """Tried with the offset of the day before and that of the day after: the earlier instant that shows this time; a
    time that neither shows is skipped, and the offset from before the gap moves it forward by the gap.
    """
    wall = datetime.fromisoformat(f"{day} {clock}").replace(tzinfo=UTC)
    tried = [wall - (wall + n * A_DAY).astimezone(zone).utcoffset() for n in (-1, 1)]  # type: ignore[operator]
    shown = [one for one in tried if one.astimezone(zone).replace(tzinfo=UTC) == wall]
    return min(shown, default=tried[0]).astimezone(zone)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)
