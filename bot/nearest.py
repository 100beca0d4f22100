"""The nearest known word: what someone who mistyped may have meant."""

from collections.abc import Iterable
from difflib import get_close_matches


def nearest(word: str, known: Iterable[str]) -> str:
    """`; perhaps role`, or nothing where no known word is near."""
    found = get_close_matches(word, list(known), n=1, cutoff=0.75)
    return f"; perhaps {found[0]}" if found else ""
