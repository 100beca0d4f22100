"""`jiaolian class-meetings`: the grid as JSON, as a picture, and what is refused."""

import json
from pathlib import Path

import pytest

from tests.bot.command import command

GRID = ("class-meetings", "--consortium", "chuzhong")


def test_the_grid_as_json_has_each_class_and_each_week(folder: Path) -> None:
    done = command(folder, *GRID, "--json")
    assert done.returncode == 0, done.stderr
    rows = json.loads(done.stdout)
    assert {len(row["weeks"]) for row in rows} == {21}
    assert rows[0]["weeks"][0] == {"week": 1, "state": "not_counted", "day": None, "reason": "开学前", "held": 0}


def test_the_picture_of_one_school_is_written(folder: Path) -> None:
    done = command(folder, *GRID, "--school", "core", "--out", "classes.svg")
    assert done.returncode == 0, done.stderr
    assert "七(1)班" in (folder / "classes.svg").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("options", "status", "refusal"),
    [
        ((), 2, "--out or --json"),
        (("--json", "--out", "a.svg"), 2, "--out or --json"),
        (("--json", "--school", "nowhere"), 1, "--school: 'nowhere': expected the key of a school of chuzhong"),
        (("--out", "a.pdf"), 1, "--out: a.pdf: expected a file whose name ends in .png or .svg"),
    ],
)
def test_what_cannot_be_is_refused(folder: Path, options: tuple[str, ...], status: int, refusal: str) -> None:
    done = command(folder, *GRID, *options, JIAOLIAN_LANGUAGE="en")
    assert (done.returncode, refusal in done.stderr) == (status, True), done.stderr
