"""The lexicon: word lists and patterns of school Chinese, read from the TOML files beside this module."""

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def same(name: str) -> Mapping[str, str]:
    """Each word of `vocabulary` or `english` with the word that stands for it, the first of its line."""
    groups: list[list[str]] = read(name)["same"]
    return {word: group[0] for group in groups for word in group}


@cache
def one_of(name: str) -> re.Pattern[str]:
    """Any word of `same`, the longest that fits."""
    return re.compile("|".join(map(re.escape, longest_first(same(name)))), re.IGNORECASE)


@cache
def terms(table: str) -> tuple[str, ...]:
    """The `words` of a table of `asking`."""
    return tuple(read("asking")[table]["words"])


@cache
def kinds() -> tuple[str, ...]:
    """The kinds of questions, in the order in which they are tried."""
    return tuple(read("asking")["kinds"])


@cache
def patterns(table: str, key: str) -> tuple[re.Pattern[str], ...]:
    return tuple(map(re.compile, read("asking")[table][key]))


@cache
def askers() -> re.Pattern[str]:
    """The words that only ask; English ones as whole words."""
    every = [rf"\b{word}\b" if word.isascii() else word for word in longest_first(terms("asked"))]
    return re.compile("|".join([*every, *read("asking")["asked"]["patterns"]]))


@cache
def lights() -> re.Pattern[str]:
    """The words that tell little."""
    return re.compile("|".join(terms("light")))


def longest_first(every: Mapping[str, str] | tuple[str, ...]) -> list[str]:
    return sorted(every, key=lambda word: (-len(word), word))


@cache
def read(name: str) -> dict[str, Any]:
    return tomllib.loads(files("store.policies").joinpath(f"{name}.toml").read_text(encoding="utf-8"))
