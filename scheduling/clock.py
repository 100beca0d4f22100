"""The only place that knows the time."""

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Protocol


def boot_time() -> float:
    """Seconds; it cannot be set, and goes on while the machine sleeps, where there is such a one."""
    return time.clock_gettime(time.CLOCK_BOOTTIME) if hasattr(time, "CLOCK_BOOTTIME") else time.monotonic()


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

    LEAST = timedelta(seconds=30)  # less harms nothing

    def __init__(self, wall: Clock | None = None, steady: Callable[[], float] = boot_time) -> None:
        self.wall, self.steady = wall or WallClock(), steady
        self.behind = self.measured()

    def measured(self) -> datetime:
        """When the steady clock stood at nothing, as the wall has it."""
        return self.wall.now() - timedelta(seconds=self.steady())

    def since(self) -> timedelta | None:
        """Since it was last told; below nothing: it was set back. None: by hardly anything yet."""
        behind = self.measured()
        by = behind - self.behind
        if abs(by) <= self.LEAST:
            return None
        self.behind = behind
        return by


class Standing:
    """Whether a clock by which something is deleted may be believed: for `LONG` after it was set it is not. One that is
    a year ahead for a minute would take with it what is kept for a term."""

    LONG = 5400.0  # seconds; plans come by the hour

    def __init__(self, wall: Clock | None = None, steady: Callable[[], float] = boot_time) -> None:
        self.steps, self.steady = Steps(wall, steady), steady
        self.set_at: float | None = None

    def believed(self) -> bool:
        if self.steps.since() is not None:
            self.set_at = self.steady()
        return self.set_at is None or self.steady() - self.set_at >= self.LONG
