"""Small real proxies that want a name and a password: SOCKS5 (RFC 1928, 1929) and HTTP (RFC 9110, CONNECT, 9.3.6), as
much of each as a client needs."""

import asyncio
import struct
from abc import ABC, abstractmethod
from base64 import b64encode
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import ClassVar
from urllib.parse import urlsplit

NAME, PASSWORD = "somebody", "hunter2"


class Proxy(ABC):
    """`through`: the places that were asked for, in order."""

    scheme: ClassVar[str]

    def __init__(self) -> None:
        self.through: list[tuple[str, int]] = []
        self.port = 0
        self.meetings: set[asyncio.Task[None]] = set()

    def address(self, password: str = PASSWORD) -> str:
        return f"{self.scheme}://{NAME}:{password}@127.0.0.1:{self.port}"

    def met(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.meetings.add(asyncio.create_task(self.meet(reader, writer)))

    async def meet(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await self.serve(reader, writer)
        finally:
            writer.close()
            await writer.wait_closed()

    @abstractmethod
    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One client, until either side has no more to say."""

    async def opened(self, host: str, port: int) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        self.through.append((host, port))
        return await asyncio.open_connection(host, port)


class Socks(Proxy):
    scheme = "socks5"

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        _, methods = await reader.readexactly(2)
        await reader.readexactly(methods)
        writer.write(b"\x05\x02")
        name, password = await self.credentials(reader)
        good = (name, password) == (NAME.encode(), PASSWORD.encode())
        writer.write(b"\x01" + (b"\x00" if good else b"\x01"))
        if good:
            await self.connect(reader, writer)

    async def credentials(self, reader: asyncio.StreamReader) -> tuple[bytes, bytes]:
        _, length = await reader.readexactly(2)
        name = await reader.readexactly(length)
        return name, await reader.readexactly((await reader.readexactly(1))[0])

    async def connect(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        _, _, _, kind = await reader.readexactly(4)
        if kind == 3:
            host = (await reader.readexactly((await reader.readexactly(1))[0])).decode()
        else:
            host = ".".join(map(str, await reader.readexactly(4)))
        (port,) = struct.unpack("!H", await reader.readexactly(2))
        there, to_there = await self.opened(host, port)
        writer.write(b"\x05\x00\x00\x01" + bytes(6))
        await asyncio.gather(pumped(reader, to_there), pumped(there, writer))


class Http(Proxy):
    """An https place is reached through a tunnel, an http one by its whole address: one for each connection."""

    scheme = "http"

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = await reader.readuntil(b"\r\n\r\n")
        first, *rest = head.decode("latin-1").split("\r\n")
        method, target, version = first.split()
        wanted = f"proxy-authorization: basic {b64encode(f'{NAME}:{PASSWORD}'.encode()).decode()}"
        if wanted.casefold() not in {line.casefold() for line in rest}:
            writer.write(b"HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n")
            return
        tunnel = method == "CONNECT"
        place = urlsplit(f"//{target}" if tunnel else target)
        there, to_there = await self.opened(place.hostname or "", place.port or 80)
        if tunnel:
            writer.write(b"HTTP/1.1 200 Connection established\r\n\r\n")
        else:
            path = f"{place.path or '/'}{f'?{place.query}' if place.query else ''}"
            kept = [line for line in rest if not line.casefold().startswith(("proxy-", "connection:"))]
            to_there.write("\r\n".join([f"{method} {path} {version}", "Connection: close", *kept]).encode("latin-1"))
        await asyncio.gather(pumped(reader, to_there), pumped(there, writer))


async def pumped(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    while chunk := await reader.read(65536):
        writer.write(chunk)
    writer.close()
    await writer.wait_closed()


@asynccontextmanager
async def proxied(kind: type[Proxy]) -> AsyncIterator[Proxy]:
    proxy = kind()
    server = await asyncio.start_server(proxy.met, "127.0.0.1", 0)
    proxy.port = server.sockets[0].getsockname()[1]
    yield proxy
    server.close()
    await asyncio.gather(*proxy.meetings, return_exceptions=True)
