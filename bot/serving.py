"""Serving: a port, and uvicorn inside our own event loop; SIGTERM and SIGINT are none of its business (`stopping`)."""

import asyncio
import socket
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractContextManager, asynccontextmanager, contextmanager, nullcontext

import uvicorn
from starlette.types import ASGIApp

KEPT = 60  # seconds; aiohttp keeps an idle connection for 15: ours must not be the first to go


@contextmanager
def reserved(host: str, port: int) -> Iterator[socket.socket]:
    """The port, taken before anything is prepared: it listens, since one that is bound only can be bound by a second
    program started in the same moment. Who knocks before it is answered waits. Raises OSError."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as door:
        door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        door.bind((host, port))
        door.listen()
        yield door


class Server(uvicorn.Server):
    def capture_signals(self) -> AbstractContextManager[None]:  # type: ignore[override]
        """uvicorn would raise the signal again when it ends: exit 143, where a clean stop is 0."""
        return nullcontext()


@asynccontextmanager
async def served(
    app: ASGIApp, door: socket.socket, closing: Callable[[], None] = lambda: None, patience: int = 1
) -> AsyncIterator[None]:
    """Answers on `door` until the block ends; `closing` ends the streams, of which uvicorn tells nothing; what is not
    answered within `patience` (seconds) then is broken off."""
    quiet = {"log_level": "warning", "lifespan": "off", "access_log": False, "date_header": False}
    quiet |= {"timeout_keep_alive": KEPT}
    config = uvicorn.Config(app, timeout_graceful_shutdown=patience, **quiet)  # type: ignore[arg-type]
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
