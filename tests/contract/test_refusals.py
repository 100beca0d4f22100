"""Contract, top and "Settings": what is refused is one line an error on stderr, exit 1, and nothing is half-written."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.bot.command import command
from tests.contract.conftest import CHARTER, EXAMPLE

OURS, NOBODYS = ("--consortium", "chuzhong"), ("--consortium", "nowhere")
DAYS = ("--from", "2026-10-01", "--to", "2026-10-31")
REFUSED = [  # the command, and how its line begins: where, then what was found
    (("apply", "wrong.toml"), 'activity[1].on: "secnd wednesday": expected'),
    (("apply", "missing.toml"), "missing.toml: "),
    (("import-roster", "wrong.toml", *OURS), "wrong.toml: "),
    (("policy", "import", "missing.txt", *OURS), "missing.txt: "),
    (("policy", "import", str(CHARTER), *OURS, "--part", "7"), f"{CHARTER}: no part 7: expected"),
    (("policy", "ask", "？", *OURS), "QUESTION: '？': expected"),
    (("policy", "ask", "--batch", "wrong.toml", "--json"), "wrong.toml:1: "),
    (("plan", "--from", "2026-10-02", "--to", "2026-10-01"), "--from: 2026-10-02: expected"),
    (("rehearse", "--from", "2026-10-02", "--to", "2026-10-01"), "--from: 2026-10-02: expected"),
    (("report", *OURS, *DAYS, "--out", "wrong.toml"), "--out: wrong.toml: "),
    (("backup", "nowhere/at/all"), "nowhere/at/all: "),
    (("restore", "wrong.toml"), "wrong.toml: "),
]
OF_A_CONSORTIUM = [
    *(("invites",), ("plan", *DAYS), ("rehearse", *DAYS)),
    *(("policy", "import", str(CHARTER)), ("policy", "ask", "每月教研几次"), ("policy", "show")),
    ("report", *DAYS, "--out", "out"),
]


@pytest.fixture
def wrong(office: Path) -> Path:
    text = EXAMPLE.read_text(encoding="utf-8").replace("second wednesday", "secnd wednesday")
    (office / "wrong.toml").write_text(text.replace('key = "chuzhong"', 'key = "another"'), encoding="utf-8")
    return office


def held_in(folder: Path) -> tuple[list[str], list[str]]:
    """The rows of the database, and the files beside it."""
    with closing(sqlite3.connect(folder / "jiaolian.db")) as database:
        rows = list(database.iterdump())
    return rows, sorted(path.name for path in folder.rglob("*") if not path.name.startswith("jiaolian.db"))


@pytest.mark.parametrize(("words", "said"), REFUSED, ids=lambda part: " ".join(part[:2]) if part else "")
def test_a_refusal_is_one_line_on_stderr_and_leaves_everything_as_it_was(
    wrong: Path, words: tuple[str, ...], said: str
) -> None:
    before = held_in(wrong)
    done = command(wrong, *words)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith(said), done.stderr
    assert done.stderr.count("\n") == 1
    assert held_in(wrong) == before


@pytest.mark.parametrize("words", OF_A_CONSORTIUM, ids=" ".join)
def test_an_unknown_consortium_is_refused_in_one_line(wrong: Path, words: tuple[str, ...]) -> None:
    done = command(wrong, *words, *NOBODYS)
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (1, "", 1)
    assert done.stderr.startswith("--consortium: 'nowhere': expected")


def test_a_bad_line_of_the_env_file_in_the_working_directory_exits_1(office: Path) -> None:
    (office / ".env").write_text("JIAOLIAN_LANGUAGE=fr\nJIAOLIAN_COLOUR=red\n", encoding="utf-8")
    done = command(office, "status")
    assert (done.returncode, done.stdout) == (1, "")
    assert "JIAOLIAN_COLOUR: " in done.stderr
    (office / ".env").write_text("JIAOLIAN_LANGUAGE=fr\n", encoding="utf-8")
    assert "JIAOLIAN_LANGUAGE: 'fr': expected" in command(office, "status").stderr
    assert command(office, "status", JIAOLIAN_LANGUAGE="en").returncode == 0
    (office / "below").mkdir()
    assert command(office / "below", "status", JIAOLIAN_DATABASE_URL=f"sqlite:///{office}/jiaolian.db").returncode == 0
