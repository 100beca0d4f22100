"""The wire: PTB's calls over aiohttp, several times as many a second as over httpx; uploads go over httpx.

A call is never repeated here: after a timeout or a reset the truth is unknown, and the outbox decides.
"""

import json
from functools import cache
from typing import Any, cast
from urllib.parse import urlencode

import aiohttp
from msgspec import DecodeError, Struct
from msgspec import json as quick
from telegram import Bot
from telegram._utils.types import ODVInput  # the signature of the class that is extended
from telegram.error import NetworkError, TelegramError, TimedOut
from telegram.request import BaseRequest, HTTPXRequest, RequestData

FORM = {"Content-Type": "application/x-www-form-urlencoded", "User-Agent": BaseRequest.USER_AGENT}
JSON = FORM | {"Content-Type": "application/json"}
CONNECT, READ, POOL = 5.0, 10.0, 5.0  # seconds
CONNECTIONS = 32  # calls on the wire at once, long polling included: the one bound on concurrent requests
Seconds = ODVInput[float]
Kind = type[Exception]
UNSET = BaseRequest.DEFAULT_NONE


class Fields(Struct, frozen=True):
    """What `Wire` asks of PTB's RequestData."""

    body: bytes
    contains_files: bool = False


async def plainly(bot: Bot, method: str, **fields: object) -> Any:
    """A method of the Bot API, its result as it came; None is left out. Raises what PTB raises.

    For what is called most: to make PTB's objects of fields and result takes as long again as the call.
    """
    given = {name: value for name, value in fields.items() if value is not None}
    fields_as_json = Fields(quick.encode(given))
    return await bot.request.post(f"{bot.base_url}/{method}", cast(RequestData, fields_as_json))


class Wire(BaseRequest):
    """`proxy`: `http://…` or `socks5://…`, which resolves names too; None is a direct connection."""

    def __init__(self, connections: int = CONNECTIONS, proxy: str | None = None) -> None:
        self.connections, self.proxy = connections, proxy
        self.socks = proxy is not None and proxy.startswith("socks5")
        self.session: aiohttp.ClientSession | None = None
        self.files: HTTPXRequest | None = None  # made for the first upload: no start waits for it

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """A fifth of what the standard library takes, which is asked where it cannot be read so. What neither can read
        goes into no log, as it would by PTB's way: it may be what somebody wrote."""
        try:
            try:
                read: dict[str, Any] = quick.decode(payload)
            except (DecodeError, UnicodeDecodeError):
                read = json.loads(payload.decode("utf-8", "replace"))
        except (ValueError, RecursionError):
            raise TelegramError("Invalid server response") from None
        return read

    @property
    def read_timeout(self) -> float:
        return READ

    async def initialize(self) -> None:
        if self.session is None:
            no_cookies = aiohttp.DummyCookieJar()  # Telegram sets none: to look for them is a tenth of a call
            self.session = aiohttp.ClientSession(connector=self.connector(), cookie_jar=no_cookies)

    def connector(self) -> aiohttp.BaseConnector:
        if not self.socks:
            return aiohttp.TCPConnector(limit=self.connections, ttl_dns_cache=300)
        from aiohttp_socks import ProxyConnector  # few have a proxy, and 33 modules speak SOCKS

        return ProxyConnector.from_url(self.proxy or "", rdns=True, limit=self.connections)

    async def shutdown(self) -> None:
        if self.files is not None:
            await self.files.shutdown()
            self.files = None
        if self.session is not None:
            await self.session.close()
            self.session = None

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: Seconds = UNSET,
        write_timeout: Seconds = UNSET,
        connect_timeout: Seconds = UNSET,
        pool_timeout: Seconds = UNSET,
    ) -> tuple[int, bytes]:
        if request_data is not None and request_data.contains_files:
            times = (read_timeout, write_timeout, connect_timeout, pool_timeout)
            self.files = self.files or over_httpx(self.proxy)
            return await self.files.do_request(url, method, request_data, *times)
        if self.session is None:
            raise RuntimeError("the wire is not initialized")
        body, headers = written(request_data)
        timeout = limits(read_timeout, connect_timeout, pool_timeout)
        try:
            via = None if self.socks else self.proxy
            call = self.session.request(method, url, data=body, headers=headers, timeout=timeout, proxy=via)
            async with call as response:
                return response.status, await response.read()
        except TimeoutError as error:
            raise TimedOut(f"aiohttp.{type(error).__name__}") from error
        except Exception as error:  # not a cancellation: to compare it would load what knows proxies
            if not isinstance(error, (aiohttp.ClientError, OSError, *of_proxy())):
                raise
            # not the error's text: it may hold the address, and the address holds the token
            raise NetworkError(f"aiohttp.{type(error).__name__}") from error


@cache
def of_proxy() -> tuple[Kind, Kind, Kind, Kind]:
    """The errors that say that a proxy has not let us through; asked for, and loaded, once something has failed."""
    from aiohttp_socks import ProxyConnectionError, ProxyError, ProxyTimeoutError

    return ProxyError, ProxyConnectionError, ProxyTimeoutError, aiohttp.ClientHttpProxyError


def written(data: RequestData | None) -> tuple[str | bytes | None, dict[str, str]]:
    """The body and its headers."""
    if isinstance(data, Fields):
        return data.body, JSON
    return (urlencode(data.json_parameters) if data else None), FORM


def over_httpx(proxy: str | None) -> HTTPXRequest:
    """Only by the proxy of the settings: HTTP_PROXY and the like are other programs'."""
    return HTTPXRequest(proxy=proxy, httpx_kwargs={"trust_env": False})


def limits(read: Seconds, connect: Seconds, pool: Seconds) -> aiohttp.ClientTimeout:
    """aiohttp's `connect` counts the wait for a free connection too."""
    connecting, queued = chosen(connect, CONNECT), chosen(pool, POOL)
    both = None if connecting is None or queued is None else connecting + queued
    return aiohttp.ClientTimeout(connect=both, sock_connect=connecting, sock_read=chosen(read, READ))


def chosen(given: Seconds, default: float) -> float | None:
    return given if given is None or isinstance(given, int | float) else default


def never_left(error: NetworkError) -> bool:
    """The request certainly did not reach the server: there was no connection to send it on."""
    return isinstance(error.__cause__, (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError, *of_proxy()))
