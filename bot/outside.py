"""The port of a running bot: the webhook, where Telegram hands updates over, and its health.

Most have none: what serves one is loaded where there is.
"""

import socket
from collections.abc import AsyncIterator, Iterator
from contextlib import ExitStack, asynccontextmanager, contextmanager
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from bot.settings import Settings
from store.complaint import Complaint

if TYPE_CHECKING:
    from bot.wiring import Running


@contextmanager
def doorway(settings: Settings) -> Iterator[socket.socket | None]:
    """None where no port is to be opened. Raises Complaint for one that cannot be had."""
    with ExitStack() as stack:
        door = None
        if settings.listen is not None:
            from bot.serving import reserved

            host, _, port = settings.listen.rpartition(":")
            try:
                door = stack.enter_context(reserved(host.strip("[]"), int(port)))
            except OSError as error:
                found = f"{settings.listen} cannot be had ({error.strerror})"
                raise Complaint("JIAOLIAN_LISTEN", found, "a port that is free") from None
        yield door


@asynccontextmanager
async def open_to_the_outside(running: "Running", door: socket.socket | None) -> AsyncIterator[None]:
    if door is None:
        yield
        return
    from starlette.applications import Starlette
    from starlette.routing import Route

    from bot.health import Health
    from bot.serving import served

    routes = Health(running.store, running.clock, running.dispatcher.stalled, running.node).routes()
    webhook = running.webhook
    if webhook is not None:
        routes.append(Route(unquote(urlsplit(webhook.url).path) or "/", webhook.take, methods=["POST"]))
    async with served(Starlette(routes=routes), door, webhook.close if webhook else lambda: None):
        yield
