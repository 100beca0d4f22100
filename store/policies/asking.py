"""Asking: what a question speaks of, and what kind of thing it wants to know."""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, cached_property

from msgspec import Struct

from store.policies.articles import OTHER_THINGS
from store.policies.folding import HAN, NUMERALS, fold, plain
from store.policies.lexicon import Kind, askers, kin, kinds, lights, one_of, patterns, same, terms
from store.policies.numbers import value
from store.policies.ranges import amounts
from store.policies.ranking import SPELT, Entry, Index
from store.policies.slips import mend
from store.policies.stages import by_name

UNKNOWN = "\ue000"  # of the private use area: in no document
ALWAYS = frozenset("的了吗呢吧啊呀哈嘛哦么")  # single characters that only ask wherever they stand
SURE_LENGTHS = (4,)  # of slips that may be mended before the words that only ask are gone
LONGEST = 400  # characters of a question that are read
LONGEST_WORD = 5
MEASURE = "个些种项块位家条样步所名类大套支门点"
SPOKEN = {  # of the south and west, for what the kinds of questions know
    re.compile(r"好多(?=[个名位天日次回趟钱元块人年岁节堂份字月周所]|$)"): "多少",
    re.compile(r"好久(?!没|不)"): "多久",
    re.compile(r"几多"): "多少",
    re.compile(r"[么啥]子"): "什么",
    re.compile(r"咋个"): "怎么",
}
LATIN = re.compile("[a-z]", re.IGNORECASE)
GAP = re.compile(rf"(?<=[{HAN}]) (?=[{HAN}])")
NOUN = re.compile(
    rf"(?:什么|啥|哪(?:一|几|[{NUMERALS}])?|(?<!第)几|多少)[{MEASURE}]?"
    rf"(?![时样意人地事东情内是的会要在有去来了呢吗做办就能才都和才些个，。？?])([{HAN}]{{1,2}})"
)
BEFORE = re.compile(
    rf"([{HAN}]{{2,4}}?)(?:一共|总共|共|到底|究竟)?(?:有|是|设|配)?(?:几|多少)[个名位]?人?(?:$|[，。？?])"
)
SAYING = "讲说写"  # 第三条讲了什么
PARTICLES = "啊呀呢吗嘛哦吧的了几哪什啥是"  # end a noun that is asked for
ARTICLE = re.compile(rf"(?:第|(?<![第\d{NUMERALS}百零]))({SPELT})条(?!{OTHER_THINGS})")  # 三条原则 is none
# 第三十九条 says where to look, not for what.
PLACED = re.compile(rf"第?(?:{SPELT})条|第(?:[{NUMERALS}]{{1,2}}|\d)[款项]")
# A counted name: 六统一, 三一体, 四原则; not 三年, 两个.
NAME = re.compile(rf"([{NUMERALS[1:]}]+)(一?[^{NUMERALS}\W\d年月天日周次名位个步样点条项方类校])")
# 十五理事, 哪四步, 三个“一”; not 三年, 第三, 七年级, 两校区.
MANY = re.compile(
    r"(?<![第\d年月.一二两三四五六七八九十百千每])(俩|仨|\d{1,2}|[二两三四五六七八九十]{1,3})"
    r"(?![\d一二三四五六七八九十百千万年月天日周星级小分点岁元块次号回节课校])"
)

NUMBERS = re.compile(rf"(?<![几第\d{NUMERALS}百])(\d+|[{NUMERALS}百]+)(?=[{HAN}])")


class Question(Struct, frozen=True, dict=True):
    """`folded`: all of it; `spans`: the words that say what is asked about. `kind`: None where none fits.

    `kin`: words of the documents that are near to some of it, each with that. `article`: the number of the 条
    that is named, else 0.
    `noun`: what a what or a which or a how many asks for (什么资格, 哪块田, 几级). `many`: how many things it speaks
    of. `further`: the kinds of the questions behind the first (…几个人？…算在里面吗？). `amounts`: as of `ranges.py`.
    """

    folded: str
    spans: tuple[str, ...]
    kind: Kind | None
    kin: tuple[tuple[str, str], ...] = ()
    article: int = 0
    noun: str = ""
    yes_no: bool = False
    many: frozenset[int] = frozenset()
    further: tuple[Kind | None, ...] = ()
    amounts: tuple[tuple[str, float], ...] = ()

    @property
    def about_nothing(self) -> bool:
        """A mere word that stands in nearly every clause (教联体), or none."""
        return self.kind is None and not self.article and not lights().sub("", "".join(self.spans))

    @property
    def whole_article(self) -> bool:
        """第四十条, 第一条讲了什么: an article, and nothing of it."""
        asks = self.kind is not None and (self.kind.strict or self.kind.fair)
        return self.article > 0 and not asks and not "".join(self.spans).strip(SAYING)

    @cached_property
    def proofs(self) -> tuple[re.Pattern[str], ...]:
        return self.kind.proofs if self.kind is not None and (self.kind.strict or self.kind.fair) else ()

    @cached_property
    def counts(self) -> bool:
        return self.kind is not None and self.kind.name in ("count", "people", "schools")

    @cached_property
    def lists(self) -> bool:
        return self.kind is not None and self.kind.name in ("list", "count", "who", "school", "schools")

    @cached_property
    def names(self) -> list[tuple[str, str]]:
        """Counted names as (numeral, what follows it)."""
        return [found for span in self.spans for found in NAME.findall(span)]

    @cached_property
    def numbers(self) -> list[str]:
        """All that it says, folded."""
        return [fold(number) for number in NUMBERS.findall(self.folded)]

    @cached_property
    def daily(self) -> list[str]:
        """Of the words that papers seldom have."""
        return [word for word in terms("daily") if word in self.folded]


