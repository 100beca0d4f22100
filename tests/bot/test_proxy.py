"""Through a SOCKS5 and an HTTP proxy that want a name and a password: calls, uploads, and the bot's own name."""

import asyncio
from datetime import UTC, datetime

import pytest
from telegram import Bot
from telegram.error import NetworkError

from bot.settings import Settings
from bot.telegram.naming import asked
from bot.telegram.wire import Wire, never_left
from sandbox.server import served
from sandbox.state import Room
from tests.bot.proxies import PASSWORD, Http, Proxy, Socks, proxied

GROUP, TOKEN = -1001, "1:secret-token"
KINDS = pytest.mark.parametrize("kind", [Socks, Http])


@KINDS
async def test_calls_uploads_and_the_first_question_go_through_it(kind: type[Proxy]) -> None:
    room = Room(lambda: datetime.now(UTC), token=TOKEN)
    room.add_group(GROUP, "样例教研群", [], bot=True)
    with served(room) as api:
        async with proxied(kind) as proxy:
            wire = Wire(proxy=proxy.address())
            async with Bot(TOKEN, base_url=f"{api}/bot", request=wire, get_updates_request=wire) as bot:
                await bot.send_message(GROUP, "经过代理")
                await bot.send_document(GROUP, b"bytes", filename="台账.txt")
            assert await asked(Settings(token=TOKEN, api_url=api, proxy=proxy.address())) == "jiaolian_bot"
            assert {port for _, port in proxy.through} == {int(api.rsplit(":", 1)[1])}
            assert len(proxy.through) >= 3
    assert [message.text for message in room.messages(GROUP)] == ["经过代理", ""]


@KINDS
@pytest.mark.parametrize("password", ["wrong", PASSWORD])
async def test_a_proxy_that_lets_nobody_through_is_a_network_error_without_its_password(
    kind: type[Proxy], password: str
) -> None:
    """The right password goes to a port where nobody listens."""
    async with proxied(kind) as proxy:
        proxy.port = proxy.port if password == "wrong" else 9
        wire = Wire(proxy=proxy.address(password))
        await wire.initialize()
        with pytest.raises(NetworkError) as caught:
            await wire.post("https://127.0.0.1:9/bot1:x/getMe")
        await wire.shutdown()
    assert never_left(caught.value)
    assert password not in str(caught.value)


@KINDS
async def test_what_is_said_to_an_https_server_passes_the_proxy_unread(kind: type[Proxy]) -> None:
    """TLS is between us and the server: its first record (22, RFC 8446, 5.1) is the first that arrives there."""
    first: asyncio.Queue[bytes] = asyncio.Queue()

    async def listen(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        first.put_nowait(await reader.readexactly(1))
        writer.close()

    server = await asyncio.start_server(listen, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    async with server, proxied(kind) as proxy:
        wire = Wire(proxy=proxy.address())
        await wire.initialize()
        with pytest.raises(NetworkError):
            await wire.post(f"https://localhost:{port}/bot{TOKEN}/getMe")
        await wire.shutdown()
        assert proxy.through == [("localhost", port)]
        assert await first.get() == b"\x16"
