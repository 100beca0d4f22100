"""Refusals of a consortium file: each with its place, told in the file's order."""

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from store.complaint import Complaint

MOST = 20  # lines that are written (contract, "The consortium file")
HEADER = re.compile(r"^[ \t]*\[{1,2}[ \t]*([A-Za-z0-9_-]+)[ \t]*\]{1,2}", re.MULTILINE)

At = tuple[str | int, ...]
"""A place: keys, and the numbers of rows and list items, counted from 1: `("activity", 2, "on")`."""


class Complaints(Exception):
    """Bad input in several places; as text one line each, the first 20."""

    def __init__(self, found: Iterable[Complaint]) -> None:
        self.found = tuple(found)
        super().__init__("\n".join(str(complaint) for complaint in self.found[:MOST]))


class Refusals:
    """What is wrong, gathered in any order."""

    def __init__(self) -> None:
        self.found: list[tuple[At, Complaint]] = []

    def add(self, at: At, found: str, expected: str) -> None:
        self.found.append((at, Complaint(path(at), found, expected)))

    def concern(self, *places: At) -> bool:
        """Whether something is wrong there or within."""
        return any(at[: len(place)] == place for at, _ in self.found for place in places)

    def __bool__(self) -> bool:
        return bool(self.found)

    def told(self, text: str, document: dict[str, Any]) -> Complaints:
        """All of them in the order in which their places stand in the file."""
        order = {at: number for number, at in enumerate(places(text, document))}
        return Complaints(complaint for _, complaint in sorted(self.found, key=lambda each: rank(each[0], order)))


def path(at: At) -> str:
    """`activity[2].on`; a key that TOML would quote is quoted."""
    words = ""
    for part in at:
        name = part if isinstance(part, int) or re.fullmatch("[A-Za-z0-9_-]+", part) else shown(part)
        words += f"[{name}]" if isinstance(part, int) else f".{name}"
    return words.removeprefix(".")


def shown(value: object) -> str:
    """A value as the file spells it, on one line and not too long."""
    words = value.isoformat() if isinstance(value, date) else json.dumps(value, ensure_ascii=False, default=str)
    words = "".join(char if char.isprintable() else f"\\u{ord(char):04x}" for char in words)
    return words if len(words) <= 80 else words[:79] + "…"


def rank(at: At, order: dict[At, int]) -> int:
    """Where a place stands; one that does not (a missing key) stands at what should hold it."""
    while at and at not in order:
        at = at[:-1]
    return order.get(at, -1)


def places(text: str, document: dict[str, Any]) -> Iterator[At]:
    """Every place of the document in the file's order, which `tomllib` loses where tables of two kinds take turns."""
    rows: Counter[str] = Counter()
    starts: dict[At, int] = {}
    for header in HEADER.finditer(text):
        name = header[1]
        rows[name] += 1
        starts.setdefault((name,), header.start())
        starts[name, rows[name]] = header.start()
    tables: list[tuple[At, Any]] = []
    for name, value in document.items():
        tables += [((name,), None), *items((name,), value)] if isinstance(value, list) else [((name,), value)]
    for at, value in sorted(tables, key=lambda table: starts.get(table[0], starts.get(table[0][:1], 0))):
        yield at
        yield from within(at, value)


def within(at: At, value: object) -> Iterator[At]:
    for place, part in items(at, value):
        yield place
        yield from within(place, part)


def items(at: At, value: object) -> list[tuple[At, Any]]:
    match value:
        case dict():
            return [((*at, name), part) for name, part in value.items()]
        case list():
            return [((*at, number), part) for number, part in enumerate(value, 1)]
    return []
