"""Control over HTTP, for a test or a benchmark in another process; never from another site.

POST /room/act   {"do": name, ...arguments}, or a list of such: the acts of `people.People` by name (say, edit,
                 start, press, look_up, choose, block, unblock, add_bot, remove_bot, migrate), add_user, add_group,
                 fault (the fields of `faults.Fault`), storm (seed, rate), clear_faults. Answers the list of results.
GET /room/calls?after=N&method=M        every call from number N on: number, at (monotonic seconds), method, sent, error
                                        and remarks (what the published description does not know in it)
GET /room/count?after=N&method=M        how many of those were not refused, and when the first and the last came
GET /room/messages?chat=ID              what stands in a chat: id, sender, text, buttons, edits
"""

import json
from ipaddress import ip_address
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from sandbox.faults import Fault, Faults
from sandbox.people import People
from sandbox.state import Room

ACTS = (
    *("say", "edit", "start", "press", "look_up", "choose"),
    *("block", "unblock", "add_bot", "remove_bot", "promote_bot", "mute_bot", "migrate"),
    *("join", "leave", "pin", "delete", "open_topic", "close_topic"),
)
LOOPBACK = {"127.0.0.1", "localhost", "[::1]"}
CROSS_SITE = JSONResponse({"error": "cross-site"}, 403)


def from_elsewhere(request: Request) -> bool:
    """Asked for by a name that is neither ours nor the address on which it came in (DNS rebinding), or by a page of
    another site."""
    host = request.headers.get("host", "")
    origin = request.headers.get("origin")
    name = host.rsplit(":", 1)[0] if not host.endswith("]") else host
    return name not in LOOPBACK | {came_in_on(request)} or origin not in (None, f"http://{host}")


def came_in_on(request: Request) -> str:
    """The address of this machine to which the connection was made, as it stands in a URL; "" where it is none."""
    server = request.scope.get("server") or ("", None)
    try:
        address = ip_address(server[0])
    except ValueError:
        return ""
    return f"[{address}]" if address.version == 6 else str(address)


def number(request: Request, name: str, otherwise: str = "") -> int:
    """What the address says. Raises HTTPException (400)."""
    written = request.query_params.get(name, otherwise)
    try:
        return int(written)
    except ValueError:
        raise HTTPException(400, f"{name}: {written[:40]!r}: expected a number") from None


class Control:
    def __init__(self, room: Room, faults: Faults) -> None:
        self.room, self.faults, self.people = room, faults, People(room)

    async def act(self, request: Request) -> Response:
        if from_elsewhere(request):
            return CROSS_SITE
        try:
            asked = json.loads(await request.body())
            return JSONResponse([self.one(dict(act)) for act in (asked if isinstance(asked, list) else [asked])])
        except (ValueError, TypeError, LookupError) as error:  # no JSON, no such argument, person, chat or button
            return JSONResponse({"error": f"{type(error).__name__}: {error}"}, 400)

    def one(self, act: dict[str, Any]) -> Any:
        match act.pop("do"):
            case "add_user":
                return self.room.add_user(**act).id
            case "add_group":
                return self.room.add_group(**act).id
            case "fault":
                return self.faults.add(Fault(**act))
            case "storm":
                return self.faults.storm(**act)
            case "clear_faults":
                return self.faults.clear()
            case name if name in ACTS:
                result = getattr(self.people, name)(**act)
                return result if isinstance(result, str | int | None) else result.id
            case name:
                raise LookupError(f"no act {name!r}")

    async def calls(self, request: Request) -> Response:
        if from_elsewhere(request):
            return CROSS_SITE
        after, method = number(request, "after", "0"), request.query_params.get("method")
        found = [
            {name: getattr(call, name) for name in ("number", "at", "method", "sent", "error", "remarks")}
            for call in self.room.calls[after:]
            if method in (None, call.method)
        ]
        return JSONResponse(found)

    async def count(self, request: Request) -> Response:
        if from_elsewhere(request):
            return CROSS_SITE
        after, method = number(request, "after", "0"), request.query_params.get("method")
        times = [call.at for call in self.room.calls[after:] if method in (None, call.method) and call.error is None]
        ends = {"first": times[0], "last": times[-1]} if times else {}
        return JSONResponse({"calls": len(times), "all": len(self.room.calls)} | ends)

    async def messages(self, request: Request) -> Response:
        if from_elsewhere(request):
            return CROSS_SITE
        found = [
            {
                "id": message.id,
                "sender": message.sender.id,
                "text": message.text,
                "buttons": message.buttons,
                "edits": message.edits,
            }
            for message in self.room.messages(number(request, "chat"))
        ]
        return JSONResponse(found)
