"""An oracle for the messages of one occurrence, from the sentences of "rehearse --json"; it shares nothing with the
program. Whether a minute is quiet is read off the clock on the wall, a minute at a time.
"""

from collections.abc import Iterator
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from tests.oracle import A_DAY, A_MINUTE, UNITS, File, at, local


def messages(file: File, meeting: File) -> set[tuple[str, datetime]]:
    """Kind and instant (UTC) of each message for an occurrence, as `oracle.occurrences` gives it; no class meeting."""
    zone, quiet = ZoneInfo(file["consortium"]["timezone"]), file["consortium"].get("quiet")
    activity = next(one for one in file["activity"] if one["key"] == meeting["activity"])
    start, end = at(meeting["starts_at"]), at(meeting["ends_at"])
    found = {(kind, awake(due, start, quiet, zone)) for kind, due in before_start(activity, start, zone)}
    if "check_in" in activity:
        found.add(("check_in", moved(start, activity["check_in"]["opens"], -1, zone)))
    if "reflect" in activity:
        due = moved(end, activity["reflect"]["due"], 1, zone)
        after = {"reflect": end, "nudge": moved(due, "1d", -1, zone)}
        sent = {(kind, awake(one, None, quiet, zone)) for kind, one in after.items() if one >= end}
        found |= {(kind, one) for kind, one in sent if one < due}
    return found


def before_start(activity: File, start: datetime, zone: ZoneInfo) -> Iterator[tuple[str, datetime]]:
    if "announce" in activity:
        yield "announce", moved(start, activity["announce"], -1, zone)
    yield from (("remind", moved(start, ahead, -1, zone)) for ahead in activity.get("remind", []))
    if "respond_by" in activity:
        respond_by = moved(start, activity["respond_by"], -1, zone)
        yield from (("nudge", moved(respond_by, ahead, -1, zone)) for ahead in activity.get("nudge", []))


def moved(instant: datetime, duration: str, sign: int, zone: ZoneInfo) -> datetime:
    """`d` counts calendar days at the same local time, `h` and `m` elapsed time."""
    amount, unit = sign * int(duration[:-1]), duration[-1]
    if unit != "d":
        return instant + amount * UNITS[unit]
    wall = instant.astimezone(zone)
    return local(wall.date() + amount * A_DAY, f"{wall:%H:%M}", zone).astimezone(UTC)


def awake(due: datetime, start: datetime | None, quiet: list[str] | None, zone: ZoneInfo) -> datetime:
    """The end of the quiet hours that hold it, if that is before the start; else the last minute before they began."""
    end = last = due
    while asleep(end, quiet, zone):
        end += A_MINUTE
    if start is None or end < start:
        return end
    while asleep(last, quiet, zone):
        last -= A_MINUTE
    return last


def asleep(instant: datetime, quiet: list[str] | None, zone: ZoneInfo) -> bool:
    """The first minute is quiet, the last is not."""
    if quiet is None:
        return False
    begins, ends = quiet
    clock = f"{instant.astimezone(zone):%H:%M}"
    return begins <= clock < ends if begins < ends else clock >= begins or clock < ends
