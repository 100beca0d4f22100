"""Hostile and unusual files: other encodings are read, and what is no paper is refused in one line."""

import struct
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import docx
import pytest

from store.complaint import Complaint
from store.policies import importing
from store.policies.importing import LARGEST, MOST_LINES, TITLE_LENGTH

TEXT = "样例章程\n一、总则\n每月教研一次，时间为２０２６年__月。\n"
LINES = TEXT.splitlines()


def lines(folder: Path, name: str, content: bytes) -> list[str]:
    path = folder / name
    path.write_bytes(content)
    return [line.text for line in importing.read(path)]


def refused(folder: Path, name: str, content: bytes) -> str:
    with pytest.raises(Complaint) as caught:
        lines(folder, name, content)
    said = str(caught.value)
    assert "\n" not in said
    assert name in said
    return said


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16", "utf-16-le", "utf-16-be"])
def test_a_paper_is_the_same_in_every_encoding(tmp_path: Path, encoding: str) -> None:
    assert lines(tmp_path, "a.txt", TEXT.encode(encoding)) == LINES
    assert lines(tmp_path, "a.md", TEXT.encode(encoding)) == LINES


@pytest.mark.parametrize(
    "content",
    [
        bytes(range(256)) * 40,
        b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(300),
        b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n" + struct.pack("<200d", *range(200)),
        b"\xff\xfe\x00",
        b"\0" * 5_000,
    ],
)
def test_what_is_no_text_is_refused_in_one_line(tmp_path: Path, content: bytes) -> None:
    assert "not a text file" in refused(tmp_path, "a.txt", content)


def test_a_giant_is_refused_before_it_is_read(tmp_path: Path) -> None:
    assert f"20.0 MB: expected at most {LARGEST} MB" in refused(tmp_path, "a.txt", b"x" * 20_000_000)
    assert f"at most {LARGEST} MB" in refused(tmp_path, "a.docx", b"x" * 20_000_000)


def test_too_many_lines_and_an_endless_title_are_refused(tmp_path: Path) -> None:
    assert f"at most {MOST_LINES}" in refused(tmp_path, "a.txt", b"a\n" * (MOST_LINES + 1))
    path = tmp_path / "b.txt"
    path.write_text("长" * (TITLE_LENGTH + 1), encoding="utf-8")
    with pytest.raises(Complaint, match="a first line of 201 characters"):
        importing.paper(path)
    assert importing.paper(path, title="短").title == "短"


def word() -> bytes:
    paper, content = docx.Document(), BytesIO()
    for line in LINES:
        paper.add_paragraph(line)
    paper.save(content)
    return content.getvalue()


def test_macros_are_refused_whatever_the_file_is_called(tmp_path: Path) -> None:
    content = BytesIO(word())
    with ZipFile(content, "a") as parts:
        parts.writestr("word/vbaProject.bin", b"x")
    assert "macros in it" in refused(tmp_path, "a.docx", content.getvalue())
    assert ".docm: expected one of .txt .md .docx" in refused(tmp_path, "a.docm", word())


def test_a_password_is_named_and_what_is_broken_is_no_word_document(tmp_path: Path) -> None:
    assert "protected by a password" in refused(tmp_path, "a.docx", bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600))
    for content in (word()[:-400], word()[:1000], b"PK\x05\x06" + bytes(18), TEXT.encode()):
        assert "not a Word document" in refused(tmp_path, "a.docx", content)
    assert "an empty file" in refused(tmp_path, "a.txt", b"\xef\xbb\xbf \n")
    assert lines(tmp_path, "b.docx", word()) == LINES
