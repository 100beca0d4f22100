"""The week's summary of class meetings (每周班会汇总): `summary = "friday 16:30"` of the consortium (domain 3.3)."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta

from scheduling import wall
from scheduling.moment import Moment, ToOffice
from scheduling.occurrences import Planned
from scheduling.outlooks import ONE_WEEK, parse
from scheduling.rules import monday
from scheduling.sending import SendingTimes
from store.blueprint import Blueprint


def of(blueprint: Blueprint, planned: Iterable[Planned]) -> list[Moment]:
    """One for each teaching week of which a meeting is over by then whose record is asked for, by week.

    It goes out on that weekday of the week itself, and is of no use when the next one would be due.
    """
    if blueprint.consortium.summary is None:
        return []
    weekday, clock = parse(blueprint.consortium.summary)
    recorded, ends = blueprint.recorded_weekly(), defaultdict[date, list[datetime]](list)
    for one in planned:
        if one.activity in recorded:
            ends[monday(one.date)].append(one.ends_at)
    times, found = SendingTimes(blueprint), []
    for week in sorted(ends):
        day = week + timedelta(days=weekday)
        at = times.after(wall.instant(day, clock, times.zone), clock)
        until = wall.instant(day + ONE_WEEK, clock, times.zone)
        if min(ends[week]) <= at < until:
            found.append(Moment("summary", at, until.astimezone(UTC), None, None, None, ToOffice(), f"{week}"))
    return found
