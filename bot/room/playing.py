"""Playing with time: the demo's clock goes from message to message, each sent at its own instant."""

import asyncio
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Protocol

from bot.wiring import Running
from scheduling.dispatcher import next_due
from store import deliveries, occurrences, reminders
from store.database import Session

A_MOMENT = timedelta(milliseconds=50)
PATIENCE = 5.0  # seconds
A_WEEK = timedelta(days=7)  # plans reach further ahead than that


class Clock(Protocol):
    """One that can be moved."""

    def now(self) -> datetime: ...

    def move_to(self, at: datetime) -> None: ...


class Player:
    """What the page's clock buttons call, one at a time; before `attach` there is nothing to play."""

    def __init__(self, clock: Clock) -> None:
        self.clock = clock
        self.turn = asyncio.Lock()

    def attach(self, running: Running) -> None:
        self.running, self.planned_at = running, self.clock.now()

    async def next_message(self, consortium: str | None = None) -> None:
        """To the next moment at which the clock causes a message (of that consortium); stays where none is planned."""
        async with self.turn:
            moment = await self.running.store.run(reminders.next_at, consortium)
            if moment is not None:
                await self.to(max(moment, self.clock.now()))

    async def next_event(self, consortium: str | None = None) -> None:
        """To the minute in which the next occurrence (of that consortium) begins."""
        async with self.turn:
            moment = await self.running.store.run(occurrences.next_start, self.clock.now(), consortium)
            if moment is not None:
                await self.to(moment)

    async def forward(self, by: timedelta) -> None:
        async with self.turn:
            await self.to(self.clock.now() + by)

    async def to(self, moment: datetime) -> None:
        """Everything due on the way goes out at its own time; plans are made anew week by week."""
        while (step := await self.next_step(moment)) < moment:
            await self.step(step)
        await self.step(moment)

    async def next_step(self, moment: datetime) -> datetime:
        due = await self.running.store.run(next_due, self.clock.now())
        week = self.clock.now() + A_WEEK
        return min(moment, week, max(due, self.clock.now() + A_MOMENT) if due else moment)

    async def step(self, moment: datetime) -> None:
        self.clock.move_to(moment)
        if moment - self.planned_at > A_WEEK:
            self.planned_at = moment
            await self.running.plan()
        with suppress(TimeoutError):  # what hangs on the wire does not stop the clock
            async with asyncio.timeout(PATIENCE):
                while await self.running.dispatcher.tick() or await self.running.store.run(on_the_wire):
                    await asyncio.sleep(0.005)


def on_the_wire(session: Session) -> bool:
    """Claimed and not settled yet, by the dispatcher that goes on beside us."""
    return deliveries.counts(session).get(deliveries.DeliveryState.CLAIMED, 0) > 0
