"""The port of a running bot: the webhook, where Telegram hands updates over, and its health."""

import socket
from collections.abc import AsyncIterator, Iterator
from contextlib import ExitStack, asynccontextmanager, contextmanager
from urllib.parse import unquote, urlsplit

from starlette.applications import Starlette
from starlette.routing import Route

from bot.health import Health
from bot.serving import reserved, served
from bot.settings import Settings
from bot.wiring import Running
from store.complaint import Complaint


@contextmanager
def doorway(settings: Settings) -> Iterator[socket.socket | None]:
    """None where no port is to be opened. Raises Complaint for one that cannot be had."""
    with ExitStack() as stack:
        door = None
        if settings.listen is not None:
            host, _, port = settings.listen.rpartition(":")
            try:
                door = stack.enter_context(reserved(host.strip("[]"), int(port)))
            except OSError as error:
                found = f"{settings.listen} cannot be had ({error.strerror})"
                raise Complaint("JIAOLIAN_LISTEN", found, "a port that is free") from None
        yield door


@asynccontextmanager
async def open_to_the_outside(running: Running, door: socket.socket | None) -> AsyncIterator[None]:
    if door is None:
        yield
        return
    routes = Health(running.store, running.clock, running.dispatcher.stalled, running.node).routes()
    webhook = running.webhook
    if webhook is not None:
        routes.append(Route(unquote(urlsplit(webhook.url).path) or "/", webhook.take, methods=["POST"]))
    async with served(Starlette(routes=routes), door, webhook.close if webhook else lambda: None):
        yield
