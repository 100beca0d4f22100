"""Lines: HTTP/1.1 over connections that are kept open, one call at a time on each; llhttp (httptools) reads them.

What a client of the Bot API needs and no more: no cookies, no redirects, no compression, and an answer says how long it
is (RFC 9112, 6.3, all but the last). A call takes a fifth of the processor's time that it takes over a client for
everything (docs/performance.md). Nothing is ever sent twice.
"""

import asyncio
import ssl
from collections import defaultdict
from functools import cache, lru_cache
from typing import cast
from urllib.parse import quote, urlsplit

from httptools import HttpParserError, HttpParserUpgrade, HttpResponseParser
from msgspec import Struct

KEPT = 15.0  # seconds that an idle connection is used again: a server closes it later, and not while we write
NEXT_ADDRESS = 0.25  # seconds until the next address of a host is tried beside the first (RFC 8305)
BARRED = (407, 403, 2)  # what a proxy says to whom it does not let through (RFC 9110, 15.5; RFC 1928, 6)
PORTS = {"http": 80, "https": 443}
# Of what a URL may hold, the marks that stay as they are (RFC 3986, 2.2 and 2.3); all else is written in percents.
MARKS = "!#$%&'()*+,/:;=?@[]~"


class Unsent(Exception):
    """No connection could be had, so that nothing has left; the cause says why."""


class Barred(Unsent):
    """The proxy does not let us through."""


class BrokenOff(ConnectionError):
    """The connection ended before the answer did."""


class Spot(Struct, frozen=True):
    """What a connection leads to."""

    host: str
    port: int
    secure: bool


class Patience(Struct, frozen=True):
    """Seconds: for a free place, for a connection, and between two signs of the answer; None is for ever."""

    place: float | None
    connection: float | None
    answer: float | None


@lru_cache(maxsize=64)  # a bot calls few addresses, and the same ones again and again
def opening(method: str, url: str, kind: str, agent: str) -> tuple[Spot, bytes]:
    """Where it goes, and the head of a request up to its length. `kind`: of the body."""
    parts = urlsplit(url)
    spot = Spot(parts.hostname or "", parts.port or PORTS[parts.scheme], parts.scheme == "https")
    target = quote(f"{parts.path or '/'}{f'?{parts.query}' if parts.query else ''}", safe=MARKS)
    lines = [f"{method} {target} HTTP/1.1", f"Host: {parts.netloc.rpartition('@')[2]}", f"User-Agent: {agent}"]
    lines += ["Accept: */*", f"Content-Type: {kind}", "Content-Length: "]
    return spot, "\r\n".join(lines).encode("ascii")


@cache  # to read the certificates of the system takes some 20 ms
def trusted() -> ssl.SSLContext:
    return ssl.create_default_context()


class Line(asyncio.Protocol):
    """One connection."""

    def __init__(self) -> None:
        self.parser = HttpResponseParser(self)
        self.transport: asyncio.Transport | None = None
        self.answer: asyncio.Future[tuple[int, bytes]] | None = None
        self.body: list[bytes] = []
        self.lasts = True  # it can be used for another call
        self.heard = 0.0  # the last sign of the other side, by the loop's clock

    async def call(self, request: bytes, patience: float | None) -> tuple[int, bytes]:
        """Status and body. Raises TimeoutError, BrokenOff, HttpParserError and what the system says (OSError)."""
        loop = asyncio.get_running_loop()
        self.answer, self.body, self.heard = loop.create_future(), [], loop.time()
        if not self.lasts or self.transport is None:
            raise BrokenOff
        self.transport.write(request)
        watch = None if patience is None else loop.call_later(patience, self.look, patience, self.answer)
        try:
            return await self.answer
        except BaseException:  # an answer that comes later must not be the next call's
            self.close()
            raise
        finally:
            self.answer = None
            if watch is not None:
                watch.cancel()

    def look(self, patience: float, answer: "asyncio.Future[tuple[int, bytes]]") -> None:
        """A long answer may take its time, as long as it goes on."""
        loop = asyncio.get_running_loop()
        left = self.heard + patience - loop.time()
        if self.answer is not answer or answer.done():
            return
        if left > 0:
            loop.call_later(left, self.look, patience, answer)
        else:
            answer.set_exception(TimeoutError())

    def close(self) -> None:
        self.lasts = False
        if self.transport is not None:
            self.transport.abort()

    def fail(self, error: Exception) -> None:
        self.lasts = False
        if self.answer is not None and not self.answer.done():
            self.answer.set_exception(error)

    # asyncio calls these

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast(asyncio.Transport, transport)

    def data_received(self, data: bytes) -> None:
        self.heard = asyncio.get_running_loop().time()
        if self.answer is None:  # nobody asked
            return self.close()
        try:
            self.parser.feed_data(data)
        except (HttpParserError, HttpParserUpgrade) as error:
            self.fail(error)
            self.close()
        return None

    def connection_lost(self, exc: Exception | None) -> None:
        self.fail(exc or BrokenOff())

    # the parser calls these

    def on_body(self, part: bytes) -> None:
        self.body.append(part)

    def on_message_complete(self) -> None:
        status = self.parser.get_status_code()
        if status < 200:  # an interim answer (RFC 9110, 15.2)
            return
        self.lasts = self.lasts and self.parser.should_keep_alive()
        if self.answer is not None and not self.answer.done():
            self.answer.set_result((status, b"".join(self.body)))


