"""Deciding: whether the documents answer (`answer`), offer several clauses (`choices`), or do not decide (`none`)."""

from dataclasses import dataclass
from typing import Literal

from store.policies.asking import Question, read
from store.policies.evidence import candidates
from store.policies.folding import fold
from store.policies.judging import Judged, Model, alike, confidence, ranked, shipped
from store.policies.ranking import Entry, Index, grams
from store.policies.sought import parts_of

Tier = Literal["answer", "choices", "none"]
SURE = 0.75  # confidence from which the best passage answers
LIKELY = 0.2  # from which passages are offered
CHOICES = 3  # contract, "Policy answers"


@dataclass(frozen=True, slots=True)
class Hit:
    """`sentence`: the place in `Entry.sentences` of the one that fits best. `confidence`, 0 to 1: that it answers."""

    entry: Entry
    sentence: int
    confidence: float


@dataclass(frozen=True, slots=True)
class Decision:
    """`hits`: one for `answer`, up to three for `choices`, none for `none`.

    `blank`: what was asked for is left blank in the answer.
    """

    tier: Tier
    hits: tuple[Hit, ...] = ()
    blank: bool = False


def decide(index: Index, text: str, model: Model | None = None) -> Decision:
    """What the documents of `index` say to a question in anybody's words."""
    question = read(text, index)
    if question.about_nothing:
        return Decision("none")
    judged = ranked(candidates(index, question), model or shipped())
    sure = confidence(judged, model or shipped())
    if sure < LIKELY:
        return Decision("none")
    if sure < SURE or unproven(question, judged[0]):
        return Decision("choices", tuple(hit(each, sure, judged[0]) for each in offered(judged)))
    best = hit(judged[0], sure, judged[0])
    return Decision("answer", (best,), left_blank(question, best))


def unproven(question: Question, best: Judged) -> bool:
    """A number or a time is asked for, and neither the sentence nor the one after it holds such a thing.

    How often goes with what stands between the same stops: 视导诊断制度，每学年开展一次督导.
    """
    facts = best.candidate.facts
    if question.kind is not None and question.kind.name == "frequency":
        return not facts["strict_beside"]
    return bool(facts["strict"]) and not (facts["strict_sentence"] or facts["strict_after"] or facts["members"])


def hit(judged: Judged, sure: float, best: Judged) -> Hit:
    return Hit(judged.candidate.entry, judged.candidate.sentence, sure * min(1.0, 2 ** (judged.odds - best.odds)))


def offered(judged: list[Judged]) -> list[Judged]:
    """The best, none that another already holds."""
    kept: list[Judged] = []
    for each in judged:
        if len(kept) < CHOICES and not any(alike(each.candidate, one.candidate) for one in kept):
            kept.append(each)
    return kept


def left_blank(question: Question, best: Hit) -> bool:
    """Whether `__` stands in the very date, number or name that is asked for."""
    dates, kind = best.entry.passage.dates, question.kind
    if kind is not None and kind.name in ("when", "day") and dates:
        return "_" in dates
    asked = {pair for span in question.spans for pair in grams(span) if len(pair) == 2}
    parts = parts_of(best.entry.sentences[best.sentence].text)
    at = max(range(len(parts)), key=lambda at: (len(asked & grams(fold(parts[at]))), "_" in parts[at], -at), default=0)
    if kind is None or not (kind.strict or kind.fair):
        return "_" in "".join(parts[at : at + 1])
    beside = parts[at : at + 1] + parts[at + 1 : at + 2] + parts[max(at - 1, 0) : at]
    first = next((part for part in beside if kind.proof(part)), "")
    return any("_" in found[0] for proof in kind.proofs for found in proof.finditer(first))
