"""The chat page: be anybody in the room and see what he sees; `forms` is what he does. Works without a script."""

from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path
from time import monotonic
from typing import Any
from urllib.parse import quote, urlencode

from markupsafe import Markup
from msgspec import Struct, field
from msgspec.structs import replace
from sse_starlette import EventSourceResponse
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from sandbox import scene
from sandbox.control import from_elsewhere
from sandbox.forms import Forms
from sandbox.media import PNG
from sandbox.mounted import Controls, Viewer, templates
from sandbox.scene import Labels
from sandbox.state import Chat, Room, User
from sandbox.stream import TOGETHER, Changes

HERE = Path(__file__).parent
ASSETS = ("room.css", "room.js", "icon.svg")
LANGUAGES = ("zh", "en")
NEWEST = 100  # messages that a page opens with
DIGITS = 9  # of the number of a message; Python refuses to read one of some thousand
TOAST = 6.0  # seconds
WHILE_MOVING = 0.5  # seconds, as TOGETHER: a term that is played would be rendered all the time
OWN = ("as", "chat", "lang", "prefer", "newest", "edit", "topic", "panel")  # what an address says to the page itself
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
    "img-src 'self' data:; frame-src 'self'; form-action 'self'; frame-ancestors 'self'; base-uri 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",  # `no-referrer` would make the Origin of our own forms "null"
    "Cache-Control": "no-cache",
}


class Missing(Exception):
    """No such person or chat: the label that says which."""


class Seen(Struct, frozen=True):
    """Whose eyes, which chat, in which language, how far back, which text of one's own is edited, which topic is looked
    at (0: none): what an address of the page says. `panel`: the one that is open, "": none, None: the address does not
    say; `asked`: what is the panel's own."""

    me: User
    chat: Chat
    language: str
    newest: int = NEWEST
    edit: int = 0
    topic: int = 0
    panel: str | None = None
    asked: Mapping[str, str] = field(default_factory=dict)

    @property
    def key(self) -> str:
        return scene.key_of(self.chat)

    def url(self, **changed: str | int) -> str:
        """With the panel as it is, unless another one is named."""
        asked: dict[str, str | int] = {"as": self.me.id, "chat": self.key, "lang": self.language}
        if self.panel is not None:
            asked |= {"panel": self.panel} | ({} if "panel" in changed else dict(self.asked))
        if self.topic and "key" not in changed and "topic" not in changed:
            asked["topic"] = self.topic
        names = {"key": "chat", "language": "lang"}
        return "/?" + urlencode(asked | {names.get(name, name): value for name, value in changed.items()})


class Flash(Struct, frozen=True):
    """What a person was answered; an alert stays until it is closed."""

    number: int
    text: str
    alert: bool
    until: float


def page_routes(room: Room, controls: Controls | None, changes: Changes) -> list[BaseRoute]:
    page = Page(room, controls, changes)
    forms = Forms(page)
    acts = {"say": forms.say, "edit": forms.edit, "press": forms.press, "start": forms.start}
    acts |= {"close": forms.close, "clock": forms.clock, "look_up": forms.look_up, "choose": forms.choose}
    acts |= {"switch": forms.switch, "panel": forms.panel}
    return [
        Route("/", page.guarded(page.show)),
        Route("/two", page.guarded(page.two)),
        Route("/page/events", page.guarded(page.events)),
        Route("/page/file/{file_id}", page.guarded(page.file)),
        Route("/page/photo/{file_id}", page.guarded(page.photo)),
        Route("/page/static/{name}", page.guarded(page.asset)),
        *(Route(f"/page/{name}", page.guarded(act), methods=["POST"]) for name, act in acts.items()),
    ]


