"""The clockwork goes on where the machine's clock is set."""

import asyncio
from datetime import timedelta

import time_machine

from scheduling.jobs import begin_anew, ticking


async def test_ticks_go_on_by_a_clock_that_was_set_back() -> None:
    ticks, counted = asyncio.Event(), 0

    async def tick() -> None:
        nonlocal counted
        counted += 1
        ticks.set()

    with time_machine.travel(1_764_000_000, tick=True) as clock:
        scheduler = ticking({tick: 0.05})
        try:
            await asyncio.wait_for(ticks.wait(), 5)
            clock.shift(-timedelta(hours=6))
            await asyncio.sleep(0.2)  # what was asked for before comes still
            before = counted
            await asyncio.sleep(0.3)
            assert counted == before, "it goes on by itself: nothing would have to begin anew"
            begin_anew(scheduler)
            ticks.clear()
            await asyncio.wait_for(ticks.wait(), 5)
        finally:
            scheduler.shutdown(wait=False)
