"""The panel that opens (打开): start over, or rehearse a consortium of one's own; what is wrong is shown in place."""

from collections.abc import Callable, Mapping
from datetime import datetime

from starlette.datastructures import FormData, UploadFile

from bot.commands.demo import SAMPLES
from bot.room import opening
from bot.room.labelled import Page
from bot.room.opening import MB, Opening, Refused, Upload
from bot.words import Words
from sandbox.mounted import Viewer
from store.policies.importing import LARGEST


class OpenPanel:
    """`again`: is told what to open next. `wall`: the world's clock."""

    name = "open"

    def __init__(self, now: Opening, again: Callable[[Opening], object], wall: Callable[[], datetime]) -> None:
        self.opened, self.again, self.wall, self.page = now, again, wall, Page("open")
        self.refused: dict[int, list[Refused]] = {}  # by who sent it

    def title(self, language: str) -> str:
        return self.page.title(language)

    async def show(self, viewer: Viewer) -> str:
        names = [source.file.consortium.name for source in self.opened.sources]
        own = all(source.questions is None for source in self.opened.sources)
        refused = self.refused.get(viewer.person, [])
        said = Words(viewer.language).refusal
        return self.page.written(viewer, "open", names=names, own=own, refused=refused, said=said)

    async def act(self, viewer: Viewer, form: FormData) -> Mapping[str, str] | None:
        """None: another room is opened."""
        found: Opening | list[Refused] | None = None
        match form.get("do"):
            case "again":
                found = self.opened
            case "samples":
                found = opening.samples(SAMPLES[0])
            case "own":
                found = opening.own(await uploads(form), self.wall())
        if isinstance(found, Opening):
            self.again(found)
            return None
        self.refused[viewer.person] = found or []
        return {}


async def uploads(form: FormData) -> list[Upload]:
    """A form without a file sends one without a name; of a file too large no more is read than shows that it is."""
    files = [one for one in form.getlist("files") if isinstance(one, UploadFile) and one.filename]
    return [Upload(str(one.filename), await one.read(LARGEST * MB + 1)) for one in files]