class Page:
    def __init__(self, room: Room, controls: Controls | None, changes: Changes) -> None:
        self.room, self.controls, self.changes = room, controls or Controls(room.now), changes
        self.labels = {language: Labels(language) for language in LANGUAGES}
        self.read: dict[tuple[int, int], int] = {}  # person and chat → the last message that was on the screen
        self.flashes: dict[int, Flash] = {}
        self.flashed = 0
        self.moving = False
        self.over = False  # another room will be served here
        self.html = templates(HERE / "templates")

    def guarded(self, endpoint: Callable[[Request], Awaitable[Response]]) -> Callable[[Request], Awaitable[Response]]:
        """Nothing for another site; a friendly page where nothing is found; a strict policy on all that is answered."""

        async def answer(request: Request) -> Response:
            try:
                if from_elsewhere(request):
                    response = self.nothing(request, "refused", 403)
                elif self.closed() and "name" not in request.path_params:  # the page that says so has its style
                    response = self.nothing(request, "opening", 202)
                else:
                    response = await endpoint(request)
            except Missing as missing:
                response = self.nothing(request, str(missing), 404)
            response.headers.update(HEADERS)
            return response

        return answer

    def closed(self) -> bool:
        """Another room will be served here, or this one is not ready to be seen."""
        return self.over or not self.controls.ready()

    def nothing(self, request: Request, why: str, status: int) -> Response:
        language = language_of(request.query_params.get("lang", ""))
        words = self.labels[language].words
        return HTMLResponse(self.html.get_template("nothing.html").render(t=words, language=language, why=why), status)

    async def show(self, request: Request) -> Response:
        """The page; an address that leaves something open is sent on to one that says it all."""
        asked = request.query_params
        if not any(not user.is_bot for user in self.room.users.values()):
            raise Missing("empty_room")
        seen = self.seen(asked)
        if "as" not in asked or "chat" not in asked:
            return RedirectResponse(seen.url(), 303)
        panel = await self.panel(seen)
        with self.room.lock:
            facts = self.facts(seen) | panel
        return HTMLResponse(self.html.get_template("page.html").render(facts))

    async def two(self, request: Request) -> Response:
        """Two people side by side, each in a page of its own."""
        asked = request.query_params
        left = self.seen(asked)
        others = [user for user in self.room.users.values() if not user.is_bot and user is not left.me]
        circle = scene.circle_of(self.room, left.me)
        beside = [user for user in others if circle is None or user.id in circle.people] or others or [left.me]
        right = self.seen({"as": str(beside[0].id), "lang": left.language, "prefer": left.key})
        facts = {"t": self.labels[left.language].words, "language": left.language, "pair": (left, right), "seen": left}
        return HTMLResponse(self.html.get_template("two.html").render(facts))

    async def panel(self, seen: Seen) -> dict[str, object]:
        """The panel that the address names, else the first one, which a narrow window leaves shut."""
        panels = self.controls.panels
        found = self.controls.panel(seen.panel) if seen.panel is not None else next(iter(panels), None)
        titles = [(one.name, one.title(seen.language)) for one in panels]
        body = "" if found is None else await found.show(self.viewer(replace(seen, panel=found.name)))
        return {"panels": titles, "panel": found.name if found else "", "body": Markup(body)}  # nosec  # noqa: S704  its own

    def viewer(self, seen: Seen) -> Viewer:
        mine = scene.circle_of(self.room, seen.me)
        hidden = Markup(self.html.get_template("who.html").render(seen=seen, language=seen.language))  # nosec  # noqa: S704
        circle = mine.key if mine else None
        return Viewer(seen.me.id, seen.key, circle, seen.language, seen.asked, hidden, self.moving)

    def seen(self, asked: Mapping[str, Any]) -> Seen:
        """What an address or a form says. Raises Missing."""
        seen = self.stands(asked.get("as"), asked.get("chat"), asked.get("lang", ""), str(asked.get("prefer", "")))
        newest, edit = (str(asked.get(name, "")) for name in ("newest", "edit"))
        return replace(
            seen,
            newest=count(newest, NEWEST),
            edit=count(edit, 0),
            topic=topic if (topic := count(str(asked.get("topic", "")), 0)) in seen.chat.threads else 0,
            panel=asked.get("panel"),
            asked={name: value for name, value in asked.items() if name not in OWN},
        )

    def stands(self, person: Any, chat: Any, language: Any, prefer: str = "") -> Seen:
        """Raises Missing. `prefer`: taken where the person has it; without either the liveliest of his groups."""
        users = [user for user in self.room.users.values() if not user.is_bot]
        me = next((user for user in users if person in (None, str(user.id))), None)
        if me is None:
            raise Missing("missing_person")
        chats = {scene.key_of(one): one for one in scene.chats_of(self.room, me)}
        if chat is None:
            chat = prefer if prefer in chats else scene.key_of(liveliest(list(chats.values())))
        if chat not in chats:
            raise Missing("missing_chat")
        return Seen(me, chats[chat], language_of(language))

    def facts(self, seen: Seen) -> dict[str, object]:
        """What the templates need; whoever looks at a chat has read it."""
        room, me, chat, labels = self.room, seen.me, seen.chat, self.labels[seen.language]
        self.read[me.id, chat.id] = max(chat.messages, default=0)
        entries = [scene.entry(room, me, one, self.read.get((me.id, one.id), 0)) for one in scene.chats_of(room, me)]
        private, said = chat.user is not None, scene.messages(chat, seen.topic)
        return {
            "t": labels.words,
            "language": seen.language,
            "other": next(language for language in LANGUAGES if language != seen.language),
            "seen": seen,
            "bot": room.bot,
            "clock": labels.clock(room.now()),
            "moves": tuple(self.controls.moves),
            "styled": self.controls.style is not None,
            "switches": {name: one.is_on() for name, one in self.controls.switches.items()},
            "moving": self.moving,
            "circles": room.circles,
            "mine": scene.circle_of(room, me),
            "cast": scene.cast(room, me),
            "people": scene.people(room, me, labels),
            "waiting": {user.id: self.waiting(user) for user in room.users.values()},
            "chats": entries,
            "total_unread": sum(entry.unread for entry in entries),
            "face": scene.chat_face(room, chat),
            "private": private,
            "members": sum(status not in scene.OUT for status in chat.members.values()),
            "said": scene.conversation(room, me, said[-seen.newest :], labels),
            "editing": scene.own_text(me, chat, seen.edit),
            "more": len(said) > seen.newest,
            "commands": scene.menu(room, me, chat, seen.language),
            "at_bot": "" if private else f"@{room.bot.username}",
            "flash": self.flash_of(me),
        }

    def waiting(self, user: User) -> int:
        """Unread messages of a person's private chat."""
        chat = self.room.chats.get(user.id)
        return scene.unread(chat, user, self.read.get((user.id, user.id), 0)) if chat else 0

    async def events(self, request: Request) -> Response:
        labels = self.labels[language_of(request.query_params.get("lang", ""))]
        told = self.changes.events(lambda: labels.clock(self.room.now()), self.together)
        return EventSourceResponse(told)

    def together(self) -> float:
        """Seconds within which changes are told as one."""
        return WHILE_MOVING if self.moving else TOGETHER

    async def file(self, request: Request) -> Response:
        found = self.room.files.get(request.path_params["file_id"])
        if found is None:
            raise Missing("missing")
        disposition = f"attachment; filename*=UTF-8''{quote(found[0], safe='')}"
        return Response(found[1], headers={"Content-Disposition": disposition}, media_type="application/octet-stream")

    async def photo(self, request: Request) -> Response:
        found = self.room.files.get(request.path_params["file_id"])
        if found is None or not found[1].startswith(PNG):
            raise Missing("missing")
        return Response(found[1], media_type="image/png")

    async def asset(self, request: Request) -> Response:
        name, style = request.path_params["name"], self.controls.style
        if name == "panels.css" and style is not None:
            return FileResponse(style)
        if name not in ASSETS:
            raise Missing("missing")
        return FileResponse(HERE / "static" / name)

    def flash(self, me: User, text: str, *, alert: bool = False) -> None:
        self.flashed += 1
        self.flashes[me.id] = Flash(self.flashed, text, alert, float("inf") if alert else monotonic() + TOAST)

    def flash_of(self, me: User) -> Flash | None:
        """Shown for a while and not once: the live page and the answer to a press both fetch it."""
        found = self.flashes.get(me.id)
        return found if found is not None and monotonic() < found.until else None


def language_of(asked: str) -> str:
    return asked if asked in LANGUAGES else LANGUAGES[0]


def count(written: str, otherwise: int) -> int:
    """A number of messages, or of one, as an address has it."""
    return int(written) if written.isdecimal() and len(written) <= DIGITS else otherwise


def liveliest(chats: list[Chat]) -> Chat:
    """The group in which somebody spoke last; the private chat (the first) of whoever is in none."""
    spoken = [chat for chat in chats[1:] if chat.messages]
    return max(spoken, key=lambda chat: next(reversed(chat.messages.values())).sent_at, default=(chats[1:] or chats)[0])
