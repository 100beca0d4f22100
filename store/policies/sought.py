"""What is sought, character by character, and the passages in which it is looked for."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from store.policies.folding import fold, plain
from store.policies.ranking import Entry, Index, pairs
from store.policies.telling import Held

STOPS = re.compile(r"[,。;、:\s()!?“”]+")


@dataclass(frozen=True, slots=True)
class Sought:
    """A character of the question: with its neighbours, with the words near to those it is of, and what it weighs."""

    char: str
    pairs: tuple[str, ...]
    kin: tuple[str, ...]
    weight: float

    # Asked some thousand times a question, hence without a generator.
    def in_pairs(self, text: str) -> bool:
        for pair in self.pairs:  # noqa: SIM110
            if pair in text:
                return True
        return False

    def near(self, text: str) -> bool:
        for word in self.kin:  # noqa: SIM110
            if word in text:
                return True
        return False

    def held(self, text: str) -> bool:
        """With its neighbours, where it has any."""
        return self.in_pairs(text) if self.pairs else self.char in text


@dataclass(slots=True)
class Candidate:
    """A passage, `sentence` its most fitting one (a place in `Entry.sentences`); `facts`: by name;
    `held`: what is looked for, and where it stands."""

    entry: Entry
    sentence: int
    facts: dict[str, float] = field(default_factory=dict)
    held: tuple[Held, ...] = ()


def characters(index: Index, span: str, kin: Sequence[tuple[str, str]]) -> list[Sought]:
    weights = index.weights(span)
    near: list[list[str]] = [[] for _ in span]
    for word, other in kin:
        for start in range(len(span) - len(word) + 1):
            if span.startswith(word, start):
                for place in range(start, start + len(word)):
                    near[place].append(other)
    return [Sought(char, pairs(span, at), tuple(near[at]), weights[at]) for at, char in enumerate(span)]


@lru_cache(4096)
def parts_of(text: str) -> tuple[str, ...]:
    return tuple(filter(None, STOPS.split(plain(text))))


@lru_cache(8192)
def fold_of(part: str) -> str:
    return fold(part)


@lru_cache(4096)
def plain_of(text: str) -> str:
    return plain(text)
