"""Asking: what a question speaks of, what kind of thing it wants to know, and which counted names it uses."""

import re
from dataclasses import dataclass
from functools import cache

from store.policies.folding import NUMERALS, fold, words
from store.policies.ranking import Index
from store.policies.slips import mend
from store.policies.stages import named as named_stage

UNKNOWN = "\ue000"  # of the private use area: in no document
SURE_LENGTHS = (4,)  # of slips that may be mended before the words that only ask are gone
ALWAYS = frozenset("的了吗呢吧啊呀哈嘛哦么")  # single characters that only ask wherever they stand
NAME = re.compile(rf"([{NUMERALS[1:]}]+)(一?[^{NUMERALS}\W\d年月天日周次名位个步样点条项方类])")


@dataclass(frozen=True, slots=True)
class Question:
    """`spans`: the words that say what is asked about, folded. `kind`: a key of `asking.toml`, "" where none fits;
    `noun` is what it is asked of (几个处室, 组长是谁)."""

    folded: str
    spans: tuple[str, ...]
    kind: str
    noun: str
    yes_no: bool


def read(text: str, index: Index) -> Question:
    folded = named_stage(fold(mend(fold(english(text)), index.sounds, index.characters, SURE_LENGTHS)), index)
    kind, noun = kind_of(folded)
    yes_no = any(pattern.search(folded) for pattern in patterns("yes_no", "words"))
    left = fold(mend(strip(folded, index), index.sounds, index.characters))
    spans = tuple(counted(span, index, yes_no) for span in left.split() if span.strip(NUMERALS))
    if kind not in ("purpose", "count") and not lights().sub("", "".join(spans)):
        spans = ()
    return Question(folded, spans, kind, noun, yes_no)


def counted(span: str, index: Index, yes_no: bool) -> str:
    """A counted name that the documents do not have counts as unknown as a whole, and not as its familiar half.

    五统一, where they say 六统一. Where a yes or no is asked (分四个阶段吗), only the number is not looked for.
    """
    for numeral, first in NAME.findall(span):
        if not named(index, numeral, first):
            span = span.replace(numeral, "") if yes_no else re.sub(f"{numeral}{first}.?", lambda found: UNKNOWN * len(found[0]), span)
    return span


def named(index: Index, numeral: str, first: str) -> bool:
    """六统一, 处室4个, or a set of so many headings under one that holds the word."""
    near = re.compile(rf"{numeral}\S?{first}|{first}\S{{0,2}}{numeral}")
    return any(
        near.search(entry.text)
        or (len(entry.passage.members) == NUMERALS.find(numeral) + 1 and first in entry.text)
        for entry in index.entries
    )


def english(text: str) -> str:
    """English words of school life in Chinese, so that they find a Chinese paper."""
    lexicon = {english: chinese for chinese, *others in words("english")["same"] for english in others}
    longest = sorted(lexicon, key=lambda word: (-len(word), word))
    pattern = r"\b(" + "|".join(map(re.escape, longest)) + r")(?:s|es)?\b"
    chinese = re.sub(pattern, lambda found: lexicon[found[1].lower()], text, flags=re.IGNORECASE)
    return re.sub(r"(?<=[\u4e00-\u9fff]) (?=[\u4e00-\u9fff])", "", chinese)


def kind_of(folded: str) -> tuple[str, str]:
    """The kind, and the noun that the pattern names."""
    for kind in words("asking")["kinds"]:
        for pattern in patterns("kinds", kind):
            found = pattern.search(folded)
            if found:
                return kind, found.groupdict().get("noun") or ""
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
    asked = words("asking")["asked"]
    every = sorted(asked["words"], key=lambda word: (-len(word), word))
    return re.compile("|".join([*(rf"\b{word}\b" if word.isascii() else word for word in every), *asked["patterns"]]))


@cache
def lights() -> re.Pattern[str]:
    return re.compile("|".join(words("asking")["light"]["words"]))


@cache
def patterns(table: str, key: str) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(pattern) for pattern in words("asking")[table][key])
