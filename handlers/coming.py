"""Coming (参加的老师): who comes, by name, on the cards of an activity with `card = "names"`, as in 接龙.

Never who has not answered, declined or is on leave (domain 8.3).
"""

import unicodedata
from collections.abc import Sequence

from msgspec import Struct

from handlers.text_units import units
from store import consortiums, responses
from store.database import Session
from store.occurrences import Held

ROOM = 2400  # UTF-16 units for the names in one message, of the 4096 that it holds (Bot API, sendMessage)
BREAKS = ("Cc", "Cf", "Cs", "Zl", "Zp")  # Unicode categories of what would break a line, or turn it around


class Coming(Struct, frozen=True):
    """As many whole names as have room, of `total`."""

    names: tuple[str, ...]
    total: int


def coming(session: Session, held: Held, beside: int) -> Coming | None:
    """`beside`: so many events share the message. None: the card shows counts alone, or nobody comes yet."""
    row = consortiums.get(session, held.consortium_id)
    if row is None or not consortiums.blueprint(row).names_on_cards(held.activity):
        return None
    names = [plain(name) for name in responses.coming(session, held.id)]
    return Coming(fitting(names, ROOM // max(beside, 1)), len(names)) if names else None


def fitting(names: Sequence[str], room: int) -> tuple[str, ...]:
    """The first that have room, two units between them (", ")."""
    kept: list[str] = []
    for name in names:
        room -= units(name) + 2
        if room < 0:
            break
        kept.append(name)
    return tuple(kept)


def plain(name: str) -> str:
    """On one line, in its order."""
    shown = "".join(" " if unicodedata.category(one) in BREAKS else one for one in name)
    return " ".join(shown.split())
