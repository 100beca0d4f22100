"""Opening one's own consortium: what is wrong is placed, and nobody real gets into the room."""

import pytest

from bot.room.opening import Opening, Upload, line_of, own
from bot.room.sample import SAMPLES
from tests.story.stage import at

FILE = SAMPLES / "xiaoxue.toml"
PAPER = SAMPLES / "xiaoxue-charter.txt"
NOW = at("11-20 09:00")


def upload(path: object = FILE, **changes: str) -> Upload:
    text = FILE.read_text(encoding="utf-8")
    for old, new in changes.items():
        text = text.replace(old, new)
    return Upload("mine.toml", text.encode())


def test_ones_own_file_and_papers_are_opened_before_the_term() -> None:
    found = own([upload(), Upload(PAPER.name, PAPER.read_bytes())], NOW)
    assert isinstance(found, Opening)
    assert found.opens == at("08-29 08:00")
    (source,) = found.sources
    assert [paper.source_name for paper in source.papers] == [PAPER.name]
    given = {person.telegram for person in source.file.person}
    assert len(given) == len(source.file.person)
    written = FILE.read_text(encoding="utf-8")
    assert not any(str(number) in written for number in given)
    assert not any(str(chat.address) in written for chat in source.file.chat)


def test_all_that_is_wrong_is_told_at_once() -> None:
    found = own([upload(timezone="timezon"), Upload("empty.txt", b""), Upload("old.doc", b"\xd0\xcf\x11\xe0")], NOW)
    assert isinstance(found, list)
    assert [one.file for one in found if one.file != "mine.toml"] == ["empty.txt", "old.doc"]
    unknown = next(one for one in found if "timezon" in one.line)
    assert unknown.number is not None
    assert FILE.read_text(encoding="utf-8").splitlines()[unknown.number - 1].startswith("timezone")


@pytest.mark.parametrize("names", [[], ["a.txt"], ["a.toml", "b.toml"]])
def test_one_consortium_file_is_wanted(names: list[str]) -> None:
    found = own([Upload(name, b"x") for name in names], NOW)
    assert isinstance(found, list)
    assert "one consortium file" in found[0].why


LINES = """[consortium]
key = "a"  # [[school]] = 1
[[school]]
key = "one"
[[school]]
name = "Two"
[[activity]]
key = "x"
on = "monday"
""".splitlines()


@pytest.mark.parametrize(
    ("where", "number"),
    [
        ("consortium.key", 2),
        ("school[2].name", 6),
        ("school[2].key", 5),  # it is missing: the head of its table
        ("activity[1].on", 9),
        ("activity[1].on[2].nth", 9),
        ("activity[2].on", None),
        ("mine.toml", None),
    ],
)
def test_a_complaint_is_placed(where: str, number: int | None) -> None:
    assert line_of(LINES, where) == number
