"""The documents: what they name exists, and both languages tell the same."""

import re
from pathlib import Path

import pytest

from bot.file_keys import FILE
from bot.file_shapes import Rows, Table
from tests.conftest import HOME

ROOMS = ("bot", "handlers", "scheduling", "store", "sandbox", "tests", "benchmarks", "docs")
DOCUMENTS = sorted([*HOME.glob("*.md"), *HOME.glob("docs/*.md"), *HOME.glob("samples/*.md")])
ENGLISH, CHINESE = HOME / "README.md", HOME / "README.zh.md"


def blocks(path: Path) -> list[str]:
    """The commands that a reader copies, without comments and indents."""
    found = re.findall(r"^ *```\n(.*?)^ *```", path.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE)
    lines = [line.split("#")[0].strip() for block in found for line in block.splitlines()]
    return [line for line in lines if not line.startswith("JIAOLIAN_TOKEN=")]


def missing_files(text: str) -> set[str]:
    """Files named in backticks, by their path or by their name alone."""
    known = {path.relative_to(HOME).as_posix() for room in ROOMS for path in (HOME / room).rglob("*.py")}
    known |= {path.rsplit("/", maxsplit=1)[-1] for path in known}
    return {name for name in re.findall(r"`([\w/]+\.py)`", text) if name not in known}


def test_every_file_that_the_architecture_names_is_there() -> None:
    assert missing_files((HOME / "docs" / "architecture.md").read_text(encoding="utf-8")) == set()
    assert missing_files("`bot/desk.py` `gone.py`") == {"gone.py"}


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_every_link_within_the_repository_leads_somewhere(path: Path) -> None:
    links = re.findall(r"\]\(([^)#]+)\)", path.read_text(encoding="utf-8"))
    assert [link for link in links if "://" not in link and not (path.parent / link).exists()] == []


def test_both_readmes_have_the_same_headings_and_commands() -> None:
    levels = [re.findall(r"^#+ ", path.read_text(encoding="utf-8"), re.MULTILINE) for path in (ENGLISH, CHINESE)]
    assert levels[0] == levels[1]
    assert blocks(ENGLISH) == blocks(CHINESE)
    assert "make run" in blocks(ENGLISH)


def test_every_key_of_the_file_is_in_its_reference() -> None:
    text = (HOME / "docs" / "consortium-file.md").read_text(encoding="utf-8")
    for name, shape in FILE.keys.items():
        section = re.search(rf"^## `\[+{name}\]+`.*?(?=^## |\Z)", text, re.DOTALL | re.MULTILINE)
        assert section is not None, name
        table = shape.of if isinstance(shape, Rows) else shape
        assert isinstance(table, Table)
        assert [key for key in table.keys if not re.search(rf"\b{key}\b", section[0])] == [], name
        required = [key for key in table.required if not re.search(rf"\*\*{key}\*\*", section[0])]
        assert required == [], name
