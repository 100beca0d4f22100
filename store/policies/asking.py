"""Asking: what a question speaks of, and what kind of thing it wants to know."""

import re
from dataclasses import dataclass

from store.policies.folding import HAN, NUMERALS, fold
from store.policies.lexicon import askers, kinds, lights, one_of, patterns, same
from store.policies.ranking import Entry, Index
from store.policies.slips import mend
from store.policies.stages import by_name

UNKNOWN = "\ue000"  # of the private use area: in no document
ALWAYS = frozenset("的了吗呢吧啊呀哈嘛哦么")  # single characters that only ask wherever they stand
SURE_LENGTHS = (4,)  # of slips that may be mended before the words that only ask are gone
WITHOUT_TOPIC = frozenset({"purpose", "count"})  # 为什么要办教联体, 有几所学校: about nothing more special
# A counted name: 六统一, 三一体, 四原则; not 三年, 两个.
NAME = re.compile(rf"([{NUMERALS[1:]}]+)(一?[^{NUMERALS}\W\d年月天日周次名位个步样点条项方类校])")


@dataclass(frozen=True, slots=True)
class Question:
    """`spans`: the words that say what is asked about. `kind`: a key of `asking.toml`, "" where none fits.

    `noun`: what is counted, or whose name is asked (几个处室, 组长是谁). All folded.
    """

    folded: str
    spans: tuple[str, ...]
    kind: str
    noun: str

    @property
    def names(self) -> list[tuple[str, str]]:
        """Counted names as (numeral, what follows it)."""
        return [found for span in self.spans for found in NAME.findall(span)]


def read(text: str, index: Index) -> Question:
    """A question in anybody's words, as the documents of `index` can be asked."""
    folded = fold(mend(fold(in_chinese(text)), index.sounds, index.characters, SURE_LENGTHS))
    folded = by_name(folded, index)
    kind, noun = kind_of(folded)
    yes_no = any(pattern.search(folded) for pattern in patterns("yes_no", "patterns"))
    left = fold(mend(without_askers(folded, index), index.sounds, index.characters))
    spans = tuple(counted(span, index, yes_no) for span in left.split() if span.strip(NUMERALS))
    if kind not in WITHOUT_TOPIC and not lights().sub("", "".join(spans)):
        spans = ()
    return Question(folded, spans, kind, noun)


def in_chinese(text: str) -> str:
    """English words of school life in Chinese, so that they find a Chinese paper."""
    words = rf"\b({one_of('english').pattern})(?:s|es)?\b"
    chinese = re.sub(words, lambda found: same("english")[found[1].lower()], text, flags=re.IGNORECASE)
    return re.sub(rf"(?<=[{HAN}]) (?=[{HAN}])", "", chinese)


def kind_of(folded: str) -> tuple[str, str]:
    """The kind, and the noun that the pattern names."""
    for kind in kinds():
        for pattern in patterns("kinds", kind):
            found = pattern.search(folded)
            if found:
                return kind, found.groupdict().get("noun") or ""
    return "", ""


def without_askers(folded: str, index: Index) -> str:
    """Without the words that only ask. A single character that the documents use in such a word stays."""

    def left(found: re.Match[str]) -> str:
        word = found[0]
        kept = len(word) == 1 and word not in ALWAYS and index.knows(folded, found.start())
        return word if kept else " "

    return askers().sub(left, folded)


def counted(span: str, index: Index, yes_no: bool) -> str:
    """A counted name that the documents do not have counts as unknown as a whole, and not as its familiar half.

    五统一, where they say 六统一. Where a yes or no is asked (分四个阶段吗), only the number is not looked for.
    """
    for numeral, first in NAME.findall(span):
        if not any(has_name(entry, numeral, first) for entry in index.entries):
            unknown = re.compile(f"{numeral}{first}.?")
            span = span.replace(numeral, "") if yes_no else unknown.sub(lambda found: UNKNOWN * len(found[0]), span)
    return span


def has_name(entry: Entry, numeral: str, first: str) -> bool:
    """六统一, 处室4个, or a set of so many headings under one that holds the word."""
    if re.search(rf"{numeral}\S?{first}|{first}\S{{0,2}}{numeral}", entry.text):
        return True
    return len(entry.passage.members) == NUMERALS.find(numeral) + 1 and first in entry.text
