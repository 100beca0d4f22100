"""The room in figures: `python -m benchmarks.room`. A term with and without the crowd, and the page beside a chat of
5,000 messages. The machine counts: what is to be compared is one run's rows."""

import asyncio
import os
import statistics
import tempfile
from collections.abc import Awaitable
from datetime import datetime
from itertools import cycle
from pathlib import Path
from time import perf_counter, process_time
from zoneinfo import ZoneInfo

import httpx
from msgspec.structs import replace

from bot.room.crowd import Crowd
from bot.room.labelled import labels
from bot.room.mounting import controls_of
from bot.room.opening import ACCOUNTS
from bot.room.playing import Player
from bot.room.rules_panel import RulesPanel
from bot.room.sample import Source, expected, furnished, prepared, sample
from bot.room.term_panel import TermPanel
from bot.serving import reserved, served
from bot.settings import Settings
from bot.voice import Voices
from bot.wiring import wired
from sandbox.mounted import Panel
from sandbox.server import create
from sandbox.state import Room
from scheduling.clock import ShiftedClock

BEGINS = datetime(2026, 8, 28, 8, tzinfo=ZoneInfo("Asia/Shanghai"))
TOKEN = "700000000:figures"
PEOPLE = 60
FULL = 5000  # messages in a chat
LOOKS = 30


def grown(source: Source) -> Source:
    """With colleagues who are like those that there are, one after the other."""
    there = source.file.person
    teachers = [one for one in there if one.roles == ("teacher",)]
    more = [
        one.model_copy(update={"key": f"more{number}", "name": f"样{number}", "telegram": ACCOUNTS + number})
        for number, one in zip(range(PEOPLE - len(there)), cycle(teachers), strict=False)
    ]
    return replace(source, file=source.file.model_copy(update={"person": (*there, *more)}))


async def played(source: Source, *, crowd_is_there: bool) -> str:
    clock = ShiftedClock(BEGINS)
    room = Room(clock.now, token=TOKEN)
    with tempfile.TemporaryDirectory() as folder, reserved("127.0.0.1", 0) as door:
        store = prepared(Path(folder), [source], BEGINS)
        furnished(room, [source.file])
        crowd = Crowd(room, lambda one: store.run(expected, one), labels("zh")["crowd"])
        crowd.on = crowd_is_there
        player = Player(clock, crowd)
        panels: list[Panel] = [TermPanel(store, clock), RulesPanel(store, Voices("zh"))]
        app = create(room, controls_of(player, crowd, panels))
        address = f"http://127.0.0.1:{door.getsockname()[1]}"
        settings = Settings(token=TOKEN, api_url=address, language="zh", messages_per_second=0)
        stop = asyncio.Event()
        async with served(app, door, app.state.changes.close), wired(store, clock, settings) as running:
            await running.plan()
            player.attach(running)
            working = asyncio.create_task(running.run(stop))
            started, spent = perf_counter(), process_time()
            await player.whole_term()
            took, spent = perf_counter() - started, process_time() - spent
            sent = sum(one.sender is room.bot for chat in room.chats.values() for one in chat.messages.values())
            looks = await looked_at(room, address) if crowd_is_there else ""
            stop.set()
            await working
        store.close()
    who = f"{len(source.file.person)} people, " + ("all answer" if crowd_is_there else "nobody answers")
    return f"{who}: {took:.1f} s ({spent:.1f} of processor), {sent} messages, {len(room.queries)} presses{looks}"


async def looked_at(room: Room, address: str) -> str:
    """How long the page takes beside a full chat, with each panel, and an act of a person's."""
    group = max((chat for chat in room.chats.values() if chat.user is None), key=lambda chat: len(chat.messages))
    me = next(user for user in room.users.values() if group.members.get(user.id) == "member" and not user.is_bot)
    while len(group.messages) < FULL:
        room.add_message(group, me, f"第{len(group.messages)}条")
    rows = []
    where = {"as": str(me.id), "chat": str(group.id), "lang": "zh"}
    async with httpx.AsyncClient(base_url=address, follow_redirects=True) as page:
        for name in ("", "term", "rules"):
            asked = where | {"panel": name, "q": "多久一次主题教研"}
            took = [await timed(page.get("/", params=asked)) for _ in range(LOOKS)]
            rows.append((f"page, panel {name or 'shut'}", took))
        said = [await timed(page.post("/page/say", data=where | {"text": "好"})) for _ in range(LOOKS)]
        rows.append(("saying something", said))
    shown = (f"\n  {name}: {statistics.median(took):.0f} ms, at most {max(took):.0f}" for name, took in rows)
    return f"\n beside a chat of {FULL} messages" + "".join(shown)


async def timed(act: Awaitable[httpx.Response]) -> float:
    """Milliseconds."""
    started = perf_counter()
    await act
    return 1000 * (perf_counter() - started)


async def main() -> None:
    for crowd_is_there in (False, True):
        print(await played(grown(sample("chuzhong")), crowd_is_there=crowd_is_there))


if __name__ == "__main__":
    os.environ.setdefault("PTB_TIMEDELTA", "1")
    asyncio.run(main())
