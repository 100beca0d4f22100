"""The workbook of a report, read back cell by cell: what stands there is what the database says, and no formula."""

from datetime import date, datetime
from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.workbook import Workbook

from bot.reports import report_csv, report_workbook
from bot.reports.dossier import Dossier, gathered
from bot.reports.files import Files
from bot.reports.tables import Table
from bot.settings import LANGUAGES
from bot.words import Words
from store import consortiums
from store.database import Session, Store
from tests.handlers.event_sample import RESEARCH, begin
from tests.handlers.report_sample import play

HOSTILE = (
    "=cmd|'/C calc'!A0",
    "+1",
    "-1",
    "@SUM(A1)",
    "#N/A",
    "\t=1",
    "<b>x</b>",
    "样" * 200,
    "\u202etxt.exe",
    "a\x00b",
)


@pytest.fixture
def found(store: Store) -> Dossier:
    school = begin(store, RESEARCH, until="10-08 09:00")
    play(school, school.occurrence("research", "10-14 14:30"))
    return school.ask(lambda session: told(session, school.now))


def told(session: Session, now: datetime) -> Dossier:
    row = consortiums.by_key(session, "sample")
    assert row is not None
    return gathered(session, row, (date(2026, 9, 1), date(2027, 1, 22)), Words("zh"), now)


def opened(content: bytes) -> Workbook:
    return load_workbook(BytesIO(content))


def rows(book: Workbook, tab: str) -> list[dict[str, Any]]:
    """Below the heading and the head, by what the columns are called; what is blank is left out."""
    _, head, *lines = book[tab].iter_rows(values_only=True)
    named = (dict(zip(head, line, strict=True)) for line in lines)
    return [{str(name): cell for name, cell in one.items() if cell is not None} for one in named]


def test_every_cell_is_what_the_tables_say(found: Dossier) -> None:
    for language in LANGUAGES:
        tables = Files(found, Words(language)).sheets()
        book = opened(report_workbook.written("样例", tables))
        assert book.sheetnames == [table.name for table in tables]
        for table in tables:
            heading, head, *lines = book[table.name].iter_rows(values_only=True)
            assert heading[0] == f"样例 · {table.name}"
            assert head == table.columns
            assert [tuple(line) for line in lines[: len(table.rows)]] == [read_back(row) for row in table.rows]
            assert [line[0] for line in lines[len(table.rows) :]] == list(table.notes)


def read_back(row: tuple[Any, ...]) -> tuple[Any, ...]:
    """An empty text is an empty cell, a day an instant."""
    days = (datetime.combine(one, datetime.min.time()) if type(one) is date else one for one in row)
    return tuple(None if one == "" else one for one in days)


def test_figures_are_those_of_the_afternoon(found: Dossier) -> None:
    book = opened(Files(found, Words("zh")).workbook())
    (event,) = rows(book, "按活动")[:1]
    assert event["日期"] == datetime(2026, 10, 14)
    assert {name: event[name] for name in ("应到", "实到", "迟到", "请假待批", "缺席（待核）", "反思", "备注")} == {
        "应到": 5, "实到": 1, "迟到": 1, "请假待批": 1, "缺席（待核）": 3, "反思": 1, "备注": "未核完，暂定",
    }  # fmt: skip
    core, east, total = rows(book, "按学校")[:3]
    assert "出勤率" not in core
    for name in ("应到人次", "实到", "迟到", "请假待批", "缺席（待核）"):
        assert core[name] + east[name] == total[name]
    assert {(one["学校"], one["姓名"], one["实到"]) for one in rows(book, "按人")} >= {("样例中心校", "样李芳", 1)}
    leaves = rows(book, "请假次数")[-1]
    assert (leaves["申请"], leaves["待批"], leaves["批准后到场"]) == (1, 1, 0)


def test_it_is_made_for_the_screen_and_for_paper(found: Dossier) -> None:
    sheet = opened(Files(found, Words("zh")).workbook())["按活动"]
    assert sheet.freeze_panes == "A3"
    assert (sheet.page_setup.paperSize, sheet.page_setup.orientation, sheet.page_setup.fitToHeight) == (
        9,
        "landscape",
        0,
    )
    assert sheet.print_title_rows == "$1:$2"
    assert sheet["A3"].number_format == "yyyy-mm-dd"


def test_hostile_texts_are_texts() -> None:
    table = Table("=1+1[x]", ("=a",), tuple((one,) for one in HOSTILE), ("=b",))
    (sheet,) = opened(report_workbook.written("=c", [table])).worksheets
    cells = [cell for row in sheet.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} == {"s"}
    assert [cell.value for cell in cells][2:-1] == [one.translate({0: None, 0x202E: None}) for one in HOSTILE]


def test_the_same_report_is_the_same_bytes(found: Dossier) -> None:
    once, again = (list(Files(found, Words("zh")).every(lambda *_: None)) for _ in range(2))
    assert once == again


def test_the_records_are_text_that_excel_shows(found: Dossier) -> None:
    text = report_csv.written(found.report, Words("zh")).decode()
    head, *lines = text.splitlines()
    assert head.startswith("\ufeff日期,活动编号,活动,")
    assert len(lines) == sum(len(event.people) for event in found.report.events)
    assert "2026-10-14,research,共创式主题教研,,样例中心校,li,样李芳,是,否,,否,,迟到,17,是" in lines


def test_a_hostile_name_is_no_formula_in_the_records_and_turns_no_line_round() -> None:
    hostile = "=1", "\t=1", " +1", "\u202e=1", "样\u202e李芳"
    assert [report_csv.harmless(one) for one in hostile] == ["'=1", "'=1", "'+1", "'=1", "样李芳"]
