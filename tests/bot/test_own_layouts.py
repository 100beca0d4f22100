"""A school's own layout: what it may say, what is refused with its place, and that data never become more than text."""

from collections.abc import Callable
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from docx import Document
from docx.document import Document as WordFile
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from bot.file.refusals import Complaints
from bot.forms import forms, own_layout
from bot.forms.placeholders import W
from bot.words import Words
from store.complaint import Complaint
from store.form_layouts import Form
from tests.bot.form_sample import HOSTILE, SIGNERS, every

ZH = Words("zh")
FILE = "签到表.docx"


def sheet(change: Callable[[WordFile], object] = lambda _: None) -> bytes:
    """A layout for the sign-in sheet, changed."""
    document = Document()
    title = document.add_paragraph()
    for piece in ("{", "{教联", "体}", "} {{学期", "}}签到"):  # as Word spreads a text over runs
        title.add_run(piece)
    document.add_paragraph("{{ 活动名称 }}于{{日期}}，{{ Place }}")
    table = document.add_table(rows=2, cols=3)
    for cell, text in zip(table.rows[0].cells, ("序号", "姓名", "签名"), strict=True):
        cell.text = text
    for cell, text in zip(table.rows[1].cells, ("{{序号}}", "{{姓名}}（{{学校}}）", ""), strict=True):
        cell.text = text
    document.sections[0].footer.paragraphs[0].text = "{{合计}}"
    change(document)
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def refusal(content: bytes, name: str = FILE) -> str:
    with pytest.raises((Complaint, Complaints)) as refused:
        own_layout.check(name, content, Form.SIGN_IN)
    return str(refused.value)


def test_names_are_filled_in_and_the_row_of_a_list_is_repeated() -> None:
    own = sheet()
    own_layout.check(FILE, own, Form.SIGN_IN)
    document = Document(BytesIO(forms.written(Form.SIGN_IN, every(ZH)[Form.SIGN_IN], ZH, own)))
    texts = [one.text for one in document.paragraphs]
    assert texts[:2] == [
        "样例教联体 2026—2027学年第一学期签到",
        "共创式主题教研于2026年10月14日（星期三），二楼录播教室",
    ]
    rows = [[cell.text for cell in row.cells] for row in document.tables[0].rows]
    assert rows[0] == ["序号", "姓名", "签名"]
    assert len(rows) == SIGNERS + 1
    assert [row[1] for row in rows[1:4]] == [
        f"{HOSTILE[0]}（样例东校）",
        f"{HOSTILE[1]}（样例中心校）",
        f"{HOSTILE[2]}（样例东校）",
    ]
    assert rows[-1] == ["50", "样老师49（样例中心校）", ""]
    assert document.sections[0].footer.paragraphs[0].text == "应到50　实到40　已到40　请假10"


def test_data_that_look_like_placeholders_are_not_filled_in_again() -> None:
    filled = every(ZH)[Form.REFLECTION]
    own = sheet(lambda document: document.add_paragraph("{{姓名}} {{反思内容}}"))
    mine = {**filled.fields, "name": "{{反思内容}}", "text": "一\n二"}
    content = own_layout.written(own, Form.REFLECTION, type(filled)(mine, {}))
    assert Document(BytesIO(content)).paragraphs[-1].text == "{{反思内容}} 一\n二"


def field(code: str) -> Callable[[WordFile], object]:
    def change(document: WordFile) -> None:
        run = f"<w:r {nsdecls('w')}><w:instrText>{code}</w:instrText></w:r>"
        document.paragraphs[0]._p.append(parse_xml(run))

    return change


def link(document: WordFile) -> None:
    document.part.relate_to("https://example.org/x.dotm", RELATIONSHIP_TYPE.HYPERLINK, is_external=True)


def second_row(document: WordFile) -> None:
    row = parse_xml(
        f"<w:tr {nsdecls('w')}><w:tc><w:p><w:r><w:t>{{{{姓名}}}}{{{{方式}}}}</w:t></w:r></w:p></w:tc></w:tr>"
    )
    document.tables[0]._tbl.append(row)


