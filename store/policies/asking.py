"""Asking: what a question speaks of, what kind of thing it wants to know, and which counted names it uses."""

import re
from dataclasses import dataclass
from functools import cache

from store.policies.folding import NUMERALS, fold, words
from store.policies.ranking import Index
from store.policies.slips import mend

ALWAYS = frozenset("的了吗呢吧啊呀哈嘛哦么")  # single characters that only ask wherever they stand
NAME = re.compile(rf"([{NUMERALS[1:]}]+)([^{NUMERALS}\W\d年月天日周次名位个步样点条项方])")


@dataclass(frozen=True, slots=True)
class Question:
    """`spans`: the words that say what is asked about, folded. `kind`: a key of `asking.toml`, "" where none fits.

    `names`: counted names (六统一, 四原则) as (numeral, character after it).
    """

    folded: str
    spans: tuple[str, ...]
    kind: str
    names: tuple[tuple[str, str], ...]
    yes_no: bool


def read(text: str, index: Index) -> Question:
    folded = mend(fold(english(text)), index.sounds, index.characters)
    kind, asked = kind_of(folded)
    spans = tuple(strip(folded.replace(asked, " ") if asked else folded, index).split())
    names = tuple(found for span in spans for found in NAME.findall(span))
    return Question(folded, spans, kind, names, any(pattern.search(folded) for pattern in patterns("yes_no", "words")))


def english(text: str) -> str:
    """English words of school life in Chinese, so that they find a Chinese paper."""
    lexicon = {english: chinese for chinese, *others in words("english")["same"] for english in others}
    longest = sorted(lexicon, key=lambda word: (-len(word), word))
    pattern = r"\b(" + "|".join(map(re.escape, longest)) + r")(?:s|es)?\b"
    return re.sub(pattern, lambda found: lexicon[found[1].lower()], text, flags=re.IGNORECASE)


def kind_of(folded: str) -> tuple[str, str]:
    """The kind, and the words that ask for it."""
    for kind in words("asking")["kinds"]:
        for pattern in patterns("kinds", kind):
            found = pattern.search(folded)
            if found:
                return kind, found[0]
    return "", ""


def strip(folded: str, index: Index) -> str:
    """Without the words that only ask. A single character that the documents use in such a word stays."""

    def blank(found: re.Match[str]) -> str:
        word, start, end = found[0], found.start(), found.end()
        if len(word) > 1 or word in ALWAYS:
            return " "
        pairs = (folded[max(start - 1, 0) : end], folded[start : end + 1])
        return word if any(len(pair) == 2 and index.counts[pair] for pair in pairs) else " "

    return askers().sub(blank, folded)


@cache
def askers() -> re.Pattern[str]:
    every = sorted(words("asking")["asked"]["words"], key=lambda word: (-len(word), word))
    return re.compile("|".join(rf"\b{word}\b" if word.isascii() else re.escape(word) for word in every))


@cache
def patterns(table: str, key: str) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(pattern) for pattern in words("asking")[table][key])
