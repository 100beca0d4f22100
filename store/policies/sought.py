"""What is sought, character by character, and the passages in which it is looked for."""

import re
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from itertools import compress
from operator import itemgetter, or_

from msgspec import Struct, field

from store.policies.folding import plain, spelt
from store.policies.ranking import Entry, Index, pairs
from store.policies.telling import Held

STOPS = re.compile(r"[,。;、:\s()!?“”]+")


class Sought(Struct, frozen=True):
    """A character of the question: with its neighbours, with the words near to those it is of, and what it weighs."""

    char: str
    pairs: tuple[str, ...]
    kin: tuple[str, ...]
    weight: float


class Quest:
    """All that a question looks for, in its order; each text is looked through once, whichever evidence asks for it.

    What is answered is a list with a place for each of `every`.
    """

    def __init__(self, every: Sequence[Sought]) -> None:
        self.every = tuple(every)
        self.weights = [each.weight for each in every]
        self.total: float = sum(self.weights)
        self.pairs = sorted({pair for each in every for pair in each.pairs})
        self.chars = tuple(each.char for each in every)
        at: dict[tuple[str, ...], int] = {(pair,): place for place, pair in enumerate(self.pairs)}
        at[()] = len(self.pairs)
        self._before = picker([at[each.pairs[:1]] for each in every])
        self._behind = picker([at[each.pairs[-1:]] for each in every])
        self._single = [place for place, each in enumerate(every) if not each.pairs]
        self._kin = sorted({word for each in every for word in each.kin})
        self._nothing = [False] * len(every)
        self._pairs: dict[str, list[bool]] = {}
        self._in_pairs: dict[str, list[bool]] = {}
        self._near: dict[str, list[bool]] = {}
        self._alone: dict[str, list[bool]] = {}

    def pairs_in(self, text: str) -> list[bool]:
        """Of `pairs` each, and a last one that is never there."""
        found = self._pairs.get(text)
        if found is None:
            found = self._pairs[text] = list(map(text.__contains__, self.pairs))
            found.append(False)
        return found

    def in_pairs(self, text: str) -> list[bool]:
        """Those that stand there beside a neighbour."""
        found = self._in_pairs.get(text)
        if found is None:
            pairs = self.pairs_in(text)
            found = self._in_pairs[text] = list(map(or_, self._before(pairs), self._behind(pairs)))
        return found

    def near(self, text: str) -> list[bool]:
        """Those of words whose kin stand there."""
        found = self._near.get(text)
        if found is None:
            words = {word for word in self._kin if word in text}
            found = [not words.isdisjoint(each.kin) for each in self.every] if words else self._nothing
            self._near[text] = found
        return found

    def alone(self, text: str) -> list[bool]:
        """Those that stand there beside whatever."""
        found = self._alone.get(text)
        if found is None:
            found = self._alone[text] = list(map(text.__contains__, self.chars))
        return found

    def held(self, text: str) -> list[bool]:
        """Beside a neighbour, where they have any."""
        found = self.in_pairs(text)
        if self._single:
            found = list(found)
            for place in self._single:
                found[place] = self.chars[place] in text
        return found

    def weight(self, held: Iterable[object]) -> float:
        """Of those that are."""
        return sum(compress(self.weights, held))


def picker(places: Sequence[int]) -> Callable[[Sequence[bool]], Sequence[bool]]:
    """What stands at these places, in their order."""
    return itemgetter(*places) if len(places) > 1 else lambda found: [found[place] for place in places]


class Candidate(Struct):
    """A passage, `sentence` its most fitting one (a place in `Entry.sentences`); `facts`: by name.

    `chars`: what is looked for, the same for all passages of a question; `here`, `there`: whether that sentence and the
    whole passage hold each."""

    entry: Entry
    sentence: int
    facts: dict[str, float] = field(default_factory=dict)
    chars: Sequence[str] = ()
    here: Sequence[bool] = ()
    there: Sequence[bool] = ()

    @property
    def held(self) -> tuple[Held, ...]:
        return tuple(map(Held, self.chars, self.here, self.there))


def characters(index: Index, span: str, kin: Sequence[tuple[str, str]]) -> list[Sought]:
    weights = index.weights(span)
    near: list[list[str]] = [[] for _ in span]
    for word, other in kin:
        for start in range(len(span) - len(word) + 1):
            if span.startswith(word, start):
                for place in range(start, start + len(word)):
                    near[place].append(other)
    return [Sought(char, pairs(span, at), tuple(near[at]), weights[at]) for at, char in enumerate(span)]


# Of papers, which are asked again and again.
@lru_cache(4096)
def parts_of(text: str) -> tuple[str, ...]:
    return tuple(filter(None, STOPS.split(plain_of(text))))


@lru_cache(8192)
def fold_of(part: str) -> str:
    """Folded, of a part of a plain text."""
    return spelt(part)


@lru_cache(4096)
def plain_of(text: str) -> str:
    return plain(text)
