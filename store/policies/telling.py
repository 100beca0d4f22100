"""Telling: which characters of a question a clause that answers it says too, and which belong to asking alone.

Learned from questions with their clauses: 名 and 期 are nearly always there, 咋 and 趟 hardly ever.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

LITTLE = 0.7  # of what would be said: less speaks against an answer more than in proportion
MOST = 0.97  # of the answering clauses say a character: nothing is surer


@dataclass(frozen=True, slots=True)
class Held:
    """A character that is looked for, and whether the fittest sentence and the whole passage have it."""

    char: str
    sentence: bool
    passage: bool


@dataclass(frozen=True, slots=True)
class Wording:
    """Of each character the share of the answering clauses that say it; `usual` of one that is not known."""

    usual: float
    of: Mapping[str, float]

    def facts(self, held: Sequence[Held]) -> dict[str, float]:
        """`said_…`: the shares of what would be said that are; `unsaid…`: what an answer would have said as well."""
        shares = [self.of.get(each.char, self.usual) for each in held]
        total = sum(shares) or 1.0
        run = longest = 0.0
        for share, each in zip(shares, held, strict=True):
            run = 0.0 if each.passage else run + share
            longest = max(longest, run)
        said = sum(share for share, each in zip(shares, held, strict=True) if each.passage) / total
        return {
            "said_sentence": sum(s for s, each in zip(shares, held, strict=True) if each.sentence) / total,
            "said_passage": said,
            "said_little": max(0.0, LITTLE - said),
            "unsaid": sum(
                -math.log(1 - min(s, MOST)) for s, each in zip(shares, held, strict=True) if not each.passage
            ),
            "unsaid_run": longest,
        }
