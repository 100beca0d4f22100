"""The horizon: how far ahead occurrences are kept as rows."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from scheduling import occurrences
from scheduling.durations import parse
from scheduling.occurrences import Planned
from scheduling.sending import ONE_DAY
from store.blueprint import Activity, Blueprint
from store.occurrences import Occurrence

AHEAD = timedelta(days=35)  # beyond the longest distance of an announcement


def planned(
    blueprint: Blueprint, first: date, today: date, known: Iterable[tuple[Occurrence, str]]
) -> list[Planned]:
    """From `first` as far ahead as the longest announcement needs; what is held once at any distance, so that its row
    is there to be moved, whenever the file says another date. `known`: the rows kept, with their activities' keys."""
    single = [activity for activity in blueprint.activity if activity.every == "once"]
    keys = {activity.key for activity in single}
    repeated = (row for row, activity in known if activity not in keys)
    last = max(today + AHEAD + longest_lead(blueprint), furthest(repeated), *moved_by_hand(blueprint))
    once = blueprint.model_copy(update={"activity": tuple(single)})
    end = max((term.last_day for term in blueprint.term), default=last)
    return [*occurrences.of(blueprint, first, last), *occurrences.of(once, last + ONE_DAY, end)]


def furthest(known: Iterable[Occurrence]) -> date:
    """The last date that was ever planned: a file whose leads are shorter now cancels nothing behind its horizon."""
    return max((row.date for row in known), default=date.min)


def moved_by_hand(blueprint: Blueprint) -> Iterator[date]:
    """What is moved in the chat to a date behind the horizon is not off."""
    return (detail.held_on for detail in blueprint.occurrence if detail.held_on)


def longest_lead(blueprint: Blueprint) -> timedelta:
    """How long before its start an occurrence may cause its first message."""
    exams = sum(((exam.until - exam.from_ + ONE_DAY) for exam in blueprint.exam), timedelta())
    return exams + max((lead for activity in blueprint.activity for lead in leads(activity)), default=timedelta())


def leads(activity: Activity) -> Iterator[timedelta]:
    opens = activity.check_in and activity.check_in.opens
    for text in (activity.prepare, activity.announce, *(activity.remind or ()), opens):
        yield parse(text).elapsed if text else timedelta()
    for text in activity.nudge or () if activity.respond_by else ():
        yield parse(text).elapsed + parse(activity.respond_by or "").elapsed
