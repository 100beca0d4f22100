"""Stopping: the first SIGTERM or SIGINT is heard. Those that follow would break off what it began, and are not."""

import asyncio
import logging
import os
import signal
import sys
from collections.abc import Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from threading import Thread
from typing import NoReturn

SIGNALS = (signal.SIGTERM, signal.SIGINT)
CLOSE_WITHIN = 1.0  # seconds


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


async def done_before(event: asyncio.Event, work: Coroutine[None, None, None]) -> bool:
    """Whether `work` was done before `event`, which breaks it off. Raises what it raises."""
    working, told = asyncio.create_task(work), asyncio.create_task(event.wait())
    try:
        await asyncio.wait({working, told}, return_when=asyncio.FIRST_COMPLETED)
        if working.done():
            working.result()
            return True
        return False
    finally:
        for task in (working, told):
            task.cancel()
        await asyncio.gather(working, told, return_exceptions=True)


class Threads(ThreadPoolExecutor):
    """For `asyncio.to_thread`: a plan is made there, a file is read. None can be broken off, and the loop that ends
    does not wait for one."""

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        super().shutdown(wait=False, cancel_futures=True)


def leave(close: Callable[[], None]) -> NoReturn:
    """The end with 0. `close`, which may wait for a database that is locked, has a second. Python would wait for the
    threads; of what they have in hand nobody has been told that it is done, and what they have not committed the
    database undoes."""
    closing = Thread(target=close, daemon=True)
    closing.start()
    closing.join(CLOSE_WITHIN)
    logging.shutdown()
    with suppress(OSError):
        sys.stdout.flush()
        sys.stderr.flush()
    os._exit(0)


def listen(act: Callable[[], None]) -> None:
    def heard(*_: object) -> None:
        for number in SIGNALS:
            signal.signal(number, signal.SIG_IGN)
        act()

    for number in SIGNALS:
        signal.signal(number, heard)
