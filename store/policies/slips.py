"""Slips: characters typed for others that sound the same (教连体), set right by the document's own words."""

import re
from collections.abc import Iterable, Mapping
from functools import cache

from pypinyin import lazy_pinyin

from store.policies.folding import NUMERALS

LENGTHS = (4, 3, 2)  # characters of the words compared, longest first: a longer one is surer
HAN = re.compile(r"[\u4e00-\u9fff]+")


def sounds(texts: Iterable[str]) -> dict[str, str]:
    """The words of folded texts by their sound; of two that sound alike the first."""
    found: dict[str, str] = {}
    for run in (run for text in texts for run in HAN.findall(text)):
        for length in LENGTHS:
            for start in range(len(run) - length + 1):
                word = run[start : start + length]
                found.setdefault(sound(word), word)
    return found


def mend(question: str, known: Mapping[str, str], characters: frozenset[str], *lengths: int) -> str:
    """The folded question with slips of these lengths replaced; `known` as of `sounds`, `characters`: all of theirs."""
    for length in lengths:
        for start in range(len(question) - length + 1):
            word = question[start : start + length]
            meant = known.get(sound(word)) if HAN.fullmatch(word) else None
            if meant is not None and meant != word and slipped(word, meant, characters):
                question = question[:start] + meant + question[start + length :]
    return question


def slipped(word: str, meant: str, characters: frozenset[str]) -> bool:
    """One character is wrong and no numeral, and a word of two holds a character that the document never uses."""
    wrong = [char for char, right in zip(word, meant, strict=True) if char != right]
    if any(char in NUMERALS for char in wrong) or len(wrong) > 1:
        return False
    return len(word) > 2 or not characters.issuperset(wrong)


def sound(word: str) -> str:
    return " ".join(syllable(char) for char in word)


@cache
def syllable(char: str) -> str:
    """Without tone; zh ch sh are z c s, and -ng is -n, as they are typed in the south."""
    plain = lazy_pinyin(char)[0]
    return re.sub(r"^([zcs])h", r"\1", plain).removesuffix("g") if plain.endswith("ng") else re.sub(r"^([zcs])h", r"\1", plain)