class Lines:
    """At most `limit` calls at once. `proxy`: `http://…` (by CONNECT) or `socks5://…`, which resolves names too."""

    def __init__(self, limit: int, proxy: str | None = None) -> None:
        self.places, self.proxy = asyncio.Semaphore(limit), proxy
        self.free: defaultdict[Spot, list[Line]] = defaultdict(list)
        self.busy: set[Line] = set()

    async def call(self, spot: Spot, request: bytes, patience: Patience) -> tuple[int, bytes]:
        """Status and body. Raises Unsent, and what `Line.call` raises."""
        await self.place(patience.place)
        try:
            line = self.kept(spot) or await self.opened(spot, patience.connection)
            self.busy.add(line)
            try:
                answer = await line.call(request, patience.answer)
            finally:
                self.busy.discard(line)
            if line.lasts:
                self.free[spot].append(line)
            else:
                line.close()
            return answer
        finally:
            self.places.release()

    async def place(self, patience: float | None) -> None:
        if not self.places.locked():
            await self.places.acquire()
            return
        try:
            async with asyncio.timeout(patience):
                await self.places.acquire()
        except TimeoutError as error:
            raise Unsent from error

    def kept(self, spot: Spot) -> Line | None:
        """The one that was used last; where that is too old they all are."""
        free, now = self.free[spot], asyncio.get_running_loop().time()
        while free:
            line = free.pop()
            if line.lasts and now - line.heard < KEPT:
                return line
            line.close()
        return None

    async def opened(self, spot: Spot, patience: float | None) -> Line:
        loop, secure = asyncio.get_running_loop(), trusted() if spot.secure else None
        try:
            async with asyncio.timeout(patience):
                if self.proxy is None:
                    made = loop.create_connection(
                        Line, spot.host, spot.port, ssl=secure, happy_eyeballs_delay=NEXT_ADDRESS
                    )
                    return (await made)[1]
                return await through(self.proxy, spot, secure)
        except OSError as error:  # a TimeoutError is one, and what TLS says
            raise Unsent from error

    def close(self) -> None:
        for line in (*self.busy, *(line for lines in self.free.values() for line in lines)):
            line.close()
        self.free.clear()


async def through(proxy: str, spot: Spot, secure: ssl.SSLContext | None) -> Line:
    """Raises OSError, Barred, and Unsent where the proxy leads nowhere."""
    from python_socks import ProxyError  # most have no proxy
    from python_socks.async_.asyncio import Proxy

    try:
        way = await Proxy.from_url(proxy, rdns=True).connect(spot.host, spot.port)
    except ProxyError as error:
        barred = error.error_code in BARRED or "authentication" in str(error)
        raise (Barred if barred else Unsent) from error
    name = spot.host if secure else None
    return (await asyncio.get_running_loop().create_connection(Line, sock=way, ssl=secure, server_hostname=name))[1]
