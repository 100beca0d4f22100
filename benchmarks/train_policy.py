"""Learns to rank passages and to tell when to answer, from the questions in `samples/`; writes `weights.json`.

`python -m benchmarks.train_policy [--check]`: the shipped numbers again, byte for byte; with --check nothing is
written, and the exit status is 1 where they differ. What answering clauses say of a question (`telling.py`) is counted.
Over `store/policies/evidence.py` it is learned by Newton's method, with quadratic penalties, which of a question's
passages is the fittest (a choice among them), how sure it is and whether any answers (two logistic regressions).
Sureness is learned on rankings of each paper by a model that has seen neither it nor some others: what one says of its
own lessons is no measure of it.
"""

import argparse
import hashlib
import json
import sys
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from benchmarks.policy_questions import HOME, Paper, Question, holds, quoted, samples
from store.policies import judging
from store.policies.asking import read
from store.policies.deciding import distinct
from store.policies.evidence import candidates
from store.policies.judging import Model, Weights
from store.policies.sought import Candidate
from store.policies.telling import Wording

Numbers = NDArray[np.float64]
WEIGHTS = HOME / "store" / "policies" / "weights.json"
OF_FITNESS, OF_CONFIDENCE, OF_WORDING = 40.0, 300.0, 4.0  # the penalties: of confidence there are few lessons
LONGEST = 2.0  # of a step, so that the first ones do not overshoot
DIGITS, STEPS = 5, 15
FOLDS = 3  # so many models rank the papers for the lessons in sureness, each those that it has not seen
EACH = 20  # of so many questions one is a witness of the evidence
# Of the question alone: the same for each of its passages, so nothing to rank them by.
OF_QUESTION = frozenset({
    "unknown", "unknown_pairs", "unknown_name", "length", "words", "spans", "weight", "heaviest", "yes_no", "many",
    "of_the_day", "bare_count", "strict", "fair", "kind_list", "kind_method", "kind_whether", "kind_none",
})  # fmt: skip


class Lesson(Struct, frozen=True):
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
    plans = sorted({lesson.plan for lesson in every})
    wordings = {plan: learn_wording([lesson for lesson in every if lesson.plan != plan]) for plan in plans}
    tables, sure, decided = [], [], []
    for fold in range(FOLDS):
        unseen = plans[fold::FOLDS]
        others = learn_fitness([lesson for lesson in every if lesson.plan not in unseen], wordings)
        for lesson in every:
            if lesson.plan in unseen and lesson.candidates:
                judged = judging.ranked(lesson.candidates, wordings[lesson.plan], others)
                right = [lesson.right[place(lesson, each.candidate)] for each in distinct(judged)]
                tables.append(judging.standing(judged))
                sure.append(right[0] and lesson.question.expect != "choices")
                decided.append(any(right))
    return Model(
        learn_wording(every),
        learn_fitness(every, wordings),
        regress(tables, sure, OF_CONFIDENCE),
        regress(tables, decided, OF_CONFIDENCE),
    )


def place(lesson: Lesson, candidate: Candidate) -> int:
    return next(at for at, each in enumerate(lesson.candidates) if each is candidate)


def learn_wording(every: Sequence[Lesson]) -> Wording:
    """How often an answering passage has each character that was looked for; rare ones are drawn to the usual."""
    asked, said = Counter[str](), Counter[str]()
    for lesson in every:
        answering = [each.held for each, right in zip(lesson.candidates, lesson.right, strict=True) if right]
        for several in zip(*answering, strict=True):
            asked[several[0].char] += 1
            said[several[0].char] += any(held.passage for held in several)
    usual = said.total() / asked.total()
    known = {char: (said[char] + OF_WORDING * usual) / (asked[char] + OF_WORDING) for char in sorted(asked)}
    return Wording(rounded(usual), {char: round(share, 3) for char, share in known.items() if asked[char] > 1})


def learn_fitness(every: Sequence[Lesson], wordings: Mapping[str, Wording]) -> Weights:
    """The weights that make it likeliest that of each question's passages one that answers comes first."""
    asked = [lesson for lesson in every if any(lesson.right)]
    tables = [each.facts | wordings[lesson.plan].facts(each.held) for lesson in asked for each in lesson.candidates]
    names = [name for name in tables[0] if name not in OF_QUESTION]
    facts = np.array([[table[name] for name in names] for table in tables])
    spread = facts.std(axis=0)
    spread[spread < 1e-9] = 1.0
    known = facts / spread
    right = np.array([right for lesson in asked for right in lesson.right], dtype=float)
    several = [len(lesson.right) for lesson in asked]
    first = [sum(several[:at]) for at in range(len(several))]
    weights = np.zeros(len(names))
    for _ in range(STEPS):
        chance = shares(known @ weights, np.ones_like(right), first, several)
        meant = shares(known @ weights, right, first, several)
        mean = np.add.reduceat(known * chance[:, None], first)
        slope = known.T @ (meant - chance) - OF_FITNESS * weights
        bend = (known * chance[:, None]).T @ known - mean.T @ mean + OF_FITNESS * np.eye(len(names))
        step = np.linalg.solve(bend, slope)
        weights = weights + step * min(1.0, LONGEST / max(float(np.linalg.norm(step)), 1e-9))
    raw = weights / spread
    return Weights(0.0, {name: rounded(float(weight)) for name, weight in zip(names, raw, strict=True)})


def shares(odds: Numbers, allowed: Numbers, first: Sequence[int], several: Sequence[int]) -> Numbers:
    """The chance of each of a question's passages, of those that are allowed."""
    likely = np.exp(odds - np.repeat(np.maximum.reduceat(odds, first), several)) * allowed
    share: Numbers = likely / np.repeat(np.add.reduceat(likely, first), several)
    return share


def regress(
    tables: Sequence[dict[str, float]],
    answers: Sequence[bool],
    weight: float,
) -> Weights:
    """The weights that make the answers likeliest; each fact's spread is 1 while they are penalised."""
    names = list(tables[0])
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


def witness(papers: Iterable[Paper]) -> str:
    """A digest of the evidence for some of the questions: where it changes, what was learned from it is outdated."""
    digest = hashlib.sha256()
    for paper in papers:
        for question in paper.questions[::EACH]:
            for each in candidates(paper.index, read(question.text, paper.index)):
                facts = {name: round(fact, DIGITS) for name, fact in sorted(each.facts.items())}
                right = holds(question, [quoted(each.entry, each.sentence)])
                digest.update(f"{facts} {each.held} {right}".encode())
    return digest.hexdigest()


def written(model: Model, evidence: str) -> str:
    tables = {
        name: {"bias": weights.bias, "of": dict(weights.of)}
        for name, weights in zip(judging.LEARNED, (model.fitness, model.confidence, model.decided), strict=True)
    }
    words = {"wording": {"usual": model.wording.usual, "of": dict(model.wording.of)}}
    return json.dumps({"evidence": evidence} | words | tables, indent=1, ensure_ascii=False) + "\n"


def main(path: Path = WEIGHTS) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="compare, write nothing")
    check = parser.parse_args().check
    papers = list(samples())
    text = written(train(lessons(papers)), witness(papers))
    if check:
        return 0 if path.read_text(encoding="utf-8") == text else 1
    path.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
