"""`jiaolian apply` from the outside: what it prints, and what it leaves when it refuses."""

import json
import re
from collections.abc import Callable, Iterator
from inspect import isclass
from pathlib import Path
from typing import Any, get_args

import pytest
from click.testing import CliRunner, Result

from bot.cli import commands
from bot.file.refusals import Complaints
from bot.voice import Voice
from handlers.difference import Change
from handlers.entries import Place
from store import consortiums
from store.blueprint import Blueprint, Part
from store.database import Store
from store.migrating import upgrade
from tests.bot.sample_file import CHAT_ALONE, TEXT
from tests.conftest import HOME

SAMPLE = HOME / "samples" / "chuzhong.toml"
Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.chdir(tmp_path)
    environment = {"JIAOLIAN_DATABASE_URL": f"sqlite:///{tmp_path}/cli.db", "JIAOLIAN_LANGUAGE": "zh"}

    def command(*words: str | Path, **settings: str) -> Result:
        return CliRunner().invoke(commands, ["apply", *map(str, words)], env=environment | settings)

    return command


def applied(tmp_path: Path) -> list[str]:
    """The keys of the consortiums in the database."""
    store = Store(f"sqlite:///{tmp_path}/cli.db")
    upgrade(store)
    keys = [row.key for row in store.call(consortiums.every)]
    store.close()
    return keys


def answer(result: Result) -> dict[str, Any]:
    assert result.exit_code == 0, result.output
    found: dict[str, Any] = json.loads(result.stdout)
    return found


def test_the_sample_applies_cleanly_twice(run: Run) -> None:
    first, second = answer(run(SAMPLE, "--json")), answer(run(SAMPLE, "--json"))
    assert len(first["added"]) > 80
    assert [first[name] for name in ("changed", "retired", "kept", "applied")] == [[], [], [], True]
    assert second == {"added": [], "changed": [], "retired": [], "kept": [], "applied": True}


def test_a_change_has_path_from_and_to(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "file.toml"
    file.write_text(TEXT, encoding="utf-8")
    answer(run(file, "--json"))
    file.write_text(TEXT.replace('name = "样二"', 'name = "样三"'), encoding="utf-8")
    found = answer(run(file, "--json"))
    assert found["changed"] == [{"path": "person[p2].name", "from": "样二", "to": "样三"}]


def test_a_dry_run_says_what_would_be_and_leaves_nothing(run: Run, tmp_path: Path) -> None:
    dry = answer(run(SAMPLE, "--dry-run", "--json"))
    assert (dry["applied"], applied(tmp_path)) == (False, [])
    assert dry["added"] == answer(run(SAMPLE, "--json"))["added"]


def test_a_refused_file_leaves_no_trace(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "file.toml"
    file.write_text(TEXT.replace('role = "member"', 'role = "none"'), encoding="utf-8")
    result = run(file)
    assert isinstance(result.exception, Complaints)
    assert (result.stdout, (tmp_path / "cli.db").exists()) == ("", False)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("zh", ["试算", "人员 36：样周海（p101）、", "主题教研（monthly-research/2026-10-14）", "：core/1、core/2"]),
        ("en", ["tried", "people 36: 样周海 (p101), ", ": core/1, core/2"]),
    ],
)
def test_a_person_reads_it_in_the_language_set(run: Run, language: str, words: list[str]) -> None:
    result = run(SAMPLE, "--dry-run", JIAOLIAN_LANGUAGE=language)
    assert [word for word in words if word not in result.stdout] == []


def test_what_is_changed_is_named_beside_its_key(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "file.toml"
    file.write_text(TEXT, encoding="utf-8")
    run(file)
    file.write_text(TEXT.replace('subject = "语文"', 'subject = "数学"', 1), encoding="utf-8")
    for language, said in (
        ("zh", "  人员 样一（p1） · 学科：语文 → 数学\n"),
        ("en", "  person[p1].subject (样一): 语文 → 数学\n"),
    ):
        assert said in run(file, "--dry-run", JIAOLIAN_LANGUAGE=language).stdout


def test_every_key_has_a_word_in_every_language() -> None:
    """Of all that a file may hold: what one file has not, the next one changes."""
    tables = {name.rstrip("_"): row_of(field.annotation) for name, field in Blueprint.model_fields.items()}
    rows = tuple(Place(table, "one") for table in tables if table != "consortium")
    keys = [(table, key) for table, row in tables.items() for key in keys_of(row) if key not in KEYS]
    changes = tuple(Change(Place(table, "one", key), None, 1) for table, key in keys)
    set_in_chat = (Place("activity", "chat-1"), *(Place("occurrence", "research", key) for key in CHAT_ALONE))
    facts: dict[str, object] = {"consortium": "sample", "name": "样例", "added": rows, "changed": changes}
    facts |= {"retired": rows, "names": {}, "kept": (Place("chat", "all", "address"), *set_in_chat), "applied": True}
    for language, kept in (("zh", "群 · 群号 1：all"), ("en", "chats, address 1: all")):
        text = Voice(language).words("applied", facts)
        assert kept in text
        assert len(re.findall("(?m)^  .+: one$|^  .+：one$", text)) == 2 * len(rows)
        assert text.count("→") == len(changes)


def row_of(annotation: Any) -> type[Part]:
    """The model of a table: `tuple[School, ...]` is of `School`."""
    found: type[Part] = next(iter(get_args(annotation)), annotation)
    return found


def keys_of(row: type[Part], within: str = "") -> Iterator[str]:
    for name, field in row.model_fields.items():
        parts = [one for one in (field.annotation, *get_args(field.annotation)) if isclass(one)]
        deeper = [one for one in parts if issubclass(one, Part)]
        key = within + name.rstrip("_")
        yield from keys_of(deeper[0], f"{key}.") if deeper else [key]


KEYS = ("key", "number", "date", "month", "activity", "class", "person")  # what makes a row that row never changes
