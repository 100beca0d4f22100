"""Folding: question and document brought to one spelling before they are compared. What is shown is never folded."""

import re
import unicodedata
from functools import cache
from typing import TYPE_CHECKING

from store.policies.lexicon import one_of, same

if TYPE_CHECKING:
    from opencc import OpenCC

NUMERALS = "一二三四五六七八九十"
HAN = "\u4e00-\u9fff"
# 三个一体, 三大一体 and 三一体 are one name; so are 六个统一 and 六统一.
MEASURE = re.compile(rf"(?<=[{NUMERALS}])(?:个|项|条|大|种|类|样|位|所|名)(?=[{HAN}])")
QUOTES = re.compile(r"[\"'“”‘’「」『』《》〈〉]")  # “三全”德育 is asked as 三全德育
ASIDE = re.compile(r"[^\w\s+%]|_")
DIGIT = re.compile(r"(?<!\d)[1-9](?!\d)")
SEEN = re.compile(r"[\w\s!-~\u3000-\u301f“”‘’…—·]*")  # what hardly a text goes beyond


def fold(text: str) -> str:
    """Simplified, half width, lower case, one word for each thing, one digit as a numeral; the rest becomes spaces."""
    return spelt(plain(text))


def spelt(text: str) -> str:
    """Folded, of a plain text."""
    words, spaced = same("vocabulary"), ASIDE.sub(" ", QUOTES.sub("", text))
    one = one_of("vocabulary").sub(lambda found: words[found[0]], " ".join(spaced.split()))
    digits = DIGIT.sub(lambda found: NUMERALS[int(found[0]) - 1], one.replace("两", "二"))
    return MEASURE.sub("", digits)


def plain(text: str) -> str:
    """Simplified, half width, lower case, without what is not seen."""
    text = unicodedata.normalize("NFKC", simplified().convert(text)).lower()
    return text if SEEN.fullmatch(text) else "".join(char for char in text if unicodedata.category(char) != "Cf")


@cache
def simplified() -> "OpenCC":
    from opencc import OpenCC  # a tenth of a second, for questions and papers only

    return OpenCC("t2s")
