"""`jiaolian policy questions` and `unanswered` from the outside."""

from pathlib import Path

import pytest

from bot.refusal_words import refusal_words
from tests.bot.test_policy_cli import Run, answer, refused, run
from tests.conftest import HOME
from tests.store.policy_sample import CHARTER, TITLE

__all__ = ["run"]
SAYS = "每月开展一次联合教研"
QUESTION = "大伙儿多久聚一回？"


def asked(run: Run, question: str = QUESTION) -> str:
    found = answer(run("ask", question, "--consortium", "river", "--json"))
    return str(found["answers"][0]["text"] if found["tier"] == "answer" else found["tier"])


def test_a_question_is_added_shown_and_removed(run: Run) -> None:
    run("import", "charter.txt", "--consortium", "river")
    words = ("questions", "--consortium", "river")
    trial = answer(run(*words, "--add", QUESTION, "--says", SAYS, "--dry-run", "--json"))
    assert asked(run) == "none"
    added = answer(run(*words, "--add", QUESTION, "--says", SAYS, "--json"))
    assert trial == added
    path = ["三、共同工作", "(一)教研联动"]
    whole = "每月开展一次联合教研，每学期举办一次课例展评。"
    there = {"question": QUESTION, "document": TITLE, "path": path, "words": whole}
    assert added == [there | {"proposed": False, "answers": True}]
    assert SAYS in asked(run)
    assert f"{QUESTION} → 《{TITLE}》三、共同工作 › (一)教研联动：每月开展一次" in run(*words).stdout
    assert answer(run(*words, "--remove", "大伙儿多久聚一回", "--json")) == []
    assert asked(run) == "none"


def test_a_question_that_is_given_to_another_clause_is_said_to_have_moved(run: Run, tmp_path: Path) -> None:
    run("import", "charter.txt", "--consortium", "river")
    words = ("questions", "--consortium", "river", "--add", QUESTION, "--says")
    assert "原来" not in run(*words, SAYS).stdout
    (tmp_path / "charter.txt").write_text(f"{TITLE}\n{CHARTER.replace('课例展评', '课例评比')}", encoding="utf-8")
    run("import", "charter.txt", "--consortium", "river")
    assert "原来" not in run(*words, SAYS).stdout, "the same clause, in other words"
    said = run(*words, "每学年开展一次教学视导").stdout
    was = f"《{TITLE}》三、共同工作 › (一)教研联动“每月开展一次联合教研，每学期举办一次课例评比。”"
    now = f"《{TITLE}》三、共同工作 › (二)评价改革“推行“三共”(共备课、共上课、共评课)，建立常…”"
    assert said.splitlines()[-1] == f"“{QUESTION}”原来归在{was}，现在归在{now}"


def test_a_clause_of_several_lines_is_one_line_of_the_list(run: Run) -> None:
    run("import", "charter.txt", "--consortium", "river")
    said = run("questions", "--consortium", "river", "--add", QUESTION, "--says", "成立筹备组").stdout
    assert len(said.splitlines()) == 1


def test_what_is_wrong_in_a_file_of_questions_is_told_in_chinese_too() -> None:
    """As of a consortium file; nothing of it is the words of a library."""
    told = refusal_words("zh")
    for line, said in {
        "q.toml, clause[1].ask: missing: expected ask = …": "没有写。需要：写上 ask = …",
        "q.toml, clause[1].ask[1]: 3: expected a question of 1 to 100 characters": "需要：1 到 100 个字的问题",
        "q.toml: no [[clause]]: expected at least one [[clause]]": "没有条款（[[clause]]）。需要：至少一个 [[clause]]",
    }.items():
        assert told.beside(line) == f"{line}（{said}）"


def test_a_file_of_questions_is_taken_whole_or_not_at_all(run: Run, tmp_path: Path) -> None:
    run("import", "charter.txt", "--consortium", "river")
    good = f'[[clause]]\nsays = "{SAYS}"\nask = ["{QUESTION}"]\n'
    words = ("questions", "--consortium", "river", "--import", "q.toml", "--json")
    for more, said in (
        ('[[clause]]\nsays = "没有这句"\nask = ["甲"]', "q.toml, clause[2]: '没有这句' is in 0 passages"),
        ('[[clause]]\nsays = "成立筹备组"\nask = ["大伙儿多久聚一回"]', "clause[2].ask: '大伙儿多久聚一回': expected"),
        ('[[clause]]\nsays = "成立筹备组"\nask = []', "clause[2].ask: []: expected a list [ … ] that is not empty"),
        ('[[clause]]\nsays = 3\nask = ["甲"]', "q.toml, clause[2].says: 3: expected 1 to 100 characters of the clause"),
        ('[[clause]]\nask = ["甲"]', "q.toml, clause[2].says: missing: expected says = …"),
        ('[[clause]]\nsays = "甲"\naks = ["乙"]', "clause[2].aks: unknown key: expected one of says, ask, path"),
        ("[[clause", "q.toml: "),
    ):
        (tmp_path / "q.toml").write_text(good + more, encoding="utf-8")
        assert said in str(run(*words).exception)
    assert answer(run("questions", "--consortium", "river", "--json")) == []
    (tmp_path / "q.toml").write_text(good, encoding="utf-8")
    assert [each["question"] for each in answer(run(*words))] == [QUESTION]
    assert SAYS in asked(run)


def test_an_import_proposes_questions_where_it_is_asked_to(run: Run) -> None:
    run("import", "charter.txt", "--consortium", "river")
    assert answer(run("questions", "--consortium", "river", "--json")) == []
    run("import", "charter.txt", "--consortium", "river", "--with-questions")
    found = answer(run("questions", "--consortium", "river", "--json"))
    assert {each["proposed"] for each in found} == {True}
    assert "联合教研多久一次？" in [each["question"] for each in found]
    assert answer(run("questions", "--consortium", "hill", "--json")) == []


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--remove", "没有"), "--remove: '没有': expected a question that is in the bank"),
        (("--add", " ", "--says", "x"), "--add: ' ': expected a question of 1 to 100 characters"),
        (("--add", "甲", "--says", "成员校"), "passages: expected words of one passage in force"),
    ],
)
def test_a_bad_word_is_refused_in_one_line(run: Run, words: tuple[str, ...], said: str) -> None:
    run("import", "charter.txt", "--consortium", "river")
    assert said in refused(run("questions", "--consortium", "river", *words))


@pytest.mark.parametrize("key", ["chuzhong", "lianheti", "xiaoxue"])
def test_the_questions_of_a_sample_fit_its_charter_and_are_no_measurement(run: Run, key: str) -> None:
    paper, file = HOME / "samples" / f"{key}-charter.txt", HOME / "samples" / "questions" / f"{key}.toml"
    assert run("import", str(paper), "--consortium", "river").exit_code == 0
    found = answer(run("questions", "--consortium", "river", "--import", str(file), "--json"))
    assert len(found) >= 8
    measured = (HOME / "samples" / "policies" / f"{key}.jsonl").read_text(encoding="utf-8")
    assert [each["question"] for each in found if each["question"].strip("？") in measured] == []


def test_that_nothing_waits_is_said(run: Run) -> None:
    assert run("unanswered", "--consortium", "river").stdout == "现在没有待回答的问题。\n"
    assert answer(run("unanswered", "--consortium", "river", "--json")) == []
