"""`jiaolian run`: the bot, until SIGTERM or SIGINT."""

import asyncio
import logging
import os
import socket
import sys
import time

import click

from bot import logs
from bot.commands.office import Office
from bot.settings import Settings, shown
from bot.stopping import Threads, exit_when_told, leave, told_to_stop
from bot.systemd import tell
from store.complaint import Complaint
from store.condition import Condition, is_passing
from store.database import Store, Unavailable

SWITCH = 0.02  # seconds; at Python's 0.005 loop and store thread take turns too often: 355 sends a second for 440
log = logging.getLogger(__name__)


@click.command(help="The bot, until SIGTERM or SIGINT.")
@click.pass_obj
def run(office: Office) -> None:
    exit_when_told()
    sys.setswitchinterval(SWITCH)
    settings = office.settings
    if settings.token is None:
        raise Complaint("JIAOLIAN_TOKEN", "", "a bot token as @BotFather gives it (without one: `jiaolian demo`)")
    os.environ.setdefault("PTB_TIMEDELTA", "1")  # durations as timedelta, before PTB reads one
    logs.start()
    from bot.outside import doorway

    with doorway(settings) as door:
        store = opened(office)
        try:
            asyncio.run(until_stopped(store, settings, door))
        except BaseException:
            store.close()
            raise
        leave(store.close)


def opened(office: Office) -> Store:
    """A locked or full database, or a server that is not up yet, is said once and tried again; any other trouble ends
    the program."""
    condition = Condition()
    while True:
        try:
            store = office.store()
        except Unavailable as error:
            if not is_passing(error):
                raise
            condition.failed(error)
            time.sleep(1)
        else:
            condition.works()
            return store


async def until_stopped(store: Store, settings: Settings, door: socket.socket | None) -> None:
    from bot.outside import open_to_the_outside
    from bot.telegram.connection import InvalidToken
    from bot.wiring import wired
    from scheduling.clock import WallClock

    asyncio.get_running_loop().set_default_executor(Threads())
    stop, starting = told_to_stop(), asyncio.current_task()
    try:
        ending = asyncio.create_task(cancel_when(stop, starting))
        async with wired(store, WallClock(), settings) as running, open_to_the_outside(running, door):
            ending.cancel()
            tell("READY=1")
            log.info("running", extra={"api": shown(settings.api_url), "language": settings.language})
            await running.begin(stop)
            tell("STOPPING=1")
    except InvalidToken:
        raise Complaint("JIAOLIAN_TOKEN", "", "a token that the Bot API accepts; it refused this one") from None
    except asyncio.CancelledError:
        if not stop.is_set():
            raise
    log.info("stopped")


async def cancel_when(stop: asyncio.Event, task: "asyncio.Task[None] | None") -> None:
    """Stopped while the server is not reached yet."""
    await stop.wait()
    if task is not None:
        task.cancel()
