"""Evidence: what speaks for a passage as the answer to a question, in numbers that a learned judgement weighs."""

import math
import re
from collections.abc import Sequence
from itertools import pairwise

from store.policies.asking import UNKNOWN, Question
from store.policies.folding import HAN, NUMERALS, fold
from store.policies.lexicon import terms
from store.policies.proofs import proven
from store.policies.ranking import Entry, Index, grams, pairs, pool
from store.policies.slips import sounded
from store.policies.sought import Candidate, Sought, characters, plain_of

NUMBERS = re.compile(rf"(?<![几第\d{NUMERALS}百])(\d+|[{NUMERALS}百]+)(?=[{HAN}])")
LONG_RUN = 6  # characters of a question, one after the other, that a passage does not have: more says no more
ALONE = 0.35  # of the weight of a character that stands in a sentence without its neighbours


def candidates(index: Index, question: Question) -> list[Candidate]:
    """The passages that may answer, with their evidence, best first by the words they share with the question."""
    found = pool(index, question.spans, question.folded, [word for _, word in question.kin])
    if question.kind is not None and question.kind.name != "count" and (question.kind.strict or question.kind.fair):
        # Who asks for one thing is not given a section.
        found = [(score, entry) for score, entry in found if not entry.passage.together]
    sought = [each for span in question.spans for each in characters(index, span, question.kin)]
    about = of_question(index, question, sought)
    several = []
    for place, (score, entry) in enumerate(found):
        candidate = Candidate(entry, best_sentence(question, entry, sought))
        candidate.facts |= about | {"place": float(place), "score": score, "score_of_best": score / found[0][0]}
        candidate.facts |= shared(question, candidate, sought) | form(question, candidate)
        candidate.facts |= proven(question.kind, candidate, sought) | lacking(index, question, entry)
        candidate.facts |= written_so(index, question, candidate)
        candidate.facts |= together(candidate.facts)
        several.append(candidate)
    compare(several)
    return several


def of_question(index: Index, question: Question, sought: Sequence[Sought]) -> dict[str, float]:
    total = sum(each.weight for each in sought) or 1.0
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
        "strict": float(kind is not None and kind.strict),
        "fair": float(kind is not None and kind.fair),
        "kind_list": float(kind is not None and kind.name == "list"),
        "kind_method": float(kind is not None and kind.name == "method"),
        "kind_whether": float(kind is not None and kind.name == "whether"),
        "kind_none": float(kind is None),
    }


def best_sentence(question: Question, entry: Entry, sought: Sequence[Sought]) -> int:
    """The one that holds most; of equals the one with a proof."""

    def worth(place: int) -> float:
        text = entry.sentences[place].folded
        held = sum(
            each.weight * (1.0 if each.in_pairs(text) else 0.7 if each.near(text) else ALONE * (each.char in text))
            for each in sought
        )
        kind = question.kind
        proof = kind is not None and (kind.strict or kind.fair) and kind.proof(plain_of(entry.sentences[place].text))
        return held * (1.1 if proof else 1.0) - len(text) / 1000

    return max(range(len(entry.sentences)), key=worth, default=0)


def shared(question: Question, candidate: Candidate, sought: Sequence[Sought]) -> dict[str, float]:
    """The shares of the question, 0 to 1, that sentence, passage and headings hold."""
    entry, total = candidate.entry, sum(each.weight for each in sought) or 1.0
    sentence, text, headings = entry.sentences[candidate.sentence].folded, entry.text, entry.passage.headings
    last = fold(" ".join(entry.passage.path[-1:]))

    def share(held: Sequence[Sought]) -> float:
        return sum(each.weight for each in held) / total

    words = "".join(question.spans)
    sounds = [f"|{a}|{b}|" for run in sounded(" ".join(question.spans)).split() for a, b in neighbours(run)]
    run = longest_common(words, sentence.replace(" ", ""))
    both = [gram for gram in grams(last) if len(gram) == 2]
    return {
        "sentence_pairs": share([each for each in sought if each.in_pairs(sentence)]),
        "sentence_alone": share([each for each in sought if each.char in sentence]),
        "sentence_near": share([each for each in sought if not each.in_pairs(sentence) and each.near(sentence)]),
        "passage_pairs": share([each for each in sought if each.in_pairs(text)]),
        "passage_alone": share([each for each in sought if each.char in text]),
        "passage_near": share([each for each in sought if not each.in_pairs(text) and each.near(text)]),
        "headings_pairs": share([each for each in sought if each.in_pairs(headings)]),
        "headings_alone": share([each for each in sought if each.char in headings]),
        "heading_pairs": share([each for each in sought if each.in_pairs(last)]),
        "heading_asked": sum(pair in question.folded for pair in both) / len(both) if both else 0.0,
        "either_pairs": share([each for each in sought if each.in_pairs(text) or each.in_pairs(headings)]),
        "either_alone": share([each for each in sought if each.char in text or each.char in headings]),
        "either_near": share([e for e in sought if e.in_pairs(text) or e.in_pairs(headings) or e.near(text)]),
        "sounds": sum(sound in entry.sounds for sound in sounds) / len(sounds) if sounds else 0.0,
        "run": run / len(words) if words else 0.0,
        "run_length": float(min(run, 8)),
        "starts": float(bool(question.spans) and sentence.startswith(question.spans[0])),
        "whole": float(any(len(span) > 1 and span in sentence for span in question.spans)),
    }


