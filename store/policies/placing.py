"""Placing: the passage that a question of the bank belongs to, found again in whatever edition is in force."""

from collections.abc import Sequence
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from msgspec import Struct

from store.policies.blanks import unnumbered
from store.policies.editions import InForce
from store.policies.folding import fold
from store.policies.passages import LIMIT
from store.policies.quoting import joined, quote
from store.policies.search import Citation

if TYPE_CHECKING:  # loaded by the first question: see `search`
    from store.policies.ranking import Entry, Index

PASSAGES = 10_000  # of an edition that a button can name
STILL_THE_SAME = 0.5  # of the words of a passage (Ratcliff/Obershelp), under the same headings


class Target(Struct, frozen=True):
    """A passage of a document, by its headings and its words as they were when the question was given to it."""

    document: str
    path: tuple[str, ...]
    words: str


def target(entry: "Entry") -> Target:
    return Target(entry.document, entry.passage.path, words(entry))


def words(entry: "Entry") -> str:
    """The first of them: as many as may be quoted."""
    it = entry.passage
    return "\n".join([*it.head, *map(joined, it.body), *it.members])[:LIMIT]


def placed(entries: Sequence["Entry"], wanted: Target) -> "Entry | None":
    """The passage with these very words, under the same headings before others; else the one under the same headings,
    whatever their numbers, that still says about the same. None: the clause is gone, and its questions wait for it."""
    ours = [entry for entry in entries if entry.document == wanted.document]
    same = [entry for entry in ours if words(entry) == wanted.words]
    if same:
        return next((entry for entry in same if entry.passage.path == wanted.path), same[0])
    above = unnumbered(wanted.path)
    under = [(alike(entry, wanted), at) for at, entry in enumerate(ours) if unnumbered(entry.passage.path) == above]
    likeness, at = max(under, default=(0.0, 0))
    return ours[at] if likeness >= STILL_THE_SAME else None


def alike(entry: "Entry", wanted: Target) -> float:
    return SequenceMatcher(None, words(entry), wanted.words, autojunk=False).ratio()


def cited(papers: "Index", entry: "Entry", text: str) -> tuple[Citation, bool]:
    """As the ranker would have quoted it, and whether what is asked for is left blank there."""
    from store.policies.asking import read
    from store.policies.leaving import left_blank
    from store.policies.ranking import grams

    asked = grams(fold(text))
    shared = [len(asked & grams(sentence.folded)) for sentence in entry.sentences]
    place = max(range(len(shared)), key=shared.__getitem__, default=0)
    question = read(text, papers)
    blank = any(left_blank(question, entry, at) for at in range(len(entry.sentences)))
    where = entry.document, entry.edition, entry.passage.path
    return Citation(quote(entry.passage, place), *where, 1.0), blank


def entry_of(papers: "Index", citation: Citation) -> "Entry | None":
    """The passage that was quoted."""
    lines = citation.text.split("\n")
    for entry in papers.entries:
        if (entry.document, entry.edition, entry.passage.path) == (citation.document, citation.edition, citation.path):
            whole = "\n".join([*entry.passage.head, *map(joined, entry.passage.body), *entry.passage.members])
            if all(line in whole for line in lines):
                return entry
    return None


def number(searched: Sequence[InForce], entries: Sequence["Entry"], entry: "Entry") -> int:
    """The edition's row and the place of the passage in it, as one number: a button stays good for the edition that it
    was shown of, and for no other."""
    edition = next(one.id for one in searched if (one.document, one.number) == (entry.document, entry.edition))
    return edition * PASSAGES + places(entries, entry).index(entry)


def by_number(searched: Sequence[InForce], entries: Sequence["Entry"], wanted: int) -> "Entry | None":
    """None where its edition is not in force."""
    row, place = divmod(wanted, PASSAGES)
    edition = next((one for one in searched if one.id == row), None)
    ours = [one for one in entries if edition and (one.document, one.edition) == (edition.document, edition.number)]
    return ours[place] if place < len(ours) else None


def places(entries: Sequence["Entry"], entry: "Entry") -> list["Entry"]:
    """All passages of its edition."""
    return [one for one in entries if (one.document, one.edition) == (entry.document, entry.edition)]


def pointed(
    entries: Sequence["Entry"], says: str, path: Sequence[str] = (), document: str | None = None
) -> list["Entry"]:
    """The passages that hold these words, under headings that end so, whatever their numbers; a list of headings, and
    all that stands under one, only where nothing less does."""
    ends = unnumbered(path)
    found = [entry for entry in entries if says in words(entry) and document in (None, entry.document)]
    under = [entry for entry in found if not ends or unnumbered(entry.passage.path)[-len(ends) :] == ends]
    return [one for one in under if not (one.passage.members or one.passage.together)] or under
