"""Deadlines of the plan (落实提醒): before a term ends, `obligations = "14d"` of the consortium; before an exchange
does, `exchanges = "30d"` (domain 2 on S2-28, S2-16)."""

from collections.abc import Iterable, Iterator
from datetime import UTC, date, time

from scheduling import wall
from scheduling.durations import parse
from scheduling.moment import Kind, Moment, ToOrganisers
from scheduling.occurrences import Planned
from scheduling.sending import ONE_DAY, SendingTimes
from store.blueprint import Blueprint

CLOCK = time(8, 30)


def of(blueprint: Blueprint, planned: Iterable[Planned]) -> list[Moment]:
    """One a term, where there are obligations, and one for each day on which exchanges end, by day.

    It goes out so long before 08:30 of the last day, before exams that would hold it, and is of no use after that day.
    """
    found: list[Moment] = []
    if (lead := blueprint.consortium.obligations) and any(not one.declined for one in blueprint.obligation):
        ends = sorted((term.last_day, term.key) for term in blueprint.term)
        found += (one for day, key in ends for one in before(blueprint, "obligations_missing", lead, day, key))
    if lead := blueprint.consortium.exchanges:
        days = sorted({one.until for one in blueprint.exchange if one.until})
        found += (one for day in days for one in before(blueprint, "exchange_ends", lead, day, day.isoformat()))
    return found


def before(blueprint: Blueprint, kind: Kind, lead: str, day: date, subject: str) -> Iterator[Moment]:
    times = SendingTimes(blueprint)
    due, until = wall.instant(day, CLOCK, times.zone), wall.instant(day + ONE_DAY, time(), times.zone)
    at = times.before(parse(lead).before(due), until)
    if at < until:
        yield Moment(kind, at.astimezone(UTC), until.astimezone(UTC), None, None, None, ToOrganisers(), subject)
