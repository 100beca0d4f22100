"""Slips: characters typed for others that sound the same (教连体), set right by the document's own words."""

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache

from store.policies.folding import HAN, NUMERALS

LENGTHS = (4, 3, 2)  # characters of the words compared, longest first: a longer one is surer
LITTLE = frozenset("是的在有由和到几")  # at the edge of a word they stand for themselves
RUN = re.compile(rf"[{HAN}]+")


def sounds(texts: Iterable[str]) -> dict[str, str]:
    """The words of folded texts by their sound, in the order in which they come, parted by spaces: hardly any sound
    has more than one, and ten thousand lists of one cost an index more than all its words."""
    found: dict[str, str] = {}
    known = set[str]()
    for run in dict.fromkeys(run for text in texts for run in RUN.findall(text)):
        heard = list(map(syllable, run))
        for length in LENGTHS:
            for start in range(len(run) - length + 1):
                word = run[start : start + length]
                if word not in known:
                    known.add(word)
                    key = " ".join(heard[start : start + length])
                    found[key] = f"{found[key]} {word}" if key in found else word
    return found


def mend(question: str, known: Mapping[str, str], characters: frozenset[str], lengths: Sequence[int] = LENGTHS) -> str:
    """The folded question with slips of these lengths replaced.

    `known` as of `sounds`; `characters`: all that the documents use.
    """
    for length in lengths:
        for start in range(len(question) - length + 1):
            word = question[start : start + length]
            alike = known.get(sound(word), "").split() if RUN.fullmatch(word) else ()
            meant = next((other for other in alike if slipped(word, other, characters)), None)
            if meant is not None and word not in alike and not written(question, start, word, meant, known):
                question = question[:start] + meant + question[start + length :]
    return question


def written(question: str, start: int, word: str, meant: str, known: Mapping[str, str]) -> bool:
    """The character that would be wrong makes a word of the documents with a neighbour: 二天事假 is not 二天视假."""
    wrong = start + next(place for place in range(len(word)) if word[place] != meant[place])
    beside = (question[at : at + 2] for at in (wrong - 1, wrong) if at >= 0)
    return any(pair in known.get(sound(pair), "").split() for pair in beside if len(pair) == 2 and RUN.fullmatch(pair))


def slipped(word: str, meant: str, characters: frozenset[str]) -> bool:
    """One character is wrong and no numeral, and in a word of two the documents never use the wrong one."""
    wrong = [place for place in range(len(word)) if word[place] != meant[place]]
    if len(wrong) != 1 or word[wrong[0]] in NUMERALS:
        return False
    if word[wrong[0]] in LITTLE and wrong[0] in (0, len(word) - 1):
        return False
    return len(word) > 2 or word[wrong[0]] not in characters


def sounded(text: str) -> str:
    """Its syllables, each between two bars; what is not Chinese parts them."""
    return " ".join(f"|{'|'.join(map(syllable, run))}|" for run in RUN.findall(text))


def sound(word: str) -> str:
    return " ".join(map(syllable, word))


@cache
def syllable(char: str) -> str:
    """Without tone; zh ch sh are z c s and -ng is -n, as half the country hears them."""
    from pypinyin import lazy_pinyin  # a quarter of a second, for questions only

    plain = re.sub(r"^([zcs])h", r"\1", lazy_pinyin(char)[0])
    return plain.removesuffix("g") if plain.endswith("ng") else plain
