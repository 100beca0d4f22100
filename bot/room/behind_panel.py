"""The panel behind the scenes (幕后): what is owed and what became of it, the last calls, the tables, faults to try.

No text of a message is shown: reasons and reflections are private also here."""

import asyncio
from collections.abc import Iterator, Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from msgspec import Struct
from starlette.datastructures import FormData

from bot.commands.status import gathered, zone_of
from bot.room.labelled import Page
from sandbox.faults import Fault
from sandbox.mounted import Viewer
from sandbox.state import Call, Room
from scheduling.clock import Clock
from store import glimpses
from store.database import Session, Store
from store.glimpses import Glimpse

NEWEST = 25  # of deliveries and of calls
QUIET = ("getupdates", "getme")  # calls that come all the time
FAULTS = {  # what the next few sends are met with
    "too_fast": lambda: Fault(method="sendMessage", kind="refuse", error="too_fast", retry_after=3, times=3),
    "restart": lambda: Fault(method="sendMessage", kind="refuse", error="restart", times=3),
    "lost": lambda: Fault(method="sendMessage", kind="lose", times=3),
    "slow": lambda: Fault(method="sendMessage", delay=2.0, times=5),
}


class Called(Struct, frozen=True):
    """A call, to whom, and why it was refused."""

    method: str
    to: str
    error: str | None


class BehindPanel:
    name = "behind"

    def __init__(self, store: Store, clock: Clock, room: Room) -> None:
        self.store, self.clock, self.room, self.page = store, clock, room, Page("behind")

    def title(self, language: str) -> str:
        return self.page.title(language)

    async def show(self, viewer: Viewer) -> str:
        figures, newest, sizes, zone = await asyncio.to_thread(self.store.read, looked, self.clock.now())
        return self.page.written(
            viewer,
            "behind",
            figures=figures,
            newest=newest,
            sizes=sizes,
            zone=zone,
            calls=list(self.called()),
            total=len(self.room.calls),
            faults=list(FAULTS),
            waiting=sum(fault.times for fault in self.room.faults.waiting),
        )

    async def act(self, _viewer: Viewer, form: FormData) -> Mapping[str, str]:
        """A fault is switched on, or all are over."""
        match form.get("fault"):
            case str(name) if name in FAULTS:
                self.room.faults.add(FAULTS[name]())
            case str():
                self.room.faults.clear()
        return {}

    def called(self) -> Iterator[Called]:
        """The last calls, the newest first."""
        shown = (call for call in reversed(self.room.calls[-40 * NEWEST :]) if call.method.lower() not in QUIET)
        for call, _ in zip(shown, range(NEWEST), strict=False):
            yield Called(call.method, self.addressee(call), call.error)

    def addressee(self, call: Call) -> str:
        """The group or the person."""
        number = call.sent.get("chat_id", "")
        chat = self.room.chats.get(int(number)) if number.lstrip("-").isdecimal() else None
        return "" if chat is None else chat.title or (chat.user.name if chat.user is not None else "")


def looked(session: Session, now: datetime) -> tuple[dict[str, object], list[Glimpse], dict[str, int], ZoneInfo]:
    return gathered(session, now), glimpses.latest(session, NEWEST), glimpses.sizes(session), zone_of(session)
