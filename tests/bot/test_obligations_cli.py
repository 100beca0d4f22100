"""`jiaolian obligations`: standings and proposals, as text and as JSON; what is accepted; what is refused."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.bot.command import command
from tests.conftest import HOME

OBLIGATIONS = ("obligations", "--consortium", "chuzhong")
TERM = ("--from", "2026-09-01", "--to", "2027-01-22")


def asked(folder: Path, *more: str) -> Any:
    done = command(folder, *OBLIGATIONS, "--json", *more)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_each_obligation_of_the_file_has_its_clause_and_its_figures(folder: Path) -> None:
    charter = str(HOME / "samples" / "chuzhong-charter.txt")
    assert command(folder, "policy", "import", charter, "--consortium", "chuzhong").returncode == 0
    found = asked(folder, *TERM)
    assert found["proposed"] == []  # the sample has them all
    rows = {row["key"]: row for row in found["obligations"]}
    monthly = rows["monthly-research"]
    assert monthly["quoted"].endswith("每月开展一次共创式主题教研活动。")
    assert monthly["path"] == ["四、工作措施", "(二)教学共研", "1.主题教研"]
    assert [row["key"] for row in monthly["periods"]] == ["2026-09", "2026-10", "2026-11", "2026-12", "2027-01"]
    assert (rows["exchange-core"]["demanded"], rows["exchange-core"]["people"]) == (30, ["t208", "t209", "t308"])
    assert (rows["exchange-core"]["missing"], rows["evening-meeting"]["demanded"]) == (27, None)
    assert {row["quoted"] != "" for row in found["obligations"]} == {True}


def test_what_a_paper_asks_for_is_accepted_and_declined_by_its_key(folder: Path, tmp_path: Path) -> None:
    paper = tmp_path / "办法.txt"
    paper.write_text("样例办法\n一、督导\n每学期开展一次教学督导与检查。\n每学期举办两次读书节。\n", encoding="utf-8")
    assert command(folder, "policy", "import", str(paper), "--consortium", "chuzhong").returncode == 0
    first, second = (row["key"] for row in asked(folder)["proposed"])
    assert "每学期开展一次教学督导与检查" in command(folder, *OBLIGATIONS).stdout
    found = asked(folder, "--accept", first, "--decline", second)
    assert found["proposed"] == []
    [row] = [row for row in found["obligations"] if row["key"] == first]
    assert (row["title"], row["rhythm"], row["document"]) == ("教学督导与检查", "term", "样例办法")
    assert second not in {row["key"] for row in found["obligations"]}
    back = command(folder, "import-plan", "--undo", str(found["amendment"]), "--consortium", "chuzhong")
    assert back.returncode == 0, back.stderr
    assert [row["key"] for row in asked(folder)["proposed"]] == [first, second]


@pytest.mark.parametrize(
    ("options", "status", "refusal"),
    [
        (("--accept", "p1"), 1, "--accept: 'p1': expected the key of what is proposed; there is none"),
        (("--from", "2026-09-01"), 2, "--from and --to go together."),
        (("--from", "2026-09-02", "--to", "2026-09-01"), 1, "--from: 2026-09-02: expected no day after --to"),
    ],
)
def test_what_cannot_be_is_refused(folder: Path, options: tuple[str, ...], status: int, refusal: str) -> None:
    done = command(folder, *OBLIGATIONS, *options, JIAOLIAN_LANGUAGE="en")
    assert (done.returncode, refusal in done.stderr) == (status, True), done.stderr
