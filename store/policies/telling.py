"""Telling: which characters of a question a clause that answers it says too, and which belong to asking alone.

Learned from questions with their clauses: 名 and 期 are nearly always there, 咋 and 趟 hardly ever.
"""

import math
from collections.abc import Mapping, Sequence
from itertools import compress
from typing import NamedTuple

from msgspec import Struct

LITTLE = 0.7  # of what would be said: less speaks against an answer more than in proportion
MOST = 0.97  # of the answering clauses say a character: nothing is surer


class Held(NamedTuple):
    """A character that is looked for, and whether the fittest sentence and the whole passage have it."""

    char: str
    sentence: bool
    passage: bool


class Wording(Struct, frozen=True):
    """Of each character the share of the answering clauses that say it; `usual` of one that is not known."""

    usual: float
    of: Mapping[str, float]

    def shares(self, chars: Sequence[str]) -> list[float]:
        return [self.of.get(char, self.usual) for char in chars]

    def facts(self, held: Sequence[Held]) -> dict[str, float]:
        chars, here, there = zip(*held, strict=True) if held else ((), (), ())
        return self.told(self.shares(chars), here, there)

    def told(self, shares: Sequence[float], here: Sequence[bool], there: Sequence[bool]) -> dict[str, float]:
        """`said_…`: the shares of what would be said that are; `unsaid…`: what an answer would have said as well."""
        total = sum(shares) or 1.0
        run = longest = unsaid = 0.0
        for share, passage in zip(shares, there, strict=True):
            if passage:
                run = 0.0
                continue
            run += share
            unsaid -= math.log(1 - min(share, MOST))
            longest = max(longest, run)
        said = sum(compress(shares, there)) / total
        return {
            "said_sentence": sum(compress(shares, here)) / total,
            "said_passage": said,
            "said_little": max(0.0, LITTLE - said),
            "unsaid": unsaid,
            "unsaid_run": longest,
        }
