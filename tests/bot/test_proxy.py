"""Through a SOCKS5 proxy that wants a name and a password: calls, uploads, and the bot's own name."""

import asyncio
import struct
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime

import pytest
from telegram import Bot
from telegram.error import NetworkError

from bot.settings import Settings
from bot.telegram.naming import asked
from bot.telegram.wire import Wire, never_left
from sandbox.server import served
from sandbox.state import Room

GROUP, TOKEN, NAME, PASSWORD = -1001, "1:secret-token", "somebody", "hunter2"


class Proxy:
    """RFC 1928 and 1929, as much as a client needs; `through` are the places that were asked for."""

    def __init__(self) -> None:
        self.through: list[tuple[str, int]] = []
        self.port = 0
        self.meetings: set[asyncio.Task[None]] = set()

    def met(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.meetings.add(asyncio.create_task(self.meet(reader, writer)))

    async def meet(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        _, methods = await reader.readexactly(2)
        await reader.readexactly(methods)
        writer.write(b"\x05\x02")
        name, password = await self.credentials(reader)
        good = (name, password) == (NAME.encode(), PASSWORD.encode())
        writer.write(b"\x01" + (b"\x00" if good else b"\x01"))
        if good:
            await self.connect(reader, writer)
        writer.close()
        await writer.wait_closed()

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
        self.through.append((host, port))
        there, to_there = await asyncio.open_connection(host, port)
        writer.write(b"\x05\x00\x00\x01" + bytes(6))
        await asyncio.gather(pumped(reader, to_there), pumped(there, writer))


async def pumped(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    while chunk := await reader.read(65536):
        writer.write(chunk)
    writer.close()
    await writer.wait_closed()


@asynccontextmanager
async def proxied() -> AsyncIterator[Proxy]:
    proxy = Proxy()
    server = await asyncio.start_server(proxy.met, "127.0.0.1", 0)
    proxy.port = server.sockets[0].getsockname()[1]
    yield proxy
    server.close()
    await asyncio.gather(*proxy.meetings)


async def test_calls_uploads_and_the_first_question_go_through_it() -> None:
    room = Room(lambda: datetime.now(UTC), token=TOKEN)
    room.add_group(GROUP, "样例教研群", [], bot=True)
    with served(room) as api:
        async with proxied() as proxy:
            address = f"socks5://{NAME}:{PASSWORD}@127.0.0.1:{proxy.port}"
            wire = Wire(proxy=address)
            async with Bot(TOKEN, base_url=f"{api}/bot", request=wire, get_updates_request=wire) as bot:
                await bot.send_message(GROUP, "经过代理")
                await bot.send_document(GROUP, b"bytes", filename="台账.txt")
            assert await asked(Settings(token=TOKEN, api_url=api, proxy=address)) == "jiaolian_bot"
            assert {port for _, port in proxy.through} == {int(api.rsplit(":", 1)[1])}
            assert len(proxy.through) >= 3
    assert [message.text for message in room.messages(GROUP)] == ["经过代理", ""]


@pytest.mark.parametrize("password", ["wrong", PASSWORD])
async def test_a_proxy_that_lets_nobody_through_is_a_network_error_without_its_password(password: str) -> None:
    async with proxied() as proxy:
        port = proxy.port if password == "wrong" else 9
        wire = Wire(proxy=f"socks5://{NAME}:{password}@127.0.0.1:{port}")
        await wire.initialize()
        with pytest.raises(NetworkError) as caught:
            await wire.post("http://127.0.0.1:9/bot1:x/getMe")
        await wire.shutdown()
    assert never_left(caught.value)
    assert password not in str(caught.value)
