"""Wall time: the instant at which a clock in the consortium's zone shows a date and a time."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo


def instant(day: date, clock: time, zone: ZoneInfo) -> datetime:
    """Aware, in `zone`. A time that daylight saving skips is moved forward by the gap; of one that happens twice the
    first is taken (contract, "What the rules mean").

    `clock` may come from an instant that was the second: on another day that means nothing.
    """
    return datetime.combine(day, clock.replace(fold=0), zone).astimezone(UTC).astimezone(zone)


def later(at: datetime, by: timedelta) -> datetime:
    """`by` of elapsed time after `at`, in its zone. Plain `at + by` would move the hands of the clock instead."""
    return (at.astimezone(UTC) + by).astimezone(at.tzinfo)
