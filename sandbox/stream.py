"""What open pages are told (server-sent events): that something has changed, and what the clock says now."""

import asyncio
import contextlib
from collections.abc import AsyncGenerator, Callable

from sandbox.state import Room

TOGETHER = 0.1  # seconds: changes that come so close are told as one
LOOK = 0.5  # seconds between two looks at the clock

Told = dict[str, str]  # `event` and `data`, as sse-starlette writes them


class Changes:
    """One for a room. A page that listens is told `changed` (fetch yourself anew) and `clock` (its new words)."""

    def __init__(self, room: Room) -> None:
        self.listening: dict[asyncio.Event, asyncio.AbstractEventLoop] = {}
        self.closed = False
        room.on_change.append(self.tell)

    def tell(self) -> None:
        """From any thread."""
        for event, loop in list(self.listening.items()):
            with contextlib.suppress(RuntimeError):  # its loop has ended meanwhile
                loop.call_soon_threadsafe(event.set)

    def close(self) -> None:
        """Ends every stream: uvicorn waits for open answers before it stops, and tells them nothing."""
        self.closed = True
        self.tell()

    async def events(
        self, clock: Callable[[], str], together: Callable[[], float] = lambda: TOGETHER
    ) -> AsyncGenerator[Told, None]:
        """Until `close`; `clock`: what stands on the page's clock; `together`: seconds, as `TOGETHER`. Begins with
        `changed`: something may have happened since the page was fetched. An event without data would reach no page
        (HTML, server-sent events)."""
        event, shown = asyncio.Event(), clock()
        self.listening[event] = asyncio.get_running_loop()
        event.set()
        try:
            while not self.closed:
                with contextlib.suppress(TimeoutError):
                    async with asyncio.timeout(LOOK):
                        await event.wait()
                if event.is_set() and not self.closed:
                    await asyncio.sleep(together())
                    event.clear()
                    yield {"event": "changed", "data": "1"}
                if shown != clock():
                    shown = clock()
                    yield {"event": "clock", "data": shown}
        finally:
            del self.listening[event]
