"""`docs/sandbox.md` says what there is: flags, methods, acts, kinds of fault, refusals."""

import re
import subprocess
import sys
from typing import get_args

import pytest

from sandbox.control import ACTS
from sandbox.errors import ERRORS, table
from sandbox.faults import Kind
from sandbox.methods import METHODS
from tests.conftest import HOME

TEXT = (HOME / "docs" / "sandbox.md").read_text(encoding="utf-8")


def section(title: str) -> str:
    found = re.search(rf"^#+ {title}\n(.*?)(?=^#|\Z)", TEXT, re.DOTALL | re.MULTILINE)
    assert found is not None
    return found[1]


def named(text: str) -> set[str]:
    return set(re.findall(r"`(\w+)`", text))


def test_the_refusals_are_those_of_the_server() -> None:
    assert table() in TEXT, "run: python -m sandbox.errors"


def test_every_refusal_says_where_its_words_come_from() -> None:
    assert {row.source for row in ERRORS.values()} <= {*("S", "T", "R", "S, P", "T, R", "S, U", "T, U", "R, U", "ours")}


def test_the_methods_are_those_of_the_server() -> None:
    listed = section("Methods").strip().split("\n\n")[0]
    assert {name.lower() for name in named(listed)} == {*METHODS, "getupdates"}


@pytest.mark.parametrize(
    ("title", "names"),
    [
        ("Control over HTTP", {*ACTS, "add_user", "add_group", "fault", "storm", "clear_faults"}),
        ("Faults", set(get_args(Kind))),
    ],
)
def test_each_act_and_each_kind_of_fault_is_named(title: str, names: set[str]) -> None:
    assert names - named(section(title)) == set()


def test_the_flags_are_those_of_the_command() -> None:
    command = (HOME / "sandbox" / "__main__.py").read_text(encoding="utf-8")
    assert set(re.findall(r'add_argument\("(--\w+)"', command)) == set(re.findall(r"^\| `(--\w+)", TEXT, re.MULTILINE))


def test_a_storm_that_could_not_be_is_refused_in_a_line() -> None:
    run = [sys.executable, "-m", "sandbox", "--storm", "2"]
    told = subprocess.run(run, cwd=HOME, capture_output=True, text=True, check=False)
    assert (told.returncode, told.stderr.splitlines()[-1]) == (
        2,
        "python -m sandbox: error: --storm: 2.0: expected a share of more than 0, at most 1",
    )