def nested(document: WordFile) -> None:
    document.tables[0].rows[0].cells[0].add_table(1, 1).cell(0, 0).text = "{{姓名}}"


def say(text: str) -> Callable[[WordFile], Any]:
    return lambda document: document.add_paragraph(text)


def no_term(document: WordFile) -> None:
    document.paragraphs[0].text = "{{教联体}}"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (say("{{ 手机号 }}"), "签到表.docx: paragraph 3: {{ 手机号 }}: expected the name of a field"),
        (say("{{ 活动名 }}"), "perhaps 活动名称"),
        (say("{{ 活动名称 }"), "paragraph 3: braces that are not closed"),
        (say("{{ 活动.__class__ }}"), "{{ 活动.__class__ }}: expected the name of a field"),
        (say("{% for x in y %}{{ x }}{% endfor %}"), "{{ x }}"),
        (say("{{姓名}}"), "paragraph 3: {{ 姓名 }}: expected it in a table row"),
        (no_term, "no {{ 学期 }}: "),
        (second_row, "table 1, row 3: a second row for the same list"),
        (nested, "table 1, row 1: placeholders in a table within a table"),
        (link, "a link to 'https://example.org/x.dotm'"),
        (field("DDEAUTO c:\\\\windows\\\\system32\\\\cmd.exe"), "paragraph 1: a field of Word's own: "),
        (field("INCLUDETEXT secret.docx"), "INCLUDETEXT"),
    ],
)
def test_what_a_layout_may_not_say_is_refused_with_its_place(change: Callable[[WordFile], object], said: str) -> None:
    assert said in refusal(sheet(change))


def test_page_numbers_are_no_danger() -> None:
    own_layout.check(FILE, sheet(field(" PAGE \\* MERGEFORMAT ")), Form.SIGN_IN)


def packed(more: dict[str, bytes]) -> bytes:
    out = BytesIO(sheet())
    with ZipFile(out, "a") as file:
        for path, content in more.items():
            file.writestr(path, content)
    return out.getvalue()


def test_files_that_are_no_plain_word_file_are_refused() -> None:
    assert "expected a .docx" in refusal(b"PK", FILE)
    assert "another kind of file" in refusal(sheet(), "签到表.docm")
    assert "macros in it" in refusal(packed({"word/vbaProject.bin": b"x"}))
    assert "at most 2 MB" in refusal(packed({"word/media/x": bytes(3_000_000)}))
    assert "too large when unpacked" in refusal(packed_bomb())


def packed_bomb() -> bytes:
    from zipfile import ZIP_DEFLATED

    out = BytesIO(sheet())
    with ZipFile(out, "a", ZIP_DEFLATED) as file:
        file.writestr("word/media/x", bytes(60_000_000))
    return out.getvalue()


def test_every_field_of_every_form_has_one_name_in_each_language() -> None:
    for form in Form:
        known = own_layout.names(form)
        assert len(known.fields) == 2 * len(set(known.fields.values())), form
        for columns in known.tables.values():
            assert len(columns) == 2 * len(set(columns.values())), form


def test_a_placeholder_in_a_text_box_is_filled_once() -> None:
    box = (
        f"<w:p {nsdecls('w')}><w:r><w:t>a</w:t></w:r><w:r><w:txbxContent><w:p><w:r><w:t>{{{{学期}}}}</w:t></w:r></w:p>"
        "</w:txbxContent></w:r></w:p>"
    )
    own = sheet(lambda document: document.element.body.insert(0, parse_xml(box)))
    content = own_layout.written(own, Form.SIGN_IN, every(ZH)[Form.SIGN_IN])
    texts = [one.text for one in Document(BytesIO(content)).element.body[0].iter(f"{W}t")]
    assert texts == ["a", "2026—2027学年第一学期"]
