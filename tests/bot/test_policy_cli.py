"""`jiaolian policy` from the outside: the contract's shapes, and refusals of one line."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from bot.cli import commands
from store.complaint import Complaint
from store.database import Store
from store.migrating import upgrade
from tests.store.policy_sample import CHARTER, TITLE, adopt

Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """The command in a folder with a paper, over a store with the consortiums `river` and `hill`."""
    monkeypatch.chdir(tmp_path)
    url = f"sqlite:///{tmp_path}/cli.db"
    store = Store(url)
    upgrade(store)
    store.call(adopt, "river")
    store.call(adopt, "hill")
    store.close()
    (tmp_path / "charter.txt").write_text(f"{TITLE}\n{CHARTER}", encoding="utf-8")

    def command(*words: str, language: str = "zh") -> Result:
        environment = {"JIAOLIAN_DATABASE_URL": url, "JIAOLIAN_LANGUAGE": language}
        return CliRunner().invoke(commands, ["policy", *words], env=environment)

    return command


def answer(result: Result) -> Any:
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def refused(result: Result) -> str:
    assert isinstance(result.exception, Complaint)
    assert result.stdout == ""
    return str(result.exception)


def test_an_import_counts_its_clauses_and_a_dry_run_leaves_nothing(run: Run) -> None:
    words = ("import", "charter.txt", "--consortium", "river", "--json")
    trial, done, again = answer(run(*words, "--dry-run")), answer(run(*words)), answer(run(*words))
    assert trial == done
    assert done == {
        "document": TITLE,
        "edition": 1,
        "clauses": done["added"],
        "added": done["clauses"],
        "changed": 0,
        "removed": 0,
    }
    assert again == {**done, "added": 0}


def test_a_question_is_answered_in_the_contracts_shape(run: Run) -> None:
    run("import", "charter.txt", "--consortium", "river")
    found = answer(run("ask", "交流几年", "--consortium", "river", "--json"))
    assert [found["question"], found["tier"], found["note"]] == ["交流几年", "answer", None]
    assert [*found["answers"][0]] == ["text", "document", "edition", "path", "score"]


def test_none_has_no_answers_and_says_what_was_searched(run: Run) -> None:
    run("import", "charter.txt", "--consortium", "river")
    found = answer(run("ask", "请假找谁批", "--consortium", "river", "--json"))
    assert [found["tier"], found["answers"]] == ["none", []]
    assert TITLE in found["note"]


def test_a_batch_answers_as_alone_in_its_order(run: Run, tmp_path: Path) -> None:
    run("import", "charter.txt", "--consortium", "river")
    asked = [("b", "river", "交流几年"), (7, "hill", "交流几年"), ("a", "river", "什么时候挂牌")]
    lines = [json.dumps({"id": id, "consortium": key, "question": question}) for id, key, question in asked]
    (tmp_path / "batch.jsonl").write_text("\n".join([*lines, ""]), encoding="utf-8")
    result = run("ask", "--batch", "batch.jsonl", "--json")
    assert result.exit_code == 0, result.output
    alone = [{"id": id, **answer(run("ask", question, "--consortium", key, "--json"))} for id, key, question in asked]
    assert [json.loads(line) for line in result.stdout.splitlines()] == alone


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("nonsense", "batch.jsonl:2: 'nonsense': expected a JSON object"),
        ("[1]", "batch.jsonl:2: '[1]': expected a JSON object"),
        ('{"id": 1, "question": "x"}', "batch.jsonl:2: consortium: None: expected a text"),
        ('{"consortium": "river", "question": "x"}', "batch.jsonl:2: id: None: expected an id"),
        ('{"id": 1, "consortium": "valley", "question": "x"}', "'valley': expected the key of a consortium"),
    ],
)
def test_a_bad_row_is_refused_and_nothing_is_printed(run: Run, tmp_path: Path, line: str, said: str) -> None:
    good = '{"id": 0, "consortium": "river", "question": "交流几年"}'
    (tmp_path / "batch.jsonl").write_text(f"{good}\n{line}\n", encoding="utf-8")
    assert said in refused(run("ask", "--batch", "batch.jsonl", "--json"))


def test_the_clauses_are_shown_as_a_tree(run: Run) -> None:
    run("import", "charter.txt", "--consortium", "river")
    shown = answer(run("show", "--consortium", "river", "--json"))
    assert [shown[0]["document"], shown[0]["edition"]] == [TITLE, 1]
    assert [*shown[0]["clauses"][0]] == ["path", "label", "text", "blank", "clauses"]
    assert answer(run("show", "--consortium", "hill", "--json")) == []


@pytest.mark.parametrize("words", [("import", "charter.txt"), ("ask", "交流几年"), ("show",)])
def test_an_unknown_consortium_is_refused(run: Run, words: tuple[str, ...]) -> None:
    assert "'valley': expected the key" in refused(run(*words, "--consortium", "valley"))


@pytest.mark.parametrize("language", ["zh", "en"])
def test_what_is_printed_for_people_quotes_and_cites(run: Run, language: str) -> None:
    said = run("import", "charter.txt", "--consortium", "river", language=language)
    assert said.exit_code == 0
    assert TITLE in said.stdout
    printed = run("ask", "筹备启动是什么时候", "--consortium", "river", language=language).stdout
    assert "(20__年__月—20__年__月)\n成立筹备组" in printed
    assert "1、筹备启动\n(20__年__月—20__年__月)" in printed
    assert ("空白" if language == "zh" else "left blank") in printed
    undecided = run("ask", "请假找谁批", "--consortium", "river", language=language).stdout
    assert TITLE in undecided


def test_a_question_without_its_consortium_is_wrong_usage(run: Run) -> None:
    assert run("ask", "交流几年").exit_code == 2
