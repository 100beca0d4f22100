"""Playing with time: the demo's clock goes from message to message, each sent at its own instant."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from datetime import datetime, time, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

from bot.wiring import Running
from handlers.term_files import term_at
from scheduling.due import next_due
from store import agendas, consortiums, reminders
from store.database import Session

A_MOMENT = timedelta(milliseconds=50)
PATIENCE = 5.0  # seconds
A_WEEK = timedelta(days=7)  # plans reach further ahead than that


class Clock(Protocol):
    """One that can be moved."""

    def now(self) -> datetime: ...

    def move_to(self, at: datetime) -> None: ...


class Others(Protocol):
    """Who else acts as time goes by."""

    def next_at(self) -> datetime | None: ...

    async def act(self, now: datetime) -> bool:
        """Everything that they had in mind until now; whether that was anything."""
        ...


class Player:
    """What the page's clock buttons call, one at a time; before `attach` there is nothing to play."""

    def __init__(self, clock: Clock, others: Others | None = None) -> None:
        self.clock, self.others = clock, others
        self.turn, self.stops = asyncio.Lock(), 0
        self.stopped = self.ended = False

    def attach(self, running: Running) -> None:
        self.running, self.planned_at = running, self.clock.now()

    def stop(self) -> None:
        """The move that is under way ends where it is, and those that wait behind it do not begin."""
        self.stops += 1
        self.stopped = True

    async def end(self) -> None:
        """No step from here on, whoever waits for his turn; back when nobody is on the way any more."""
        self.ended = self.stopped = True
        async with self.turn:
            pass

    @asynccontextmanager
    async def moving(self) -> AsyncIterator[None]:
        """`stop` counts from the moment a move is asked for, also while it waits or looks up where to go."""
        before = self.stops
        async with self.turn:
            self.stopped = self.ended or self.stops != before
            yield

    async def next_message(self, consortium: str | None = None) -> None:
        """To the next moment at which the clock causes a message (of that consortium); stays where none is planned."""
        async with self.moving():
            moment = await self.running.store.run(reminders.next_at, consortium)
            if moment is not None:
                await self.to(max(moment, self.clock.now()))

    async def next_event(self, consortium: str | None = None) -> None:
        """To the minute in which the next occurrence (of that consortium) begins."""
        async with self.moving():
            moment = await self.running.store.run(agendas.next_start, self.clock.now(), consortium)
            if moment is not None:
                await self.to(moment)

    async def whole_term(self, consortium: str | None = None) -> None:
        """To the end of the term that runs, or of the next one, where there is one."""
        async with self.moving():
            moment = await self.running.store.run(term_over, self.clock.now(), consortium)
            if moment is not None:
                await self.to(moment)

    async def forward(self, by: timedelta) -> None:
        async with self.moving():
            await self.to(self.clock.now() + by)

    async def catch_up(self) -> None:
        """What is due by now, and what the others have in mind; a move that is under way takes it along."""
        if not self.turn.locked():
            await self.forward(timedelta())

    async def go(self, moment: datetime) -> None:
        """To an instant that is still to come; time does not run back."""
        async with self.moving():
            if moment > self.clock.now():
                await self.to(moment)

    async def to(self, moment: datetime) -> None:
        """Everything due on the way goes out at its own time; plans are made anew week by week."""
        step = self.clock.now()
        self.due = await self.next_due()
        while not self.stopped and step < moment:
            step = self.next_step(moment)
            await self.step(step)
        if not self.stopped:
            await self.step(moment)

    def next_step(self, moment: datetime) -> datetime:
        now, acts = self.clock.now(), self.others.next_at() if self.others is not None else None
        return min(moment, now + A_WEEK, *(max(at, now + A_MOMENT) for at in (self.due, acts) if at is not None))

    async def step(self, moment: datetime) -> None:
        self.clock.move_to(moment)
        if moment - self.planned_at > A_WEEK:
            self.planned_at = moment
            await self.running.plan()
            self.due = await self.next_due()
        await self.sent()
        if self.others is not None and await self.others.act(self.clock.now()):
            self.due = await self.next_due()
            await self.sent()

    async def sent(self) -> None:
        """All that is due has gone out, and what the dispatcher beside us has taken, or its lease would run out at the
        next step; what hangs on the wire does not stop the clock."""
        worker = self.running.dispatcher
        with suppress(TimeoutError):
            async with asyncio.timeout(PATIENCE):
                while self.due is not None and self.due <= self.clock.now():
                    count = await worker.tick()
                    await self.settled()
                    self.due = await self.next_due()
                    if not count:
                        break  # nobody may be told of it now
                await self.settled()

    async def settled(self) -> None:
        while self.running.dispatcher.in_hand:
            await asyncio.sleep(0.005)

    async def next_due(self) -> datetime | None:
        return await self.running.store.run(next_due, self.clock.now())


def term_over(session: Session, now: datetime, consortium: str | None) -> datetime | None:
    """The midnight after the last day of the term that runs, or comes next (of that consortium)."""
    found: list[datetime] = []
    for one in consortiums.every(session):
        file, zone = consortiums.blueprint(one), ZoneInfo(one.timezone)
        term = term_at(file, now.astimezone(zone).date()) if consortium in (None, one.key) else None
        if term is not None:
            found.append(datetime.combine(term.last_day + timedelta(days=1), time(), zone))
    return min(found, default=None)
