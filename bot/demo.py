"""`jiaolian demo`: the room. The bot as it is, on the sandbox's Bot API, with a sample and a clock to move."""

import asyncio
import logging
import os
import socket
import tempfile
import webbrowser
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import click

from bot import logs
from bot.office import Office
from bot.serving import reserved
from bot.stopping import exit_when_told, told_to_stop
from store.complaint import Complaint

HOST = "127.0.0.1"
OPENS = datetime(2026, 10, 7, 14, 25, tzinfo=ZoneInfo("Asia/Shanghai"))  # so that the chats have a past
BEGINS = datetime(2026, 10, 12, 14, 20, tzinfo=ZoneInfo("Asia/Shanghai"))  # an event and class meetings are near
SAMPLES = ("chuzhong", "lianheti", "xiaoxue")
TOKEN = "700000000:the-token-of-the-room"  # noqa: S105  the room's own, which opens nothing else


@click.command(help="The room: no token, no account, sample consortiums, a clock you can move.")
@click.option("--port", default=8765, show_default=True, type=click.IntRange(1, 65535))
@click.option("--no-browser", is_flag=True, help="Do not open the page.")
@click.option("--sample", default=SAMPLES[0], show_default=True, type=click.Choice(SAMPLES), help="Opens on this one.")
@click.pass_obj
def demo(office: Office, port: int, no_browser: bool, sample: str) -> None:
    exit_when_told()
    language = office.language
    logs.start(logging.WARNING)
    os.environ.setdefault("PTB_TIMEDELTA", "1")
    with ExitStack() as stack:
        door = door_at(stack, port)
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="jiaolian-demo-")))
        asyncio.run(opened(door, folder, sample, language, browse=not no_browser))


def door_at(stack: ExitStack, port: int) -> socket.socket:
    try:
        return stack.enter_context(reserved(HOST, port))
    except OSError as error:
        free = f"a free one, such as {port + 1} (make run PORT={port + 1})"
        raise Complaint("--port", f"{port} is taken ({error.strerror})", free) from None


async def opened(door: socket.socket, folder: Path, sample: str, language: str, *, browse: bool) -> None:
    """Until SIGTERM or SIGINT."""
    from bot.room.crowd import Crowd
    from bot.room.labelled import labels
    from bot.room.mounting import controls_of
    from bot.room.playing import Player
    from bot.room.sample import expected, furnished, prepared
    from bot.serving import served
    from bot.settings import Settings
    from bot.wiring import wired
    from sandbox.server import create
    from sandbox.state import Room
    from scheduling.clock import ShiftedClock

    stop = told_to_stop()
    clock = ShiftedClock(OPENS)
    room = Room(clock.now, token=TOKEN)
    store, blueprints = prepared(folder, sorted(SAMPLES, key=lambda key: key != sample), OPENS)
    furnished(room, blueprints)
    crowd = Crowd(room, lambda occurrence: store.run(expected, occurrence), labels(language)["crowd"])
    player = Player(clock, crowd)
    controls = controls_of(player, crowd)
    address = f"http://{HOST}:{door.getsockname()[1]}"
    settings = Settings(token=TOKEN, api_url=address, language=language, messages_per_second=0)
    app = create(room, controls)
    async with served(app, door, app.state.changes.close), wired(store, clock, settings) as running:
        await running.plan()
        player.attach(running)
        working = asyncio.create_task(running.run(stop))
        playing = asyncio.create_task(player.forward(BEGINS - clock.now()))
        await asyncio.wait({playing, working}, return_when=asyncio.FIRST_COMPLETED)
        if working.done():  # stopped while the past was played
            playing.cancel()
        else:
            await playing
            click.echo(f"ready {address}/")
            if browse:
                webbrowser.open(f"{address}/")
        await working
    store.close()
