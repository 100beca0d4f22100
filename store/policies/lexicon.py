"""The lexicon: word lists and patterns of school Chinese, read from the TOML files beside this module."""

import re
import tomllib
from collections.abc import Mapping
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

from msgspec import Struct

NUMBER = r"[\d_一二三四五六七八九十百千万两半零〇]+"


@cache
def same(name: str) -> Mapping[str, str]:
    """Each word of `vocabulary` or `english` with the word that stands for it, the first of its line."""
    groups: list[list[str]] = read(name)["same"]
    return {word: group[0] for group in groups for word in group}


@cache
def one_of(name: str) -> re.Pattern[str]:
    """Any word of `same`, the longest that fits; of `english`, in whatever case and in the plural, as its group 1."""
    words = "|".join(map(re.escape, longest_first(same(name))))
    return re.compile(rf"\b({words})(?:s|es)?\b", re.IGNORECASE) if name == "english" else re.compile(words)


@cache
def terms(table: str) -> tuple[str, ...]:
    """The `words` of a table of `asking`."""
    return tuple(read("asking")[table]["words"])


class Kind(Struct, frozen=True):
    """A kind of question. `strict`: only a proof answers it; `fair`: hardly anything else does."""

    name: str
    strict: bool
    fair: bool
    asks: tuple[re.Pattern[str], ...]
    proofs: tuple[re.Pattern[str], ...]

    def proves(self, words: str) -> bool:
        """Whether the words, simplified and in half width, hold what answers."""
        return proven(self.name, words)


@cache
def kinds() -> tuple[Kind, ...]:
    """In the order in which they are tried."""
    return tuple(
        Kind(
            each["name"],
            each["proof"] == "strict",
            each["proof"] == "fair",
            tuple(re.compile(ask, re.IGNORECASE) for ask in each["asks"]),
            tuple(re.compile(proof.replace("N", NUMBER)) for proof in each["proofs"]),
        )
        for each in read("kinds")["kind"]
    )


@lru_cache(8192)  # of parts of papers, which are asked again and again
def proven(kind: str, words: str) -> bool:
    return any(proof.search(words) for proof in proofs_of(kind))


@cache
def proofs_of(kind: str) -> tuple[re.Pattern[str], ...]:
    return next(each.proofs for each in kinds() if each.name == kind)


@cache
def kin() -> Mapping[str, tuple[str, ...]]:
    """Each word of `kin` with those that are near to it."""
    near: dict[str, list[str]] = {}
    for group in read("kin")["kin"]:
        for word in group:
            near.setdefault(word, []).extend(other for other in group if other != word)
    return {word: tuple(dict.fromkeys(others)) for word, others in near.items()}


@cache
def patterns(table: str, key: str) -> tuple[re.Pattern[str], ...]:
    return tuple(map(re.compile, read("asking")[table][key]))


@cache
def askers() -> re.Pattern[str]:
    """The words that only ask; English ones as whole words."""
    every = [rf"\b{word}\b" if word.isascii() else word for word in longest_first(terms("asked"))]
    return re.compile("|".join([*read("asking")["asked"]["patterns"], *every]))


@cache
def lights() -> re.Pattern[str]:
    """The words that tell little."""
    return re.compile("|".join(terms("light")))


def longest_first(every: Mapping[str, str] | tuple[str, ...]) -> list[str]:
    return sorted(every, key=lambda word: (-len(word), word))


@cache
def read(name: str) -> dict[str, Any]:
    return tomllib.loads(files("store.policies").joinpath(f"{name}.toml").read_text(encoding="utf-8"))
