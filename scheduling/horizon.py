"""The horizon: how far ahead there are rows of occurrences, and reminders of them."""

from collections.abc import Iterator
from datetime import date, timedelta

from scheduling import occurrences
from scheduling.durations import parse
from scheduling.occurrences import CLASS_MEETING, Planned
from scheduling.sending import ONE_DAY
from store.blueprint import Activity, Blueprint

AHEAD = timedelta(days=35)  # beyond the longest distance of an announcement


def reach(blueprint: Blueprint, today: date, furthest: date) -> date:
    """The last day of which there are reminders and class meetings: as far as the longest announcement needs; and no
    nearer than `furthest`, up to which class meetings were planned before, or one is moved in the chat, since what lies
    behind it is cancelled."""
    moved = (detail.held_on for detail in blueprint.occurrence if detail.class_ and detail.held_on)
    return max(today + AHEAD + longest_lead(blueprint), furthest, *moved)


def planned(blueprint: Blueprint, today: date, near: date) -> list[Planned]:
    """From the month before: class meetings, which are most of it, to `near`; other events, and what is held once, to
    the end of the last term, so that each is there to be moved."""
    first, end = a_month_before(today), max((term.last_day for term in blueprint.term), default=near)
    meetings = tuple(activity for activity in blueprint.activity if repeats_by_class(activity))
    others = tuple(activity for activity in blueprint.activity if not repeats_by_class(activity))
    return [
        one
        for activities, last in ((meetings, near), (others, end))
        for one in occurrences.each(blueprint.model_copy(update={"activity": activities}), first, last)
    ]


def repeats_by_class(activity: Activity) -> bool:
    return activity.kind == CLASS_MEETING and activity.every != "once"


def a_month_before(day: date) -> date:
    """The first day of the month before: a digest speaks of that one until its own is over."""
    return (day.replace(day=1) - ONE_DAY).replace(day=1)


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
