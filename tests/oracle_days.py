"""An oracle for a person's day within a private budget, from the sentences of "Private messages" in
docs/consortium-file.md; it shares nothing with the program. It tries every way there is.

A message is when it is due and from when on it is of no use, as numbers; a day is several, as they are due.
"""

from collections.abc import Iterator
from itertools import combinations

Message = tuple[int, int]
Day = list[Message]


def least(day: Day) -> int:
    """In how few instants each of them can be told, at or after its own moment, while it is of use."""
    moments = sorted({due for due, _ in day})
    for number in range(len(moments) + 1):
        for chosen in combinations(moments, number):
            if all(any(due <= moment < end for moment in chosen) for due, end in day):
                return number
    raise AssertionError("each can be told at its own moment")


def sizes(day: Day, most: int) -> list[int]:
    """How many of them each message of the day holds: the first ones are as small as can be."""
    if not day:
        return []
    number = max(most, least(day))
    _, found = min((len(way) > number, way) for way in ways(day))
    head = found[0]
    while 1 < head < len(day) and day[head][0] == day[head - 1][0]:
        head += 1
    return [head, *sizes(day[head:], number - 1)]


def ways(day: Day) -> Iterator[list[int]]:
    """Every way to tell them one after the other, each in time."""
    if not day:
        yield []
    for head in range(1, len(day) + 1):
        if all(day[head - 1][0] < end for _, end in day[:head]):
            yield from ([head, *rest] for rest in ways(day[head:]))
