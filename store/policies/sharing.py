"""Sharing: how much of a question a passage, its sentence and its headings have, and what they leave out."""

from collections.abc import Iterable
from functools import lru_cache
from itertools import compress, pairwise
from operator import or_

from msgspec import Struct

from store.policies.asking import Question
from store.policies.ranking import Entry, Index, grams
from store.policies.slips import sounded
from store.policies.sought import Candidate, Quest

LONG_RUN = 6  # characters of a question, one after the other, that a passage does not have: more says no more


def shared(question: Question, candidate: Candidate, quest: Quest) -> dict[str, float]:
    """The shares of the question, 0 to 1, that sentence, passage and headings hold."""
    entry, total = candidate.entry, quest.total or 1.0
    sentence, text, headings = entry.sentences[candidate.sentence].folded, entry.text, entry.passage.headings

    def share(held: Iterable[bool]) -> float:
        return quest.weight(held) / total

    here, there, above = map(quest.in_pairs, (sentence, text, headings))
    alone, alone_above, near = quest.alone(text), quest.alone(headings), quest.near(text)
    either = list(map(or_, there, above))
    words, sounds = "".join(question.spans), sounds_of(question.spans)
    run = longest_common(words, sentence.replace(" ", ""))
    both = pairs_of(entry.heading)
    return {
        "sentence_pairs": share(here),
        "sentence_alone": share(quest.alone(sentence)),
        "sentence_near": share(not held and other for held, other in zip(here, quest.near(sentence), strict=True)),
        "passage_pairs": share(there),
        "passage_alone": share(alone),
        "passage_near": share(not held and other for held, other in zip(there, near, strict=True)),
        "headings_pairs": share(above),
        "headings_alone": share(alone_above),
        "heading_pairs": share(quest.in_pairs(entry.heading)),
        "heading_asked": sum(map(question.folded.__contains__, both)) / len(both) if both else 0.0,
        "either_pairs": share(either),
        "either_alone": share(map(or_, alone, alone_above)),
        "either_near": share(map(or_, either, near)),
        "sounds": sum(map(entry.sounds.__contains__, sounds)) / len(sounds) if sounds else 0.0,
        "run": run / len(words) if words else 0.0,
        "run_length": float(min(run, 8)),
        "starts": float(bool(question.spans) and sentence.startswith(question.spans[0])),
        "whole": float(any(len(span) > 1 and span in sentence for span in question.spans)),
    }


class Written(Struct, frozen=True):
    """The question's pairs, as the papers have them: what each of `Quest.pairs` weighs, all of them (never 0), and the
    share that stands anywhere; `noun_unknown`: whether the noun that is asked for does not."""

    weights: tuple[float, ...]
    total: float
    anywhere: float
    noun_unknown: bool


def weighed(index: Index, question: Question, quest: Quest) -> Written:
    weights = tuple(map(index.weight, quest.pairs))
    total = sum(weights) or 1.0
    anywhere = sum(weight for pair, weight in zip(quest.pairs, weights, strict=True) if pair in index.places) / total
    return Written(weights, total, anywhere, len(question.noun) == 2 and question.noun not in index.places)


def written_so(question: Question, candidate: Candidate, quest: Quest, asked: Written) -> dict[str, float]:
    """The shares of the question's pairs that stand in the sentence, in the passage, anywhere in the papers."""
    entry, noun = candidate.entry, question.noun
    sentence = entry.sentences[candidate.sentence].folded
    whole = map(or_, quest.pairs_in(entry.text), quest.pairs_in(entry.passage.headings))
    here, there = (sum(compress(asked.weights, held)) / asked.total for held in (quest.pairs_in(sentence), whole))
    return {
        "noun": float(bool(noun)),
        "noun_missing": float(bool(noun) and not any(char in entry.text for char in noun)),
        "noun_there": float(any(char in sentence for char in noun)),
        "noun_whole": float(len(noun) == 2 and noun in entry.text),
        "noun_apart": float(apart(question, sentence)),
        "noun_unknown": float(asked.noun_unknown),
        "written_here": here,
        "written_there": there,
        "written_anywhere": asked.anywhere,
        "written_elsewhere": asked.anywhere - there,
    }


def apart(question: Question, sentence: str) -> bool:
    """Whether it has the noun that is asked for elsewhere than in a word of the question: 社区代表 names no 社区."""
    if question.noun not in sentence:
        return False
    rest = sentence
    for span in question.spans:
        if len(span) > len(question.noun):
            rest = rest.replace(span, " ")
    return bool(question.noun) and question.noun in rest


def lacking(question: Question, entry: Entry, quest: Quest) -> dict[str, float]:
    """What the question speaks of and the passage does not."""
    longest, heaviest, lost, at, there = 0, 0.0, 0, 0, heard(quest, entry)
    for span in question.spans:
        run, weight = 0, 0.0
        for place in range(at, at + len(span)):
            if there[place]:
                run, weight = 0, 0.0
                continue
            run, weight = run + 1, weight + quest.weights[place]
            longest, heaviest = max(longest, run), max(heaviest, weight)
        lost += not any(there[at : at + len(span)])
        at += len(span)
    return {
        "lost_run": float(min(longest, LONG_RUN)),
        "lost_weight": min(heaviest, 20.0),
        "lost_share": heaviest / (quest.total or 1.0),
        "lost_spans": lost / max(1, len(question.spans)),
        "complete": float(longest == 0),
        "daily": float(any(word not in entry.text for word in question.daily)),
    }


def heard(quest: Quest, entry: Entry) -> list[bool]:
    """With a neighbour as it is written, or as it sounds."""
    written = quest.held(entry.text)
    if all(written):
        return written
    sounds = entry.sounds
    return [
        there or any(sound_of(pair) in sounds for pair in each.pairs)
        for there, each in zip(written, quest.every, strict=True)
    ]


@lru_cache(1024)
def pairs_of(heading: str) -> tuple[str, ...]:
    return tuple(gram for gram in grams(heading) if len(gram) == 2)


@lru_cache(4096)
def sound_of(pair: str) -> str:
    return sounded(pair)


@lru_cache(64)
def sounds_of(spans: tuple[str, ...]) -> tuple[str, ...]:
    """Of every two neighbours."""
    runs = (run.strip("|").split("|") for run in sounded(" ".join(spans)).split())
    return tuple(f"|{one}|{other}|" for run in runs for one, other in pairwise(run))


def longest_common(one: str, other: str) -> int:
    """Characters of the longest run that both have."""
    longest = 0
    for start in range(len(one)):
        while one[start : start + longest + 1] in other and start + longest < len(one):
            longest += 1
    return longest
