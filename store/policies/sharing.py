"""Sharing: how much of a question a passage, its sentence and its headings have, and what they leave out."""

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import compress, pairwise

from store.policies.asking import Question
from store.policies.lexicon import terms
from store.policies.ranking import Entry, Index, grams, pairs
from store.policies.slips import sounded
from store.policies.sought import Candidate, Sought

LONG_RUN = 6  # characters of a question, one after the other, that a passage does not have: more says no more


def shared(question: Question, candidate: Candidate, sought: Sequence[Sought]) -> dict[str, float]:
    """The shares of the question, 0 to 1, that sentence, passage and headings hold."""
    entry, weights = candidate.entry, [each.weight for each in sought]
    sentence, text, headings = entry.sentences[candidate.sentence].folded, entry.text, entry.passage.headings
    total = sum(weights) or 1.0

    def share(held: Iterable[bool]) -> float:
        return sum(compress(weights, held)) / total

    here, there, above = ([each.in_pairs(words) for each in sought] for words in (sentence, text, headings))
    alone, alone_above = ([each.char in words for each in sought] for words in (text, headings))
    near = [each.near(text) for each in sought]
    words, sounds = "".join(question.spans), sounds_of(question.spans)
    run = longest_common(words, sentence.replace(" ", ""))
    both = [gram for gram in grams(entry.heading) if len(gram) == 2]
    return {
        "sentence_pairs": share(here),
        "sentence_alone": share(each.char in sentence for each in sought),
        "sentence_near": share(not held and each.near(sentence) for held, each in zip(here, sought, strict=True)),
        "passage_pairs": share(there),
        "passage_alone": share(alone),
        "passage_near": share(not held and other for held, other in zip(there, near, strict=True)),
        "headings_pairs": share(above),
        "headings_alone": share(alone_above),
        "heading_pairs": share(each.in_pairs(entry.heading) for each in sought),
        "heading_asked": sum(pair in question.folded for pair in both) / len(both) if both else 0.0,
        "either_pairs": share(map(any, zip(there, above, strict=True))),
        "either_alone": share(map(any, zip(alone, alone_above, strict=True))),
        "either_near": share(map(any, zip(there, above, near, strict=True))),
        "sounds": sum(sound in entry.sounds for sound in sounds) / len(sounds) if sounds else 0.0,
        "run": run / len(words) if words else 0.0,
        "run_length": float(min(run, 8)),
        "starts": float(bool(question.spans) and sentence.startswith(question.spans[0])),
        "whole": float(any(len(span) > 1 and span in sentence for span in question.spans)),
    }


def weighed(index: Index, question: Question) -> dict[str, float]:
    """The question's pairs with their weights."""
    asked = sorted({pair for span in question.spans for pair in grams(span) if len(pair) == 2})
    return {pair: index.weight(pair) for pair in asked}


def written_so(index: Index, question: Question, candidate: Candidate, asked: Mapping[str, float]) -> dict[str, float]:
    """The shares of the question's pairs that stand in the sentence, in the passage, anywhere in the papers."""
    total, entry, noun = sum(asked.values()) or 1.0, candidate.entry, question.noun
    sentence = entry.sentences[candidate.sentence].folded
    texts = (sentence, f"{entry.text} {entry.passage.headings}")
    here, there = (sum(weight for pair, weight in asked.items() if pair in text) / total for text in texts)
    known = sum(weight for pair, weight in asked.items() if pair in index.places) / total
    return {
        "noun": float(bool(noun)),
        "noun_missing": float(bool(noun) and not any(char in entry.text for char in noun)),
        "noun_there": float(any(char in sentence for char in noun)),
        "noun_whole": float(len(noun) == 2 and noun in entry.text),
        "noun_apart": float(apart(question, sentence)),
        "noun_unknown": float(len(noun) == 2 and noun not in index.places),
        "written_here": here,
        "written_there": there,
        "written_anywhere": known,
        "written_elsewhere": known - there,
    }


def apart(question: Question, sentence: str) -> bool:
    """Whether it has the noun that is asked for elsewhere than in a word of the question: 社区代表 names no 社区."""
    rest = sentence
    for span in question.spans:
        if len(span) > len(question.noun):
            rest = rest.replace(span, " ")
    return bool(question.noun) and question.noun in rest


def lacking(question: Question, entry: Entry, sought: Sequence[Sought]) -> dict[str, float]:
    """What the question speaks of and the passage does not."""
    longest, heaviest, lost, at = 0, 0.0, 0, 0
    for span in question.spans:
        run, weight, none = 0, 0.0, True
        for place in range(len(span)):
            found = held(span, place, entry)
            run, weight = (0, 0.0) if found else (run + 1, weight + sought[at + place].weight)
            longest, heaviest, none = max(longest, run), max(heaviest, weight), none and not found
        lost, at = lost + none, at + len(span)
    total = sum(each.weight for each in sought)
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
    return any(pair in entry.text or sound_of(pair) in entry.sounds for pair in beside)


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
