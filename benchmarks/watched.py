"""`jiaolian run`, watched from within; at its end it writes what was seen to FILE, as JSON.

`python -m benchmarks.watched blocks FILE`: the longest that one callback kept the event loop, in seconds of its own
processor time, so that other programs do not count, and which it was. `… profile FILE`: seconds of each thread's
processor by part (cProfile, which makes small functions dearer than they are).
"""

import asyncio
import cProfile
import json
import pstats
import sys
import threading
import time
from collections import defaultdict
from pathlib import Path
from typing import Any

LONGEST = 5  # callbacks that are named
LOOP, STORE = "event loop", "store thread"
PARTS = {
    "SQLite, with its commits": ("do_execute", "do_executemany", "do_commit", "do_begin"),
    "SQLAlchemy": ("/sqlalchemy/", "/sqlmodel/", "sqlalchemy generated"),
    "HTTP (aiohttp)": ("/aiohttp/", "/yarl/", "/multidict/", "/asyncio/selector_events", "/urllib/", "/ssl"),
    "event loop (asyncio)": ("/asyncio/", "/selectors", "/concurrent/", "/threading", "/queue"),
    "Telegram (PTB)": ("/telegram/_", "/telegram/ext/", "/telegram/request/", "/telegram/error"),
    "words (Jinja)": ("/jinja2/", ".j2", "<template>", "/markupsafe/"),
    "ours": ("/bot/", "/handlers/", "/scheduling/", "/store/"),
}
REST = "Python's own"


def part_of(file: str, function: str) -> str:
    where = file.replace("\\", "/")
    own = "/bot/telegram/" in where  # not PTB, whose folder has the same name
    for part, marks in PARTS.items():
        if not (own and part == "Telegram (PTB)") and any(mark in where or mark == function for mark in marks):
            return part
    return REST


class Profiles:
    """One a thread, by the thread's own clock."""

    def __init__(self) -> None:
        self.by_thread: dict[str, cProfile.Profile] = {}

    def run(self, thread: str, work: Any, *args: Any) -> Any:
        profile = self.by_thread[thread] = cProfile.Profile(time.thread_time, builtins=False)
        return profile.runcall(work, *args)

    def seen(self) -> dict[str, dict[str, float]]:
        found: dict[str, dict[str, float]] = {}
        for thread, profile in self.by_thread.items():
            profile.create_stats()
            parts: defaultdict[str, float] = defaultdict(float)
            stats: Any = pstats.Stats(profile)
            for (file, _line, function), (_calls, _all, own, *_) in stats.stats.items():
                parts[part_of(file, function)] += own
            found[thread] = dict(parts)
        return found


def profiled() -> Profiles:
    """From the start of the event loop on."""
    profiles, loop_run, thread_run = Profiles(), asyncio.Runner.run, threading.Thread.run

    def run_loop(self: asyncio.Runner, *args: Any, **kwargs: Any) -> Any:
        return profiles.run(LOOP, lambda: loop_run(self, *args, **kwargs))

    def run_thread(self: threading.Thread) -> None:
        if self.name == "store-writer":
            profiles.run(STORE, thread_run, self)
        else:
            thread_run(self)

    asyncio.Runner.run = run_loop  # type: ignore[method-assign]
    threading.Thread.run = run_thread  # type: ignore[method-assign]
    return profiles


def named(handle: asyncio.Handle) -> str:
    """The coroutine of a task, or else the callback."""
    task = getattr(handle._callback, "__self__", None)  # type: ignore[attr-defined]
    coroutine = task.get_coro() if isinstance(task, asyncio.Task) else None
    return str(getattr(coroutine, "__qualname__", None) or repr(handle._callback)[:120])  # type: ignore[attr-defined]


class Blocks:
    """The callbacks that took longest."""

    def __init__(self) -> None:
        self.longest: list[tuple[float, str]] = []
        self.run = asyncio.Handle._run
        asyncio.Handle._run = self.timed()  # type: ignore[method-assign]

    def timed(self) -> Any:
        run = self.run

        def timed(handle: asyncio.Handle) -> None:
            began = time.thread_time()
            run(handle)
            took = time.thread_time() - began
            if len(self.longest) < LONGEST or took > self.longest[-1][0]:
                self.longest = sorted([*self.longest, (took, named(handle))], reverse=True)[:LONGEST]

        return timed

    def seen(self) -> list[tuple[float, str]]:
        return self.longest


def main(what: str, file: str) -> None:
    import bot.wiring  # noqa: F401  imports are the start's, not the path's
    from bot.cli import commands

    watch = profiled() if what == "profile" else Blocks()
    try:
        commands(["run"], standalone_mode=False)
    finally:
        Path(file).write_text(json.dumps(watch.seen()), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
