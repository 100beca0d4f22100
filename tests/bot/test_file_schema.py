"""The JSON Schema of the consortium file: it is the one in `docs/`, takes the samples, and refuses what is misspelt."""

import re
import tomllib
from collections.abc import Iterator
from typing import Any

import pytest

from bot.commands.schema import text
from bot.file.file_schema import schema
from tests.bot.sample_file import TEXT
from tests.conftest import HOME

SAMPLES = sorted((HOME / "samples").glob("*.toml"))


def faults(shape: dict[str, Any], value: Any, at: str = "") -> Iterator[str]:
    """What draft 2020-12 says to it, as far as the schema of the file has keywords. TOML's dates and times come to an
    editor as text."""
    match value:
        case dict():
            yield from (f"{at}.{name}" for name in shape.get("required", ()) if name not in value)
            for name, part in value.items():
                if name in shape["properties"]:
                    yield from faults(shape["properties"][name], part, f"{at}.{name}")
                elif not shape["additionalProperties"]:
                    yield f"{at}.{name}"
        case list():
            if not shape.get("minItems", 0) <= len(value) <= shape.get("maxItems", len(value)):
                yield at
            for part in value:
                yield from faults(shape["items"], part, at)
        case int() if shape.get("type") == "integer" and not isinstance(value, bool):
            if not shape.get("minimum", value) <= value <= shape["maximum"]:
                yield at
        case _ if "enum" in shape:
            yield from () if value in shape["enum"] else (at,)
        case _:
            if shape["type"] != "string" or not re.search(shape.get("pattern", ""), str(value)):
                yield at


def test_the_schema_in_the_documents_is_the_codes_own() -> None:
    written = (HOME / "docs" / "consortium.schema.json").read_text(encoding="utf-8")
    assert written == text(), "jiaolian schema > docs/consortium.schema.json"


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_each_sample_names_the_schema_and_keeps_to_it(path: Any) -> None:
    written = path.read_text(encoding="utf-8")
    assert written.startswith("#:schema ../docs/consortium.schema.json\n")
    assert list(faults(schema(), tomllib.loads(written))) == []


@pytest.mark.parametrize(
    ("old", "new", "at"),
    [
        ('role = "core"', 'role = "centre"', ".school.role"),
        ("number = 2\nstarts = \"09:00\"", "number = 0\nstarts = \"09:00\"", ".period.number"),
        ('name = "样例教联体"', 'nam = "样例教联体"', ".consortium.name"),
        ('announce = "7d"', 'announce = "7 days"', ".activity.announce"),
        ("budget = 2", "budget = true", ".consortium.budget"),
    ],
)  # fmt: skip
def test_an_editor_sees_what_is_wrong(old: str, new: str, at: str) -> None:
    assert TEXT.count(old) == 1
    assert list(faults(schema(), tomllib.loads(TEXT))) == []
    assert at in list(faults(schema(), tomllib.loads(TEXT.replace(old, new))))
