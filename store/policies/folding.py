"""Folding: question and document brought to one spelling before they are compared. What is shown is never folded."""

import re
import tomllib
import unicodedata
from functools import cache
from importlib.resources import files

from opencc import OpenCC

NUMERALS = "一二三四五六七八九十"
# 三个一体, 三大一体 and 三一体 are one name; so are 六个统一 and 六统一.
MEASURE = re.compile(rf"(?<=[{NUMERALS}])(?:个|項|项|条|大|种|类|样|位|所|名)(?=[\u4e00-\u9fff])")


def fold(text: str) -> str:
    """Simplified, half width, lower case, one word for each thing; the rest becomes spaces."""
    plain = unicodedata.normalize("NFKC", simplified().convert(text)).lower()
    plain = "".join(char for char in plain if unicodedata.category(char) != "Cf")
    joined = re.sub(r"[\"'“”‘’「」『』《》〈〉]", "", plain)  # “三全”德育 is asked as 三全德育
    spaced = re.sub(r"[^\w\s+%]|_", " ", joined)
    one = synonyms().sub(lambda found: canonical()[found[0]], " ".join(spaced.split()))
    counted = re.sub(r"(?<!\d)[1-9](?!\d)", lambda found: NUMERALS[int(found[0]) - 1], one.replace("两", "二"))
    return MEASURE.sub("", counted)


@cache
def simplified() -> OpenCC:
    return OpenCC("t2s")


@cache
def canonical() -> dict[str, str]:
    """Each word of `vocabulary.toml` with the word that stands for it."""
    groups: list[list[str]] = words("vocabulary")["same"]
    return {word: group[0] for group in groups for word in group}


@cache
def synonyms() -> re.Pattern[str]:
    longest_first = sorted(canonical(), key=lambda word: (-len(word), word))
    return re.compile("|".join(map(re.escape, longest_first)))


@cache
def words(name: str) -> dict[str, list[list[str]]]:
    """A word list that stands beside this module."""
    return tomllib.loads(files("store.policies").joinpath(f"{name}.toml").read_text(encoding="utf-8"))
