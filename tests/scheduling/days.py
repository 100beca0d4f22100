"""Days of one person, in minutes, and where the program parts them otherwise than the oracle."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import product
from types import ModuleType
from typing import Any

from tests import oracle_days
from tests.oracle_days import Day

MORNING = datetime(2026, 10, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
EVERY: list[Day] = [  # each message of use for a moment, until the next one, or all day long
    [(due, due + lasts) for due, lasts in zip(dues, ends, strict=True)]
    for dues in ((1, 2, 3, 4), (1, 1, 2, 3, 3), (1, 3, 3, 3, 4))
    for ends in product((1, 2, 9), repeat=len(dues))
]


def days_that_differ(person_days: ModuleType, days: list[Day], most: int) -> Iterator[tuple[Day, list[int]]]:
    """With how the program parts them. `person_days` is the module of this name, or one with a bug in it."""
    for day in days:
        found = [len(part) for part in person_days.parted(reckoned(person_days, day), most)]
        if found != oracle_days.sizes(day, most):
            yield day, found


def reckoned(person_days: ModuleType, day: Day) -> list[Any]:
    return [person_days.Waiting(MORNING + due * MINUTE, "", MORNING + end * MINUTE) for due, end in day]
