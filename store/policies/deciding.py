"""Deciding: whether the documents answer (`answer`), offer several clauses (`choices`), or do not decide (`none`)."""

import re
from dataclasses import dataclass
from typing import Literal

from store.policies.asking import UNKNOWN, Question, read
from store.policies.fitting import fitness, left_blank, proves
from store.policies.folding import NUMERALS
from store.policies.lexicon import lights, terms
from store.policies.ranking import Hit, Index, rank

Tier = Literal["answer", "choices", "none"]
SURE = 0.4  # coverage from which the best passage answers
LIKELY = 0.33  # coverage from which passages are offered
RIVAL = 0.9  # of the best score: so near, another passage may be meant as well
COUNTED = 0.7  # the same where the sentence is proven by a number beside what is counted
EQUAL = 0.99  # of the best score: nothing tells them apart
FOREIGN = 0.85  # of the coverage is left for each word that the documents do not know
CHOICES = 3  # contract, "Policy answers"


@dataclass(frozen=True, slots=True)
class Decision:
    """`hits`: one for `answer`, up to three for `choices`, none for `none`.

    `blank`: what was asked for is left blank in the answer.
    """

    tier: Tier
    hits: tuple[Hit, ...] = ()
    blank: bool = False


def decide(index: Index, text: str) -> Decision:
    """What the documents of `index` say to a question in anybody's words."""
    question = read(text, index)
    hits = rank(index, question.spans, lambda entry, place: fitness(question, entry, place))
    near = rivals(question, hits)
    if not near or post_unknown(question, index) or daily(question, near[0]):
        return Decision("none")
    best = near[0]
    confidence = best.coverage * FOREIGN ** sum(foreign(index, span) for span in question.spans)
    alone = sum(hit.score >= EQUAL * best.score for hit in near) == 1 and not (len(near) > 1 and bare_count(question))
    if confidence >= SURE and (alone or not open_ended(question)):
        return Decision("answer", (best,), left_blank(question, best))
    return Decision("choices", tuple(near[:CHOICES])) if confidence >= LIKELY else Decision("none")


def rivals(question: Question, hits: list[Hit]) -> list[Hit]:
    """The best, and what comes near it, as far as they hold the kind of thing that is asked for."""
    least = COUNTED if question.kind == "count" and question.noun else RIVAL
    return [hit for hit in hits if hit.score >= least * hits[0].score and proves(question, hit.entry, hit.sentence)]


def post_unknown(question: Question, index: Index) -> bool:
    """组长是谁, where no document speaks of a 组长."""
    return question.kind == "who" and question.noun != "" and not index.counts[question.noun]


def daily(question: Question, best: Hit) -> bool:
    """Leave, lateness, pay: asked, and not spoken of in the passage (domain.md 2.1)."""
    return any(word in question.folded and word not in best.entry.text for word in terms("daily"))


def foreign(index: Index, span: str) -> int:
    """How many words in it the documents know no part of: runs of at least two characters."""
    span = lights().sub("", span)
    unknown = "".join(char if index.knows(span, place) else UNKNOWN for place, char in enumerate(span))
    return len(re.findall(UNKNOWN + "{2,}", unknown))


def bare_count(question: Question) -> bool:
    """几个处室, and nothing that says whose: each passage that counts them may be meant."""
    return question.kind == "count" and question.spans == (question.noun,)


def open_ended(question: Question) -> bool:
    """A mere word (特色), or a list without a number (有哪些): several clauses may be meant."""
    if bare_count(question):
        return True
    if question.kind == "list":
        return re.search(f"[{NUMERALS[1:]}]", question.folded) is None
    return question.kind == ""
