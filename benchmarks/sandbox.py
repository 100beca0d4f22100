"""How many calls a second the local Bot API server takes, beside the processor's microseconds of each.

`python -m benchmarks.sandbox [--calls N] [--rounds N]`: in process (the application is handed each call as a server
would, without a socket) and over loopback (aiohttp, eight calls at a time). A round of calls is what a card costs: it
is sent with two buttons, pressed, the press answered, the card edited in place, the update fetched and confirmed.
"""

import argparse
import asyncio
import json
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from statistics import median
from time import perf_counter, process_time
from typing import Any
from urllib.parse import urlencode

import aiohttp
from starlette.applications import Starlette

from sandbox.people import People
from sandbox.server import create, served
from sandbox.state import Room

TOKEN, GROUP, TEACHER = "1:bench", -1001234567890, 710000001
BUTTONS = {"inline_keyboard": [[{"text": "参加", "callback_data": "join"}, {"text": "请假", "callback_data": "leave"}]]}
KEYBOARD = json.dumps(BUTTONS, ensure_ascii=False)
CALLS_OF_A_CARD = 4
AT_ONCE = 8  # cards on their way over loopback

Call = Callable[..., Awaitable[Any]]


def filled() -> Room:
    room = Room(lambda: datetime.now(UTC), token=TOKEN)
    room.add_user(TEACHER, "样李芳")
    room.add_group(GROUP, "样例教研群", [TEACHER], bot=True)
    return room


async def card(room: Room, call: Call) -> None:
    sent = await call("sendMessage", chat_id=GROUP, text="【活动通知】共创式主题教研", reply_markup=KEYBOARD)
    number = sent["message_id"]
    query = People(room).press(TEACHER, GROUP, number, "参加")
    await call("answerCallbackQuery", callback_query_id=query, text="已登记：参加")
    await call("editMessageText", chat_id=GROUP, message_id=number, text="已回复 1/1", reply_markup=KEYBOARD)
    await call("getUpdates", offset=room.next_update, timeout=0)


def in_process(app: Starlette) -> Call:
    """As uvicorn hands a call to the application."""

    async def call(method: str, **sent: Any) -> Any:
        body, answer = urlencode(sent).encode(), bytearray()
        headers = [(b"host", b"127.0.0.1"), (b"content-type", b"application/x-www-form-urlencoded")]
        path = f"/bot{TOKEN}/{method}"
        scope = {"type": "http", "method": "POST", "path": path, "raw_path": path.encode(), "query_string": b""}
        scope |= {"headers": headers, "root_path": "", "scheme": "http", "server": ("127.0.0.1", 80)}

        async def receive() -> dict[str, Any]:
            return {"type": "http.request", "body": body}

        async def send(message: Any) -> None:
            answer.extend(message.get("body", b""))

        await app(scope, receive, send)
        return result(answer)

    return call


def over(session: aiohttp.ClientSession, root: str) -> Call:
    async def call(method: str, **sent: Any) -> Any:
        async with session.post(f"{root}/bot{TOKEN}/{method}", data=sent) as answer:
            return result(await answer.read())

    return call


def result(body: bytes | bytearray) -> Any:
    found = json.loads(body)
    if not found["ok"]:
        raise RuntimeError(found["description"])
    return found["result"]


async def without_a_socket(cards: int) -> None:
    room = filled()
    call = in_process(create(room))
    for _ in range(cards):
        await card(room, call)


async def over_loopback(cards: int) -> None:
    room = filled()
    with served(room) as root:
        async with aiohttp.ClientSession() as session:
            call = over(session, root)
            for _ in range(cards // AT_ONCE):
                await asyncio.gather(*(card(room, call) for _ in range(AT_ONCE)))


def measured(way: Callable[[int], Awaitable[None]], calls: int) -> tuple[float, float]:
    """Calls a second; microseconds of the processor a call, of client and server together."""
    began, busy = perf_counter(), process_time()
    asyncio.run(way(calls // CALLS_OF_A_CARD))  # type: ignore[arg-type]
    return calls / (perf_counter() - began), (process_time() - busy) / calls * 1e6


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--calls", type=int, default=8_000)
    parser.add_argument("--rounds", type=int, default=3)
    asked = parser.parse_args()
    for name, way in (("in process", without_a_socket), ("over loopback", over_loopback)):
        found = [measured(way, asked.calls) for _ in range(asked.rounds)]
        fast, busy = median(one[0] for one in found), median(one[1] for one in found)
        print(f"{name}: {fast:,.0f} calls a second (median of {asked.rounds}), {busy:.0f} µs of the processor each")


if __name__ == "__main__":
    main()
