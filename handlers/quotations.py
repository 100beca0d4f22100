"""Quotations: what a digest says of reflections (反思): numbers by school, and a few lines of those that are shared."""

import re
from collections.abc import Collection

from msgspec import Struct

from store import shared_texts
from store.database import Session
from store.shared_texts import SchoolCount, Told

MOST = 3  # of a group's message that must be read at a glance
LONGEST = 60  # characters
SENTENCE = re.compile(r"[^。！？!?\n]*[。！？!?]?")
MORE = "…"


class Quotation(Struct, frozen=True):
    """No name: what its author agreed to is the school (同意公开)."""

    school: str
    text: str


def counted(session: Session, occurrences: Collection[int]) -> tuple[SchoolCount, ...]:
    return tuple(shared_texts.counts(session, occurrences))


def quoted(session: Session, occurrences: Collection[int]) -> tuple[Quotation, ...]:
    """The schools take turns; of one school those that were begun first: nobody chooses, nobody is ranked."""
    turns: dict[str, int] = {}
    found = []
    for one in shared_texts.quotable(session, occurrences):
        turns[one.school] = turns.get(one.school, 0) + 1
        found.append((turns[one.school], one.id, one))
    return tuple(quotation(one) for _, _, one in sorted(found, key=lambda each: each[:2])[:MOST])


def quotation(told: Told) -> Quotation:
    """Whole sentences, as many as fit; of a first one that is too long, its beginning."""
    line = " ".join(told.text.split())
    if len(line) <= LONGEST:
        return Quotation(told.school, line)
    kept = ""
    for sentence in SENTENCE.findall(line):
        if len(kept) + len(sentence) > LONGEST - len(MORE):
            break
        kept += sentence
    return Quotation(told.school, (kept.rstrip() or line[: LONGEST - len(MORE)]) + MORE)
