"""Names on a list: who of the consortium is meant by each."""

import unicodedata
from collections.abc import Sequence
from difflib import SequenceMatcher

from msgspec import Struct

from store.persons import Named

NEAR = 0.6  # of 1: one letter of three is another one
MOST = 5  # candidates


class Meant(Struct, frozen=True):
    """One alone is sure; several, or one that is merely near, are in doubt; none: nobody is called so."""

    people: tuple[Named, ...]
    sure: bool


def meant(name: str, school: str, people: Sequence[Named]) -> Meant:
    """`school`: "" where the list does not say it. Namesakes are told apart by theirs, else asked for."""
    same = [one for one in people if folded(one.name) == folded(name)]
    there = [one for one in same if works_at(one, school)]
    if len(there) == 1:
        return Meant((there[0],), sure=True)
    if same:
        return Meant(tuple((there or same)[:MOST]), sure=False)
    near = sorted((one for one in people if nearness(one, name) >= NEAR), key=lambda one: -nearness(one, name))
    here = [one for one in near if works_at(one, school)]
    return Meant(tuple((here or near)[:MOST]), sure=False)


def folded(text: str) -> str:
    """For comparing: short Chinese names are often spaced out."""
    return "".join(unicodedata.normalize("NFKC", text).split()).casefold()


def works_at(one: Named, school: str) -> bool:
    """Or comes from there; a list may shorten a school's name, or say none."""
    word = folded(school)
    return any(word in folded(name) or folded(name) in word for name in (one.school, one.home) if name)


def nearness(one: Named, name: str) -> float:
    return SequenceMatcher(None, folded(one.name), folded(name)).ratio()
