"""Opening one's own consortium: what is wrong is placed, and nobody real gets into the room."""

import pytest

from bot.room.opening import MB, MOST, SHOWN, Opening, Upload, line_of, own
from bot.room.sample import SAMPLES
from bot.words import Words
from tests.story.stage import at

FILE = SAMPLES / "xiaoxue.toml"
PAPER = SAMPLES / "xiaoxue-charter.txt"
ZH = Words("zh")
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
    assert found[0].why.endswith(": expected one consortium file")
    assert "expected" not in ZH.refusal(found[0].why)


def test_what_is_too_much_is_said_to_be_too_much() -> None:
    large = b"x" * (5 * MB + 1)
    for name in ("mine.toml", "paper.txt"):
        uploads = [Upload(name, large)] + ([upload()] if name != "mine.toml" else [])
        found = own(uploads, NOW)
        assert isinstance(found, list)
        assert [ZH.refusal(one.why) for one in found] == [f"{name}：超过 5 MB。需要：最多 5 MB"]
    found = own([upload(), *(Upload(f"{number}.txt", b"x") for number in range(MOST))], NOW)
    assert isinstance(found, list)
    assert ZH.refusal(found[0].why).endswith("：有 21 个文件。需要：最多 20")


def test_without_a_term_there_is_nothing_to_rehearse() -> None:
    text = FILE.read_text(encoding="utf-8")
    bare = text[text.index("[consortium]") : text.index("# 两个校区")]
    found = own([Upload("mine.toml", bare.encode())], NOW)
    assert isinstance(found, list)
    assert [ZH.refusal(one.why) for one in found] == ["mine.toml：没有学期（[[term]]）。需要：至少一个 [[term]]"]


def test_a_long_line_is_shown_in_part() -> None:
    found = own([upload(xiaoxue="长" * 100_000)], NOW)
    assert isinstance(found, list)
    assert all(len(one.line) <= SHOWN and len(one.why) <= 2 * SHOWN for one in found)
    assert found[0].line.startswith("key")


def test_a_file_of_several_papers_is_several_papers() -> None:
    text = "甲方案（篇1）\n第一条 一。\n乙方案（篇2）\n第一条 二。\n"
    found = own([upload(), Upload("all.txt", text.encode())], NOW)
    assert isinstance(found, Opening)
    assert [paper.title for paper in found.sources[0].papers] == ["甲方案（篇1）", "乙方案（篇2）"]


LINES = """[consortium]
key = "a"  # [[school]] = 1
[[school]]
key = "one"
[[school]]
name = "Two"
[[activity]]
key = "x"
on = "monday"
"""


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
