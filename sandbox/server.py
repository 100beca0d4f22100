"""The server: Bot API, control for tests in other processes, and the page, under one root."""

import asyncio
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC
from email.utils import format_datetime
from time import sleep

import uvicorn
from starlette.applications import Starlette
from starlette.datastructures import MutableHeaders
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from sandbox.api import Api
from sandbox.control import Control
from sandbox.mounted import Controls
from sandbox.page import page_routes
from sandbox.state import Room
from sandbox.stream import Changes


def create(room: Room, controls: Controls | None = None) -> Starlette:
    """`controls`: None where nobody may move the clock. The application's `state.api` is the Api; its
    `state.changes` ends open pages when the server stops."""
    api, changes = Api(room), Changes(room)
    control = Control(room, api.faults)
    routes = [
        Route("/bot{token}/{method}", api.call, methods=["GET", "POST"]),
        Route("/file/bot{token}/documents/{file_id}", api.file),
        Route("/healthz", healthy),
        Route("/room/act", control.act, methods=["POST"]),
        Route("/room/calls", control.calls),
        Route("/room/count", control.count),
        Route("/room/messages", control.messages),
        *page_routes(room, controls, changes),
    ]
    app = Starlette(routes=routes, middleware=[Middleware(Dated, room=room)])
    app.state.api, app.state.changes = api, changes
    return app


class Dated:
    """Every answer bears the room's own time, as a server's does."""

    def __init__(self, app: ASGIApp, room: Room) -> None:
        self.app, self.room = app, room

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def dated(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message)["Date"] = format_datetime(self.room.now().astimezone(UTC), usegmt=True)
            await send(message)

        await self.app(scope, receive, dated)


async def healthy(_request: Request) -> PlainTextResponse:
    return PlainTextResponse("ok")


KEPT = 60  # seconds that an idle connection stays open; a client's patience (aiohttp: 15) is to end first
PATIENCE = 2.0  # seconds for an answer that is under way at the end


class Server(uvicorn.Server):
    """Ends at once when it is told to: uvicorn's looks up ten times a second, and then waits a tenth more, which a
    test run of a thousand servers would wait for."""

    async def main_loop(self) -> None:
        self.loop, self.told = asyncio.get_running_loop(), asyncio.Event()
        await self.on_tick(0)
        while not self.should_exit:
            await self.told.wait()

    def stop(self) -> None:
        """From any thread, once it is `started`."""
        self.should_exit = True
        self.loop.call_soon_threadsafe(self.told.set)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Whoever is being answered has two seconds."""
        for server in self.servers:
            server.close()
        for connection in list(self.server_state.connections):
            connection.shutdown()
        end = self.loop.time() + PATIENCE
        while (self.server_state.connections or self.server_state.tasks) and self.loop.time() < end:
            await asyncio.sleep(0.002)
        for task in self.server_state.tasks:
            task.cancel()


@contextmanager
def served(room_or_app: Room | Starlette, port: int = 0) -> Iterator[str]:
    """Over loopback, in a thread of its own; yields the root address, without a slash at its end."""
    app = create(room_or_app) if isinstance(room_or_app, Room) else room_or_app
    quiet = {"log_level": "error", "lifespan": "off", "access_log": False, "date_header": False}
    quiet |= {"timeout_keep_alive": KEPT}
    config = uvicorn.Config(app, port=port, **quiet)  # type: ignore[arg-type]
    server = Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        if not thread.is_alive():
            raise OSError(f"port {port} cannot be had")
        sleep(0.005)
    try:
        yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    finally:
        app.state.changes.close()
        if app.state.api.room.webhook is not None:
            app.state.api.room.webhook.close()
        server.stop()
        thread.join()
