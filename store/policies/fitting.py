"""Fitting: whether a sentence holds the kind of thing that is asked for, and whether it is left blank (`__`) there."""

import re

from store.policies.asking import Question
from store.policies.folding import HAN, NUMERALS, fold
from store.policies.lexicon import patterns
from store.policies.ranking import Entry, Hit, grams

# Kinds for which a sentence that does not hold the thing may still be the answer.
SOFT = frozenset({"", "list", "place", "duty", "purpose", "basis"})
WITHOUT_PROOF = frozenset({"", "list", "place"})
NAMED_BLANKS = frozenset({"when", "ordinal", "school", "basis"})  # kinds whose proofs show the blank itself
PEOPLE = frozenset({"人", "名", "位"})
NUMBER = f"(?<![每第统])[\\d{NUMERALS}]+"
BRIEF = 200  # characters; up to there, of two sentences the shorter fits a little better


def fitness(question: Question, entry: Entry, place: int) -> float:
    """A factor near 1 on what a sentence covers. The sizes were tuned on the development questions together."""
    folded = entry.sentences[place].folded
    factor = 1 - 0.06 * min(len(folded), BRIEF) / BRIEF
    if entry.passage.members:
        factor *= set_fitness(question, entry)
    elif question.kind not in WITHOUT_PROOF:
        factor *= 1.1 if holds(question, entry, place) else 0.9
    if heading(entry) == " ".join(question.spans):
        factor *= 1.2
    if any(len(span) > 1 and span in folded for span in question.spans):
        factor *= 1.05
    if question.spans and folded.startswith(question.spans[0]):
        factor *= 1.05
    return factor * (1.1 if enumerates(question, entry.sentences[place].text) else 1)


def set_fitness(question: Question, entry: Entry) -> float:
    """A set of headings is for who asks for a list; best where it has as many as were named, or is what is counted."""
    named = any(NUMERALS.find(numeral) + 1 == len(entry.passage.members) for numeral, _ in question.names)
    if named or (question.kind == "count" and question.noun and question.noun in entry.text):
        return 1.25
    return 1.1 if question.kind in ("list", "count") else 0.8


def heading(entry: Entry) -> str:
    """The words of the heading right above, folded, without its number."""
    return " ".join(fold(" ".join(entry.passage.path[-1:])).split()[-1:])


def enumerates(question: Question, text: str) -> bool:
    """六统一(办学理念、…), where 六统一 is asked."""
    plain = re.sub(r"[“”\"个]", "", text)
    return any(re.search(rf"{numeral}{first}\S{{0,2}}[(（:：]", plain) for numeral, first in question.names)


def proves(question: Question, entry: Entry, place: int) -> bool:
    """False where a number, a time, a person is asked for and the sentence names none."""
    if question.kind in SOFT or (entry.passage.members and question.kind == "count"):
        return True
    return holds(question, entry, place)


def holds(question: Question, entry: Entry, place: int) -> bool:
    """Whether the thing asked for stands in the sentence, or in the dates of its stage."""
    sentence = entry.sentences[place]
    if question.kind == "count":
        return counts(question.noun, sentence.folded)
    if question.kind == "method" and question.noun in sentence.folded:
        return True
    proofs = patterns("proofs", question.kind)
    if question.kind == "frequency":
        # 视导诊断制度，每学年开展一次督导: how often goes with what stands between the same commas.
        asked = {gram for span in question.spans for gram in grams(span) if len(gram) == 2}
        parts = [part for part in sentence.folded.split() if grams(part) & asked]
        return any(proof.search(part) for part in parts for proof in proofs)
    words = f"{sentence.text} {sentence.folded} {entry.passage.dates}"
    return any(proof.search(words) for proof in proofs)


def counts(noun: str, words: str) -> bool:
    """A number beside what is counted; people are counted by 名, 位 and 人."""
    if noun in PEOPLE:
        return re.search(rf"{NUMBER}(名|位|人|教师|干部)", words) is not None
    if not noun:
        return re.search(rf"{NUMBER}(名|位|人|个|套|所|支|校)", words) is not None
    return re.search(rf"{NUMBER}\S{{0,6}}[{noun}]|[{noun}]\S{{0,2}}{NUMBER}", words) is not None


def left_blank(question: Question, hit: Hit) -> bool:
    """Whether `__` stands in the very date, number or name that is asked for."""
    words = hit.entry.sentences[hit.sentence].text + " " + hit.entry.passage.dates
    if question.kind in NAMED_BLANKS:
        return any("_" in found[0] for proof in patterns("proofs", question.kind) for found in proof.finditer(words))
    nouns: list[str] = re.findall(rf"(?:什么|哪个|哪)([{HAN}])", question.folded)
    return any("_" + noun in words for noun in nouns)
