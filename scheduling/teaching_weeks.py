"""Teaching weeks (教学周) chosen by number or by parity: `weeks` of the consortium file."""

import re
from itertools import pairwise
from typing import Literal

from msgspec import Struct

EXPECTED = '"odd", "even" or week numbers from 1 to 99 in rising order, such as "1-18" or "2,5,9-12"'


class NumberedWeeks(Struct, frozen=True):
    """Ranges (first, last), both ends included."""

    ranges: tuple[tuple[int, int], ...]

    def contains(self, week: int) -> bool:
        return any(first <= week <= last for first, last in self.ranges)


class ParityWeeks(Struct, frozen=True):
    """单周 odd, 双周 even."""

    parity: Literal["odd", "even"]

    def contains(self, week: int) -> bool:
        return week % 2 == (self.parity == "odd")


Weeks = NumberedWeeks | ParityWeeks


def parse(text: str) -> Weeks:
    """ValueError says what was expected: parity, or rising numbers and ranges; the two do not mix."""
    match text:
        case "odd" | "even":
            return ParityWeeks(text)
    ranges = tuple(one_range(part.strip()) for part in text.split(","))
    if any(left[1] >= right[0] for left, right in pairwise(ranges)):
        raise ValueError(EXPECTED)
    return NumberedWeeks(ranges)


def one_range(part: str) -> tuple[int, int]:
    found = re.fullmatch(r"([1-9][0-9]?)(?:-([1-9][0-9]?))?", part)
    if found is None or int(found[1]) > int(found[2] or found[1]):
        raise ValueError(EXPECTED)
    return int(found[1]), int(found[2] or found[1])
