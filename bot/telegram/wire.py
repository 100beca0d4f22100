"""The wire: PTB's calls over lines of our own (`lines`), at a tenth of what httpx costs; uploads go over httpx.

A call is never repeated here: after a timeout or a reset the truth is unknown, and the outbox decides.
"""

from typing import Any, cast
from urllib.parse import urlencode

from httptools import HttpParserError, HttpParserUpgrade
from msgspec import DecodeError, Struct
from msgspec import json as quick
from telegram import Bot
from telegram._utils.types import ODVInput  # the signature of the class that is extended
from telegram.error import NetworkError, TimedOut
from telegram.request import BaseRequest, HTTPXRequest, RequestData

from bot.telegram.lines import Lines, Patience, Unsent, opening

FORM, JSON = "application/x-www-form-urlencoded", "application/json"
CONNECT, READ, POOL = 5.0, 10.0, 5.0  # seconds
CONNECTIONS = 32  # calls on the wire at once, long polling included: the one bound on concurrent requests
Seconds = ODVInput[float]
UNSET = BaseRequest.DEFAULT_NONE
USUAL = Patience(POOL, CONNECT, READ)


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
        self.lines: Lines | None = None
        self.files: HTTPXRequest | None = None  # made for the first upload: no start waits for it

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """A fifth of what the standard library takes, which is asked where it cannot be read so."""
        try:
            read: dict[str, Any] = quick.decode(payload)
        except (DecodeError, UnicodeDecodeError):
            return BaseRequest.parse_json_payload(payload)
        return read

    @property
    def read_timeout(self) -> float:
        return READ

    async def initialize(self) -> None:
        if self.lines is None:
            self.lines = Lines(self.connections, self.proxy)

    async def shutdown(self) -> None:
        if self.files is not None:
            await self.files.shutdown()
            self.files = None
        if self.lines is not None:
            self.lines.close()
            self.lines = None

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
        if self.lines is None:
            raise RuntimeError("the wire is not initialized")
        body, kind = written(request_data)
        spot, head = opening(method, url, kind, self.USER_AGENT)
        request = b"%b%d\r\n\r\n%b" % (head, len(body), body)
        try:
            return await self.lines.call(spot, request, limits(read_timeout, connect_timeout, pool_timeout))
        except (Unsent, HttpParserError, HttpParserUpgrade, OSError) as error:
            cause = reason(error)
            late = isinstance(cause, TimeoutError)
            # not the error's text: it may hold the address, and the address holds the token
            raise (TimedOut if late else NetworkError)(type(cause).__name__) from error


def written(data: RequestData | None) -> tuple[bytes, str]:
    """The body and its kind."""
    if isinstance(data, Fields):
        return data.body, JSON
    return (urlencode(data.json_parameters).encode() if data else b""), FORM


def over_httpx(proxy: str | None) -> HTTPXRequest:
    """Only by the proxy of the settings: HTTP_PROXY and the like are other programs'."""
    return HTTPXRequest(proxy=proxy, httpx_kwargs={"trust_env": False})


def limits(read: Seconds, connect: Seconds, pool: Seconds) -> Patience:
    if read is UNSET and connect is UNSET and pool is UNSET:
        return USUAL
    return Patience(chosen(pool, POOL), chosen(connect, CONNECT), chosen(read, READ))


def chosen(given: Seconds, default: float) -> float | None:
    return given if given is None or isinstance(given, int | float) else default


def never_left(error: NetworkError) -> bool:
    """The request certainly did not reach the server: there was no connection to send it on."""
    return isinstance(error.__cause__, Unsent)


def reason(error: BaseException | None) -> BaseException | None:
    """Why there was no connection, or no answer."""
    return error.__cause__ if isinstance(error, Unsent) else error
