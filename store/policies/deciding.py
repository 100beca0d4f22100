"""Deciding: whether the documents answer (`answer`), offer several clauses (`choices`), or do not decide (`none`)."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from store.policies.asking import Question, patterns, read
from store.policies.ranking import Entry, Hit, Index, rank

Tier = Literal["answer", "choices", "none"]
SURE = 0.5  # coverage from which the best passage answers
LIKELY = 0.36  # coverage from which passages are offered
RIVAL = 0.9  # of the best score: so near, another passage may be meant as well
CHOICES = 3  # contract, "Policy answers"


@dataclass(frozen=True, slots=True)
class Decision:
    """`hits`: one for `answer`, up to three for `choices`, none for `none`. `blank`: what was asked for is left blank."""

    tier: Tier
    hits: tuple[Hit, ...] = ()
    blank: bool = False


def decide(index: Index, text: str) -> Decision:
    question = read(text, index)
    hits = rank(index, question.spans, lambda entry, place: fitness(question, entry, place))
    if not hits or hits[0].coverage < LIKELY:
        return Decision("none")
    proven = [hit for hit in hits if hit.score >= RIVAL * hits[0].score and proves(question, hit.entry, hit.sentence)]
    if not proven:
        return Decision("none")
    best = proven[0]
    if best.coverage >= SURE:
        return Decision("answer", (best,), left_blank(question, best))
    return Decision("choices", tuple(proven[:CHOICES]))


def fitness(question: Question, entry: Entry, place: int) -> float:
    """A factor: a set where a list is asked for, a sentence with a number where a number is."""
    if entry.passage.members:
        return 1.1 if question.kind in ("list", "count") else 0.8
    if question.kind in ("", "list"):
        return 1.0
    return 1.1 if proves(question, entry, place) else 0.9


def proves(question: Question, entry: Entry, place: int) -> bool:
    """Whether the sentence holds the kind of thing that is asked for."""
    proofs = patterns("proofs", question.kind) if question.kind not in ("", "list") else ()
    words = f"{entry.sentences[place].folded} {entry.passage.dates}"
    return not proofs or any(proof.search(words) for proof in proofs)


def left_blank(question: Question, hit: Hit) -> bool:
    return question.kind == "when" and "_" in hit.entry.sentences[hit.sentence].text + hit.entry.passage.dates
