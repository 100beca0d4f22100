"""A room from its opening to its end: the bot as it is, the server, the people, and what stands beside the chat."""

import asyncio
import socket
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from bot.commands.demo import address_of
from bot.room.behind_panel import BehindPanel
from bot.room.crowd import Crowd
from bot.room.labelled import labels
from bot.room.mounting import controls_of
from bot.room.open_panel import OpenPanel
from bot.room.opening import Opening
from bot.room.playing import Player
from bot.room.rules_panel import RulesPanel
from bot.room.sample import expected, furnished, prepared
from bot.room.term_panel import TermPanel
from bot.serving import served
from bot.settings import Settings
from bot.voice import Voices
from bot.wiring import wired
from sandbox.mounted import Panel
from sandbox.server import create
from sandbox.state import Room
from scheduling.clock import ShiftedClock, WallClock

PATIENCE = 10  # seconds for a page that is being made, and for a move to end
TOKEN = "700000000:the-token-of-the-room"  # noqa: S105  the room's own, which opens nothing else


class Again:
    """What is to be opened next; `wanted` is set with it."""

    def __init__(self) -> None:
        self.opening: Opening | None = None
        self.wanted = asyncio.Event()

    def open(self, opening: Opening) -> None:
        self.opening = opening
        self.wanted.set()


async def played(
    door: socket.socket, folder: Path, opening: Opening, language: str, stop: asyncio.Event, ready: Callable[[], None]
) -> Opening | None:
    """Until `stop` (None), or until somebody opens another room. `folder`: an empty one; `door` stays open behind it:
    who comes between two rooms waits."""
    clock, again = ShiftedClock(opening.opens), Again()
    room, store = Room(clock.now, token=TOKEN), prepared(folder, opening.sources, opening.opens)
    furnished(room, [source.file for source in opening.sources])
    crowd = Crowd(room, lambda occurrence: store.run(expected, occurrence), labels(language)["crowd"])
    player, begun = Player(clock, crowd), asyncio.Event()
    rules, opener = RulesPanel(store, Voices(language)), OpenPanel(opening, again.open, WallClock().now)
    panels: list[Panel] = [TermPanel(store, clock), rules, BehindPanel(store, clock, room), opener]
    app = create(room, controls_of(player, crowd, panels, begun.is_set))
    settings = Settings(token=TOKEN, api_url=address_of(door), language=language, messages_per_second=0)
    over = asyncio.Event()
    async with served(app, door.dup(), app.state.changes.close, PATIENCE), wired(store, clock, settings) as running:
        await running.plan()
        player.attach(running)
        working = asyncio.create_task(running.run(over))
        playing = asyncio.create_task(player.go(opening.begins))
        ends = {asyncio.create_task(event.wait()) for event in (stop, again.wanted)}
        await asyncio.wait({playing, working, *ends}, return_when=asyncio.FIRST_COMPLETED)
        if playing.done():
            await playing
            begun.set()
            ready()
            await asyncio.wait({working, *ends}, return_when=asyncio.FIRST_COMPLETED)
        crowd.on = False
        with suppress(TimeoutError):  # a move that is under way ends as long as the bot is there to answer the crowd
            async with asyncio.timeout(PATIENCE):
                await player.end()
        over.set()
        for task in (playing, *ends):
            task.cancel()
        with suppress(asyncio.CancelledError):
            await playing
        await working
    store.close()
    return None if stop.is_set() else again.opening
