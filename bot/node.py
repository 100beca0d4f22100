"""A node: this process among those that serve one PostgreSQL database. One of them asks for updates, all deliver."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from threading import Event

from bot.stopping import done_before
from store.database import Unavailable
from store.nodes import Seat, SeatLost, Seen

EVERY = 0.5  # seconds between two looks
ALIKE = 20  # looks; where so many show nothing new the loop hears of the last one all the same
GRACE = 0.75  # longer than a look: whoever led before, and lives, has noticed by then
LEAVE_WITHIN = 1.0  # the connection ends with the process, at the latest
log = logging.getLogger(__name__)


class Node:
    """`gone`: called with those that live, at the start and whenever a node is gone: what it had in hand may be taken
    over. Gone is who was missed twice: a connection that is lost is back at the next look."""

    def __init__(self, seat: Seat, gone: Callable[[frozenset[int]], Awaitable[None]]) -> None:
        self.seat, self.gone, self.alive = seat, gone, frozenset[int]()
        # one of its own: where it waited for plans and pictures, it would learn too late that another one leads
        self.thread = ThreadPoolExecutor(1, "seat")
        self.watching: asyncio.Task[None] | None = None
        self.leaving = Event()
        self.missed = frozenset[int]()  # once
        self.stood_by = False
        self.leads = asyncio.Event()
        self.lost = asyncio.Event()
        self.lost.set()

    async def arrive(self) -> None:
        """Before anything is claimed: whom nobody knows to be alive is taken for gone. From then on it is watched."""
        while not self.alive:
            await self.look(self.seen)
            await asyncio.sleep(0 if self.alive else EVERY)
        self.watching = asyncio.create_task(self.watch())

    async def leave(self) -> None:
        """Another one may lead at once."""
        self.leaving.set()
        if self.watching is not None:
            self.watching.cancel()
        with suppress(TimeoutError):  # a look waits for a database that is away
            async with asyncio.timeout(LEAVE_WITHIN):
                await asyncio.get_running_loop().run_in_executor(self.thread, self.seat.leave)
        self.thread.shutdown(wait=False)

    async def watch(self) -> None:
        """Until cancelled."""
        while True:
            await self.look(self.changed)

    def seen(self) -> Seen:
        """In the seat's thread."""
        return self.seat.look(lead=True)

    def changed(self) -> Seen:
        """The first of the next looks that shows something new: to wake the loop costs more than a look."""
        for _ in range(ALIKE):
            self.leaving.wait(EVERY)
            seen = self.seen()
            if seen.alive != self.alive or self.missed or seen.leads != self.leads.is_set() or self.leaving.is_set():
                break
        return seen

    async def look(self, how: Callable[[], Seen]) -> None:
        try:
            seen = await asyncio.get_running_loop().run_in_executor(self.thread, how)
        except SeatLost:  # the database is away, for this node at least: others may have taken over
            self.follow()
            return
        missing = self.alive - seen.alive
        known = seen.alive | (missing - self.missed)
        if known != self.alive and (missing & self.missed or self.seat.number not in self.alive):
            try:
                await self.gone(known)
            except Unavailable:  # at the next look
                return
        self.alive, self.missed = known, missing
        self.stood_by |= not seen.leads or len(seen.alive) > 1  # if none of them leads, one has just lost its seat
        if seen.leads and not self.leads.is_set():
            log.info("node_leads", extra={"node": self.seat.number, "nodes": len(seen.alive)})
            self.lost.clear()
            self.leads.set()

    def follow(self) -> None:
        if self.leads.is_set():
            log.warning("node_leads_no_more", extra={"node": self.seat.number})
            self.stood_by = True
        self.alive = self.missed = frozenset()
        self.leads.clear()
        self.lost.set()

    async def lead(self, poll: Callable[[], Coroutine[None, None, None]]) -> None:
        """`poll` for as long as this is the node that leads. Raises what it raises."""
        while True:
            await self.leads.wait()
            await asyncio.sleep(GRACE if self.stood_by else 0)
            if await done_before(self.lost, poll()):
                return