def read(text: str, index: Index) -> Question:
    """A question in anybody's words, as the documents of `index` can be asked."""
    chinese = in_chinese(plain(text[:LONGEST]))
    folded = fold(mend(fold(chinese), index.sounds, index.characters, SURE_LENGTHS))
    folded = by_name(folded, index)
    yes_no = any(pattern.search(folded) for pattern in patterns("yes_no", "patterns"))
    named = article(chinese)
    placed = named in index.articles
    words = by_name(fold(mend(fold(PLACED.sub(" ", chinese)), index.sounds, index.characters, SURE_LENGTHS)), index)
    left = fold(mend(without_askers(words if placed else folded, index), index.sounds, index.characters))
    spans = tuple(counted(span, index, yes_no) for span in left.split() if span.strip(NUMERALS))
    kind = kind_of(chinese)
    return Question(
        folded,
        spans,
        kind,
        tuple(near(spans, index)),
        named,
        noun(chinese) or (before(chinese, spans) if kind is not None and kind.name in ("people", "count") else ""),
        yes_no,
        many(chinese),
        further(chinese),
        amounts(chinese),
    )


def near(spans: Sequence[str], index: Index) -> Iterator[tuple[str, str]]:
    """The words of the question that have kin in the documents, with it; the longest that fits at each place."""
    words = spelt_kin()
    for span in spans:
        for start in range(len(span)):
            for end in range(min(len(span), start + LONGEST_WORD), start + 1, -1):
                for other in words.get(span[start:end], ()):
                    if other != span[start:end] and index.holds(other):
                        yield span[start:end], other


@cache
def spelt_kin() -> Mapping[str, tuple[str, ...]]:
    """Folded, as the question is by now (生孩子 is 生学生)."""
    folded = {word: fold(word) for word in kin()}  # once each: to fold them is what the first question waits for
    near: dict[str, list[str]] = {}
    for word, others in kin().items():
        near.setdefault(folded[word], []).extend(folded[other] for other in others)
    return {word: tuple(dict.fromkeys(others)) for word, others in near.items()}


def article(text: str) -> int:
    """第12条, 12条 and 第十二条 as 12; 0 where none is named."""
    found = ARTICLE.search(text)
    return int(value(found[1])) if found is not None else 0


def noun(text: str) -> str:
    """Folded, at most two characters; "" where the words after it say no more than the asking ones."""
    found = NOUN.search(text)
    word = re.split(f"[{PARTICLES}]", found[1])[0] if found else ""
    return "" if word in MEASURE else fold(word).replace(" ", "")


def before(text: str, spans: Sequence[str]) -> str:
    """What is counted, where it stands before the asking words (监事几个人), folded; "" where none does."""
    found = BEFORE.search(text)
    word = fold(found[1]).replace(" ", "") if found else ""
    return word if word and any(span.endswith(word) for span in spans) else ""


def further(text: str) -> tuple[Kind | None, ...]:
    several = [each for each in re.split(r"[?？]", text) if each.strip()]
    return tuple(map(kind_of, several[1:]))


def many(text: str) -> frozenset[int]:
    """哪四步, 那五样, 六个统一, 俩: the numbers from 2 on that count things, and are no date, rank, time or amount."""
    spelt = MANY.findall(text)
    found = (2 if each == "俩" else 3 if each == "仨" else int(value(each)) for each in spelt)
    return frozenset(number for number in found if number > 1)


def in_chinese(text: str) -> str:
    """English words of school life in Chinese, so that they find a Chinese paper; a region's asking words as usual."""
    chinese = text
    if LATIN.search(text):
        chinese = one_of("english").sub(lambda found: same("english")[found[1].lower()], text)
    for spoken, usual in SPOKEN.items():
        chinese = spoken.sub(usual, chinese)
    return GAP.sub("", chinese)


def kind_of(text: str) -> Kind | None:
    """The names of several things (四个处室叫什么) are a list, and no person's."""
    fit = [kind for kind in kinds() if any(ask.search(text) for ask in kind.asks)]
    return next((kind for kind in fit if kind.name != "person" or not many(text)), None)


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
        spelt = re.compile(rf"{numeral}\S?{first}|{first}\S{{0,2}}{numeral}")
        if not any(has_name(entry, spelt, numeral, first) for entry in index.with_number(numeral)):
            unknown = re.compile(f"{numeral}{first}.?")
            span = span.replace(numeral, "") if yes_no else unknown.sub(lambda found: UNKNOWN * len(found[0]), span)
    return span


def has_name(entry: Entry, spelt: re.Pattern[str], numeral: str, first: str) -> bool:
    """六统一, 处室4个, or a set of so many headings under one that holds the word."""
    if first not in entry.text:
        return False
    return len(entry.passage.members) == NUMERALS.find(numeral) + 1 or spelt.search(entry.text) is not None
