"""Ranking: the passages that share most of a question's characters and pairs of them, rare ones counting more."""

import math
import re
from array import array
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cached_property
from operator import add, truediv
from sys import intern

from msgspec import Struct

from store.policies.folding import NUMERALS, fold
from store.policies.lexicon import lights, same
from store.policies.numbers import value
from store.policies.passages import Passage, Sentence
from store.policies.sets import NamedSet, within
from store.policies.slips import sounded, sounds

POOL = 16  # passages that are looked at closely
SINGLE = 0.6  # of the weight of a pair, for a character alone
ASIDE = 0.3  # of the weight, for what stands only in the words that ask
SHORTEST = 0.6  # of the mean: a shorter passage has no advantage
SPELT = rf"[{NUMERALS}]百零[{NUMERALS}]|[{NUMERALS}百]{{1,5}}|\d{{1,3}}"  # the number of an article
ARTICLE = re.compile(rf"第({SPELT})条")
LIGHT = 0.3  # of the weight of a character in a word that tells little


class Entry(Struct, frozen=True, dict=True):
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
    def article(self) -> int:
        """The number of the article (条) that begins here, 0: of none; by its words as they are, for folding takes a
        条 for a measure where no space is behind it."""
        label = ARTICLE.match(self.sentences[0].text) if self.sentences else None
        return int(value(label[1])) if label is not None else 0

    @cached_property
    def heading(self) -> str:
        """The one that it stands right under, folded."""
        return fold(" ".join(self.passage.path[-1:]))

    @cached_property
    def sets(self) -> tuple[NamedSet, ...]:
        """Those that its paragraphs name, and its own members."""
        paragraphs = ("".join(sentence.text for sentence in part) for part in self.passage.body)
        own = (NamedSet("".join(self.passage.head), len(self.passage.members), self.passage.members),)
        return (*(own if self.passage.members else ()), *(each for text in paragraphs for each in within(text)))

    @cached_property
    def sounds(self) -> str:
        """Its syllables, each between two bars."""
        return sounded(self.text)


class Index(Struct, frozen=True, dict=True):
    """All passages in force for one consortium. Built once, as editions never change."""

    entries: tuple[Entry, ...]

    @cached_property
    def places(self) -> dict[str, "array[int]"]:
        """Where in `entries` each character and each pair of them occurs, headings included."""
        places: dict[str, array[int]] = defaultdict(lambda: array("I"))
        for place, entry in enumerate(self.entries):
            for gram in grams(f"{entry.passage.headings} {entry.text}"):
                places[intern(gram)].append(place)
        return dict(places)

    @cached_property
    def lengths(self) -> list[float]:
        """Of each passage, over the mean."""
        lengths = [len(entry.text) for entry in self.entries]
        mean = sum(lengths) / len(lengths) if lengths else 1.0
        return [length / mean for length in lengths]

    @cached_property
    def divisors(self) -> list[float]:
        """Of each passage's score, for its length."""
        return [SHORTEST + (1 - SHORTEST) * length for length in self.lengths]

    @cached_property
    def characters(self) -> frozenset[str]:
        return frozenset(gram for gram in self.places if len(gram) == 1)

    @cached_property
    def sounds(self) -> dict[str, str]:
        """The documents' words, and those that stand for them in the lexicon, by their sound, parted by spaces."""
        texts = [text for entry in self.entries for text in (entry.passage.headings, entry.text)]
        return sounds([*texts, *same("vocabulary")])

    @cached_property
    def articles(self) -> dict[int, list[int]]:
        """Where each article (条) begins, by its number."""
        found: dict[int, list[int]] = defaultdict(list)
        for place, entry in enumerate(self.entries):
            if entry.article:
                found[entry.article].append(place)
        return dict(found)

    @cached_property
    def _held(self) -> dict[str, bool]:
        return {}

    def holds(self, word: str) -> bool:
        """Whether its characters and pairs occur, if not together; of the same words it is asked again and again."""
        held = self._held.get(word)
        if held is None:
            held = self._held[word] = all(gram in self.places for gram in grams(word))
        return held

    def with_number(self, numeral: str) -> Iterator[Entry]:
        """The passages in which it stands, or as many things."""
        yield from (self.entries[place] for place in self.places.get(numeral[0], ()))
        yield from (entry for entry in self.entries if entry.passage.members)

    def count(self, gram: str) -> int:
        """In how many passages it occurs."""
        return len(self.places.get(gram, ()))

    def weight(self, gram: str) -> float:
        """Rarer is heavier, what the documents never say is heaviest."""
        return math.log(1 + (len(self.entries) + 1) / (self.count(gram) + 0.5))

    def weights(self, span: str) -> list[float]:
        """Of each character."""
        weights = [self.weight(char) for char in span]
        for found in lights().finditer(span):
            for place in range(found.start(), found.end()):
                weights[place] *= LIGHT
        return weights

    def knows(self, span: str, place: int) -> bool:
        """Whether the character stands anywhere beside the neighbour that it has here."""
        return any(pair in self.places for pair in pairs(span, place))


def pool(
    index: Index, spans: Sequence[str], words: str, kin: Sequence[str], article: int = 0
) -> list[tuple[float, Entry]]:
    """The most fitting passages with their scores, best first; none that shares no character with the question.

    `spans`: what is asked about; `words`: all of the folded question; `kin`: other words for what is asked about;
    `article`: the one that the question names, which is among them.
    """
    scores = [0.0] * len(index.entries)
    for gram, share in sought(spans, words):
        weight = share * index.weight(gram)
        for place in index.places.get(gram, ()):
            scores[place] += weight
    for word in kin:
        places = [set(index.places.get(pair, ())) for pair in grams(word) if len(pair) == 2]
        weight = index.weight(word[:2])
        for place in set.intersection(*places) if places else ():
            scores[place] += weight
    for place in index.articles.get(article, ()):
        scores[place] += max(scores) or 1.0
    fair = list(map(truediv, scores, index.divisors))
    least = min(sorted(filter(None, fair))[-POOL:], default=math.inf)
    best = sorted([(-score, place) for place, score in enumerate(fair) if score >= least])
    return [(-score, index.entries[place]) for score, place in best[:POOL]]


def sought(spans: Sequence[str], words: str) -> Iterator[tuple[str, float]]:
    """What is looked for, and how much it counts."""
    asked = {gram for span in spans for gram in grams(span)}
    for gram in sorted(asked | grams(words)):
        yield gram, (1.0 if len(gram) == 2 else SINGLE) * ((gram in asked) + ASIDE)


def pairs(span: str, place: int) -> tuple[str, ...]:
    """The character with the one before it, and with the one after it."""
    return tuple(span[start : start + 2] for start in (place - 1, place) if 0 <= start < len(span) - 1)


def grams(text: str) -> frozenset[str]:
    """Characters and pairs of neighbours; spaces part them."""
    found = set[str]()
    for run in text.split():
        found.update(run)
        found.update(map(add, run, run[1:]))
    return frozenset(found)