def written_so(index: Index, question: Question, candidate: Candidate) -> dict[str, float]:
    """The shares of the question's pairs that stand in the sentence, in the passage, anywhere in the papers."""
    asked = sorted({pair for span in question.spans for pair in grams(span) if len(pair) == 2})
    weights = {pair: index.weight(pair) for pair in asked}
    total = sum(weights.values()) or 1.0
    entry = candidate.entry
    texts = (entry.sentences[candidate.sentence].folded, f"{entry.text} {entry.passage.headings}")
    here, there = (sum(weights[pair] for pair in asked if pair in text) / total for text in texts)
    known = sum(weights[pair] for pair in asked if pair in index.places) / total
    noun = question.noun
    named = any(char in entry.sentences[candidate.sentence].folded for char in noun)
    return {
        "noun": float(bool(noun)),
        "noun_missing": float(bool(noun) and not any(char in entry.text for char in noun)),
        "noun_there": float(bool(noun) and named),
        "noun_whole": float(len(noun) == 2 and noun in entry.text),
        "noun_unknown": float(len(noun) == 2 and noun not in index.places),
        "written_here": here,
        "written_there": there,
        "written_anywhere": known,
        "written_elsewhere": known - there,
    }


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
    label = re.match(rf"第([{NUMERALS}]+)条", entry.text)
    numbers = [fold(number) for number in NUMBERS.findall(question.folded)]
    named = any(NUMERALS.find(numeral) + 1 == len(passage.members) for numeral, _ in question.names)
    return {
        "members": float(bool(passage.members)),
        "members_named": float(bool(passage.members) and named),
        "members_asked": float(bool(passage.members) and listing),
        "together": float(passage.together),
        "together_asked": float(passage.together and listing),
        "several_asked": float(several and listing),
        "stage": float(bool(passage.dates)),
        "enumerates": float(enumerates(question, sentence)),
        "sentence_length": math.log(1 + len(sentence)),
        "passage_length": math.log(1 + len(entry.text)),
        "sentences": float(min(len(entry.sentences), 12)),
        "aside": float(not passage.path and len(entry.text) < 40),
        "opening": float(not passage.path),
        "blank_there": float("_" in sentence or "_" in passage.dates),
        "article": 0.0 if not question.article else 1.0 if label and label[1] == question.article else -1.0,
        "numbers_missing": sum(number not in entry.text for number in numbers) / len(numbers) if numbers else 0.0,
    }


def enumerates(question: Question, text: str) -> bool:
    """六统一(办学理念、…), where 六统一 is asked."""
    bare = re.sub(r"[“”\"个项条大]", "", text)
    return any(re.search(rf"{numeral}{first}\S{{0,2}}[(（:：]", bare) for numeral, first in question.names)


def lacking(index: Index, question: Question, entry: Entry) -> dict[str, float]:
    """What the question speaks of and the passage does not."""
    longest, heaviest, lost, total = 0, 0.0, 0, 0.0
    for span in question.spans:
        weights, run, weight = index.weights(span), 0, 0.0
        total += sum(weights)
        there = [held(span, at, entry) for at in range(len(span))]
        for at, found in enumerate(there):
            run, weight = (0, 0.0) if found else (run + 1, weight + weights[at])
            longest, heaviest = max(longest, run), max(heaviest, weight)
        lost += not any(there)
    return {
        "lost_run": float(min(longest, LONG_RUN)),
        "lost_weight": min(heaviest, 20.0),
        "lost_share": heaviest / (total or 1.0),
        "lost_spans": lost / max(1, len(question.spans)),
        "complete": float(longest == 0),
        "daily": float(any(word in question.folded and word not in entry.text for word in terms("daily"))),
    }


def held(span: str, at: int, entry: Entry) -> bool:
    """With a neighbour as it is written, or as it sounds."""
    beside = pairs(span, at)
    if not beside:
        return span[at] in entry.text
    return any(pair in entry.text or sounded(pair) in entry.sounds for pair in beside)


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
    ):
        best = max((candidate.facts[name] for candidate in several), default=0.0)
        for candidate in several:
            candidate.facts[f"{name}_behind"] = best - candidate.facts[name]


def neighbours(run: str) -> list[tuple[str, str]]:
    syllables = run.strip("|").split("|")
    return list(pairwise(syllables))


def longest_common(one: str, other: str) -> int:
    """Characters of the longest run that both have."""
    longest = 0
    for start in range(len(one)):
        while one[start : start + longest + 1] in other and start + longest < len(one):
            longest += 1
    return longest
