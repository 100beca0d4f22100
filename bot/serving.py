"""Serving: uvicorn inside our own event loop, which keeps SIGTERM and SIGINT to itself."""

import asyncio
import socket
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractContextManager, asynccontextmanager, nullcontext

import uvicorn
from starlette.types import ASGIApp


class Server(uvicorn.Server):
    def capture_signals(self) -> AbstractContextManager[None]:  # type: ignore[override]
        """uvicorn would raise the signal again when it ends: exit 143, where a clean stop is 0."""
        return nullcontext()


@asynccontextmanager
async def served(app: ASGIApp, door: socket.socket, closing: Callable[[], None]) -> AsyncIterator[None]:
    """Answers on `door` until the block ends; `closing` ends the streams, of which uvicorn tells nothing."""
    quiet = {"log_level": "warning", "lifespan": "off", "access_log": False, "date_header": False}
    config = uvicorn.Config(app, timeout_graceful_shutdown=1, **quiet)  # type: ignore[arg-type]
    server = Server(config)
    serving = asyncio.create_task(server.serve(sockets=[door]))
    while not server.started and not serving.done():
        await asyncio.sleep(0.005)
    try:
        yield
    finally:
        closing()
        server.should_exit = True
        await serving
