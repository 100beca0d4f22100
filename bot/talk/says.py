"""Says: how a platform tells whoever wrote what became of it."""

from typing import Protocol

from msgspec import Struct
from msgspec.structs import asdict

from bot.desk import Served
from bot.talk.heard import Heard
from bot.written.asked_back import AskedBack


class Says(Protocol):
    async def reply(self, heard: Heard, served: Served[Struct]) -> None:
        """An outcome, where the message was written; a step that leads on in private is taken at once."""

    async def remark(self, heard: Heard, template: str, *, once: bool = False, **facts: object) -> None:
        """Words that no use case had to find. `once`: not again within minutes, whatever else is not understood."""


async def doubted(says: Says, heard: Heard, asked: AskedBack) -> None:
    """What was written is not taken before this is answered."""
    await says.remark(heard, "schedule_asked_back", **asdict(asked))
