"""Files that an organiser sends to the bot, read as the command line reads them: the same refusals, line by line."""

from pathlib import PurePath

from bot.file import consortium_file
from bot.file.refusals import MOST, Complaints
from bot.sheets import roster
from handlers.offered import Parts, Read
from store.blueprint import Blueprint
from store.complaint import Complaint
from store.offers import OfferKind
from store.policies import importing

KINDS = {".toml": OfferKind.CONSORTIUM_FILE, ".xlsx": OfferKind.ROSTER} | dict.fromkeys(
    importing.READERS, OfferKind.PAPER
)


def kind_of(name: str) -> OfferKind | None:
    return KINDS.get(PurePath(name).suffix.lower())


def read(kind: OfferKind, name: str, content: bytes, last: Blueprint, part: int = 0) -> Read:
    """`last`: the file that a roster is read into; `part`: which paper of several, 0: nobody has said.

    Raises Complaint or Complaints.
    """
    match kind:
        case OfferKind.CONSORTIUM_FILE:
            return consortium_file.blueprint(name, content)
        case OfferKind.ROSTER:
            return roster.merged(last, name, content)
        case OfferKind.PAPER:
            lines = importing.lines_of(name, content)
            starts = importing.starts_of(lines)
            if len(starts) > 1 and not part:
                return Parts(tuple(importing.headings(lines, starts)))
            return importing.made(name, importing.chosen(name, lines, part or None))
    raise ValueError(kind)  # a sign-in sheet is read elsewhere


def lines(refused: Complaint | Complaints) -> list[str]:
    """As the command line writes them."""
    return [str(one) for one in refused.found[:MOST]] if isinstance(refused, Complaints) else [str(refused)]
