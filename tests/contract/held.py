"""Which tests hold which promise of the contract (`held.toml`), and what of it is wrong."""

import ast
import tomllib
from functools import cache
from itertools import zip_longest

from tests.conftest import HOME, SHARED

CONTRACT = SHARED / "contract.md"
TESTS = HOME / "tests"
TITLE = "title"  # says what the contract is, and promises nothing

Held = dict[str, dict[str, list[str]]]


def held() -> Held:
    """By section and promise the tests, `file::function` below tests/; none where it is a title."""
    found = tomllib.loads((TESTS / "contract" / "held.toml").read_text(encoding="utf-8"))
    return {
        section: {promise: [] if tests == TITLE else tests for promise, tests in rows.items()}
        for section, rows in found.items()
    }


def unheld(stated: list[tuple[str, str]], kept: Held) -> list[str]:
    """The first place where `held.toml` and the contract part: a promise without a row, or a row that means none."""
    rows = [(section, promise) for section, promises in kept.items() for promise in promises]
    for (section, said), (of, row) in zip_longest(stated, rows, fillvalue=("the end", "")):
        if section != of or not said.startswith(row):
            return [f"{section}: {said or 'no more promises'}: held.toml goes on with {of}: {row or 'no more rows'}"]
    return []


@cache
def functions(file: str) -> frozenset[str]:
    path = TESTS / file
    if not path.is_file():
        return frozenset()
    nodes = ast.parse(path.read_text(encoding="utf-8")).body
    return frozenset(node.name for node in nodes if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


def gone(kept: Held) -> list[str]:
    """Tests that are named and are not there."""
    named = {test for promises in kept.values() for tests in promises.values() for test in tests}
    return sorted(test for test in named if test.partition("::")[2] not in functions(test.partition("::")[0]))
