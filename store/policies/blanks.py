"""Blanks (空白): the places that a paper leaves open (`__`), each known by the words around it."""

import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterator, Sequence

from msgspec import Struct

from store.policies.clauses import ClauseDraft, flat
from store.policies.headings import labelled

# 20__年__月中旬-20__年__月 is one blank; __市__初级中学 are two.
BLANK = re.compile(r"\d*_{2,}\d*(?:[年月日时分上中下旬]|\d*_{2,}\d*|[-—–~～至到](?=[\d_]))*")
STOPS = re.compile(r"[。；;！!？?，,\n\t]")
BEFORE, AFTER = 14, 8  # characters of the part of a sentence around a blank


class Blank(Struct, frozen=True):
    """`around`: the blank with the words beside it, verbatim; `path`: the headings above, without their numbers, which
    another edition may change; `place`: which one of those with the same words there, from 1."""

    path: tuple[str, ...]
    around: str
    place: int

    @property
    def key(self) -> str:
        """The same in every edition that leaves it open."""
        spelt = json.dumps([self.path, self.around, self.place], ensure_ascii=False)
        return hashlib.sha256(spelt.encode()).hexdigest()


def blanks(drafts: Sequence[ClauseDraft]) -> list[Blank]:
    """Every blank of an edition, in the document's order."""
    seen: Counter[tuple[tuple[str, ...], str]] = Counter()
    found = []
    for clause in flat(drafts):
        path = unnumbered(clause.path)
        for around in surroundings(clause.text):
            seen[path, around] += 1
            found.append(Blank(path, around, seen[path, around]))
    return found


def unnumbered(path: Sequence[str]) -> tuple[str, ...]:
    return tuple(labelled(heading)[1].strip() for heading in path)


def surroundings(text: str) -> Iterator[str]:
    for found in BLANK.finditer(text):
        before = STOPS.split(text[: found.start()])[-1][-BEFORE:].lstrip("_")
        after = STOPS.split(text[found.end() :])[0][:AFTER].rstrip("_")
        yield (before + found[0] + after).strip()
