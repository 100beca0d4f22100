"""Deciding: whether the documents answer (`answer`), offer several clauses (`choices`), or do not decide (`none`)."""

import re
from dataclasses import dataclass
from typing import Literal

from store.policies.asking import UNKNOWN, Question, lights, read
from store.policies.fitting import fitness, left_blank, proves
from store.policies.folding import NUMERALS, words
from store.policies.ranking import Hit, Index, rank

Tier = Literal["answer", "choices", "none"]
SURE = 0.42  # coverage from which the best passage answers
LIKELY = 0.36  # coverage from which passages are offered
RIVAL = 0.9  # of the best score: so near, another passage may be meant as well
COUNTED = 0.7  # the same where the sentence is proven by a number beside what is counted
EQUAL = 0.99  # of the best score: nothing tells them apart
FOREIGN = 0.8  # of the coverage is left for each word that the documents do not know
CHOICES = 3  # contract, "Policy answers"


@dataclass(frozen=True, slots=True)
class Decision:
    """`hits`: one for `answer`, up to three for `choices`, none for `none`. `blank`: what was asked for is left blank."""

    tier: Tier
    hits: tuple[Hit, ...] = ()
    blank: bool = False


def decide(index: Index, text: str) -> Decision:
    """What the documents of `index` say to a question in anybody's words."""
    question = read(text, index)
    hits = rank(index, question.spans, lambda entry, place: fitness(question, entry, place))
    known = FOREIGN ** sum(foreign(index, span) for span in question.spans)
    least = COUNTED if question.kind == "count" and question.noun else RIVAL
    near = [hit for hit in hits if hit.score >= least * hits[0].score and proves(question, hit.entry, hit.sentence)]
    if not near or near[0].coverage * known < LIKELY or post_unknown(question, index):
        return Decision("none")
    best = near[0]
    if any(word in question.folded and word not in best.entry.text for word in words("asking")["daily"]["words"]):
        return Decision("none")
    alone = sum(hit.score >= EQUAL * best.score for hit in near) == 1
    if best.coverage * known >= SURE and (alone or not open_ended(question)):
        return Decision("answer", (best,), left_blank(question, best))
    return Decision("choices", tuple(near[:CHOICES]))


def foreign(index: Index, span: str) -> int:
    """How many words in it the documents know no part of: runs of at least two characters."""
    span = lights().sub("", span)
    unknown = "".join(
        char if any(index.counts[pair] for pair in (span[max(place - 1, 0) : place + 1], span[place : place + 2]) if len(pair) == 2)
        else UNKNOWN
        for place, char in enumerate(span)
    )
    return len(re.findall(UNKNOWN + "{2,}", unknown))


def post_unknown(question: Question, index: Index) -> bool:
    """组长是谁, where no document speaks of a 组长."""
    return question.kind == "who" and question.noun != "" and not index.counts[question.noun]


def open_ended(question: Question) -> bool:
    """A mere word (特色), or a list without a number (有哪些): several clauses may be meant."""
    return question.kind == "" or question.kind == "list" and not re.search(f"[{NUMERALS[1:]}]", question.folded)
