"""The messenger: each way an attempt can end, over the wire, at a server that refuses as Telegram does."""

from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta

import pytest
from telegram.error import Forbidden, RetryAfter

from bot.notices import Composed
from bot.settings import Settings
from bot.speech import Button, Message
from bot.telegram.connection import application_over
from bot.telegram.messenger import PAUSE, SILENCE, Compose, Messenger, Relabel
from bot.telegram.wire import Wire
from sandbox.faults import Fault, Faults
from sandbox.people import People
from sandbox.server import create, served
from sandbox.state import Room
from scheduling.pace import Held, Pace, chat_of
from scheduling.results import Moot, Moved, Postponed, Result, Sent, Shut, Undeliverable
from store.chats import Place, Silence
from store.deliveries import DeliveryKind
from store.outbox import Claimed

GROUP, BASIC, LI = -1_001_000_000_001, -5, 7001
TOKEN = "1:test"
SAID = Message("【活动通知】_样例_", ((Button("收到", "seen:1"), Button("参加", "respond:1:accepted")),))


@pytest.fixture
def room() -> Room:
    room = Room(lambda: datetime.now(UTC), token=TOKEN)
    room.add_user(LI, "样李芳")
    room.add_group(GROUP, "样例教研群", [LI], bot=True, threads={42: "语文组"})
    room.add_group(BASIC, "样例班主任群", [LI], bot=True, supergroup=False)
    return room


@pytest.fixture
def server(room: Room) -> Iterator[tuple[str, Faults]]:
    app = create(room)
    with served(app) as address:
        yield address, app.state.api.faults


@pytest.fixture
def faults(server: tuple[str, Faults]) -> Faults:
    return server[1]


@pytest.fixture
async def messenger(server: tuple[str, Faults]) -> AsyncIterator[Messenger]:
    async with application_over(Wire(), Settings(token=TOKEN, api_url=server[0])) as application:
        yield Messenger(application.bot, Pace(0), saying(SAID))


def saying(message: Message | None) -> Compose:
    async def compose(_delivery: Claimed, _relabel: Relabel) -> Composed | None:
        return Composed(message) if message else None

    return compose


async def attempt(messenger: Messenger, delivery: Claimed) -> Result:
    ready = await messenger.prepare(delivery)
    return ready if isinstance(ready, Moot) else await ready()


def claimed(address: int, *, thread: int = 0, edits: str | None = None, card: bool = False) -> Claimed:
    kind, of = (DeliveryKind.CARD, DeliveryKind.ANNOUNCE) if card else (DeliveryKind.ANNOUNCE, None)
    return Claimed(1, 1, kind, Place("telegram", str(address), thread), 1, None, 1, "", edits, of, perhaps_twice=False)


async def test_what_is_sent_stands_in_its_topic_with_its_buttons(messenger: Messenger, room: Room) -> None:
    assert await attempt(messenger, claimed(GROUP, thread=42)) == Sent("1")
    message = room.messages(GROUP)[0]
    assert (message.text, message.thread) == (SAID.text, 42)
    assert [[button["text"] for button in row] for row in message.buttons] == [["收到", "参加"]]


async def test_nothing_to_say_asks_nothing_of_the_server(messenger: Messenger, room: Room) -> None:
    messenger.compose = saying(None)
    before = len(room.calls)
    assert await attempt(messenger, claimed(GROUP)) == Moot()
    assert len(room.calls) == before


def kicked(room: Room) -> None:
    room.chats[GROUP].members[room.bot.id] = "kicked"


def muted(room: Room) -> None:
    room.chats[GROUP].muted = True


def blocked(room: Room) -> None:
    People(room).start(LI)
    People(room).block(LI)


def untouched(_room: Room) -> None: ...


@pytest.mark.parametrize(
    ("before", "to", "said"),
    [
        (kicked, GROUP, "bot was kicked from the supergroup"),
        (untouched, LI, "can't initiate conversation"),
        (blocked, LI, "bot was blocked by the user"),
        (untouched, -77, "Chat not found"),
    ],
)
async def test_a_closed_chat_is_shut_until_it_gives_a_sign(
    messenger: Messenger, room: Room, before: Callable[[Room], None], to: int, said: str
) -> None:
    before(room)
    result = await attempt(messenger, claimed(to))
    assert isinstance(result, Shut)
    assert said in result.reason


async def test_where_we_may_not_write_for_the_moment_it_is_tried_again(messenger: Messenger, room: Room) -> None:
    """Nothing tells us when a topic is opened or a right is given back; the group's other topics stay open."""
    room.chats[GROUP].closed_threads.add(42)
    closed = Postponed(SILENCE, reason="Topic_closed", silence=Silence.TOPIC)
    assert await attempt(messenger, claimed(GROUP, thread=42)) == closed
    assert isinstance(await attempt(messenger, claimed(GROUP)), Sent)
    muted(room)
    result = await attempt(messenger, claimed(GROUP))
    assert isinstance(result, Postponed)
    assert "Not enough rights" in result.reason
    assert result.silence is Silence.MUTED


