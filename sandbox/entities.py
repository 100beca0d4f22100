"""Entities of plain text that a client marks by itself: commands, mentions, links; offsets in UTF-16 units.

A name ends where a word ends, and a Chinese character is part of a word: `@bot每月` mentions nobody, `/ask每月` is no
command (tdlib, MessageEntity)."""

import re
from typing import Any

MARKED = (
    ("bot_command", re.compile(r"(?<![\w/<>])/[A-Za-z0-9_]{1,64}(@[A-Za-z0-9_]{3,32})?(?![\w/<>@])")),
    ("mention", re.compile(r"(?<![\w/])@[A-Za-z0-9_]{2,32}(?!\w)")),
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
