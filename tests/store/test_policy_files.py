"""Hostile and unusual files: other encodings are read, and what is no paper is refused in one line."""

import struct
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import docx
import pytest

from bot.words import Words
from store.complaint import Complaint
from store.policies import importing
from store.policies.importing import LARGEST, MOST_LINES, TITLE_LENGTH
from store.policies.word import MOST_PARAGRAPHS, MOST_TAGS

TEXT = "样例章程\n一、总则\n每月教研一次，时间为２０２６年__月。\n"
LINES = TEXT.splitlines()
ZH = Words("zh")
OF_MACROS = (
    b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
    b"application/vnd.ms-word.document.macroEnabled.main+xml",
)


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


def refused_in_chinese(folder: Path, name: str, content: bytes) -> str:
    """As `refused`; an organiser who sends it reads the same in Chinese."""
    said = refused(folder, name, content)
    assert "expected" not in ZH.refusal(said)
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
        b"abc\0def\n",
        "样例\0章程\n".encode(),
        b"{\\rtf1\\ansi every word of it is ASCII}\n" * 3,
        b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\n",
    ],
)
def test_what_is_no_text_is_refused_in_one_line(tmp_path: Path, content: bytes) -> None:
    assert "not a text file" in refused_in_chinese(tmp_path, "a.txt", content)


def test_a_giant_is_refused_before_it_is_read(tmp_path: Path) -> None:
    assert f"20.0 MB: expected at most {LARGEST} MB" in refused(tmp_path, "a.txt", b"x" * 20_000_000)
    assert f"at most {LARGEST} MB" in refused(tmp_path, "a.docx", b"x" * 20_000_000)


def test_too_many_lines_and_an_endless_title_are_refused_in_chinese(tmp_path: Path) -> None:
    assert f"at most {MOST_LINES}" in refused_in_chinese(tmp_path, "a.txt", b"a\n" * (MOST_LINES + 1))
    path = tmp_path / "b.txt"
    path.write_text("长" * (TITLE_LENGTH + 1), encoding="utf-8")
    with pytest.raises(Complaint, match="a first line of 201 characters") as caught:
        importing.paper(path)
    assert ZH.refusal(str(caught.value)) == "b.txt：第一行有 201 个字。需要：第一行是不超过 200 个字的标题"
    assert importing.paper(path, title="短").title == "短"


def test_a_title_with_nothing_below_it_is_no_paper(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("样例章程\n\n", encoding="utf-8")
    with pytest.raises(Complaint, match="one line, a title: expected a title and a paper's text below it") as caught:
        importing.paper(path)
    assert "只有一行标题" in ZH.refusal(str(caught.value))
    assert importing.paper(path, title="短").drafts


def packed(replaced: dict[str, Callable[[bytes], bytes]]) -> bytes:
    """A Word file, some of its parts changed."""
    content = BytesIO()
    with ZipFile(BytesIO(word())) as whole, ZipFile(content, "w", ZIP_DEFLATED) as parts:
        for name in whole.namelist():
            parts.writestr(name, replaced.get(name, bytes)(whole.read(name)))
    return content.getvalue()


def body(xml: str) -> dict[str, Callable[[bytes], bytes]]:
    return {"word/document.xml": lambda part: part.replace(b"<w:body>", b"<w:body>" + xml.encode())}


def test_a_small_file_that_unpacks_to_a_giant_is_refused_before_it_is_read_paragraph_by_paragraph(
    tmp_path: Path,
) -> None:
    giant = packed(body("<w:p/>" * MOST_TAGS))
    assert len(giant) < 100_000
    assert "too large when unpacked" in refused_in_chinese(tmp_path, "a.docx", giant)
    assert f"at most {MOST_PARAGRAPHS}" in refused_in_chinese(
        tmp_path, "a.docx", packed(body("<w:p/>" * (MOST_PARAGRAPHS + 1)))
    )


def test_entities_are_no_words_of_a_paper(tmp_path: Path) -> None:
    kept = packed({"word/document.xml": lambda part: part.replace(b"<w:document", b"<!DOCTYPE a []><w:document", 1)})
    assert "not a Word document" in refused_in_chinese(tmp_path, "a.docx", kept)


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
    assert "macros in it" in refused_in_chinese(tmp_path, "a.docx", content.getvalue())
    types = {"[Content_Types].xml": lambda part: part.replace(*OF_MACROS)}
    assert "macros in it" in refused_in_chinese(tmp_path, "b.docx", packed(types))
    assert ".docm: expected one of .txt .md .docx" in refused(tmp_path, "a.docm", word())


def test_a_password_is_named_and_what_is_broken_is_no_word_document(tmp_path: Path) -> None:
    assert "protected by a password" in refused_in_chinese(
        tmp_path, "a.docx", bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600)
    )
    for content in (word()[:-400], word()[:1000], b"PK\x05\x06" + bytes(18), TEXT.encode()):
        assert "not a Word document" in refused_in_chinese(tmp_path, "a.docx", content)
    assert "an empty file" in refused_in_chinese(tmp_path, "a.txt", b"\xef\xbb\xbf \n")
    assert lines(tmp_path, "b.docx", word()) == LINES
