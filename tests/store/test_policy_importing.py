"""Files become lines: encodings, Word's own numbers, several papers in a file, and refusals of one line."""

from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from store.complaint import Complaint
from store.policies import importing
from store.policies.clauses import flat
from store.policies.word_numbers import chinese
from tests.conftest import SHARED
from tests.store.policy_sample import CHARTER, TITLE

SEEDS = sorted((SHARED / "seeds").glob("*.txt"))
COLLECTION = "样本大全，以下是样本方案 篇1为了说明\n样本方案 篇1\n第一篇正文。\n样本方案（篇2）\n第二篇正文。\n"


def file(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def texts(path: Path, part: int | None = None) -> list[str]:
    return [line.text for line in importing.read(path, part)]


def refusal(path: Path, part: int | None = None) -> str:
    with pytest.raises(Complaint) as caught:
        importing.read(path, part)
    said = str(caught.value)
    assert "\n" not in said
    assert path.name in said
    return said


def test_a_byte_order_mark_is_no_word(tmp_path: Path) -> None:
    assert texts(file(tmp_path, "a.txt", "\ufeff章程\n\n 正文。\r\n")) == ["章程", "正文。"]


def test_lines_are_counted_as_the_file_counts_them(tmp_path: Path) -> None:
    assert [line.at for line in importing.read(file(tmp_path, "a.txt", "章程\n\n正文。"))] == [1, 3]


def test_markdown_headings_keep_their_level_and_lose_their_marks(tmp_path: Path) -> None:
    lines = importing.read(file(tmp_path, "a.md", "# 章程\n## 总则\n正文 #1。"))
    assert [(line.text, line.level) for line in lines] == [("章程", 1), ("总则", 2), ("正文 #1。", None)]


def test_the_first_line_is_the_title_and_no_clause(tmp_path: Path) -> None:
    paper = importing.paper(file(tmp_path, "a.txt", f"{TITLE}\n{CHARTER}"))
    assert paper.title == TITLE
    assert TITLE not in [clause.text for clause in flat(paper.drafts)]


def test_a_title_of_ones_own_leaves_the_first_line_in_the_text(tmp_path: Path) -> None:
    paper = importing.paper(file(tmp_path, "a.txt", "旧标题\n正文。"), title="新标题")
    assert (paper.title, [clause.text for clause in paper.drafts]) == ("新标题", ["旧标题", "正文。"])


def test_several_papers_need_a_part(tmp_path: Path) -> None:
    said = refusal(file(tmp_path, "a.txt", COLLECTION))
    assert "2 papers" in said
    assert "expected --part 1 to 2" in said


def test_a_part_begins_at_its_heading_and_ends_before_the_next(tmp_path: Path) -> None:
    path = file(tmp_path, "a.txt", COLLECTION)
    assert texts(path, 1) == ["样本方案 篇1", "第一篇正文。"]
    assert texts(path, 2) == ["样本方案（篇2）", "第二篇正文。"]


def test_a_number_alone_on_its_line_is_no_title(tmp_path: Path) -> None:
    path = file(tmp_path, "a.txt", "说明\n篇1\n甲方案\n一、甲\n（篇二）\n乙方案\n一、乙\n")
    assert [importing.paper(path, part).title for part in (1, 2)] == ["甲方案", "乙方案"]
    assert texts(path, 2) == ["乙方案", "一、乙"]
    assert "2 papers (篇1 甲方案, （篇二） 乙方案)" in refusal(path)
    assert importing.paper(file(tmp_path, "b.txt", "篇1\n甲方案\n正文。")).title == "甲方案"


@pytest.mark.parametrize("part", [0, 3, -1])
def test_a_part_that_is_not_there_is_refused(tmp_path: Path, part: int) -> None:
    assert f"no part {part}: expected --part 1 to 2" in refusal(file(tmp_path, "a.txt", COLLECTION), part)


def test_a_part_of_a_single_paper_is_refused(tmp_path: Path) -> None:
    assert "no part 1" in refusal(file(tmp_path, "a.txt", "章程\n正文。"), 1)


def test_a_heading_with_its_part_number_is_a_paper_of_its_own(tmp_path: Path) -> None:
    assert texts(file(tmp_path, "a.txt", "样本方案 篇1\n正文。")) == ["样本方案 篇1", "正文。"]


@pytest.mark.skipif(not SEEDS, reason="the seed papers are not here: ../shared/seeds is absent")
def test_a_sentence_that_runs_into_a_part_number_is_no_heading() -> None:
    assert "3 papers" in refusal(SEEDS[0])
    assert texts(SEEDS[0], 2)[0].endswith("篇2")


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.txt", bytes(range(256)) * 8, "not a text file, or in another encoding"),
        ("a.txt", "\n \n", "an empty file: expected a paper's text"),
        ("a.pdf", "x", ".pdf: expected one of .txt .md .docx"),
        ("a.docx", "PK\x03\x04 broken", "not a Word document"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused(tmp_path: Path, name: str, content: str | bytes, said: str) -> None:
    assert said in refusal(file(tmp_path, name, content))


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    assert "no such file" in refusal(tmp_path / "a.txt")


def element(tag: str, value: str | int | None = None, **more: str) -> Any:
    made = OxmlElement(tag)
    for name, given in {**({} if value is None else {"val": str(value)}), **more}.items():
        made.set(qn(f"w:{name}"), given)
    return made


def numbering(document: docx.document.Document, number: int, formats: list[tuple[str, str]]) -> None:
    """A multilevel list as Word stores one: (w:numFmt, w:lvlText) from the outermost level."""
    root = document.part.numbering_part.element
    abstract = element("w:abstractNum", abstractNumId=str(100 + number))
    for depth, (form, text) in enumerate(formats):
        level = element("w:lvl", ilvl=str(depth))
        level.extend([element("w:start", 1), element("w:numFmt", form), element("w:lvlText", text)])
        abstract.append(level)
    num = element("w:num", numId=str(number))
    num.append(element("w:abstractNumId", 100 + number))
    root.insert(0, abstract)
    root.append(num)


def numbered(document: docx.document.Document, text: str, number: int, depth: int) -> None:
    properties = document.add_paragraph(text)._p.get_or_add_pPr()
    chosen = element("w:numPr")
    chosen.extend([element("w:ilvl", depth), element("w:numId", number)])
    properties.append(chosen)


def test_words_own_numbers_are_read_as_they_are_seen(tmp_path: Path) -> None:
    document = docx.Document()
    numbering(document, 77, [("chineseCounting", "%1、"), ("chineseCounting", "(%2)"), ("decimal", "%3.")])
    document.add_paragraph("样本章程")
    for text, depth in [("总则", 0), ("目的", 1), ("范围", 1), ("学校", 2), ("班级", 2), ("附则", 0), ("解释", 1)]:
        numbered(document, text, 77, depth)
    document.save(str(tmp_path / "a.docx"))
    expected = ["样本章程", "一、总则", "(一)目的", "(二)范围", "1.学校", "2.班级", "二、附则", "(一)解释"]
    assert texts(tmp_path / "a.docx") == expected


def test_bullets_and_circles(tmp_path: Path) -> None:
    document = docx.Document()
    numbering(document, 78, [("bullet", "·")])
    numbering(document, 79, [("decimalEnclosedCircleChinese", "%1")])
    numbered(document, "点", 78, 0)
    numbered(document, "圈", 79, 0)
    document.save(str(tmp_path / "a.docx"))
    assert texts(tmp_path / "a.docx") == ["点", "①圈"]


def test_word_headings_have_levels_and_tables_come_row_by_row(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_heading("总则", 1)
    table = document.add_table(2, 2)
    for row, values in zip(table.rows, [("节日", "季节"), ("阅读节", "春季")], strict=True):
        for cell, value in zip(row.cells, values, strict=True):
            cell.text = value
    document.add_paragraph("结尾。")
    document.save(str(tmp_path / "a.docx"))
    lines = importing.read(tmp_path / "a.docx")
    assert [(line.text, line.level) for line in lines] == [
        ("总则", 1),
        ("节日\t季节", None),
        ("阅读节\t春季", None),
        ("结尾。", None),
    ]


def test_numbers_in_chinese() -> None:
    assert [chinese(number) for number in (1, 9, 10, 12, 20, 35)] == ["一", "九", "十", "十二", "二十", "三十五"]
