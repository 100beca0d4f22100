"""Word's own numbers: 一、 or (二), as Word writes them before a paragraph and keeps them nowhere in its text."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from msgspec import Struct, field

if TYPE_CHECKING:
    from docx.document import Document
    from docx.text.paragraph import Paragraph

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
DIGITS = "〇一二三四五六七八九"
CHINESE = ("chineseCounting", "chineseCountingThousand", "japaneseCounting", "taiwaneseCounting")
CIRCLES = ("decimalEnclosedCircle", "decimalEnclosedCircleChinese")


class Numbers(Struct):
    """The automatic numbers of a document, counted as Word counts them while its paragraphs are read in order."""

    document: Document
    counts: dict[str, dict[int, int]] = field(default_factory=lambda: defaultdict(dict))

    def before(self, paragraph: Paragraph) -> str:
        """一、 or (二), where Word writes one before this paragraph (w:numPr, its own or its style's)."""
        numbering = next(numbered(paragraph), None)
        levels = None if numbering is None else self.levels(numbering[0])
        if numbering is None or levels is None or numbering[1] not in levels:
            return ""
        number, depth = numbering
        counts = self.counts[number]
        counts[depth] = counts.get(depth, start(levels[depth]) - 1) + 1
        for deeper in [each for each in counts if each > depth]:
            del counts[deeper]
        return self.label(levels, counts, depth)

    def levels(self, number: str) -> dict[int, Any] | None:
        """The level definitions (w:lvl) of a w:numId."""
        try:
            numbering = self.document.part.numbering_part.element
        except (KeyError, NotImplementedError):  # python-docx, where a document has no numbering part
            return None
        found = numbering.xpath(f'./w:num[@w:numId="{number}"]/w:abstractNumId/@w:val')
        if not found:
            return None
        levels = numbering.xpath(f'./w:abstractNum[@w:abstractNumId="{found[0]}"]/w:lvl')
        return {int(level.get(f"{W}ilvl")): level for level in levels}

    def label(self, levels: dict[int, Any], counts: dict[int, int], depth: int) -> str:
        if value(levels[depth], "numFmt") == "bullet":
            return ""

        def counted(found: re.Match[str]) -> str:
            place = int(found[1]) - 1
            if place not in levels:
                return ""
            return written(counts.get(place, start(levels[place])), value(levels[place], "numFmt"))

        return re.sub(r"%(\d)", counted, value(levels[depth], "lvlText"))


def numbered(paragraph: Paragraph) -> Iterator[tuple[str, int]]:
    """(w:numId, w:ilvl) of the paragraph, else of its style or of those that this one is based on."""
    elements = [paragraph._p]
    style: Any = paragraph.style
    while style is not None:
        elements.append(style.element)
        style = style.base_style
    for element in elements:
        number = element.xpath("./w:pPr/w:numPr/w:numId/@w:val")
        depth = element.xpath("./w:pPr/w:numPr/w:ilvl/@w:val")
        if number:
            yield number[0], int(depth[0]) if depth else 0


def value(level: Any, name: str) -> str:
    found = level.find(f"{W}{name}")
    return "" if found is None else str(found.get(f"{W}val", ""))


def start(level: Any) -> int:
    return int(value(level, "start") or 1)


def written(number: int, form: str) -> str:
    """A number as Word writes it in the formats that Chinese papers use; in any other as digits."""
    if form in CHINESE:
        return chinese(number)
    if form in CIRCLES and 1 <= number <= 20:
        return chr(ord("①") + number - 1)
    if form in ("upperLetter", "lowerLetter"):
        return chr(ord("A" if form == "upperLetter" else "a") + (number - 1) % 26)
    return str(number)


def chinese(number: int) -> str:
    """1 to 99; 十二, 二十."""
    tens, ones = divmod(number, 10)
    head = "" if tens == 0 else "十" if tens == 1 else DIGITS[tens] + "十"
    return head + (DIGITS[ones] if ones or not tens else "")
