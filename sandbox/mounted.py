"""What an owner may put beside the chat: buttons that move time, a switch or two, panels of its own. The page knows
their names and nothing of what they do."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Protocol

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from msgspec import Struct, field
from starlette.datastructures import FormData

Move = Callable[[str | None], Awaitable[None]]


class Switch(Struct, frozen=True):
    """`turn` is told the new state and brings it about."""

    is_on: Callable[[], bool]
    turn: Callable[[bool], Awaitable[None]]


class Viewer(Struct, frozen=True):
    """Who looks at a panel, beside which chat. `circle`: the key of his, None: of none; `asked`: what the page's
    address says besides; `hidden`: the HTML of the fields by which a form of the panel comes back to this page;
    `moving`: a move of the clock is under way, and another one would not be taken up."""

    person: int
    chat: str
    circle: str | None
    language: str
    asked: Mapping[str, str]
    hidden: Markup
    moving: bool


class Panel(Protocol):
    """`name`: in addresses."""

    name: str

    def title(self, language: str) -> str: ...

    async def show(self, viewer: Viewer) -> str:
        """HTML; what people wrote is escaped in it."""
        ...

    async def act(self, viewer: Viewer, form: FormData) -> Mapping[str, str] | None:
        """A form that was sent to `/page/panel`; what the address says besides from here on. None: this room is over,
        and another one will be served at the same address."""
        ...


async def stay(_moment: datetime) -> None:
    """Time cannot be sent anywhere."""


class Controls(Struct, frozen=True):
    """`moves` and `switches` bear the names of their labels. A move is given the key of the circle that is looked at;
    `to`: goes to an instant; `stop`: ends the move that is under way, before its time; `played`: is told who does
    something by the page; `style`: a style sheet for the panels; `ready`: whether the room may be seen."""

    now: Callable[[], datetime]
    moves: Mapping[str, Move] = field(default_factory=dict)
    to: Callable[[datetime], Awaitable[None]] = stay
    stop: Callable[[], None] = lambda: None
    played: Callable[[int], object] = lambda _person: None
    switches: Mapping[str, Switch] = field(default_factory=dict)
    panels: Sequence[Panel] = ()
    style: Path | None = None
    ready: Callable[[], bool] = lambda: True

    def panel(self, name: str | None) -> Panel | None:
        return next((one for one in self.panels if one.name == name), None)


@cache
def templates(folder: Path) -> Environment:
    """The HTML of a folder, of the page or of the panels beside it; what people wrote is escaped."""
    return Environment(
        loader=FileSystemLoader(folder),
        undefined=StrictUndefined,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
