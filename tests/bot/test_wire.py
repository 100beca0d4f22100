"""The wire under PTB, over loopback: what it carries, and how it fails."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime, timedelta

import pytest
from telegram import Bot
from telegram.error import BadRequest, Forbidden, NetworkError, RetryAfter, TelegramError, TimedOut

from bot.telegram.wire import Wire, never_left
from sandbox.faults import Fault, Faults
from sandbox.server import create, served
from sandbox.state import Room

GROUP, TOKEN = -1001, "1:secret-token"
LONG = 30  # seconds: more than a busy machine takes


@pytest.fixture
def room() -> Room:
    room = Room(lambda: datetime.now(UTC), token=TOKEN)
    room.add_group(GROUP, "样例教研群", [], bot=True)
    return room


@pytest.fixture
def served_room(room: Room, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[str, Faults]]:
    monkeypatch.setattr("sandbox.server.PATIENCE", 0)  # what is still delayed at the end is given up
    app = create(room)
    with served(app) as address:
        yield address, app.state.api.faults


@pytest.fixture
async def bot(served_room: tuple[str, Faults]) -> AsyncIterator[Bot]:
    wire = Wire(connections=2)
    async with Bot(TOKEN, base_url=f"{served_room[0]}/bot", request=wire, get_updates_request=wire) as bot:
        yield bot


@pytest.fixture
def faults(served_room: tuple[str, Faults]) -> Faults:
    return served_room[1]


async def test_words_arrive_as_they_were_written(bot: Bot, room: Room) -> None:
    text = "参加 & 请假 + 100% = _周三_ <b> ?a=b"
    sent = await bot.send_message(GROUP, text)
    assert (sent.message_id, sent.text) == (1, text)
    assert [message.text for message in room.messages(GROUP)] == [text]


@pytest.mark.parametrize("body", [b"no JSON", b"[" * 100_000 + b"]" * 100_000])
def test_an_answer_that_cannot_be_read_is_an_error_of_telegrams(
    body: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    with pytest.raises(TelegramError) as raised:
        Wire.parse_json_payload(body)
    assert raised.value.__cause__ is None  # whose message may have words of it
    assert caplog.records == []


async def test_a_file_goes_another_way(bot: Bot, room: Room) -> None:
    await bot.send_document(GROUP, b"bytes", filename="台账.txt")
    assert [content for _, content in room.files.values()] == [b"bytes"]


async def test_refusals_are_ptbs_usual_exceptions(bot: Bot, room: Room, faults: Faults) -> None:
    with pytest.raises(BadRequest, match="Chat not found"):
        await bot.send_message(-7, "a")
    faults.add(Fault("sendMessage", kind="refuse", error="too_fast", retry_after=7))
    with pytest.raises(RetryAfter) as slow_down:
        await bot.send_message(GROUP, "a")
    assert slow_down.value.retry_after == timedelta(seconds=7)
    room.chats[GROUP].members[room.bot.id] = "kicked"
    with pytest.raises(Forbidden):
        await bot.send_message(GROUP, "a")


async def test_an_answer_that_takes_too_long_is_a_timeout_and_may_have_arrived(bot: Bot, faults: Faults) -> None:
    faults.add(Fault("sendMessage", delay=LONG))
    with pytest.raises(TimedOut) as slow:
        await bot.send_message(GROUP, "a", read_timeout=0.1)
    assert not never_left(slow.value)


async def test_a_lost_answer_may_have_arrived(bot: Bot, room: Room, faults: Faults) -> None:
    faults.add(Fault("sendMessage", kind="lose"))
    with pytest.raises(NetworkError) as lost:
        await bot.send_message(GROUP, "a")
    assert not never_left(lost.value)
    assert len(room.messages(GROUP)) == 1


async def test_who_waits_for_a_free_connection_in_vain_has_not_left(bot: Bot, faults: Faults) -> None:
    faults.add(Fault("sendMessage", delay=LONG, times=2))
    calls = [asyncio.create_task(bot.send_message(GROUP, "a", read_timeout=LONG)) for _ in range(2)]
    async with asyncio.timeout(LONG):
        while faults.fallen[None] != 2:
            await asyncio.sleep(0.01)
    with pytest.raises(TimedOut) as waited:
        await bot.send_message(GROUP, "a", pool_timeout=0.1, connect_timeout=0.1)
    assert never_left(waited.value)
    for call in calls:
        call.cancel()
    await asyncio.wait(calls)


async def test_where_nobody_listens_nothing_has_left_and_the_token_is_not_told() -> None:
    wire = Wire()
    await wire.initialize()
    bot = Bot(TOKEN, base_url="http://127.0.0.1:9/bot", request=wire, get_updates_request=wire)
    with pytest.raises(NetworkError) as failed:
        await bot.get_me()
    await wire.shutdown()
    assert never_left(failed.value)
    assert TOKEN not in f"{failed.value!r} {failed.value}"


async def test_a_wire_that_was_shut_says_so() -> None:
    wire = Wire()
    await wire.initialize()
    await wire.shutdown()
    with pytest.raises(RuntimeError, match="not initialized"):
        await wire.do_request("http://127.0.0.1:9/", "POST")
