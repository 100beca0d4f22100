"""What "How to add" promises: the lists that one more kind, language, command or format would have to be in."""

import re
from typing import get_args

import pytest
from click.testing import CliRunner

from bot.commands.papers import import_paper
from bot.founding.tables import WORDS
from bot.reports.files import OF_KIND
from bot.settings import LANGUAGES
from bot.talk import errands, menus
from bot.voice import TEMPLATES
from bot.words import LABELS, Words
from store.activities import ActivityKind
from store.blueprint import Kind
from store.policies.importing import READERS
from tests.conftest import HOME

TABLE = re.compile(r"^## How to add\n.*?(?=^## |\Z)", re.DOTALL | re.MULTILINE)
PATH = re.compile(r"`((?:bot|handlers|scheduling|store|docs|tests)/[\w./-]+)`")


def named(document: str) -> set[str]:
    """The files and folders that the table names; `<lang>` and the like stand for what is added."""
    table = TABLE.search(document)
    assert table is not None
    return set(PATH.findall(table[0]))


def test_the_table_names_what_is_there() -> None:
    paths = named((HOME / "docs" / "architecture.md").read_text(encoding="utf-8"))
    assert len(paths) > 20
    assert [path for path in sorted(paths) if not (HOME / path).exists()] == []
    assert named("## How to add\n| `bot/gone.py` | `bot/<lang>.toml` |\n## Else\n`bot/other.py`") == {"bot/gone.py"}


def test_a_kind_of_activity_is_one_everywhere() -> None:
    assert set(get_args(Kind)) == set(ActivityKind)
    assert set(OF_KIND) == set(ActivityKind) - {ActivityKind.CLASS_MEETING}  # those lie with their records
    reference = (HOME / "docs" / "consortium-file.md").read_text(encoding="utf-8")
    assert [kind for kind in ActivityKind if f"`{kind}`" not in reference] == []


def test_a_language_is_one_everywhere() -> None:
    assert sorted(LANGUAGES) == sorted(path.name for path in TEMPLATES.iterdir())
    assert sorted(LANGUAGES) == sorted(path.stem for path in LABELS.glob("*.toml"))
    assert set(LANGUAGES) <= WORDS["examples"].keys()  # of `init --template`
    for of in ("refusals", "shell"):  # English stands in the code
        assert {path.name.split(".")[1] for path in (HOME / "bot").glob(f"{of}.*.toml")} == {*LANGUAGES} - {"en"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_command_is_on_a_menu_and_has_its_words(language: str) -> None:
    words = Words(language)
    offered = {*menus.ORGANISERS, *menus.ADMINISTRATORS}
    assert errands.COMMANDS.keys() <= offered
    assert offered <= words.commands.keys()
    assert offered <= set(words.spoken.values())


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_format_of_papers_is_told_to_whoever_may_send_one(language: str) -> None:
    folder = TEMPLATES / language
    told = [(folder / f"{name}.j2").read_text(encoding="utf-8") for name in ("help_shown", "file_of_no_use")]
    told.append(CliRunner().invoke(import_paper, ["--help"]).output)
    assert [(suffix, text) for suffix in READERS for text in told if suffix not in text] == []
