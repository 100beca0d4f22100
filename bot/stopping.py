"""Stopping: the first SIGTERM or SIGINT is heard. Those that follow would break off what it began, and are not."""

import asyncio
import signal
import sys
from collections.abc import Callable
from contextlib import suppress

SIGNALS = (signal.SIGTERM, signal.SIGINT)


def exit_when_told() -> None:
    """Until a loop listens: nothing is in hand yet."""
    listen(lambda: sys.exit(0))


def told_to_stop() -> asyncio.Event:
    """Set when it is. Not the loop's own handlers: when it closes they give way to the system's, and the next signal
    would end the program with 143."""
    stop, loop = asyncio.Event(), asyncio.get_running_loop()

    def tell() -> None:
        with suppress(RuntimeError):  # the loop has ended by itself
            loop.call_soon_threadsafe(stop.set)

    listen(tell)
    return stop


def listen(act: Callable[[], None]) -> None:
    def heard(*_: object) -> None:
        for number in SIGNALS:
            signal.signal(number, signal.SIG_IGN)
        act()

    for number in SIGNALS:
        signal.signal(number, heard)
