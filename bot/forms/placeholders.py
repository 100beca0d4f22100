"""Placeholders: `{{ 活动名称 }}` in a Word file, which Word may spread over several runs, found and put right."""

import re
from collections.abc import Iterator, Mapping
from copy import deepcopy
from typing import Any

from bot.forms.filled import clean

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
PLACEHOLDER = re.compile(r"\{\{\s*([^{}]*?)\s*\}\}")
XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


def paragraphs(unit: Any) -> Iterator[Any]:
    """All in it, those of its text boxes too."""
    yield from unit.iter(f"{W}p")


def names(unit: Any) -> list[str]:
    """As they are written between the braces, in order."""
    return [name for one in paragraphs(unit) for name in PLACEHOLDER.findall(text(one))]


def unclosed(unit: Any) -> bool:
    """Whether braces are left over that make no placeholder."""
    return any("{{" in rest or "}}" in rest for one in paragraphs(unit) for rest in [PLACEHOLDER.sub("", text(one))])


def text(paragraph: Any) -> str:
    return "".join(piece.text or "" for piece in pieces(paragraph))


def pieces(paragraph: Any) -> list[Any]:
    """Its own texts; a text box within has paragraphs of its own."""
    return [one for one in paragraph.iter(f"{W}t") if next(one.iterancestors(f"{W}p")) is paragraph]


def fill(unit: Any, values: Mapping[str, str]) -> None:
    """By what is written between the braces. A value takes the looks of the run in which its placeholder begins."""
    for paragraph in list(paragraphs(unit)):
        whole = text(paragraph)
        for found in reversed(list(PLACEHOLDER.finditer(whole))):
            put(pieces(paragraph), found.start(), found.end(), clean(values.get(found[1], "")))
        for piece in pieces(paragraph):
            break_lines(piece)


def put(found: list[Any], start: int, end: int, value: str) -> None:
    """In place of the characters from `start` to `end` (not included) of all pieces together."""
    at = 0
    for piece in found:
        said = piece.text or ""
        first, last = max(start - at, 0), min(end - at, len(said))
        if first < last:
            piece.text = said[:first] + value + said[last:]
            piece.set(XML_SPACE, "preserve")
            value = ""
        at += len(said)


def break_lines(piece: Any) -> None:
    """A line break is an element of its own."""
    first, *rest = (piece.text or "").split("\n")
    if not rest:
        return
    piece.text, last = first, piece
    for line in rest:
        following = deepcopy(piece)
        following.text = line
        last.addnext(piece.makeelement(f"{W}br"))
        last.getnext().addnext(following)
        last = following
