"""The clockwork: APScheduler ticks, and holds nothing that could be lost."""

from asyncio import CancelledError
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from datetime import UTC
from typing import TypeAlias

from apscheduler.schedulers.asyncio import AsyncIOScheduler

Tick = Callable[[], Awaitable[None]]
Clockwork: TypeAlias = AsyncIOScheduler


def ticking(ticks: Mapping[Tick, float]) -> Clockwork:
    """A started scheduler that calls each tick every so many seconds, never twice at once."""
    scheduler = AsyncIOScheduler(timezone=UTC)
    for tick, seconds in ticks.items():
        once = {"coalesce": True, "max_instances": 1, "misfire_grace_time": None}
        scheduler.add_job(unless_cut_short, "interval", (tick,), seconds=seconds, **once)
    scheduler.start()
    return scheduler


def begin_anew(clockwork: Clockwork) -> None:
    """By the machine's clock, which was set back: else no tick would come until it is as late as before."""
    for job in clockwork.get_jobs():
        job.reschedule("interval", seconds=job.trigger.interval_length)


async def unless_cut_short(tick: Tick) -> None:
    """A tick that the end of the program cancels is no error."""
    with suppress(CancelledError):
        await tick()
