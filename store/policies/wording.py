"""Wording: when two questions are the same one. What somebody wrote is kept as it is; only these forms are compared."""

import re
from functools import lru_cache

from store.policies.folding import NUMERALS, fold

POLITE = re.compile(r"^(?:老师|您好|你好|请问|我?想(?:问|知道)|问|一下)+")
PARTICLES = "吗呢吧啊呀哈嘛哦么"
LONGEST = 60  # characters of a question that has kin; what is longer is a text


def normal(text: str) -> str:
    """The normal form: folded, without spaces, courtesies, 的 and the particles at the end."""
    folded = fold(text).replace(" ", "")
    return POLITE.sub("", folded).rstrip(PARTICLES).replace("的", "")


def sound(form: str) -> str:
    """How a normal form sounds, numerals apart: 教研 and 教言 are kin, 十次 and 实次 are not. "" where too long."""
    if len(form) > LONGEST:
        return ""
    return " ".join(map(syllable, form))


@lru_cache(maxsize=10_000)  # each question is sounded out, and looking up a character takes longer than all else
def syllable(char: str) -> str:
    from pypinyin import lazy_pinyin  # a quarter of a second, for questions only

    return char if char in NUMERALS else lazy_pinyin(char)[0]


def turned(form: str) -> str:
    """The same for 多久一次班会 and 班会多久一次, two halves that change places: the least of all rotations.

    Any other order of words may be another question (甲校派到乙校, 乙校派到甲校).
    """
    if len(form) > LONGEST:
        return ""
    return min((form[place:] + form[:place] for place in range(len(form))), default="")
