"""Learns to rank passages and to tell when to answer, from the questions in `samples/`; writes `weights.json`.

`python -m benchmarks.train_policy [--check]`: the shipped numbers again, byte for byte; with --check nothing is
written, and the exit status is 1 where they differ. Two logistic regressions with a quadratic penalty, by Newton's
method, over `store/policies/evidence.py`. The second is learned on rankings of each paper by a first that has not seen
that paper: what a model says of its own lessons is no measure of confidence.
"""

import argparse
import json
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from benchmarks.policy_questions import HOME, Paper, Question, holds, quoted, samples
from store.policies import judging
from store.policies.asking import read
from store.policies.evidence import candidates
from store.policies.judging import Model, Weights
from store.policies.sought import Candidate

WEIGHTS = HOME / "store" / "policies" / "weights.json"
OF_FITNESS, OF_CONFIDENCE = 5.0, 300.0  # the penalties: of confidence there are few lessons
DIGITS, STEPS = 5, 12
# Of the question alone: the same for each of its passages, so nothing to rank them by.
OF_QUESTION = frozenset({
    "unknown", "unknown_pairs", "unknown_name", "length", "words", "spans", "weight", "heaviest", "yes_no",
    "strict", "fair", "kind_list", "kind_method", "kind_whether", "kind_none",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Lesson:
    """A question with its candidates, and which of them answer it."""

    plan: str
    question: Question
    candidates: tuple[Candidate, ...]
    right: tuple[bool, ...]


def lessons(papers: Iterable[Paper]) -> list[Lesson]:
    every = []
    for paper in papers:
        for question in paper.questions:
            found = tuple(candidates(paper.index, read(question.text, paper.index)))
            right = tuple(holds(question, [quoted(each.entry, each.sentence)]) for each in found)
            every.append(Lesson(paper.plan, question, found, right))
    return every


def train(every: Sequence[Lesson]) -> Model:
    fitness = learn_fitness(every)
    tables, answers = [], []
    for plan in sorted({lesson.plan for lesson in every}):
        others = Model(learn_fitness([lesson for lesson in every if lesson.plan != plan]), fitness)
        for lesson in every:
            if lesson.plan == plan and lesson.candidates:
                judged = judging.ranked(lesson.candidates, others)
                tables.append(judging.standing(judged))
                best = next(at for at, each in enumerate(lesson.candidates) if each is judged[0].candidate)
                answers.append(lesson.right[best] and lesson.question.expect != "choices")
    return Model(fitness, regress(tables, answers, OF_CONFIDENCE))


def learn_fitness(every: Sequence[Lesson]) -> Weights:
    """From the passages of the questions that have an answer."""
    pairs = [
        (candidate.facts, right)
        for lesson in every
        if any(lesson.right)
        for candidate, right in zip(lesson.candidates, lesson.right, strict=True)
    ]
    return regress([facts for facts, _ in pairs], [right for _, right in pairs], OF_FITNESS, OF_QUESTION)


def regress(
    tables: Sequence[dict[str, float]],
    answers: Sequence[bool],
    weight: float,
    without: frozenset[str] = frozenset(),
) -> Weights:
    """The weights that make the answers likeliest; each fact's spread is 1 while they are penalised."""
    names = [name for name in tables[0] if name not in without]
    facts = np.array([[table[name] for name in names] for table in tables])
    mean, spread = facts.mean(axis=0), facts.std(axis=0)
    spread[spread < 1e-9] = 1.0
    known = np.hstack([(facts - mean) / spread, np.ones((len(facts), 1))])
    wanted = np.array(answers, dtype=float)
    weights = np.zeros(len(names) + 1)
    penalty = np.full(len(names) + 1, weight)
    penalty[-1] = 0.0
    for _ in range(STEPS):
        chance = 1 / (1 + np.exp(-(known @ weights)))
        slope = known.T @ (wanted - chance) - penalty * weights
        bend = (known * (chance * (1 - chance))[:, None]).T @ known + np.diag(penalty)
        weights = weights + np.linalg.solve(bend, slope)
    raw = weights[:-1] / spread
    bias = float(weights[-1] - (raw * mean).sum())
    return Weights(rounded(bias), {name: rounded(float(weight)) for name, weight in zip(names, raw, strict=True)})


def rounded(number: float) -> float:
    return float(f"{number:.{DIGITS}g}")


def written(model: Model) -> str:
    tables = {
        name: {"bias": weights.bias, "of": dict(weights.of)}
        for name, weights in (("fitness", model.fitness), ("confidence", model.confidence))
    }
    return json.dumps(tables, indent=1) + "\n"


def main(path: Path = WEIGHTS) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="compare, write nothing")
    check = parser.parse_args().check
    text = written(train(lessons(samples())))
    if check:
        return 0 if path.read_text(encoding="utf-8") == text else 1
    path.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
