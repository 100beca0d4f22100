"""The bot as it is wired, on a Bot API server of our own over loopback, with people who write and press."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from bot.settings import Settings
from bot.wiring import Running, wired
from sandbox.faults import Faults
from sandbox.people import People
from sandbox.server import create, served
from sandbox.state import Json, Message, Room
from scheduling.clock import MovableClock
from scheduling.due import next_due
from store import updates
from store.database import Store
from store.updates import UpdateState

TOKEN = "100:test"
TEACHING, HEADS, STRANGE = -1001, -1002, -77  # STRANGE is bound to nobody
LI, WANG, ZHAO, ZHOU, QIAN, OFFICE, NOBODY = 7001, 7002, 7003, 7011, 7012, 7020, 9999
ANONYMOUS = 1087968824  # GroupAnonymousBot
EVERYBODY = (LI, WANG, ZHAO, ZHOU, QIAN, OFFICE, NOBODY, ANONYMOUS)


class RunningBot(Struct):
    """`clock` stands still until it is moved."""

    store: Store
    clock: MovableClock
    room: Room
    people: People
    parts: Running
    faults: Faults
    settings: Settings

    @asynccontextmanager
    async def started_anew(self) -> AsyncIterator["RunningBot"]:
        """The same chats and database; nothing else of the life before."""
        async with wired(self.store, self.clock, self.settings) as parts:
            yield replace(self, parts=parts)

    async def settle(self) -> None:
        """Every update is fetched, worked off and confirmed; none has failed."""
        await self.work_off()
        assert self.store.call(updates.counts).get(UpdateState.FAILED, 0) == 0

    async def work_off(self) -> None:
        receiver, confirmed = self.parts.receiver, False
        while not confirmed:
            await receiver.poll(0)
            await receiver.idle.wait()
            confirmed = receiver.confirm is None

    async def until(self, moment: datetime) -> None:
        """What the clock causes by then, sent at its own instants."""
        await self.parts.plan()
        while (due := await self.store.run(next_due, self.clock.now())) is not None and due <= moment:
            self.clock.move_to(max(self.clock.now(), due))
            await self.parts.dispatcher.tick()
        self.clock.move_to(moment)

    async def say(self, user: int, text: str, chat: int | None = None, **more: Any) -> list[str]:
        """What the bot says there in answer; `chat` None is the private one."""
        before = len(self.heard(chat or user))
        self.people.say(user, chat or user, text, **more)
        await self.settle()
        return self.heard(chat or user)[before:]

    async def send(self, user: int, name: str, content: bytes | str, caption: str = "") -> list[str]:
        """What the bot says in private to a file."""
        before = len(self.heard(user))
        self.people.send_document(user, user, name, content.encode() if isinstance(content, str) else content, caption)
        await self.settle()
        return self.heard(user)[before:]

    async def press(self, user: int, message: Message, button: str) -> Json:
        """What the presser was shown."""
        query = self.people.press(user, message.chat.id, message.id, button)
        return await self.shown(query)

    async def forge(self, user: int, message: Message, data: str) -> Json:
        return await self.shown(self.people.forge(user, message.chat.id, message.id, data))

    async def shown(self, query: str) -> Json:
        await self.settle()
        answer = self.room.answer(query)
        assert answer is not None, "a press that nobody answered"
        return answer

    def heard(self, chat: int) -> list[str]:
        """Everything that the bot has said there, as it stands now."""
        return [message.text for message in self.messages(chat)]

    def messages(self, chat: int) -> list[Message]:
        return [message for message in self.room.messages(chat) if message.sender is self.room.bot]

    def last(self, chat: int) -> Message:
        return self.messages(chat)[-1]

    def with_button(self, chat: int, button: str) -> Message:
        """The newest message there that has it."""

        def has(message: Message) -> bool:
            return any(each["text"] == button for row in message.buttons for each in row)

        return next(filter(has, reversed(self.messages(chat))))


@asynccontextmanager
async def running_bot(
    store: Store, clock: MovableClock, language: str = "zh", *, limits: bool = False
) -> AsyncIterator[RunningBot]:
    """The groups of the event sample and one of strangers; nobody has opened a private chat yet. `limits`: Telegram's,
    and the pace that keeps them."""
    room = Room(clock.now, token=TOKEN, pace=limits)
    for number in EVERYBODY:
        room.add_user(number, f"样{number}")
    for chat, title in ((TEACHING, "样例教研群"), (HEADS, "样例班主任群"), (STRANGE, "别的群")):
        threads = {42: "话题"} if chat == STRANGE else {}
        room.add_group(chat, title, list(EVERYBODY), bot=True, supergroup=False, threads=threads)
    app = create(room)
    with served(app) as address:
        settings = Settings(token=TOKEN, api_url=address, language=language, messages_per_second=30 if limits else 0)
        async with wired(store, clock, settings) as parts:
            yield RunningBot(store, clock, room, People(room), parts, app.state.api.faults, settings)
    assert [line for call in room.calls for line in call.remarks] == []  # every call was as the Bot API is described
