"""Entities of plain text that a client marks by itself: commands, mentions, links; offsets in UTF-16 units."""

import re
from typing import Any

MARKED = (
    ("bot_command", re.compile(r"(?<![\w/])/[A-Za-z0-9_]{1,32}(@\w{5,32})?")),
    ("mention", re.compile(r"(?<![\w@/])@\w{5,32}")),
    ("url", re.compile(r"https?://[^\s，。）)]+")),
)


def entities(text: str) -> list[dict[str, Any]]:
    if "/" not in text and "@" not in text:
        return []
    found = [(match.start(), kind, match[0]) for kind, pattern in MARKED for match in pattern.finditer(text)]
    return [
        {"type": kind, "offset": units(text[:start]), "length": units(words)} for start, kind, words in sorted(found)
    ]


def units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2
