"""What a Word paper says: tables row by row, revisions as they read, and no word twice."""

from io import BytesIO
from typing import Any

import docx
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from store.policies import word
from store.policies.tables import rows


def texts(document: Any) -> list[str]:
    content = BytesIO()
    document.save(content)
    return [line.text for line in word.read("a.docx", content.getvalue()) if line.text]


def filled(document: Any, *lines: tuple[str, ...]) -> Any:
    table = document.add_table(len(lines), len(lines[0]))
    for row, line in zip(table.rows, lines, strict=True):
        for cell, text in zip(row.cells, line, strict=True):
            cell.text = text
    return table


def test_each_cell_is_said_behind_the_head_of_its_column() -> None:
    document = docx.Document()
    filled(document, ("假别", "天数", "批准人"), ("婚假", "13天", "校长"), ("公假", "13天", ""))
    assert texts(document) == ["假别：婚假；天数：13天；批准人：校长", "假别：公假；天数：13天"]


def test_two_cells_with_the_same_words_are_two() -> None:
    assert rows([("年级", "上午", "下午"), ("七年级", "语文", "语文")]) == ["年级：七年级；上午：语文；下午：语文"]


def test_a_list_of_two_columns_has_a_head_only_where_it_is_marked() -> None:
    contacts = [("联系人", "样小禾"), ("电话", "__")]
    assert rows(contacts) == ["联系人\t样小禾", "电话\t__"]
    document = docx.Document()
    table = filled(document, ("节日", "季节"), ("阅读节", "春季"))
    table.rows[0]._tr.get_or_add_trPr().append(parse_xml(f"<w:tblHeader {nsdecls('w')}/>"))
    assert texts(document) == ["节日：阅读节；季节：春季"]


def test_a_head_in_bold_is_a_head() -> None:
    document = docx.Document()
    table = filled(document, ("节日", "季节"), ("阅读节", "春季"))
    for cell in table.rows[0].cells:
        cell.paragraphs[0].runs[0].bold = True
    assert texts(document) == ["节日：阅读节；季节：春季"]


def test_merged_cells_are_said_in_each_row_and_once_in_a_row() -> None:
    document = docx.Document()
    table = filled(document, ("假别", "天数", "批准人"), ("病假", "三天内", "副校长"), ("", "三天外", "校长"))
    table.cell(1, 0).merge(table.cell(2, 0))
    table.cell(2, 1).merge(table.cell(2, 2))
    assert texts(document) == ["假别：病假；天数：三天内；批准人：副校长", "假别：病假；天数：三天外 校长"]


def test_what_a_reviewer_put_in_counts_and_what_was_struck_out_does_not() -> None:
    document = docx.Document()
    said = (
        f"<w:p {nsdecls('w')}><w:r><w:t>每月</w:t></w:r>"
        "<w:del w:id='1' w:author='x'><w:r><w:delText>两次</w:delText></w:r></w:del>"
        "<w:ins w:id='2' w:author='x'><w:r><w:t>一次</w:t></w:r></w:ins></w:p>"
    )
    document.element.body.insert(0, parse_xml(said))
    assert texts(document) == ["每月一次"]


def test_content_controls_are_read_and_a_table_of_contents_is_not() -> None:
    document = docx.Document()
    document.styles.add_style("toc 1", 1)
    document.add_paragraph("一、总则\t1", style="toc 1")
    control = f"<w:sdt {nsdecls('w')}><w:sdtContent><w:p><w:r><w:t>一、总则</w:t></w:r></w:p></w:sdtContent></w:sdt>"
    document.element.body.insert(1, parse_xml(control))
    assert texts(document) == ["一、总则"]
