"""The month's digest (每月小结): when each chat hears what took place."""

from collections.abc import Iterable
from datetime import UTC, time, timedelta

from scheduling import wall
from scheduling.calendar import SchoolCalendar
from scheduling.moment import Moment, ToChat
from scheduling.occurrences import Planned
from scheduling.rules import MonthlySchoolDay, Span, months
from scheduling.sending import SendingTimes
from store.blueprint import Blueprint

DIGEST_AT = time(8, 30)


def of(blueprint: Blueprint, planned: Iterable[Planned]) -> list[Moment]:
    """One for each chat and calendar month with an occurrence of an activity that has this chat, by month and chat key.

    It goes out on the first school day of the next month, in term or not, and is of no use when that month is over.
    """
    chats = {activity.key: activity.chat for activity in blueprint.activity}
    days = {(one.date, one.activity) for one in planned}  # few, though there may be thousands of classes
    held = {(day.replace(day=1), chat) for day, activity in days if (chat := chats[activity])}
    calendar, times = SchoolCalendar(blueprint), SendingTimes(blueprint)
    found = []
    for month, chat in sorted(held):
        *_, following = months(Span(month, month + timedelta(days=31)))
        for day in MonthlySchoolDay(last=False).dates(following, calendar):
            at = times.after(wall.instant(day, DIGEST_AT, times.zone), DIGEST_AT)
            until = wall.instant(following.last + timedelta(days=1), time(), times.zone)
            if at < until:
                subject, to = f"{month:%Y-%m}", ToChat(chat)
                found.append(Moment("digest", at, until.astimezone(UTC), None, None, None, to, subject))
    return found
