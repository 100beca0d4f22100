"""The live page's stream: what it tells and when, and that it holds no server back from stopping."""

import asyncio
import contextlib
import logging
import queue
import socket
import threading
from collections.abc import AsyncGenerator, Callable
from time import monotonic

import httpx
import pytest

from bot import serving
from sandbox.server import create, served
from sandbox.stream import Changes, Told
from tests.sandbox.sample import GROUP, LI, Sample

CHANGED = {"event": "changed", "data": "1"}
SOON = 30  # seconds: what does not come would never come, and a machine may be busy


def listened(sample: Sample, clock: Callable[[], str] = lambda: "14:42") -> tuple[Changes, AsyncGenerator[Told, None]]:
    changes = Changes(sample.room)
    return changes, changes.events(clock)


async def test_a_page_is_told_to_look_again_as_soon_as_it_listens(sample: Sample) -> None:
    _changes, events = listened(sample)
    assert await asyncio.wait_for(anext(events), SOON) == CHANGED
    await events.aclose()


async def test_changes_that_come_together_are_told_once(sample: Sample) -> None:
    _changes, events = listened(sample)
    await anext(events)
    for _ in range(20):
        sample.people.say(LI, GROUP, "好")
    assert await anext(events) == CHANGED
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(anext(events), 0.3)


async def test_a_change_in_another_thread_is_told(sample: Sample) -> None:
    _changes, events = listened(sample)
    await anext(events)
    threading.Thread(target=sample.people.say, args=(LI, GROUP, "好")).start()
    assert await asyncio.wait_for(anext(events), SOON) == CHANGED
    await events.aclose()


async def test_the_clock_is_told_when_its_words_change(sample: Sample) -> None:
    words = iter(["14:42", "14:42"])
    _changes, events = listened(sample, lambda: next(words, "14:43"))
    await anext(events)
    assert await asyncio.wait_for(anext(events), SOON) == {"event": "clock", "data": "14:43"}
    await events.aclose()


async def test_a_page_that_has_gone_is_forgotten(sample: Sample) -> None:
    changes, events = listened(sample)
    await anext(events)
    assert len(changes.listening) == 1
    await events.aclose()
    assert not changes.listening


async def test_closing_ends_every_stream(sample: Sample) -> None:
    changes, events = listened(sample)
    await anext(events)
    ending = asyncio.ensure_future(anext(events, None))
    await asyncio.sleep(0)
    changes.close()
    assert await asyncio.wait_for(ending, SOON) is None


def test_the_sandbox_stops_fast_with_an_open_page(sample: Sample, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sandbox.server.PATIENCE", SOON)  # the page is ended, not cut off
    told: queue.Queue[str | None] = queue.Queue()

    def read(root: str) -> None:
        with httpx.stream("GET", f"{root}/page/events", timeout=SOON) as response:
            for line in response.iter_lines():
                told.put(line)
        told.put(None)

    with served(sample.room) as root:
        threading.Thread(target=read, args=(root,)).start()
        assert told.get(timeout=SOON) == "event: changed"
        began = monotonic()
    assert monotonic() - began < SOON / 2
    while told.get(timeout=SOON) is not None:
        pass


async def test_the_bots_own_server_stops_in_time_with_an_open_page(sample: Sample) -> None:
    app, door = create(sample.room), socket.socket()
    door.bind(("127.0.0.1", 0))
    address, opened = f"http://127.0.0.1:{door.getsockname()[1]}/page/events", asyncio.Event()

    async def read() -> None:
        async with httpx.AsyncClient(timeout=2 * SOON) as client, client.stream("GET", address) as response:
            with contextlib.suppress(httpx.RemoteProtocolError):  # cut off: nobody told the page to end
                async for _line in response.aiter_lines():
                    opened.set()

    async with asyncio.timeout(SOON):  # by itself it never would
        async with serving.served(app, door, lambda: None):
            reader = asyncio.create_task(read())
            await opened.wait()
    await reader


async def test_a_server_that_closes_the_pages_first_stops_at_once_and_quietly(
    sample: Sample, caplog: pytest.LogCaptureFixture
) -> None:
    app, door = create(sample.room), socket.socket()
    door.bind(("127.0.0.1", 0))
    async with httpx.AsyncClient(timeout=SOON) as client, serving.served(app, door, lambda: None, patience=SOON):
        address = f"http://127.0.0.1:{door.getsockname()[1]}/page/events"
        async with client.stream("GET", address) as response:
            lines = response.aiter_lines()
            await anext(lines)
            began = monotonic()
            app.state.changes.close()
            async for _line in lines:
                pass
    assert monotonic() - began < SOON / 2
    assert not [record for record in caplog.records if record.levelno >= logging.WARNING]
