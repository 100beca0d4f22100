"""Deciding: whether the documents answer (`answer`), offer several clauses (`choices`), or do not decide (`none`)."""

from collections.abc import Sequence
from typing import Literal

from msgspec import Struct

from store.policies.articles import unheld
from store.policies.asking import Question, read
from store.policies.evidence import candidates
from store.policies.folding import fold
from store.policies.judging import Judged, Model, alike, chance, ranked, shipped, standing
from store.policies.leaving import left_blank
from store.policies.lexicon import lights
from store.policies.ranking import Entry, Index
from store.policies.sought import plain_of
from store.policies.withholding import withheld

Tier = Literal["answer", "choices", "none"]
SURE = 0.715  # confidence from which the best passage answers
LIKELY = 0.3  # that one of those offered answers, from which they are
EVEN = 1.0  # so little ahead of one that says something else, the best may not be the one that is meant
TELLING = 4  # characters of a thing that was asked for, so that it is one and the same in two passages
CLOSE = 3.0  # behind the best, in logarithms of odds: what is further is hardly meant
CHOICES = 3  # contract, "Policy answers"


class Hit(Struct, frozen=True):
    """`sentence`: the place in `Entry.sentences` of the one that fits best. `confidence`, 0 to 1: that it answers."""

    entry: Entry
    sentence: int
    confidence: float


class Decision(Struct, frozen=True):
    """`hits`: one for `answer`, up to three for `choices`, none for `none`.

    `blank`: what was asked for is left blank in the answer.
    """

    tier: Tier
    hits: tuple[Hit, ...] = ()
    blank: bool = False


def decide(index: Index, text: str, model: Model | None = None) -> Decision:
    """What the documents of `index` say to a question in anybody's words."""
    question, learned = read(text, index), model or shipped()
    if question.about_nothing or unheld(text, index) is not None:
        return Decision("none")
    if question.whole_article:
        return article(index, question)
    judged = ranked(candidates(index, question), learned.wording, learned.fitness)
    if not judged:
        return Decision("none")
    known = standing(judged)
    sure, decided = chance(learned.confidence.odds(known)), chance(learned.decided.odds(known))
    if bare_count(question):
        several = distinct([each for each in judged if each.facts["counted_here"]])
        if several:
            return counted(several, max(sure, SURE))
    several = distinct(judged)
    close = [each for each in several if each.odds > judged[0].odds - CLOSE]
    if decided < LIKELY or all(unproven(question, each, beyond=True) for each in close):
        return Decision("none")
    kept = sure < SURE or rivalled(question, several, known["ahead_of_second"])
    if kept or held_back(question, judged[0]) or withheld(index, question, judged[0]):
        return Decision("choices", tuple(hit(each, sure, judged[0]) for each in several))
    best = hit(narrowest(question, judged), sure, judged[0])
    return Decision("answer", (best,), left_blank(question, best.entry, best.sentence))


def narrowest(question: Question, judged: Sequence[Judged]) -> Judged:
    """The best; of a set that is called by its name (三共) the shortest passage within it that has the whole set."""
    best = judged[0]
    around = {sentence.folded for sentence in best.candidate.entry.sentences}
    called = {one for one in best.candidate.entry.sets if fold(one.name) in question.folded}
    within = [
        each
        for each in judged
        if called.intersection(each.candidate.entry.sets)
        and around.issuperset(sentence.folded for sentence in each.candidate.entry.sentences)
    ]
    return min(within, key=lambda each: len(each.candidate.entry.text), default=best)


def article(index: Index, question: Question) -> Decision:
    """The one that is named, in each paper that has it; none where no paper goes so far."""
    hits = tuple(Hit(index.entries[place], 0, SURE) for place in index.articles.get(question.article, ())[:CHOICES])
    return Decision(("none", "answer", "choices", "choices")[len(hits)], hits)


def bare_count(question: Question) -> bool:
    """几个处室, 分几个阶段推进, and nothing else that tells whose: each passage that counts them may be meant."""
    others = "".join(question.spans).replace(question.noun, "")
    return question.counts and not lights().sub("", others)


def counted(several: Sequence[Judged], sure: float) -> Decision:
    hits = tuple(hit(each, sure, several[0]) for each in several)
    return Decision("answer", hits) if len(hits) == 1 else Decision("choices", hits)


def unproven(question: Question, judged: Judged, beyond: bool = False) -> bool:
    """A number or a time is asked for, and neither the sentence nor the one after it holds such a thing; `beyond`:
    nor any other of the passage.

    How often goes with what stands between the same stops: 视导诊断制度，每学年开展一次督导.
    """
    facts = judged.facts
    if not facts["strict"]:
        return False
    if question.kind is not None and question.kind.name == "frequency":
        return not facts["strict_beside"]
    if question.counts and facts["counted_here"]:  # 设副理事长三名, of 副理事长几个
        return False
    held = facts["strict_sentence"] or facts["strict_after"] or facts["members"]
    return not (held or (beyond and facts["strict_elsewhere"]))


def rivalled(question: Question, several: Sequence[Judged], ahead: float) -> bool:
    """Another passage is as fit and names another thing: __小学、__镇中心学校 in both is one answer."""
    if ahead >= EVEN or len(several) < 2:
        return False
    one, other = (plain_of(each.candidate.entry.sentences[each.candidate.sentence].text) for each in several[:2])
    named = (found[0] for proof in question.proofs for found in proof.finditer(one))
    return not any(len(thing) >= TELLING and thing in other for thing in named)


def held_back(question: Question, best: Judged) -> bool:
    """What no sureness makes an answer: leave, pay and the like asked of a passage that does not speak of them, too."""
    return (
        unproven(question, best)
        or uncounted(question, best)
        or bool(best.facts["daily"])
        or left_over(question)
    )


def uncounted(question: Question, best: Judged) -> bool:
    """How many of a thing is asked, and no number stands by it: 内保室配几个保安, where the paper has 处室5个."""
    facts = best.facts
    return question.counts and question.noun != "" and not (facts["counted_there"] or facts["noun_close"])


def left_over(question: Question) -> bool:
    """A second question behind the first that asks for no number or time, so that nothing shows it answered."""
    return any(kind is None or not (kind.strict or kind.fair or kind.name == "list") for kind in question.further)


def hit(judged: Judged, sure: float, best: Judged) -> Hit:
    return Hit(judged.candidate.entry, judged.candidate.sentence, sure * 2 ** (judged.odds - best.odds))


def distinct(judged: Sequence[Judged]) -> list[Judged]:
    """The best, none that another already holds."""
    kept: list[Judged] = []
    for each in judged:
        if len(kept) < CHOICES and not any(alike(each.candidate, one.candidate) for one in kept):
            kept.append(each)
    return kept
