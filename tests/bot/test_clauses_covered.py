"""Each clause of the three plans is covered, or listed as text only: the list is held against samples and charters."""

import re
import tomllib
from collections.abc import Iterator
from functools import cache

import pytest

from bot.file import consortium_file
from handlers.exchanges import posts
from store.blueprint import Blueprint
from store.policies.clauses import flat
from store.policies.importing import Paper, paper
from store.policies.numbers import numbers
from store.policies.sets import sets
from tests.conftest import HOME, SHARED

DOMAIN = SHARED / "domain.md"
COVERED: dict[str, dict[str, list[str]]] = tomllib.loads(
    (HOME / "tests" / "bot" / "clauses_covered.toml").read_text(encoding="utf-8")
)
ROWS = [(key, number, way) for key, rows in COVERED.items() for number, ways in rows.items() for way in ways]
NUMBER = re.compile(r"^\| (S[1-3]-\d\d) \|", re.MULTILINE)


@cache
def sample(key: str) -> Blueprint:
    return consortium_file.read(HOME / "samples" / f"{key}.toml")


@cache
def charter(key: str) -> Paper:
    return paper(HOME / "samples" / f"{key}-charter.txt")


def found(key: str, kind: str) -> Iterator[str]:
    """What a way of that kind may name."""
    file, drafts = sample(key), list(flat(charter(key).drafts))
    match kind:
        case "obligation" | "milestone" | "activity":
            yield from (one.key for one in getattr(file, kind))
        case "exchange":
            yield from (one.from_ for one in file.exchange)
        case "post":
            yield from (post for person in file.person for post in posts(person))
        case "set":
            yield from (one.name for clause in drafts for one in sets(clause))
        case "number":
            yield from (fact.text for clause in drafts for fact in numbers(clause.text))


@pytest.mark.parametrize(("key", "number", "way"), ROWS, ids=str)
def test_a_clause_is_covered_as_the_list_says(key: str, number: str, way: str) -> None:
    kind, _, name = way.partition(" ")
    if kind == "elsewhere":
        assert number == "S0-01"
    elif kind == "text":
        assert name in charter(key).text
    elif kind == "blank":
        assert any(name in clause.text and clause.blank for clause in flat(charter(key).drafts))
    else:
        assert name in set(found(key, kind))


def test_each_row_of_the_file_stands_in_the_list() -> None:
    """No obligation of a sample is without a clause behind it."""
    for key, rows in COVERED.items():
        named = {way for ways in rows.values() for way in ways}
        obliged = {f"obligation {one.key}" for one in sample(key).obligation}
        dated = {f"milestone {one.key}" for one in sample(key).milestone}
        assert (obliged | dated) - named == set(), key


def test_no_clause_of_the_domain_is_missing() -> None:
    if not DOMAIN.exists():
        pytest.skip(f"{DOMAIN} is not here: the list cannot be held against it")
    listed = {number for rows in COVERED.values() for number in rows} - {"S0-01"}
    stated = set(NUMBER.findall(DOMAIN.read_text(encoding="utf-8")))
    assert len(stated) == 126
    assert listed == stated


def test_a_plan_that_names_no_frequency_has_no_quota_of_events() -> None:
    assert sample("lianheti").obligation == ()
    assert {one.rhythm for one in sample("xiaoxue").obligation} == {"standing"}
