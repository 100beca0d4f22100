"""The stage: the bot as it is, PTB and all, over HTTP on the sandbox's Bot API, with a clock that stands still."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from bot.outside import open_to_the_outside
from bot.room.playing import Player
from bot.serving import reserved
from bot.settings import Settings
from bot.wiring import Running, wired
from sandbox.people import People
from sandbox.server import served
from sandbox.state import Json, Message, Room
from scheduling.clock import MovableClock
from store.database import Store

ZONE = ZoneInfo("Asia/Shanghai")


def at(text: str) -> datetime:
    """`09-09 14:30` of the story's year, local."""
    return datetime.fromisoformat(f"2026-{text}").replace(tzinfo=ZONE)


@dataclass
class Stage:
    room: Room
    people: People
    running: Running
    clock: MovableClock
    player: Player

    async def settle(self) -> None:
        """Until every update is worked off and nothing is due."""
        while self.room.updates or not self.running.receiver.idle.is_set() or await self.running.dispatcher.tick():
            await asyncio.sleep(0.005)

    async def until(self, text: str) -> None:
        await self.player.to(at(text))
        await self.settle()

    async def press(self, who: int, message: Message, label: str) -> Json:
        query = self.people.press(who, message.chat.id, message.id, label)
        await self.settle()
        answer = self.room.answer(query)
        assert answer is not None, "every press is answered"
        return answer

    async def say(self, who: int, chat: int, text: str) -> str:
        """What the bot said to it, the last of it."""
        before = len(self.room.messages(chat))
        self.people.say(who, chat, text)
        await self.settle()
        said = [message for message in self.room.messages(chat)[before:] if message.sender is self.room.bot]
        return said[-1].text if said else ""

    def last(self, chat: int) -> Message:
        """The bot's last message in a chat."""
        return [message for message in self.room.messages(chat) if message.sender is self.room.bot][-1]


@asynccontextmanager
async def staged(store: Store, clock: MovableClock, way: str = "polling") -> AsyncIterator[Stage]:
    """`way`: how updates come, by "polling" or by "webhook"."""
    room = Room(clock.now)
    with served(room) as address, reserved("127.0.0.1", 0) as door:
        settings = Settings(token="1:story", api_url=address, messages_per_second=0)
        if way == "webhook":
            hook = f"http://127.0.0.1:{door.getsockname()[1]}/hook"
            settings = replace(settings, webhook_url=hook, webhook_secret="story")
        async with wired(store, clock, settings) as running, open_to_the_outside(running, door):
            player = Player(clock)
            player.attach(running)
            await running.plan()
            receiving = asyncio.create_task(running.receive())
            try:
                yield Stage(room, People(room), running, clock, player)
            finally:
                receiving.cancel()
                await running.receiver.stop()
