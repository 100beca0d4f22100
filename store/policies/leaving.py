"""Leaving open: whether `__` stands in the very date, number or name that is asked for."""

from collections.abc import Sequence

from store.policies.asking import Question
from store.policies.lexicon import Kind
from store.policies.ranking import Entry, grams
from store.policies.sought import fold_of, parts_of, plain_of


def left_blank(question: Question, entry: Entry, sentence: int) -> bool:
    """`sentence`: the place in `Entry.sentences` of the one that fits best."""
    dates, kind = entry.passage.dates, question.kind
    if kind is not None and kind.name in ("when", "day") and dates:
        return "_" in dates
    if not entry.sentences:
        return False
    return open_in(question, entry.sentences[sentence].text) or open_beside(question, entry, sentence)


def open_in(question: Question, text: str) -> bool:
    kind = question.kind
    if "_" not in text:
        return False
    parts = parts_of(text)
    at = most_asked(question, parts)
    if kind is None or not (kind.strict or kind.fair):
        return "_" in "".join(parts[at : at + 1])
    if kind.name == "basis":  # 根据《__县“__五”…》: what it rests on stands behind the proof, whatever stops are in it
        plain = plain_of(text)
        return any(
            "_" in plain[found.start() :].split(",")[0] for proof in kind.proofs for found in proof.finditer(plain)
        )
    first = nearest(kind, parts, at)
    return any("_" in found[0] for proof in kind.proofs for found in proof.finditer(first))


def open_beside(question: Question, entry: Entry, sentence: int) -> bool:
    """Another sentence leaves open what is asked for, and says something of the question that the fittest does not:
    首届由____承办, behind the one that is about the contest."""
    for at, each in enumerate(entry.sentences):
        if at != sentence and "_" in each.text and question.proofs:
            more = pairs_of(question) & grams(each.folded) - grams(entry.sentences[sentence].folded)
            blank = any("_" in found[0] for proof in question.proofs for found in proof.finditer(plain_of(each.text)))
            if more and blank:
                return True
    return False


def pairs_of(question: Question) -> set[str]:
    return {pair for span in question.spans for pair in grams(span) if len(pair) == 2}


def most_asked(question: Question, parts: Sequence[str]) -> int:
    """The part between two stops that holds most pairs of the question."""
    asked = pairs_of(question)
    return max(range(len(parts)), key=lambda at: (len(asked & grams(fold_of(parts[at]))), "_" in parts[at], -at))


def nearest(kind: Kind, parts: Sequence[str], at: int) -> str:
    """The nearest part with a thing that is asked for, of two the one behind: in a row of a table (假别：探亲假；天数：
    每年__天) it stands some stops away."""
    places = sorted(range(len(parts)), key=lambda place: (abs(place - at), place < at))
    return next((parts[place] for place in places if kind.proves(parts[place])), "")
