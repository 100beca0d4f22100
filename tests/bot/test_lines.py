"""The lines under the wire, against servers that send exactly these bytes: whole, in pieces, too few, and unasked."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import pytest
from httptools import HttpParserError

from bot.telegram import lines
from bot.telegram.lines import BrokenOff, Lines, Patience, Unsent, opening

PATIENCE = Patience(1.0, 1.0, 1.0)
WHOLE = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi"
CHUNKED = b"HTTP/1.1 409 Conflict\r\nTransfer-Encoding: chunked\r\n\r\n1;x=y\r\nh\r\n1\r\ni\r\n0\r\nX: y\r\n\r\n"
LAST = b"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\nhi"
EARLY = b"HTTP/1.1 103 Early Hints\r\nLink: </>\r\n\r\n"


class Scripted:
    """Answers each request with the next of `script`: bytes, each part by itself; None ends the connection."""

    def __init__(self, *script: list[bytes | None]) -> None:
        self.script, self.heard, self.met = list(script), list[bytes](), 0
        self.pause = 0.0

    async def meet(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.met += 1
        try:
            while True:
                head = await reader.readuntil(b"\r\n\r\n")
                length = int(head.partition(b"Content-Length: ")[2].partition(b"\r\n")[0])
                self.heard.append(head + await reader.readexactly(length))
                for part in self.script.pop(0):
                    if part is None:
                        return
                    writer.write(part)
                    await writer.drain()
                    await asyncio.sleep(self.pause)
        except (asyncio.IncompleteReadError, ConnectionError):
            return
        finally:
            writer.close()


class Caller:
    def __init__(self, port: int, limit: int) -> None:
        self.lines, self.port = Lines(limit), port

    async def call(self, patience: Patience = PATIENCE, body: bytes = b"") -> tuple[int, bytes]:
        spot, head = opening("POST", f"http://127.0.0.1:{self.port}/bot1:x/getMe?a=参 加", "text/plain", "us")
        return await self.lines.call(spot, b"%b%d\r\n\r\n%b" % (head, len(body), body), patience)


@asynccontextmanager
async def calling(server: Scripted, limit: int = 2) -> AsyncIterator[Caller]:
    listening = await asyncio.start_server(server.meet, "127.0.0.1", 0)
    caller = Caller(listening.sockets[0].getsockname()[1], limit)
    try:
        yield caller
    finally:
        caller.lines.close()
        listening.close()
        await listening.wait_closed()


async def test_a_request_is_what_http_wants() -> None:
    server = Scripted([WHOLE])
    async with calling(server) as caller:
        await caller.call(body=b"body")
    first, *rest = server.heard[0].decode().split("\r\n")
    assert first == "POST /bot1:x/getMe?a=%E5%8F%82%20%E5%8A%A0 HTTP/1.1"
    assert rest[:2] == [f"Host: 127.0.0.1:{caller.port}", "User-Agent: us"]
    assert rest[-3:] == ["Content-Length: 4", "", "body"]


@pytest.mark.parametrize(
    ("sent", "status"), [(WHOLE, 200), (CHUNKED, 409), (EARLY + WHOLE, 200)], ids=["length", "chunks", "interim"]
)
@pytest.mark.parametrize("cut", [lambda one: [one], lambda one: [one[i : i + 1] for i in range(len(one))]])
async def test_an_answer_is_read_however_it_is_cut(
    sent: bytes, status: int, cut: Callable[[bytes], list[bytes | None]]
) -> None:
    """And the connection serves the next call."""
    server = Scripted(cut(sent), [WHOLE])
    async with calling(server) as caller:
        assert await caller.call() == (status, b"hi")
        assert await caller.call() == (200, b"hi")
    assert server.met == 1


@pytest.mark.parametrize(
    "script", [[LAST], [WHOLE, b"unasked"], [WHOLE, None]], ids=["it is the last", "it says more", "it goes away"]
)
async def test_a_connection_that_is_of_no_use_any_more_serves_no_call(script: list[bytes | None]) -> None:
    server = Scripted(script, [WHOLE])
    async with calling(server) as caller:
        assert await caller.call() == (200, b"hi")
        await asyncio.sleep(0.05)
        assert await caller.call() == (200, b"hi")
    assert (server.met, len(server.heard)) == (2, 2)


async def test_a_connection_that_was_idle_for_long_is_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    """The server may close it in the same moment: nobody would know whether the call arrived."""
    monkeypatch.setattr(lines, "KEPT", 0.0)
    server = Scripted([WHOLE], [WHOLE])
    async with calling(server) as caller:
        await caller.call()
        await caller.call()
    assert server.met == 2


@pytest.mark.parametrize(
    ("script", "error"),
    [
        ([None], BrokenOff),
        ([WHOLE[:-1], None], BrokenOff),
        ([b"220 mail.example ESMTP\r\n"], HttpParserError),
        ([b"HTTP/1.1 200 OK\r\nContent-Length: 2x\r\n\r\nhi"], HttpParserError),
        ([WHOLE[:-1]], TimeoutError),
    ],
    ids=["silence", "half an answer", "another protocol", "no number", "no end"],
)
async def test_without_a_whole_answer_nobody_knows_and_the_next_call_has_a_connection_of_its_own(
    script: list[bytes | None], error: type[Exception]
) -> None:
    server = Scripted(script, [WHOLE])
    async with calling(server) as caller:
        with pytest.raises(error):
            await caller.call(Patience(1.0, 1.0, 0.1))
        assert await caller.call() == (200, b"hi")
    assert (server.met, len(server.heard)) == (2, 2)


async def test_an_answer_that_goes_on_may_take_longer_than_the_patience() -> None:
    server = Scripted([WHOLE[i : i + 5] for i in range(0, len(WHOLE), 5)])
    server.pause = 0.05
    async with calling(server) as caller:
        assert await caller.call(Patience(1.0, 1.0, 0.2)) == (200, b"hi")


async def test_a_call_that_is_given_up_leaves_its_answer_to_nobody() -> None:
    server = Scripted([b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n", b"wrong"], [WHOLE])
    server.pause = 0.05
    async with calling(server, limit=1) as caller:
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.02):
                await caller.call()
        assert await caller.call() == (200, b"hi")


async def test_to_a_server_without_tls_nothing_leaves() -> None:
    server = Scripted([WHOLE])
    async with calling(server) as caller:
        spot, head = opening("POST", f"https://127.0.0.1:{caller.port}/", "text/plain", "us")
        with pytest.raises(Unsent) as refused:
            await caller.lines.call(spot, head + b"0\r\n\r\n", PATIENCE)
    assert isinstance(refused.value.__cause__, OSError)
    assert server.heard == []
