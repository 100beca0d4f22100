"""Evidence: what speaks for a passage as the answer to a question, in numbers that a learned judgement weighs."""

import math
import re
from collections.abc import Sequence
from operator import gt, or_

from store.policies.asking import UNKNOWN, Question
from store.policies.enumerating import counts, enumerated, listed
from store.policies.folding import NUMERALS
from store.policies.leaving import left_blank
from store.policies.lexicon import terms
from store.policies.proofs import proven
from store.policies.ranges import ranged
from store.policies.ranking import Entry, Index, pool
from store.policies.sharing import lacking, shared, weighed, written_so
from store.policies.sought import Candidate, Quest, characters, plain_of

BARE = re.compile(r"[“”\"个项条大]")
SECTION = 260  # characters of a section that may answer whoever does not ask for several things
KIN = 0.7  # of the weight of a character where only a word that is near to its own stands
ALONE = 0.35  # of the weight of a character that stands in a sentence without its neighbours


def candidates(index: Index, question: Question) -> list[Candidate]:
    """The passages that may answer, with their evidence, best first by the words they share with the question."""
    found = pool(index, question.spans, question.folded, [word for _, word in question.kin], question.article)
    if question.article in index.articles:
        # Who names an article is given no other.
        found = [(score, entry) for score, entry in found if entry.article == question.article]
    elif question.kind is not None and question.kind.name != "count" and (question.kind.strict or question.kind.fair):
        # Who asks for one thing is not given a section.
        found = [(score, entry) for score, entry in found if not entry.passage.together]
    elif not question.lists and not (question.kind is not None and question.kind.name == "method"):
        # Nor a long one who does not ask for several.
        found = [(score, entry) for score, entry in found if not entry.passage.together or len(entry.text) <= SECTION]
    quest = Quest([each for span in question.spans for each in characters(index, span, question.kin)])
    about, asked = of_question(index, question, quest), weighed(index, question, quest)
    several = []
    for place, (score, entry) in enumerate(found):
        candidate = Candidate(entry, best_sentence(question, entry, quest))
        candidate.facts = {
            **about,
            **{"place": float(place), "score": score, "score_of_best": score / found[0][0]},
            **shared(question, candidate, quest),
            **form(question, candidate),
            **proven(question, candidate, quest),
            **lacking(question, entry, quest),
            **ranged(question.amounts, [plain_of(each.text) for each in entry.sentences] if question.amounts else ()),
            **written_so(question, candidate, quest, asked),
            **enumerated(question, candidate),
            **listed(question, entry, quest),
        }
        candidate.facts |= together(candidate.facts)
        sentence = entry.sentences[candidate.sentence].folded if entry.sentences else ""
        candidate.chars, candidate.here, candidate.there = quest.chars, quest.held(sentence), quest.held(entry.text)
        several.append(candidate)
    compare(several)
    return several


def of_question(index: Index, question: Question, quest: Quest) -> dict[str, float]:
    total, sought = quest.total or 1.0, quest.every
    unknown = sum(each.weight for each in sought if each.char not in index.characters)
    apart = sum(each.weight for each in sought if each.pairs and not any(pair in index.places for pair in each.pairs))
    kind = question.kind
    return {
        "unknown": unknown / total,
        "unknown_pairs": apart / total,
        "unknown_name": float(any(UNKNOWN in span for span in question.spans)),
        "length": float(min(len(question.folded), 60)),
        "words": float(min(len(sought), 40)),
        "spans": float(min(len(question.spans), 10)),
        "weight": min(total, 100.0),
        "heaviest": max((each.weight for each in sought), default=0.0),
        "yes_no": float(question.yes_no),
        "of_the_day": float(any(word in question.folded for word in terms("of_the_day"))),
        "strict": float(kind is not None and kind.strict),
        "fair": float(kind is not None and kind.fair),
        "kind_list": float(kind is not None and kind.name == "list"),
        "kind_method": float(kind is not None and kind.name == "method"),
        "kind_whether": float(kind is not None and kind.name == "whether"),
        "kind_none": float(kind is None),
    }


