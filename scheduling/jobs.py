"""The clockwork: APScheduler ticks, and holds nothing that could be lost."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import UTC

from apscheduler.schedulers.asyncio import AsyncIOScheduler

Tick = Callable[[], Awaitable[None]]


def ticking(ticks: Mapping[Tick, float]) -> AsyncIOScheduler:
    """A started scheduler that calls each tick every so many seconds, never twice at once."""
    scheduler = AsyncIOScheduler(timezone=UTC)
    for tick, seconds in ticks.items():
        scheduler.add_job(tick, "interval", seconds=seconds, coalesce=True, max_instances=1, misfire_grace_time=None)
    scheduler.start()
    return scheduler
