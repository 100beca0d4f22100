"""Nothing in the contract is untested: `held.toml` has a row for each promise, and what it names is there."""

import pytest

from tests.contract.conftest import EXAMPLE
from tests.contract.held import CONTRACT, gone, held, unheld
from tests.contract.sentences import promises
from tests.needs import lacking

TEXT = """# A contract
Once said. Twice said; thrice.
## Files (some)
- One line,
  and its end.
- Another (in brackets.) Then more.
| a | b |
|---|---|
| 1 | 2 |
```
tool one
tool two
```
After it.
```toml
x = 1
```
"""


@pytest.fixture(scope="module")
def contract() -> str:
    if not CONTRACT.is_file():
        lacking("the contract: ../shared/contract.md")
    return CONTRACT.read_text(encoding="utf-8")


def test_every_promise_of_the_contract_is_held_by_a_test(contract: str) -> None:
    assert unheld(promises(contract), held()) == []


def test_the_example_is_that_of_the_contract(contract: str) -> None:
    assert f"```toml\n{EXAMPLE.read_text(encoding='utf-8')}```" in contract


def test_every_test_that_is_named_is_there() -> None:
    assert gone(held()) == []
    assert [promise for rows in held().values() for promise, tests in rows.items() if not tests] == [
        "What scripts, tests",
        "Everything else is free",
    ]


def test_a_contract_is_taken_apart() -> None:
    assert promises(TEXT) == [
        *(("A contract", said) for said in ("Once said.", "Twice said;", "thrice.")),
        *(("Files", said) for said in ("One line, and its end.", "Another (in brackets.", "Then more.", "| 1 | 2 |")),
        *(("Files", said) for said in ("tool one", "tool two", "After it.", "```toml")),
    ]


def test_a_promise_without_a_row_and_a_test_that_is_gone_are_seen() -> None:
    stated, kept = promises(TEXT)[:3], {"A contract": {"Once": ["x.py::test_x"], "Twice": []}}
    assert unheld(stated[:2], kept) == []
    assert unheld(stated, kept) == ["A contract: thrice.: held.toml goes on with the end: no more rows"]
    assert unheld(stated[:1], kept) == ["the end: no more promises: held.toml goes on with A contract: Twice"]
    assert unheld(stated, {"A contract": {"Once": [], "Thrice": []}}) == [
        "A contract: Twice said;: held.toml goes on with A contract: Thrice"
    ]
    assert gone(kept) == ["x.py::test_x"]
    assert gone({"": {"": ["contract/test_held.py::test_nowhere"]}}) == ["contract/test_held.py::test_nowhere"]
