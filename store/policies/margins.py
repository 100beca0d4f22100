"""Margins: what stands around the body of a paper: its number (文号), signature and date (落款), annexes (附件)."""

import re
from collections.abc import Sequence
from enum import StrEnum

from msgspec import Struct

from store.policies.headings import CAPTION, LABEL, NUMERAL


class ClauseKind(StrEnum):
    """What a clause is of a paper: body, what stands before the first heading, a row of a table, the margins."""

    TEXT = "text"
    PREAMBLE = "preamble"
    REFERENCE = "reference"  # 文号
    CAPTION = "caption"  # 表一 …, above its rows
    ROW = "row"
    SIGNATURE = "signature"
    DATE = "date"
    ANNEX = "annex"


class Line(Struct, frozen=True):
    """One line of a paper, never blank.

    `at` counts from 1 in its file; `level`: of a heading that the file itself marks (Word, `#`), 1 the highest;
    `row`: of a table.
    """

    text: str
    at: int
    level: int | None = None
    row: bool = False


REFERENCE = re.compile(r"[^\s，。、；：]{1,20}[〔\[［【(（]\s*[\d_]{2,6}\s*[〕\]］】)）]\s*第?\s*[\d_]{1,5}\s*号")
YEAR = r"(?:[\d_]{2,8}|[〇○零一二三四五六七八九_]{2,8})\s*年"
DAY = rf"(?:[\d_]{{1,6}}|[{NUMERAL}_]{{1,4}})"
CLOSING_DATE = re.compile(rf"{YEAR}\s*{DAY}\s*月(?:\s*{DAY}\s*日)?")
SIGNED_ON = re.compile(rf"[^。；，;,]{{2,30}}\s+{CLOSING_DATE.pattern}")
ANNEX = re.compile(rf"附\s?[件录]\s?[\d{NUMERAL}]{{0,3}}(?:[\s:：]+(?!\d{{1,2}}[.、．])[^。；;，]{{0,40}})?")
ROUTING = re.compile(r"(?:抄送|抄报|主送|印发|主题词|联系人)[:：].*|.*印发")
SIGNATURE_LINES = 3
SIGNATURE_LENGTH = 30  # characters


def margins(lines: Sequence[Line]) -> dict[int, ClauseKind]:
    """By place in `lines`; all that is not named is body."""
    found: dict[int, ClauseKind] = {}
    for place, line in enumerate(lines):
        text, following = line.text.strip(), lines[place + 1] if place + 1 < len(lines) else None
        if line.row:
            found[place] = ClauseKind.ROW
        elif REFERENCE.fullmatch(text):
            found[place] = ClauseKind.REFERENCE
        elif following is not None and ANNEX.fullmatch(text):
            found[place] = ClauseKind.ANNEX
        elif following is not None and following.row and CAPTION.fullmatch(text):
            found[place] = ClauseKind.CAPTION
    for place, line in enumerate(lines):
        if closes(lines, place, found):
            found[place] = ClauseKind.DATE if CLOSING_DATE.fullmatch(line.text.strip()) else ClauseKind.SIGNATURE
            found |= dict.fromkeys(signatures(lines, place, found), ClauseKind.SIGNATURE)
    return found


def closes(lines: Sequence[Line], place: int, found: dict[int, ClauseKind]) -> bool:
    """A date that stands alone, with nothing but annexes and routing (抄送) behind it."""
    text, after = lines[place].text.strip(), place + 1
    dated = CLOSING_DATE.fullmatch(text) or SIGNED_ON.fullmatch(text)
    if dated is None or place in found or LABEL.match(text):
        return False
    last = after == len(lines) or found.get(after) is ClauseKind.ANNEX
    return last or ROUTING.fullmatch(lines[after].text.strip()) is not None


def signatures(lines: Sequence[Line], date: int, found: dict[int, ClauseKind]) -> list[int]:
    """The short lines before the date: who signs."""
    places: list[int] = []
    for place in range(date - 1, max(date - 1 - SIGNATURE_LINES, 0), -1):
        text = lines[place].text.strip()
        named = len(text) <= SIGNATURE_LENGTH and re.search(r"[。；，;,]|[：:]$|^附\s?[件录表]", text) is None
        if not named or place in found or lines[place].level is not None or LABEL.match(text):
            break
        places.append(place)
    return places
