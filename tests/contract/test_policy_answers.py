"""Contract, "Policy answers": shape, tiers, and that whatever is said stands in the paper."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.bot.command import command
from tests.conftest import HOME
from tests.contract.conftest import CHARTER

QUESTIONS = HOME / "samples" / "policies" / "chuzhong.jsonl"
ASKED = 25  # of those for measuring, spread over all of them


@pytest.fixture(scope="module")
def answers(applied: Path, tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, Any]]:
    rows = [json.loads(line) for line in QUESTIONS.read_text(encoding="utf-8").splitlines()]
    batch = tmp_path_factory.mktemp("batch") / "batch.jsonl"
    asked = [
        {"id": number, "consortium": "chuzhong", "question": row["question"]}
        for number, row in enumerate(rows[:: len(rows) // ASKED])
    ]
    batch.write_text("\n".join(json.dumps(one) for one in asked), encoding="utf-8")
    done = command(applied, "policy", "ask", "--batch", str(batch), "--json")
    assert (done.returncode, done.stderr) == (0, "")
    found = [json.loads(line) for line in done.stdout.splitlines()]
    assert [(one["id"], one["question"]) for one in found] == [(one["id"], one["question"]) for one in asked]
    return found


def test_an_answer_has_the_contracts_shape_and_range(answers: list[dict[str, Any]]) -> None:
    for one in answers:
        assert one.keys() >= {"question", "tier", "answers", "note"}
        for answer in one["answers"]:
            assert answer.keys() >= {"text", "document", "edition", "path", "score"}
            assert answer["edition"] == 1
            assert 0 <= answer["score"] <= 1
            assert isinstance(answer["path"], list)


def test_each_tier_has_as_many_answers_as_the_contract_says(answers: list[dict[str, Any]]) -> None:
    counts: dict[str, set[int]] = {}
    for one in answers:
        counts.setdefault(one["tier"], set()).add(len(one["answers"]))
        assert bool(one["note"]) >= (one["tier"] == "none")
    assert counts.keys() == {"answer", "choices", "none"}
    assert (counts["answer"], counts["none"]) == ({1}, {0})
    assert counts["choices"] <= {2, 3}
    scores = [[answer["score"] for answer in one["answers"]] for one in answers]
    assert scores == [sorted(best_first, reverse=True) for best_first in scores]


def test_every_line_of_an_answer_stands_in_the_paper_and_600_characters_are_the_most(
    answers: list[dict[str, Any]],
) -> None:
    paper = "".join(CHARTER.read_text(encoding="utf-8").split())
    said = [answer["text"] for one in answers for answer in one["answers"]]
    assert len(said) > ASKED / 2
    assert max(map(len, said)) <= 600
    assert [line for text in said for line in text.splitlines() if "".join(line.split()) not in paper] == []
