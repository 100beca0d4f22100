"""Ranking: how much of what a question speaks of stands in a sentence, its headings, its paragraph."""

import math
import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

from store.policies.folding import canonical, fold, words
from store.policies.passages import Passage, Sentence
from store.policies.slips import sounds

# How much of a character counts as found: (as part of a word of two, alone), in the sentence, the headings, the paragraph.
IN_SENTENCE = (1.0, 0.35)
IN_HEADINGS = (0.8, 0.2)
IN_PARAGRAPH = (0.55, 0.1)
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
        """In how many passages a character or word of two occurs."""
        return Counter(gram for entry in self.entries for gram in entry.around[0] | entry.around[1])

    @cached_property
    def characters(self) -> frozenset[str]:
        return frozenset(gram for gram in self.counts if len(gram) == 1)

    @cached_property
    def sounds(self) -> dict[str, list[str]]:
        texts = [text for entry in self.entries for text in (entry.passage.headings, entry.text)]
        return sounds([*texts, *canonical()])

    def weights(self, span: str) -> list[float]:
        """Of each character: rarer is heavier, what the documents never say is heaviest."""
        heavy = [math.log(1 + (len(self.entries) + 1) / (self.counts[char] + 0.5)) for char in span]
        for light in words("asking")["light"]["words"]:
            for found in re.finditer(light, span):
                heavy[found.start() : found.end()] = [weight * LIGHT for weight in heavy[found.start() : found.end()]]
        return heavy


@dataclass(frozen=True, slots=True)
class Hit:
    """`coverage`: the share, 0 to 1, of the question's words that the sentence and what surrounds it hold."""

    entry: Entry
    sentence: int
    coverage: float
    score: float

    @property
    def folded(self) -> str:
        """The sentence, folded."""
        return self.entry.sentences[self.sentence].folded


def rank(index: Index, spans: Sequence[str], favour: Callable[[Entry, int], float]) -> list[Hit]:
    """Each passage by its best sentence, best first; none that shares no word with the question.

    `favour` is a factor on what a sentence covers: how well it fits the kind of the question.
    """
    weights = [index.weights(span) for span in spans]
    total = sum(map(sum, weights))
    hits = []
    for entry in index.entries:
        best = max(
            (found(entry, place, spans, weights) * favour(entry, place), -place) for place in range(len(entry.sentences))
        )
        place = -best[1]
        coverage = found(entry, place, spans, weights) / total if total else 0.0
        if coverage:
            hits.append(Hit(entry, place, coverage, best[0] / total))
    return sorted(hits, key=lambda hit: -hit.score)


def found(entry: Entry, place: int, spans: Sequence[str], weights: Sequence[Sequence[float]]) -> float:
    headings, passage = entry.around
    fields = ((entry.grams[place], IN_SENTENCE), (headings, IN_HEADINGS), (passage, IN_PARAGRAPH))
    total = 0.0
    for span, weight in zip(spans, weights, strict=True):
        for position, char in enumerate(span):
            pairs = (span[max(position - 1, 0) : position + 1], span[position : position + 2])
            total += weight[position] * max(
                (paired if pairs[0] in held and len(pairs[0]) == 2 or pairs[1] in held and len(pairs[1]) == 2 else single)
                for held, (paired, single) in fields
                if char in held
            ) if any(char in held for held, _ in fields) else 0.0
    return total


def grams(text: str) -> frozenset[str]:
    """Characters and pairs of neighbours; spaces part them."""
    return frozenset(
        gram
        for run in text.split()
        for start in range(len(run))
        for gram in {run[start], run[start : start + 2]}
    )
