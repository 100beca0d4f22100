"""The only place that knows the time."""

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Protocol


class Clock(Protocol):
    """`now` is an aware instant in UTC."""

    def now(self) -> datetime: ...


class WallClock:
    def now(self) -> datetime:
        return datetime.now(UTC)


class MovableClock:
    """Stands still until it is moved (tests)."""

    def __init__(self, at: datetime) -> None:
        self.at = at

    def now(self) -> datetime:
        return self.at

    def move_to(self, at: datetime) -> None:
        self.at = at

    def forward(self, by: timedelta) -> None:
        self.at += by


class ShiftedClock:
    """Goes at the world's pace from wherever it was set (the demo)."""

    def __init__(self, at: datetime) -> None:
        self.shift = at - datetime.now(UTC)

    def now(self) -> datetime:
        return datetime.now(UTC) + self.shift

    def move_to(self, at: datetime) -> None:
        self.shift = at - datetime.now(UTC)


class Steps:
    """How far the machine's clock was set, judged by one that nobody can set."""

    LEAST = timedelta(seconds=30)  # less is a clock that is being slewed

    def __init__(self, wall: Clock | None = None, steady: Callable[[], float] = time.monotonic) -> None:
        self.wall, self.steady = wall or WallClock(), steady
        self.behind = self.measured()

    def measured(self) -> datetime:
        """When the steady clock stood at nothing, as the wall has it."""
        return self.wall.now() - timedelta(seconds=self.steady())

    def since(self) -> timedelta | None:
        """Since it was last asked; below nothing: it was set back. None: it was not set."""
        before, self.behind = self.behind, self.measured()
        by = self.behind - before
        return by if abs(by) > self.LEAST else None
