"""`jiaolian policy` from the outside: the contract's shapes, and refusals of one line."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from bot.cli import commands
from bot.commands.office import Office
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


def test_a_dry_run_tells_people_that_nothing_was_written(run: Run) -> None:
    words = ("import", "charter.txt", "--consortium", "river")
    trial, done = run(*words, "--dry-run").stdout.splitlines(), run(*words).stdout.splitlines()
    assert trial[-1] == "试算，什么也没有写入。"
    assert trial[0] == done[0]
    assert trial[-1] not in done


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


@pytest.mark.parametrize("question", ["", "   ", "？！", "\ud83d交流几年"])
def test_a_question_without_a_word_is_refused(run: Run, question: str) -> None:
    assert "expected a question in words" in refused(run("ask", question, "--consortium", "river"))


def test_a_greeting_is_a_question_that_no_paper_decides(run: Run) -> None:
    run("import", "charter.txt", "--consortium", "river")
    assert answer(run("ask", "你好", "--consortium", "river", "--json"))["tier"] == "none"


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
        ('{"id": 1, "consortium": "river", "question": "\\ud83d"}', "question: '\\ud83d': expected a text"),
        ('{"id": 1, "consortium": "valley", "question": "x"}', "batch.jsonl:2: consortium: 'valley': expected the key"),
    ],
)
def test_a_bad_row_is_refused_and_nothing_is_printed(run: Run, tmp_path: Path, line: str, said: str) -> None:
    good = '{"id": 0, "consortium": "river", "question": "交流几年"}'
    (tmp_path / "batch.jsonl").write_text(f"{good}\n{line}\n", encoding="utf-8")
    assert said in refused(run("ask", "--batch", "batch.jsonl", "--json"))


def test_a_batch_takes_no_question_beside_it(run: Run, tmp_path: Path) -> None:
    (tmp_path / "batch.jsonl").write_text('{"id": 0, "consortium": "river", "question": "交流几年"}', encoding="utf-8")
    assert run("ask", "交流几年", "--batch", "batch.jsonl").exit_code == 2
    assert run("ask", "--consortium", "river", "--batch", "batch.jsonl").exit_code == 2


def test_the_first_of_several_unknown_consortia_is_told(run: Run, tmp_path: Path) -> None:
    lines = [json.dumps({"id": 0, "consortium": key, "question": "交流几年"}) for key in ("cave", "moor")]
    (tmp_path / "batch.jsonl").write_text("\n".join(lines), encoding="utf-8")
    assert "batch.jsonl:1: consortium: 'cave': " in refused(run("ask", "--batch", "batch.jsonl"))


def test_the_clauses_are_shown_as_a_tree(run: Run) -> None:
    run("import", "charter.txt", "--consortium", "river")
    shown = answer(run("show", "--consortium", "river", "--json"))
    assert [shown[0]["document"], shown[0]["edition"]] == [TITLE, 1]
    assert [*shown[0]["clauses"][0]] == ["path", "label", "text", "blank", "clauses"]
    assert answer(run("show", "--consortium", "hill", "--json")) == []
    for words in ("show", "editions"):
        assert "没有现行的方案" in run(words, "--consortium", "hill").stdout


def test_a_second_edition_is_shown_clause_by_clause_before_it_takes_force(run: Run, tmp_path: Path) -> None:
    words = ("import", "charter.txt", "--consortium", "river")
    run(*words)
    text = CHARTER.replace("交流时间为两年", "交流时间为三年").replace("设理事长1名、", "") + "\n六、补充\n另行通知。"
    (tmp_path / "charter.txt").write_text(f"{TITLE}\n{text}", encoding="utf-8")
    trial = answer(run(*words, "--dry-run", "--json"))
    assert (trial["edition"], trial["before"], trial["added"], trial["changed"], trial["moved"]) == (2, 1, 2, 2, 0)
    assert trial["unchanged"] == trial["clauses"] - 4
    assert [change["change"] for change in trial["changes"]] == ["changed", "changed", "added", "added"]
    assert trial["changes"][2]["now"] == {"path": ["六、补充"], "text": "六、补充"}
    assert answer(run("show", "--consortium", "river", "--json"))[0]["edition"] == 1
    said = run(*words).stdout
    assert "与第 1 版逐条对照" in said
    assert "交流时间为两年" in said
    assert "新增：六、补充" in said


def test_an_earlier_edition_stays_readable_with_the_time_it_was_in_force(run: Run, tmp_path: Path) -> None:
    run("import", "charter.txt", "--consortium", "river")
    (tmp_path / "charter.txt").write_text(f"{TITLE}\n{CHARTER}\n六、补充", encoding="utf-8")
    run("import", "charter.txt", "--consortium", "river")
    second, first = answer(run("editions", "--consortium", "river", "--json"))
    assert (second["edition"], second["ended_at"]) == (2, None)
    assert first["ended_at"] >= first["imported_at"]
    (shown,) = answer(run("show", "--consortium", "river", "--edition", "1", "--json"))
    assert (shown["edition"], shown["ended_at"]) == (1, first["ended_at"])
    assert "六、补充" not in json.dumps(shown, ensure_ascii=False)
    assert "第1版" in run("show", "--consortium", "river", "--edition", "1").stdout
    assert "--edition: 3: expected" in refused(run("show", "--consortium", "river", "--edition", "3"))


def test_a_withdrawn_document_answers_no_more(run: Run) -> None:
    run("import", "charter.txt", "--consortium", "river")
    gone = answer(run("withdraw", TITLE, "--consortium", "river", "--dry-run", "--json"))
    assert gone["ended_at"] is not None
    assert answer(run("ask", "交流几年", "--consortium", "river", "--json"))["tier"] == "answer"
    assert "什么也没有写入" in run("withdraw", TITLE, "--consortium", "river", "--dry-run").stdout
    assert "已撤下" in run("withdraw", f"《{TITLE}》", "--consortium", "river").stdout
    assert answer(run("ask", "交流几年", "--consortium", "river", "--json"))["tier"] == "none"
    assert answer(run("show", "--consortium", "river", "--json")) == []
    assert answer(run("show", "--consortium", "river", "--edition", "1", "--json"))[0]["document"] == TITLE
    assert "the title of a document in force" in refused(run("withdraw", TITLE, "--consortium", "river"))


def test_days_are_those_of_the_consortium_s_calendar(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Late in the evening of London it is the next day in Shanghai, as in an answer."""
    evening = datetime(2026, 11, 28, 22, tzinfo=UTC)
    monkeypatch.setattr(Office, "now", lambda _: evening)
    run("import", "charter.txt", "--consortium", "river")
    for words in (("show",), ("editions",), ("withdraw", TITLE)):
        assert "2026-11-29 起生效" in run(*words, "--consortium", "river").stdout


def test_what_is_known_of_a_clause_stands_beside_its_words(run: Run, tmp_path: Path) -> None:
    text = "样例办法\n一、总则\n三个不变：甲，乙，丙。\n核心校选派30名教师到成员校任教。"
    (tmp_path / "b.txt").write_text(text, encoding="utf-8")
    run("import", "b.txt", "--consortium", "river")
    first, second = answer(run("show", "--consortium", "river", "--json"))[0]["clauses"][0]["clauses"]
    assert first["sets"] == [{"name": "三个不变", "count": 3, "members": ["甲", "乙", "丙"]}]
    (given,) = second["numbers"]
    assert (given["fact"], given["number"], given["unit"]) == ("given", 30, "名")
    assert (given["from"], given["to"], given["text"]) == ("核心校", "成员校", "核心校选派30名教师到成员校任教")


@pytest.mark.parametrize(
    "words", [("import", "charter.txt"), ("ask", "交流几年"), ("show",), ("editions",), ("withdraw", "x")]
)
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
