"""Enumerating: whether a passage names as many things as a question speaks of, and under the name it gives them."""

import re
from functools import lru_cache

from store.policies.asking import Question
from store.policies.folding import NUMERALS, fold
from store.policies.headings import labelled
from store.policies.ranking import Entry
from store.policies.sets import NamedSet
from store.policies.sought import Candidate, Quest, fold_of, parts_of, plain_of

NUMBER = rf"(?<![每第统\d{NUMERALS}])[\d{NUMERALS}]+[名个位所]?"
LISTED = re.compile(r"[^，。；：;:,()（）“”]*、[^。；：;:()（）]*")
BETWEEN = re.compile(r"、|[和及与](?=[^、]{1,14}$)")


def enumerated(question: Question, candidate: Candidate) -> dict[str, float]:
    """`set_…`: of what the paper counts and names; `items_…`: of what merely stands side by side."""
    entry = candidate.entry
    sentence = plain_of(entry.sentences[candidate.sentence].text) if entry.sentences else ""
    counted = [each for each in entry.sets if each.count in question.many]
    items, clauses = side_by_side(sentence), len(parts_of(sentence))
    asked = bool(question.many) or question.lists
    return {
        "many": float(bool(question.many)),
        "set_counted": float(bool(counted)),
        "set_here": float(any(each.members[0] in sentence or entry.passage.members for each in counted)),
        "set_named": max(
            (named(question, each) for each in counted or (entry.sets if not question.many else ())), default=0.0
        ),
        "set_mistaken": float(bool(question.many) and bool(entry.sets) and not counted),
        "set_listed": float(question.lists and bool(entry.sets)),
        "items_counted": float(any(each in question.many for each in items)),
        "items_asked": min(max(items, default=0), 6) / 6 if asked else 0.0,
        "clauses_counted": float(clauses in question.many),
        "counted_here": float(question.counts and counts(question.noun, fold_of(sentence))),
        "counted_there": float(question.counts and counts(question.noun, entry.text)),
        "headed": float(asked and headed(question, entry)),
        "bare_count": float(question.counts and "".join(question.spans) == question.noun != ""),
        "uncounted": float(bool(question.many) and not counted and not any(each in question.many for each in items)),
    }


@lru_cache(4096)
def side_by_side(sentence: str) -> tuple[int, ...]:
    """How many things each of its lists has."""
    return tuple(len(BETWEEN.split(each)) for each in LISTED.findall(sentence))


def listed(question: Question, entry: Entry, quest: Quest) -> dict[str, float]:
    """Of a passage that is an introduction with numbered items (下列五项职权：(一)… (二)…): whether it is asked as one,
    with as many, and how much of the question its introduction says."""
    lines = [part[0].text for part in entry.passage.body if part]
    behind = lines[0 if entry.passage.head else 1 :]
    items = sum(labelled(line)[0] is not None for line in behind) if len(behind) > 1 else 0
    several = items > 1
    above = fold_of(plain_of("".join(entry.passage.head[:1]) or "".join(lines[:1]))) if several else ""
    said = quest.weight(quest.in_pairs(above)) / (quest.total or 1.0) if several else 0.0
    return {
        "listed": float(several),
        "listed_asked": float(several and question.lists),
        "listed_counted": float(several and items in question.many),
        "listed_about": said,
        "listed_about_asked": said * (question.lists or bool(question.many)),
    }


def counts(noun: str, folded: str) -> bool:
    """三阶段, 处室四个: a number beside what is counted."""
    return noun != "" and noun in folded and beside_number(noun).search(folded) is not None


@lru_cache(256)
def beside_number(noun: str) -> re.Pattern[str]:
    word = re.escape(noun)
    return re.compile(rf"{NUMBER}\S{{0,3}}{word}|{word}\S{{0,2}}{NUMBER}")


def headed(question: Question, entry: Entry) -> bool:
    """What stands under a heading that the question names: 实施原则 with (一), (二) and (三)."""
    if not entry.passage.members and not (entry.passage.together and len(entry.passage.body) > 1):
        return False
    heading = fold_of(plain_of("".join(entry.passage.head[:1]))).replace(" ", "")
    return any(len(span) > 1 and span in heading for span in question.spans)


def named(question: Question, each: NamedSet) -> float:
    """The share of the name's characters that the question has, numbers and measure words left out."""
    name = said_of(each.name)
    return sum(char in question.folded for char in name) / len(name) if name else 0.0


@lru_cache(1024)
def said_of(name: str) -> tuple[str, ...]:
    return tuple(char for char in fold(name) if char not in NUMERALS + " 个项条大种类样")
