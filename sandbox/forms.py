"""What a person does on the page: write, press, follow a link, move the clock; each ends by looking again (303)."""

import contextlib
from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl

from msgspec.structs import replace
from starlette.datastructures import FormData, UploadFile
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from sandbox import scene
from sandbox.people import People
from sandbox.waiting import answered

if TYPE_CHECKING:
    from sandbox.page import Page, Seen

LONGEST, CAPTION = 4096, 1024  # characters of a message, of what stands beside a file (Bot API)
LARGEST = 50_000_000  # bytes of a file; a client would take more, a bot fetches less


class Forms:
    def __init__(self, page: "Page") -> None:
        self.page, self.room, self.people = page, page.room, People(page.room)
        self.controls = page.controls
        self.played = page.controls.played

    async def say(self, request: Request) -> Response:
        """A text; beside a file it is the file's caption."""
        async with request.form() as form:
            seen, plain = self.of(form)
            upload = form.get("file")
            file = None
            if isinstance(upload, UploadFile) and upload.filename:  # a form without one sends it without a name
                file = upload.filename, await upload.read(LARGEST)
        text = plain.get("text", "").replace("\r\n", "\n").strip()
        self.played(seen.me.id)
        if file is not None:
            self.people.send_document(seen.me.id, seen.chat.id, *file, text[:CAPTION])
        elif text:
            self.people.say(seen.me.id, seen.chat.id, text[:LONGEST], thread=seen.topic or None)
        return RedirectResponse(seen.url(), 303)

    async def edit(self, request: Request) -> Response:
        """A text of one's own is another one from here on; an empty one changes nothing, nor does another's message."""
        seen, form = await self.asked(request)
        text = form.get("text", "").replace("\r\n", "\n").strip()
        self.played(seen.me.id)
        if text:
            with contextlib.suppress(LookupError, ValueError):
                self.people.edit(seen.me.id, seen.chat.id, int(form.get("message", "")), text[:LONGEST])
        return RedirectResponse(seen.url(), 303)

    async def press(self, request: Request) -> Response:
        """Waits for what the bot answers, as a client does: a link is followed, words are shown."""
        seen, form = await self.asked(request)
        words = self.page.labels[seen.language]
        self.played(seen.me.id)
        try:
            query = self.people.press(seen.me.id, seen.chat.id, int(form.get("message", "")), form.get("button", ""))
        except (LookupError, ValueError):
            self.page.flash(seen.me, words["button_gone"])
            return RedirectResponse(seen.url(), 303)
        answer = await answered(lambda: self.room.answer(query))
        if answer is None:
            self.page.flash(seen.me, words["no_answer"])
        elif answer["url"]:
            return self.followed(seen, answer["url"])
        elif answer["text"]:
            self.page.flash(seen.me, answer["text"], alert=answer["show_alert"])
        return RedirectResponse(seen.url(), 303)

    async def look_up(self, request: Request) -> Response:
        """What is typed behind the bot's name; what is offered for it is a part of the page."""
        seen, form = await self.asked(request)
        typed = form.get("text", "").partition(" ")[2].strip()
        try:
            query = self.people.look_up(seen.me.id, seen.chat.id, typed)
        except LookupError:
            return HTMLResponse("")
        found = await answered(lambda: self.room.inline_queries[query].answer)
        facts = {"t": self.page.labels[seen.language].words, "seen": seen, "language": seen.language, "query": query}
        offered = found or {"results": [], "button": None}
        return HTMLResponse(self.page.html.get_template("offers.html").render(facts | offered))

    async def choose(self, request: Request) -> Response:
        """One of the results is sent; one that is no longer offered is not."""
        seen, form = await self.asked(request)
        self.played(seen.me.id)
        with contextlib.suppress(LookupError):
            self.people.choose(seen.me.id, seen.chat.id, form.get("query", ""), form.get("result", ""))
        return RedirectResponse(seen.url(), 303)

    def followed(self, seen: "Seen", url: str) -> Response:
        payload = scene.payload_of(self.room, url)
        if payload is None:
            self.page.flash(seen.me, self.page.labels[seen.language]["left_the_page"].format(url=url))
            return RedirectResponse(seen.url(), 303)
        self.people.start(seen.me.id, payload)
        return RedirectResponse(seen.url(key="bot"), 303)

    async def start(self, request: Request) -> Response:
        """Opens the private chat; `payload`: what the link carried."""
        seen, form = await self.asked(request)
        self.played(seen.me.id)
        self.people.start(seen.me.id, form.get("payload", ""))
        return RedirectResponse(seen.url(key="bot"), 303)

    async def close(self, request: Request) -> Response:
        seen, _form = await self.asked(request)
        self.page.flashes.pop(seen.me.id, None)
        return RedirectResponse(seen.url(), 303)

    async def clock(self, request: Request) -> Response:
        """One move at a time, to what concerns whoever moves it; every open page sees that time is moving."""
        seen, form = await self.asked(request)
        controls, mine, asked = self.controls, scene.circle_of(self.room, seen.me), form.get("do", "")
        if self.page.moving and asked == "stop":
            controls.stop()
        elif not self.page.moving:
            self.page.moving = True
            self.page.changes.tell()
            try:
                if asked in controls.moves:
                    await controls.moves[asked](mine.key if mine else None)
                elif asked == "to" and (moment := instant(form.get("at", ""))) is not None:
                    await controls.to(moment)
            finally:
                self.page.moving = False
                self.page.changes.tell()
        return RedirectResponse(seen.url(), 303)

    async def switch(self, request: Request) -> Response:
        seen, form = await self.asked(request)
        found = self.controls.switches.get(form.get("name", ""))
        if found is not None:
            await found.turn(not found.is_on())
            self.page.changes.tell()
        return RedirectResponse(seen.url(), 303)

    async def panel(self, request: Request) -> Response:
        """A form of a panel's own."""
        async with request.form(max_part_size=LARGEST) as form:
            seen, _plain = self.of(form)
            found = self.controls.panel(seen.panel)
            asked: Mapping[str, str] | None = {} if found is None else await found.act(self.page.viewer(seen), form)
        if asked is None:
            self.page.over = True
            self.page.changes.tell()
            return RedirectResponse(f"/?lang={seen.language}", 303)
        return RedirectResponse(replace(seen, asked={}).url(**asked), 303)

    async def asked(self, request: Request) -> tuple["Seen", dict[str, str]]:
        async with request.form() as form:
            return self.of(form)

    def of(self, form: FormData) -> tuple["Seen", dict[str, str]]:
        plain = {name: value for name, value in form.items() if isinstance(value, str)}
        told = {name: plain[name] for name in ("panel", "topic") if name in plain}
        seen = self.page.seen({name: plain.get(name, "") for name in ("as", "chat", "lang")} | told)
        return replace(seen, asked=asked_beside(plain.get("beside", ""))), plain


def asked_beside(query: str) -> dict[str, str]:
    """What the address said to the panel: a form brings it along as it stood."""
    return dict(parse_qsl(query))


def instant(text: str) -> datetime | None:
    """2026-10-14T07:00+08:00; None for anything else."""
    with contextlib.suppress(ValueError):
        found = datetime.fromisoformat(text)
        return found if found.tzinfo is not None else None
    return None
