"""The Bot API over HTTP: reads a call however it is sent, meets it with a fault or carries it out, and keeps a log."""

import asyncio
import json
from time import monotonic
from typing import Any
from urllib.parse import parse_qsl

from starlette.requests import Request
from starlette.responses import Response

from sandbox.checks import Sent, number
from sandbox.described import remarks
from sandbox.errors import Refused
from sandbox.faults import Fault, cut
from sandbox.methods import METHODS
from sandbox.pacing import Pacing
from sandbox.polling import MOST, Polling
from sandbox.state import Call, Room


class Api:
    def __init__(self, room: Room) -> None:
        self.room, self.polling, self.faults, self.pacing = room, Polling(room), room.faults, Pacing()

    async def call(self, request: Request) -> Response:
        """`/bot<token>/<method>`; the name is case-insensitive, the parameters may come in any of four ways."""
        name = request.path_params["method"].lower()
        try:
            sent = await parameters(request)
        except Refused as refused:
            return refusal(refused)
        chat = str(sent.get("chat_id", ""))
        for tell in self.room.on_call:
            tell("arrived", name, {key: str(value) for key, value in sent.items()})
        fault, noticed = self.faults.met(name, chat), remarks(name, sent)
        try:
            if noticed and self.room.strict:
                raise Refused("not_described", remark=noticed[0])
            if fault is not None and fault.delay and fault.kind != "reset_after":
                await asyncio.sleep(fault.delay)
            if fault is not None and fault.kind == "reset_before":
                self.keep(name, sent, None, "reset before the effect", noticed)
                return await cut(request)
            result = await self.carried_out(request, name, sent, fault)
        except Refused as refused:
            self.keep(name, sent, None, refused.description, noticed)
            return refusal(refused)
        self.keep(name, sent, result, None, noticed)
        if fault is not None and fault.kind == "reset_after":
            await asyncio.sleep(fault.delay)
            return await cut(request)
        if fault is not None and fault.kind == "lose":
            return Response("<html>Bad Gateway</html>", 502, media_type="text/html")
        body = json.dumps({"ok": True, "result": result}, ensure_ascii=False)
        return Response(body, media_type="application/json")

    async def carried_out(self, request: Request, name: str, sent: Sent, fault: Fault | None) -> Any:
        if self.room.token is not None and request.path_params["token"] != self.room.token:
            raise Refused("unauthorized")
        if fault is not None and fault.kind == "refuse":
            raise Refused(fault.error, **fault.parameters())
        if name == "getupdates":
            self.room.remember_kinds(sent.get("allowed_updates"))
            offset, limit, held_open = (number(sent, key) for key in ("offset", "limit", "timeout"))
            found = await self.polling.updates(offset, limit or MOST, held_open, request.is_disconnected)
            return self.polling.troubled(found, fault.kind if fault is not None else None)
        if name not in METHODS:
            raise Refused("not_emulated", method=name)
        if self.room.pace:
            self.pacing.count(name, str(sent.get("chat_id", "")), monotonic())
        with self.room.lock:
            return METHODS[name](self.room, sent)

    def keep(self, name: str, sent: Sent, result: Any, error: str | None, noticed: tuple[str, ...]) -> None:
        said = {key: value if isinstance(value, str) else "(file)" for key, value in sent.items()}
        self.room.calls.append(Call(len(self.room.calls), monotonic(), name, said, result, error, noticed))
        for tell in self.room.on_call:
            tell("answered", name, said)

    async def file(self, request: Request) -> Response:
        """`/file/bot<token>/documents/<file id>`."""
        found = self.room.files.get(request.path_params["file_id"])
        if found is None or (self.room.token is not None and request.path_params["token"] != self.room.token):
            return Response("Not Found", 404)
        return Response(found[1], media_type="application/octet-stream")


async def parameters(request: Request) -> dict[str, Any]:
    """Strings, and (name, content) for an uploaded file. Raises Refused for a body that cannot be read."""
    sent: dict[str, Any] = dict(parse_qsl(request.url.query, keep_blank_values=True))
    kind = request.headers.get("content-type", "")
    if kind.startswith("multipart/"):
        async with request.form() as form:
            for key, value in form.multi_items():
                sent[key] = value if isinstance(value, str) else (value.filename or "file", await value.read())
        return sent
    body = (await request.body()).decode(errors="replace")
    if kind.startswith("application/json") and body:
        try:
            plain = json.loads(body)
        except ValueError:
            raise Refused("body_not_json") from None
        if not isinstance(plain, dict):
            raise Refused("body_not_json")
        return sent | {key: value if isinstance(value, str) else json.dumps(value) for key, value in plain.items()}
    return sent | dict(parse_qsl(body, keep_blank_values=True))


def refusal(refused: Refused) -> Response:
    after = refused.parameters.get("retry_after")
    headers = {"Retry-After": str(after)} if after else {}
    return Response(json.dumps(refused.body()), refused.code, headers, "application/json")
