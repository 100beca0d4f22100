"""The nine forms: what stands on them, whatever people are called, and that LibreOffice prints them as they are."""

import subprocess
from datetime import date
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from docx import Document
from docx.document import Document as WordFile
from msgspec.structs import replace

from bot.forms import filled_events, forms
from bot.forms.layouts import LAYOUTS, Listing, fields
from bot.forms.paper import DOCUMENT
from bot.words import Words
from store.form_layouts import Form
from store.minutes import TaskLine, WholeMinutes
from store.occurrences import OccurrenceState
from tests.bot.form_sample import CONSORTIUM, HELD, HOSTILE, SIGNERS, TERM, at, event, every
from tests.bot.test_own_layouts import sheet

ZH = Words("zh")
PAGES = {  # at least and at most
    **dict.fromkeys(Form, (1, 1)),
    Form.SIGN_IN: (2, 4),
    **dict.fromkeys((Form.MINUTES, Form.OBSERVATION, Form.CATALOGUE), (2, 3)),
    Form.ATTENDANCE: (2, 3),
}
A4 = {595, 842}  # points


def opened(content: bytes) -> WordFile:
    return Document(BytesIO(content))


def cells(content: bytes) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for table in opened(content).tables for row in table.rows]


def made(form: Form, words: Words = ZH) -> bytes:
    return forms.written(form, every(words)[form], words)


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("form", Form)
def test_every_form_has_its_title_line_and_every_field_by_its_name(form: Form, language: str) -> None:
    words = Words(language)
    content = made(form, words)
    assert [one.text for one in opened(content).paragraphs][:2] == [f"{CONSORTIUM} {TERM}", words.label(form)]
    text = "\n".join(part for row in cells(content) for part in row)
    columns = [name for one in LAYOUTS[form].blocks if isinstance(one, Listing) for name, _ in one.columns]
    notes = {"stamp", "formula", "consortium", "term"}
    named = [words.named(one, "form_field") for one in (*fields(LAYOUTS[form]), *columns) if one not in notes]
    assert [one for one in named if one not in text] == []


def test_hostile_names_stand_on_a_form_as_harmless_text() -> None:
    content = made(Form.SIGN_IN)
    names = [row[1] for row in cells(content) if row[0].isdigit()]
    assert len(names) == SIGNERS
    assert names[:3] == list(HOSTILE[:3])
    assert names[3:5] == ["样evil", "样李"]
    assert b"<script>" not in ZipFile(BytesIO(content)).read(DOCUMENT)


def test_a_sheet_tells_who_came_and_has_room_to_sign() -> None:
    rows = cells(made(Form.SIGN_IN))
    head = next(row for row in rows if row[0] == "序号")
    assert head == ["序号", "姓名", "学校", "学科", "状态", "签到时间", "方式", "签名", "备注"]
    assert next(row for row in rows if row[1] == "样老师7")[4:] == ["已到", "14:20", "按钮", "", ""]
    assert next(row for row in rows if row[1] == "样老师8")[4:] == ["请假", "", "", "", ""]
    assert next(row for row in rows if row[0] == "合计")[-1] == "应到50　实到40　已到40　请假10"


def test_minutes_that_were_handed_in_stand_on_their_form() -> None:
    task = TaskLine(1, "整理课例", "样李芳", date(2026, 10, 21))
    spoken = WholeMinutes("样王强——先看学生\n下次带作业来", "先议后教", "时间不够", (task,), ("课件.pptx",), at(9))
    told = filled_events.filled(replace(event(), minutes=spoken), ZH)
    assert told.tables["discussion"] == [{"who": "样王强", "point": "先看学生"}, {"who": "", "point": "下次带作业来"}]
    assert told.tables["tasks"] == [{"task": "整理课例", "charge": "样李芳", "due": "2026年10月21日（星期三）"}]
    assert [told.fields[name] for name in ("agreed", "problems", "materials")] == ["先议后教", "时间不够", "课件.pptx"]
    assert {"discussion", "tasks"} & set(filled_events.filled(event(), ZH).tables) == set()


def test_open_figures_are_stamped_and_the_formula_is_printed() -> None:
    content = made(Form.ATTENDANCE)
    text = "\n".join(one.text for one in opened(content).paragraphs)
    assert "未核完：还有2人次待核" in text
    assert "出勤率＝" in text
    rates = {row[1]: row[-1] for row in cells(content) if row[0].isdigit() or row[1] == "合计"}
    assert rates["样例中心校"] == "83.3%"
    assert rates["样例东校"] == "80.0%（暂定）"


def test_what_is_called_off_says_so_on_its_forms() -> None:
    held = replace(HELD, state=OccurrenceState.CANCELLED)
    content = forms.printed(Form.NOTICE, replace(event(), held=held), ZH)
    assert ["活动名称", "共创式主题教研（活动取消）"] in [row[1:3] for row in cells(content)]


def test_the_same_facts_are_the_same_bytes() -> None:
    assert made(Form.MINUTES) == made(Form.MINUTES)


def test_a_grade_has_a_place_only_where_it_is_asked_for() -> None:
    filled = every(ZH)[Form.OBSERVATION]
    plain, marked = (forms.written(Form.OBSERVATION, filled, ZH, marks=marks) for marks in (False, True))
    assert [["等级"] in [row[:1] for row in cells(one)] for one in (plain, marked)] == [False, True]


def test_libreoffice_prints_all_nine_on_a4(soffice: str, tmp_path: Path) -> None:
    """One start for all of them, since starting takes longer than printing."""
    for form in Form:
        (tmp_path / f"{form}.docx").write_bytes(made(form))
    own = forms.written(Form.SIGN_IN, every(ZH)[Form.SIGN_IN], ZH, sheet())
    (tmp_path / "own.docx").write_bytes(own)
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    files = [str(one) for one in sorted(tmp_path.glob("*.docx"))]
    asked = [soffice, profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), *files]
    subprocess.run(asked, capture_output=True, check=True, timeout=120)
    for form in Form:
        pdf = str(tmp_path / f"{form}.pdf")
        about = dict(line.split(":", 1) for line in run("pdfinfo", pdf).splitlines() if ":" in line)
        assert PAGES[form][0] <= int(about["Pages"]) <= PAGES[form][1], form
        assert {round(float(size)) for size in about["Page size"].split() if size[0].isdigit()} == A4
        text = "".join(run("pdftotext", pdf, "-").split())
        assert ZH.label(form) in text
        assert f"第1页共{about['Pages'].strip()}页" in text
        rows = [line.split() for line in run("pdffonts", pdf).splitlines()[2:]]
        assert any("CJK" in row[0] for row in rows), rows
        assert all("yes" in row for row in rows)  # embedded
    signed = run("pdftotext", str(tmp_path / f"{Form.SIGN_IN}.pdf"), "-")
    assert signed.count("序号") == signed.count("\f")  # the columns' names are on each page
    assert "样老师49" in "".join(signed.split())
    assert "样老师49（样例中心校）" in "".join(run("pdftotext", str(tmp_path / "own.pdf"), "-").split())


def run(*asked: str) -> str:
    return subprocess.run(asked, capture_output=True, text=True, check=True).stdout
