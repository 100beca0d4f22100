"""Durations of the consortium file, `90m`, `2h`, `7d`, before and after an instant."""

import re
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Literal
from zoneinfo import ZoneInfo

from msgspec import Struct

from scheduling import wall

UNITS = {"m": timedelta(minutes=1), "h": timedelta(hours=1), "d": timedelta(days=1)}


class Duration(Struct, frozen=True):
    """`amount` of minutes (`m`), hours or days. Beside an instant a day is a calendar day: the same local time."""

    amount: int
    unit: str

    def before(self, at: datetime) -> datetime:
        """`at` is aware in the consortium's zone, and so is what is returned."""
        return self.moved(at, -1)

    def after(self, at: datetime) -> datetime:
        """`at` is aware in the consortium's zone, and so is what is returned."""
        return self.moved(at, 1)

    @property
    def elapsed(self) -> timedelta:
        """As elapsed time (`lasts`), a day being 24 hours."""
        return self.amount * UNITS[self.unit]

    def moved(self, at: datetime, sign: Literal[-1, 1]) -> datetime:
        if self.unit != "d":
            return wall.later(at, sign * self.elapsed)
        assert isinstance(at.tzinfo, ZoneInfo)
        return wall.instant(at.date() + sign * self.elapsed, at.time(), at.tzinfo)


@lru_cache(maxsize=256)
def parse(text: str) -> Duration:
    """ValueError says what was expected. How long a duration may be is the reader's of the file to say."""
    found = re.fullmatch(r"([0-9]{1,7})([mhd])", text)
    if found is None:
        raise ValueError('one whole number and one unit of m, h or d, such as "90m", "2h" or "7d"')
    return Duration(int(found[1]), found[2])
