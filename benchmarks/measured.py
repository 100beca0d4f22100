"""What one run came to, and several runs as a line."""

import statistics
from collections.abc import Sequence

from msgspec import Struct


class Measured(Struct, frozen=True):
    """`rate`: calls a second; `cpu`: seconds of the contender's processor for a thousand; `p50`, `p99`: from a press to
    its answer, milliseconds; `edits`: of the card, for each press; `wrong`: what did not come, or the card that is."""

    rate: float
    cpu: float = 0.0
    p50: float = 0.0
    p99: float = 0.0
    edits: float = 0.0
    wrong: str = ""


def share(ordered: Sequence[float], part: float) -> float:
    """0.99: the value that so large a part of them does not exceed."""
    return ordered[min(len(ordered) - 1, round(part * (len(ordered) - 1)))] if ordered else 0.0


def middle(values: Sequence[float], digits: int = 0) -> str:
    """The median, and the spread."""
    lowest, highest = min(values), max(values)
    return f"{statistics.median(values):.{digits}f} ({lowest:.{digits}f} to {highest:.{digits}f})"


def ratio(ours: Sequence[Measured], theirs: Sequence[Measured]) -> str:
    """Of the pairs that ran one after the other."""
    found = [one.rate / other.rate for one, other in zip(ours, theirs, strict=True) if other.rate]
    return middle(found, 2) if found else "no rate"
