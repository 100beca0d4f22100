"""Ranking: how much of what a question speaks of stands in a sentence, its headings, its passage."""

import math
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

from store.policies.folding import fold
from store.policies.lexicon import lights, same
from store.policies.passages import Passage, Sentence
from store.policies.slips import sounds

# How much of a character counts as found, in a pair with its neighbour and alone.
IN_SENTENCE = (1.0, 0.35)
IN_HEADINGS = (0.8, 0.2)
IN_PASSAGE = (0.55, 0.1)
LIGHT = 0.3  # of the weight of a character in a word that tells little


@dataclass(frozen=True)
class Entry:
    """A passage of one edition, ready to be compared."""

    passage: Passage
    document: str
    edition: int

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        """Those of the body; before them the head, as one."""
        head = Sentence("\n".join(self.passage.head), " ".join(map(fold, self.passage.head)))
        return (*((head,) if self.passage.head else ()), *self.passage.sentences)

    @cached_property
    def text(self) -> str:
        """All of it, folded."""
        return " ".join([*(sentence.folded for sentence in self.sentences), *map(fold, self.passage.members)])

    @cached_property
    def grams(self) -> tuple[frozenset[str], ...]:
        """Of each sentence."""
        return tuple(grams(sentence.folded) for sentence in self.sentences)

    @cached_property
    def around(self) -> tuple[frozenset[str], frozenset[str]]:
        """Of the headings, of the whole passage."""
        return grams(self.passage.headings), grams(self.text)


@dataclass(frozen=True)
class Index:
    """All passages in force for one consortium. Built once, as editions never change."""

    entries: tuple[Entry, ...]

    @cached_property
    def counts(self) -> Counter[str]:
        """In how many passages a character or a pair of them occurs."""
        return Counter(gram for entry in self.entries for gram in entry.around[0] | entry.around[1])

    @cached_property
    def characters(self) -> frozenset[str]:
        return frozenset(gram for gram in self.counts if len(gram) == 1)

    @cached_property
    def sounds(self) -> dict[str, list[str]]:
        """The documents' words, and those that stand for them in the lexicon, by their sound."""
        texts = [text for entry in self.entries for text in (entry.passage.headings, entry.text)]
        return sounds([*texts, *same("vocabulary")])

    def weights(self, span: str) -> list[float]:
        """Of each character: rarer is heavier, what the documents never say is heaviest."""
        weights = [math.log(1 + (len(self.entries) + 1) / (self.counts[char] + 0.5)) for char in span]
        for found in lights().finditer(span):
            for place in range(found.start(), found.end()):
                weights[place] *= LIGHT
        return weights

    def knows(self, span: str, place: int) -> bool:
        """Whether the character stands anywhere beside the neighbour that it has here."""
        return any(self.counts[pair] for pair in pairs(span, place))


@dataclass(frozen=True, slots=True)
class Hit:
    """`coverage`: the share, 0 to 1, of the question's words that the sentence and what surrounds it hold.

    `score` is that times the sentence's fitness; `sentence` its place in `Entry.sentences`.
    """

    entry: Entry
    sentence: int
    coverage: float
    score: float


def rank(index: Index, spans: Sequence[str], fitness: Callable[[Entry, int], float]) -> list[Hit]:
    """Each passage by its best sentence, best first; none that shares no character with the question."""
    sought = [
        (char, pairs(span, place), weight)
        for span in spans
        for place, (char, weight) in enumerate(zip(span, index.weights(span), strict=True))
    ]
    total = sum(weight for _, _, weight in sought) or 1.0
    hits = []
    for entry in index.entries:
        for place in range(len(entry.sentences)):
            coverage = found(entry, place, sought) / total
            if coverage:
                hits.append(Hit(entry, place, coverage, coverage * fitness(entry, place)))
    best: dict[int, Hit] = {}
    for hit in sorted(hits, key=lambda hit: -hit.score):
        best.setdefault(id(hit.entry), hit)
    return list(best.values())


def found(entry: Entry, place: int, sought: Sequence[tuple[str, tuple[str, ...], float]]) -> float:
    headings, passage = entry.around
    fields = ((entry.grams[place], IN_SENTENCE), (headings, IN_HEADINGS), (passage, IN_PASSAGE))
    return sum(
        weight
        * max(
            paired if any(pair in held for pair in beside) else alone if char in held else 0.0
            for held, (paired, alone) in fields
        )
        for char, beside, weight in sought
    )


def pairs(span: str, place: int) -> tuple[str, ...]:
    """The character with the one before it, and with the one after it."""
    return tuple(span[start : start + 2] for start in (place - 1, place) if 0 <= start < len(span) - 1)


def grams(text: str) -> frozenset[str]:
    """Characters and pairs of neighbours; spaces part them."""
    return frozenset(
        run[start : start + length]
        for run in text.split()
        for length in (1, 2)
        for start in range(len(run) - length + 1)
    )
