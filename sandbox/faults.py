"""Faults on demand: what the calls that fit are met with, before or after their effect, by rule or by a seeded dice."""

import asyncio
import socket
import struct
from collections import Counter
from random import Random
from typing import Any, Literal, get_args

from msgspec import Struct
from starlette.requests import Request
from starlette.responses import Response

from sandbox.errors import ERRORS

Kind = Literal["refuse", "lose", "reset_before", "reset_after", "repeat", "late"]
OF_UPDATES = ("repeat", "late")
STORM: tuple[tuple[str, Kind, str], ...] = (
    *(("", "refuse", "too_fast"), ("", "refuse", "restart")),
    *(("", "lose", ""), ("", "reset_before", ""), ("", "reset_after", "")),
    *(("getUpdates", "refuse", "other_poller"), ("getUpdates", "repeat", ""), ("getUpdates", "late", "")),
    *(("webhook", "repeat", ""), ("webhook", "late", "")),
)
BRINGING = ("getupdates", "webhook")  # what brings updates; `webhook` is no method: an update that is handed over
AT_ONCE = struct.pack("ii", 1, 0)  # SO_LINGER: what was not sent is forgotten, the other side is told by a reset


class Fault(Struct):
    """For calls of `method` (to `chat`, where given), but not for the first `skip` of them, `times` times (-1: for
    ever); of those that fit a share of `rate`, drawn by `seed`, the same for the nth call of a method to a chat however
    calls mingle. The kinds:

    - None: carried out `delay` seconds later
    - `refuse`: refused as `error`, a row of the table; 429 says `retry_after`
    - `lose`: carried out, and the answer lost: the proxy in front says 502
    - `reset_before`, `reset_after`: the connection is reset instead of carrying it out, or of answering; with a `delay`
      longer than the caller's patience it is a time-out
    - `repeat`: the updates that are brought come once more; `late`: the first of them comes after the others. Of
      `getUpdates`, or of `webhook`: each attempt to hand one over.
    """

    method: str = ""
    chat: str = ""
    kind: Kind | None = None
    error: str = ""
    retry_after: int = 0
    delay: float = 0.0
    times: int = 1
    skip: int = 0
    rate: float = 1.0
    seed: int = 0

    def __post_init__(self) -> None:
        """Raises ValueError at the start, not in the middle of a test, for what no call could be met with."""
        if self.kind is not None and self.kind not in get_args(Kind):
            raise ValueError(f"fault.kind: {self.kind!r}: expected one of {', '.join(get_args(Kind))}")
        if self.kind == "refuse" and self.error not in ERRORS:
            raise ValueError(f"fault.error: {self.error!r}: expected one of {', '.join(ERRORS)}")
        if self.kind in OF_UPDATES and self.method.lower() not in BRINGING:
            raise ValueError(f"fault.method: {self.method!r}: expected getUpdates or webhook for {self.kind}")
        if not 0 < self.rate <= 1:
            raise ValueError(f"fault.rate: {self.rate}: expected more than 0, at most 1")

    def parameters(self) -> dict[str, Any]:
        """Those that this refusal obliges to."""
        return {"retry_after": self.retry_after or 1} if self.error == "too_fast" else {}

    def fits(self, method: str, chat: str, number: int) -> bool:
        """`number`: which call of that method to that chat it is."""
        if not self.times or self.method.lower() not in ("", method) or self.chat not in ("", chat):
            return False
        if method == "webhook" and self.kind not in OF_UPDATES:
            return False
        return self.rate == 1 or self.draw(f"{method} {chat} {number}") < self.rate

    def draw(self, call: str) -> float:
        return Random(f"{self.seed} {self.kind} {self.error} {call}").random()  # noqa: S311  a dice, no secret


class Faults:
    """`waiting`: the rules; `fallen`: how many calls have met each kind."""

    def __init__(self) -> None:
        self.fallen: Counter[Kind | None] = Counter()
        self.waiting: list[Fault] = []
        self.counted: Counter[tuple[str, str]] = Counter()

    def add(self, fault: Fault) -> None:
        self.waiting.append(fault)

    def clear(self) -> None:
        self.waiting.clear()
        self.counted.clear()

    def storm(self, seed: int, rate: float) -> None:
        """Something of each kind, for ever: about `rate` of all calls meet it."""
        for method, kind, error in STORM:
            self.add(Fault(method, kind=kind, error=error, times=-1, rate=rate / 5, seed=seed))

    def met(self, method: str, chat: str) -> Fault | None:
        """The first that fits, counted down."""
        self.counted[method, chat] += 1
        for fault in self.waiting:
            if fault.fits(method, chat, self.counted[method, chat]):
                if fault.skip:
                    fault.skip -= 1
                    continue
                fault.times -= fault.times > 0
                self.fallen[fault.kind] += 1
                return fault
        return None


async def cut(request: Request) -> Response:
    """The connection is reset without an answer. Raises ConnectionResetError where there is none: in process."""
    transport = getattr(getattr(request.receive, "__self__", None), "transport", None)
    if transport is None:
        raise ConnectionResetError("reset on demand")
    transport.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, AT_ONCE)
    transport.abort()
    await asyncio.sleep(0.001)  # the server hears of it: what is answered now goes nowhere
    return Response()
