"""A judgement made for a test, so that no test of a rule depends on what was learned: it takes the passage that shares
most words with the question for the fittest, and is as sure as the test says."""

import math

from store.policies.judging import Model, Weights
from store.policies.telling import Wording

LOW = -1.0  # odds of the best, not 0: what is told of the others is told from there
CLEARLY = 5.0  # behind the one before it, in logarithms of odds: no rival


def model(sure: float = 0.99, likely: float = 0.99, apart: float = CLEARLY) -> Model:
    """`sure`, `likely`, 0 to 1: that the best answers, that one of those offered does; `apart`: how far each stays
    behind the one before it."""
    return Model(Wording(0.5, {}), Weights(LOW, {"place": -apart}), always(sure), always(likely))


def always(chance: float) -> Weights:
    return Weights(math.log(chance / (1 - chance)), {})
