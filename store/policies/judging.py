"""Judging: how likely a passage is the one that answers, and how likely the best of them is right, as it was learned.

The numbers of `weights.json` come from `python -m benchmarks.train_policy`, which writes the same ones again.
"""

import json
import math
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from importlib.resources import files
from operator import mul

from msgspec import Struct

from store.policies.sought import Candidate
from store.policies.telling import Wording

LEARNED = ("fitness", "confidence", "decided")
LEAST = -30.0  # of the logarithm of odds


class Weights(Struct, frozen=True):
    """Of a logistic regression over facts by name; a fact that it does not know weighs nothing."""

    bias: float
    of: Mapping[str, float]

    def odds(self, facts: Mapping[str, float]) -> float:
        """The logarithm of the odds."""
        weighed: Iterable[float] = map(mul, self.of.values(), map(facts.__getitem__, self.of))
        return self.bias + sum(weighed)


class Model(Struct, frozen=True):
    """`fitness`: of a passage for a question; `confidence`: that the fittest passage answers it; `decided`: that one
    of those that would be offered does."""

    wording: Wording
    fitness: Weights
    confidence: Weights
    decided: Weights


class Judged(Struct, frozen=True):
    """`odds`: the logarithm of those that it is the answer, if there is one. `facts`: with those of the wording."""

    candidate: Candidate
    odds: float
    facts: Mapping[str, float]


def ranked(candidates: Sequence[Candidate], wording: Wording, fitness: Weights) -> list[Judged]:
    """Best first; of passages that say the same the one that came first."""
    shares = wording.shares(candidates[0].chars) if candidates else []
    every = [candidate.facts | wording.told(shares, candidate.here, candidate.there) for candidate in candidates]
    judged = [Judged(each, fitness.odds(facts), facts) for each, facts in zip(candidates, every, strict=True)]
    return sorted(judged, key=lambda each: -each.odds)


def standing(judged: Sequence[Judged]) -> dict[str, float]:
    """What is known of the best: its own facts, and how far it is from those after it that say something else."""
    best = judged[0]
    odds = [each.odds for each in judged[1:] if not alike(best.candidate, each.candidate)]
    odds += [min([best.odds, *odds, 0.0]) - 3.0] * 2
    return {
        **best.facts,
        "odds": best.odds,
        "ahead_of_second": min(best.odds - odds[0], 8.0),
        "ahead_of_third": min(best.odds - odds[1], 8.0),
    }


def alike(one: Candidate, other: Candidate) -> bool:
    """Whether one is quoted with what fits best in the other: a section and a paragraph of it."""
    return fitting(one) in other.entry.text or fitting(other) in one.entry.text


def fitting(candidate: Candidate) -> str:
    return candidate.entry.sentences[candidate.sentence].folded


def chance(odds: float) -> float:
    return 1 / (1 + math.exp(-max(odds, LEAST)))


@cache
def shipped() -> Model:
    return read(files("store.policies").joinpath("weights.json").read_text(encoding="utf-8"))


def read(text: str) -> Model:
    tables = json.loads(text)
    wording = Wording(tables["wording"]["usual"], tables["wording"]["of"])
    return Model(wording, *(Weights(tables[name]["bias"], tables[name]["of"]) for name in LEARNED))