async def test_a_group_that_became_a_supergroup_has_moved(messenger: Messenger, room: Room) -> None:
    new = People(room).migrate(BASIC)
    assert await attempt(messenger, claimed(BASIC)) == Moved(str(new))


@pytest.mark.parametrize(
    ("fault", "result"),
    [
        (Fault("sendMessage", kind="refuse", error="too_fast", retry_after=7), Postponed(timedelta(seconds=7))),
        (Fault("sendMessage", kind="refuse", error="restart"), Postponed(PAUSE, perhaps_arrived=True)),
        (Fault("sendMessage", kind="lose"), Postponed(PAUSE, perhaps_arrived=True)),
    ],
)
async def test_a_passing_trouble_is_postponed(
    messenger: Messenger, faults: Faults, fault: Fault, result: Result
) -> None:
    faults.add(fault)
    assert await attempt(messenger, claimed(GROUP)) == result
    assert isinstance(await attempt(messenger, claimed(GROUP)), Sent)


async def test_a_chat_that_asks_for_silence_is_held_whoever_met_it(
    messenger: Messenger, room: Room, faults: Faults
) -> None:
    group, heads = Place("telegram", str(GROUP)), Place("telegram", str(BASIC))
    for place, meet in ((group, attempt(messenger, claimed(GROUP))), (heads, messenger.speak(heads, SAID))):
        faults.add(Fault("sendMessage", kind="refuse", error="too_fast", retry_after=3600))
        with suppress(RetryAfter):
            await meet
        before = len(room.calls)
        for silent in (messenger.speak(place, SAID), messenger.reword(place, 1, SAID, group=True)):
            with pytest.raises(RetryAfter):
                await silent
        await messenger.relabel(place, "1", SAID.buttons)
        assert len(room.calls) == before
        with pytest.raises(Held):
            await messenger.pace.wait(chat_of(place), group=True)


async def test_a_message_without_words_can_never_be_sent(messenger: Messenger) -> None:
    messenger.compose = saying(Message(""))
    assert await attempt(messenger, claimed(GROUP)) == Undeliverable("Message text is empty")


@pytest.mark.parametrize(
    ("text", "sent"),
    [
        ("长" * 4096, "长" * 4096),
        ("长" * 4097, "长" * 4095 + "…"),
        ("😀" * 2049, "😀" * 2047 + "…"),  # two units each
        ("短\n" + "长" * 4095, "短\n…"),
        ("行\n" * 2049, "行\n" * 2047 + "…"),
    ],
)
async def test_a_message_that_is_too_long_is_sent_as_far_as_it_fits(
    messenger: Messenger, room: Room, text: str, sent: str
) -> None:
    messenger.compose = saying(Message(text))
    assert isinstance(await attempt(messenger, claimed(GROUP)), Sent)
    assert room.messages(GROUP)[0].text == sent


async def test_an_edit_changes_the_message_and_once_more_is_as_good(messenger: Messenger, room: Room) -> None:
    await attempt(messenger, claimed(GROUP))
    messenger.compose = saying(Message("新的"))
    for _ in range(2):
        assert await attempt(messenger, claimed(GROUP, edits="1", card=True)) == Sent("1")
    message = room.messages(GROUP)[0]
    assert (message.text, message.edits, message.buttons) == ("新的", [SAID.text], [])


async def test_an_edit_of_what_is_gone_or_was_never_sent_is_done(messenger: Messenger, room: Room) -> None:
    assert await attempt(messenger, claimed(GROUP, edits="99", card=True)) == Sent("99")
    assert await attempt(messenger, claimed(GROUP, card=True)) == Moot()
    assert room.messages(GROUP) == []


async def test_where_nobody_listens_it_has_certainly_not_arrived() -> None:
    wire = Wire()
    await wire.initialize()
    bot = application_over(wire, Settings(token=TOKEN, api_url="http://127.0.0.1:9")).bot
    result = await attempt(Messenger(bot, Pace(0), saying(SAID)), claimed(GROUP))
    await wire.shutdown()
    assert result == Postponed(PAUSE, perhaps_arrived=False)


async def test_a_reply_stands_under_the_message_it_answers_even_where_that_is_gone(
    messenger: Messenger, room: Room
) -> None:
    asked = People(room).say(LI, GROUP, "/next")
    place = Place("telegram", str(GROUP))
    await messenger.speak(place, Message("好"), str(asked.id), group=True)
    await messenger.speak(place, Message("好"), "999", group=True)
    first, second = room.messages(GROUP)[1:]
    assert (first.reply_to, second.reply_to) == (asked, None)
    kicked(room)
    with pytest.raises(Forbidden):
        await messenger.speak(place, Message("好"), group=True)
