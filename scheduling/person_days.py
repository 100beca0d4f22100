"""A person's day (每人每日上限): what the clock sends in private beyond so many messages a day goes out together.

A message may wait, and never comes before its own moment: nobody is asked to reflect on what has not taken place.
"""

from collections.abc import Sequence
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from msgspec import Struct

from scheduling import wall
from scheduling.sending import ONE_DAY
from store.reminders import Reminder, Wanted, Whom


class Waiting(Struct, frozen=True):
    """A message to one person, due at `at`, of no use from `until` on. `key` sets apart what is due at one instant."""

    at: datetime
    key: str
    until: datetime


def waiting(one: Reminder | Wanted, respond_by: datetime | None, since: datetime | None = None) -> Waiting:
    """A nudge to answer is of use while answers are in time; of what is older than `since`, it is due since then."""
    at = one.at if since is None else max(one.at, since)
    nudges = one.whom is Whom.UNANSWERED and respond_by is not None and at < respond_by < one.until
    return Waiting(at, one.dedup_key, respond_by if nudges and respond_by else one.until)


def order(one: Waiting) -> tuple[datetime, str]:
    return one.at, one.key


def together(day: Sequence[Waiting], room: int) -> int:
    """How many of them, counted from the first, are one message when the last of those is due; in `order`, at least
    one.

    `room`: how many messages all of them may be. As few wait as can: the first ones go out as they are, and what is
    left is the last message. Where each would be of no use before the next one comes, they are more than `room`.
    """
    room = max(room, fewest(day))
    size = next(size for size in range(1, len(day) + 1) if fits(day[:size]) and fewest(day[size:]) < room)
    while 1 < size < len(day) and day[size].at == day[size - 1].at:  # it goes along
        size += 1
    return size


def fewest(day: Sequence[Waiting]) -> int:
    """Into how few messages they go."""
    messages, begins = 0, 0
    for number in range(len(day)):
        if not messages or not fits(day[begins : number + 1]):
            messages, begins = messages + 1, number
    return messages


def fits(part: Sequence[Waiting]) -> bool:
    """All are still of use when the last of them is due."""
    return part[-1].at < min(one.until for one in part)


def parted(day: Sequence[Waiting], most: int) -> list[Sequence[Waiting]]:
    """A whole day, in order, by the messages that it becomes."""
    found: list[Sequence[Waiting]] = []
    while day:
        size = together(day, most - len(found))
        found.append(day[:size])
        day = day[size:]
    return found


def bounds(day: date, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """Its first instant, and the next day's."""
    return wall.instant(day, time(), zone), wall.instant(day + ONE_DAY, time(), zone)
