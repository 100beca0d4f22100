"""The week's outlook (一周安排): `outlook = "sunday 19:00"` of a chat."""

import re
from collections import defaultdict
from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta

from scheduling import wall
from scheduling.moment import Moment, ToChat
from scheduling.occurrences import Planned
from scheduling.rules import WEEKDAY, WEEKDAYS, monday
from scheduling.sending import SendingTimes
from store.blueprint import Blueprint

ONE_WEEK = timedelta(weeks=1)


def parse(text: str) -> tuple[int, time]:
    """The weekday, 0 is Monday, and the local time. ValueError says what was expected."""
    found = re.fullmatch(rf"({WEEKDAY}) (([01][0-9]|2[0-3]):[0-5][0-9])", text)
    if found is None:
        raise ValueError('a weekday and a time "HH:MM", such as "sunday 19:00"')
    return WEEKDAYS.index(found[1]), time.fromisoformat(found[2])


def of(blueprint: Blueprint, planned: Iterable[Planned]) -> list[Moment]:
    """One for each chat that has the key and each teaching week that holds something of its activities, by week and
    chat key.

    It goes out on the last such weekday before the week, or on its Monday, and is of no use when that week is over; one
    that exams have held back, when nothing of the week is ahead any more.
    """
    asked = {chat.key: chat.outlook for chat in blueprint.chat}
    chats = {activity.key: activity.chat for activity in blueprint.activity}
    held: defaultdict[tuple[date, str], list[datetime]] = defaultdict(list)
    for one in planned:
        if (chat := chats[one.activity]) and asked[chat]:
            held[monday(one.date), chat].append(one.starts_at)
    times, found = SendingTimes(blueprint), []
    for (week, chat), starts in sorted(held.items()):
        weekday, clock = parse(asked[chat] or "")
        due = wall.instant(week - timedelta(days=-weekday % 7), clock, times.zone)
        at, until = times.after(due, clock), wall.instant(week + ONE_WEEK, time(), times.zone)
        held_back = times.exam(times.quiet.after(due)) is not None
        if at < (max(starts) if held_back else until):
            found.append(Moment("outlook", at, until.astimezone(UTC), None, None, None, ToChat(chat), f"{week}"))
    return found
