"""`jiaolian demo`: the room. The bot as it is, on the sandbox's Bot API, with a sample and a clock to move."""

import asyncio
import errno
import logging
import os
import socket
import webbrowser
from contextlib import ExitStack
from ipaddress import ip_address
from pathlib import Path

import click

from bot import logs
from bot.commands.office import Office
from bot.room.place import place
from bot.serving import reserved
from bot.stopping import exit_when_told, told_to_stop
from store.complaint import Complaint

HOST = "127.0.0.1"
SAMPLES = ("chuzhong", "lianheti", "xiaoxue")


@click.command(help="The room: no token, no account, sample consortiums, a clock you can move.")
@click.option("--port", default=8765, show_default=True, type=click.IntRange(1, 65535), help="The room's.")
@click.option("--host", default=HOST, show_default=True, metavar="ADDRESS", help="0.0.0.0: for your whole network.")
@click.option("--no-browser", is_flag=True, help="Do not open the page.")
@click.option("--sample", default=SAMPLES[0], show_default=True, type=click.Choice(SAMPLES), help="Opens on this one.")
@click.pass_obj
def demo(office: Office, port: int, host: str, no_browser: bool, sample: str) -> None:
    exit_when_told()
    language = office.language
    logs.start(logging.WARNING)
    os.environ.setdefault("PTB_TIMEDELTA", "1")
    with ExitStack() as stack:
        door = door_at(stack, host, port)
        folder = stack.enter_context(place())
        asyncio.run(opened(door, folder, sample, language, browse=not no_browser))


def door_at(stack: ExitStack, host: str, port: int) -> socket.socket:
    try:
        return stack.enter_context(reserved(host, port))
    except OSError as error:
        if host != HOST and error.errno != errno.EADDRINUSE:
            expected = "an address of this machine, or 0.0.0.0 for all of them"
            raise Complaint("--host", f"{host!r} cannot be had ({error.strerror})", expected) from None
        free = f"a free one, such as {port + 1} (make run PORT={port + 1})"
        raise Complaint("--port", f"{port} is taken ({error.strerror})", free) from None


def address_of(door: socket.socket) -> str:
    """Where a browser on this machine and the bot find it."""
    host, port = door.getsockname()[:2]
    found = ip_address(host)
    if found.is_unspecified:  # all of them
        return f"http://{HOST}:{port}"
    return f"http://[{found}]:{port}" if found.version == 6 else f"http://{found}:{port}"


async def opened(door: socket.socket, folder: Path, sample: str, language: str, *, browse: bool) -> None:
    """One room after the other, until SIGTERM or SIGINT."""
    from bot.room.opening import Opening, samples
    from bot.room.staging import played

    stop, address = told_to_stop(), f"{address_of(door)}/"

    def ready() -> None:
        if number == 1:
            click.echo(f"ready {address}")
            if browse:
                webbrowser.open(address)

    opening: Opening | None = samples(sample)
    number = 0
    while opening is not None:
        number += 1
        place = folder / str(number)
        place.mkdir()
        opening = await played(door, place, opening, language, stop, ready)
