"""The clockwork: APScheduler ticks, and holds nothing that could be lost."""

from asyncio import CancelledError
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from datetime import UTC

from apscheduler.schedulers.asyncio import AsyncIOScheduler

Tick = Callable[[], Awaitable[None]]


def ticking(ticks: Mapping[Tick, float]) -> AsyncIOScheduler:
    """A started scheduler that calls each tick every so many seconds, never twice at once."""
    scheduler = AsyncIOScheduler(timezone=UTC)
    for tick, seconds in ticks.items():
        once = {"coalesce": True, "max_instances": 1, "misfire_grace_time": None}
        scheduler.add_job(unless_cut_short, "interval", (tick,), seconds=seconds, **once)
    scheduler.start()
    return scheduler


async def unless_cut_short(tick: Tick) -> None:
    """A tick that the end of the program cancels is no error."""
    with suppress(CancelledError):
        await tick()