def best_sentence(question: Question, entry: Entry, quest: Quest) -> int:
    """The one that holds most; of equals the one with a proof."""
    if len(entry.sentences) < 2:
        return 0

    def worth(place: int) -> float:
        text = entry.sentences[place].folded
        beside, near = quest.in_pairs(text), quest.near(text)
        either = list(map(or_, beside, near))
        held = quest.weight(beside)
        held += KIN * quest.weight(map(gt, near, beside)) + ALONE * quest.weight(map(gt, quest.alone(text), either))
        kind = question.kind
        proof = kind is not None and (kind.strict or kind.fair) and kind.proves(plain_of(entry.sentences[place].text))
        counted = question.counts and counts(question.noun, text)
        return held * (1.3 if counted else 1.1 if proof else 1.0) - len(text) / 1000

    return max(range(len(entry.sentences)), key=worth, default=0)


def together(facts: dict[str, float]) -> dict[str, float]:
    """What says more together than one by one."""
    held = facts["either_near"]
    return {
        "proven_held": facts["strict_here"] * facts["sentence_pairs"],
        "fairly_held": facts["fair_here"] * facts["sentence_pairs"],
        "unproven_held": facts["strict_nowhere"] * held,
        "loosely_held": facts["kind_list"] * held,
        "said_so": facts["kind_whether"] * held,
        "section_unproven": facts["together"]
        * (facts["strict"] + facts["fair"])
        * (1 - facts["strict_here"] - facts["fair_here"]),
        "named": facts["kind_none"] * held,
        "blank_held": facts["blank_asked"] * facts["sentence_pairs"],
        "method_held": facts["kind_method"] * held,
        "held_twice": held * held,
        "written_twice": facts["written_there"] ** 2,
    }


def form(question: Question, candidate: Candidate) -> dict[str, float]:
    """What kind of passage it is, and whether the question is for one of the kind."""
    entry, passage = candidate.entry, candidate.entry.passage
    sentence = entry.sentences[candidate.sentence].text if entry.sentences else ""
    listing = question.kind is not None and question.kind.name in ("list", "count")
    several = bool(passage.members) or passage.together or len(passage.body) > 2
    numbers = question.numbers
    named = any(NUMERALS.find(numeral) + 1 == len(passage.members) for numeral, _ in question.names)
    return {
        "members": float(bool(passage.members)),
        "members_named": float(bool(passage.members) and named),
        "members_asked": float(bool(passage.members) and listing),
        "together": float(passage.together),
        "together_asked": float(passage.together and listing),
        "several_asked": float(several and listing),
        "stage": float(bool(passage.dates)),
        "dates_asked": float(
            bool(passage.dates) and question.kind is not None and question.kind.name in ("when", "day")
        ),
        "enumerates": float(enumerates(question, sentence)),
        "sentence_length": math.log(1 + len(sentence)),
        "passage_length": math.log(1 + len(entry.text)),
        "sentences": float(min(len(entry.sentences), 12)),
        "aside": float(not passage.path and len(entry.text) < 40),
        "opening": float(not passage.path),
        "blank_there": float("_" in sentence or "_" in passage.dates),
        "blank_asked": float(bool(question.proofs) and left_blank(question, entry, candidate.sentence)),
        "article": 0.0 if not question.article else 1.0 if entry.article == question.article else -1.0,
        "numbers_missing": sum(number not in entry.text for number in numbers) / len(numbers) if numbers else 0.0,
    }


def enumerates(question: Question, text: str) -> bool:
    """六统一(办学理念、…), where 六统一 is asked."""
    bare = BARE.sub("", text) if question.names else ""
    return any(re.search(rf"{numeral}{first}\S{{0,2}}[(（:：]", bare) for numeral, first in question.names)


def compare(several: Sequence[Candidate]) -> None:
    """Adds how far each stays behind the best in the one and the other."""
    for name in (
        "either_pairs",
        "either_alone",
        "either_near",
        "sentence_pairs",
        "passage_pairs",
        "sounds",
        "part_pairs",
        "close_strict",
        "close_fair",
        "set_named",
    ):
        best = max((candidate.facts[name] for candidate in several), default=0.0)
        for candidate in several:
            candidate.facts[f"{name}_behind"] = best - candidate.facts[name]
    counted = sum(candidate.facts["counted_here"] for candidate in several if not candidate.entry.passage.together)
    for candidate in several:
        candidate.facts["counted_often"] = min(counted, 3.0) * candidate.facts["counted_here"]
        candidate.facts["outcounted"] = float(counted > 0 and not candidate.facts["counted_there"])
