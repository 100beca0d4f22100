"""`getUpdates`: offsets confirm, a call waits for what comes, and of two pollers the older one is sent away."""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable

from sandbox.errors import Refused
from sandbox.state import Json, Room

LONGEST = 50.0  # seconds: the official server's LONG_POLL_MAX_TIMEOUT
MOST = 100
SLICE = 0.5  # seconds between two looks at whether the poller is still there
Gone = Callable[[], Awaitable[bool]]


class Polling:
    def __init__(self, room: Room) -> None:
        self.room = room
        self.waiting: asyncio.Event | None = None
        self.loop: asyncio.AbstractEventLoop | None = None
        self.turn = 0
        self.behind: dict[int, Json] = {}  # what a fault lets come again, or late; with the next answer
        self.handed: set[int] = set()  # those of them that an answer has had
        room.on_update.append(self.wake)

    def wake(self) -> None:
        """From any thread."""
        if self.waiting is not None and self.loop is not None and not self.loop.is_closed():
            self.loop.call_soon_threadsafe(self.waiting.set)

    def nothing_yet(self, event: asyncio.Event) -> bool:
        return not self.room.updates and not self.behind and self.room.webhook is None and not event.is_set()

    async def updates(self, offset: int, limit: int, held_open: float, gone: Gone) -> list[Json]:
        """From the oldest that is not confirmed; a negative offset keeps the last ones and forgets the rest.

        `gone` tells that the poller has hung up: nobody is kept waiting for.
        """
        if self.room.webhook is not None:
            raise Refused("webhook_active")
        self.turn += 1
        mine, self.loop = self.turn, asyncio.get_running_loop()
        if self.waiting is not None:
            self.waiting.set()  # the older poller is sent away
        self.waiting = asyncio.Event()
        event = self.waiting
        confirm(self.room, offset)
        self.catch_up(offset)
        self.room.forget_queries()
        end = self.loop.time() + min(held_open, LONGEST)
        while self.nothing_yet(event) and self.loop.time() < end and not await gone():
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(min(SLICE, end - self.loop.time())):
                    await event.wait()
        if mine != self.turn:
            raise Refused("other_poller")
        if self.room.webhook is not None:
            raise Refused("webhook_set")
        self.waiting = None
        self.handed.update(self.behind)
        return [*self.behind.values(), *list(self.room.updates)[: max(1, min(limit, MOST))]]

    def catch_up(self, offset: int) -> None:
        """Confirmed only by who has had it: the offset that is said may be older than that."""
        for number in [number for number in self.handed if number < offset]:
            self.handed.discard(number)
            self.behind.pop(number, None)

    def troubled(self, found: list[Json], kind: str | None) -> list[Json]:
        """What comes of an answer that meets a fault of updates."""
        if kind == "repeat":
            self.behind |= {update["update_id"]: update for update in found}
            self.handed.difference_update(self.behind)
        elif kind == "late" and len(found) > 1:
            first = found.pop(0)
            self.behind[first["update_id"]] = first
            self.handed.discard(first["update_id"])
            with self.room.lock, contextlib.suppress(ValueError):
                self.room.updates.remove(first)
        return found


def confirm(room: Room, offset: int) -> None:
    with room.lock:
        if offset < 0:
            while len(room.updates) > -offset:
                room.updates.popleft()
        while offset > 0 and room.updates and room.updates[0]["update_id"] < offset:
            room.updates.popleft()
