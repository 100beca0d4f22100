"""The workbook (.xlsx) of a report: real dates and numbers, heads that stay in sight, fit for A4 across."""

import re
from collections.abc import Sequence
from datetime import date, datetime
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties

from bot.forms.filled import clean
from bot.reports.tables import Table, Value
from bot.sheets.term_workbook import A4, NARROWEST, WIDEST, width

LOOKED_AT = 200  # rows that a column's width is reckoned from
SHARE, DAY, MOMENT = "0.0%", "yyyy-mm-dd", "yyyy-mm-dd hh:mm"
NOT_TEXT = ("=", "+", "-", "@", "\t", "\r", "#")  # what a program would take for a formula or an error
NO_TAB = re.compile(r"[\[\]:*?/\\']")  # what no tab's name holds
LONGEST_TAB = 31
ONE_DAY = (2020, 1, 1, 0, 0, 0)  # of every part: the same report is the same bytes
SAVED = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")


def written(heading: str, tables: Sequence[Table]) -> bytes:
    """A sheet for each table, `heading` above each and on every page."""
    book = Workbook(write_only=True)
    names: set[str] = set()
    for table in tables:
        name = tab(table.name, names)
        names.add(name.casefold())
        fill(book.create_sheet(name), heading, table)
    out = BytesIO()
    book.save(out)
    return timeless(out.getvalue())


def tab(name: str, taken: set[str]) -> str:
    """What a workbook allows as a tab's name, and has not yet."""
    plain = NO_TAB.sub(" ", clean(name))[:LONGEST_TAB].strip() or "-"
    number, found = 1, plain
    while found.casefold() in taken:
        number += 1
        found = f"{plain[: LONGEST_TAB - 4]} {number}"
    return found


def fill(sheet: Any, heading: str, table: Table) -> None:
    """What is set of a sheet that is written row by row is set before its first row."""
    for column, title in enumerate(table.columns):
        texts = [title, *(shown(row[column]) for row in table.rows[:LOOKED_AT])]
        wide = min(max(max(map(width, texts)) + 2, NARROWEST), WIDEST)
        sheet.column_dimensions[get_column_letter(column + 1)].width = wide
    sheet.freeze_panes = "A3"
    printed(sheet, heading)
    sheet.append([cell(sheet, f"{heading} · {table.name}", font=Font(bold=True, size=13))])
    head = {"font": Font(bold=True), "fill": PatternFill("solid", fgColor="E8EEF7")}
    head["alignment"] = Alignment(horizontal="center", vertical="center", wrap_text=True)
    sheet.append([cell(sheet, title, **head) for title in table.columns])
    for row in table.rows:
        sheet.append([value(sheet, one) for one in row])
    for note in table.notes:
        sheet.append([value(sheet, note)])


def printed(sheet: Any, heading: str) -> None:
    """A4 across, as wide as the page, heading and head on every page."""
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_title_rows = "1:2"
    sheet.oddFooter.center.text = "&P/&N"
    sheet.oddHeader.right.text = clean(heading).replace("&", "&&")


def value(sheet: Any, one: Value) -> Any:
    """Text is text: never a formula, an error value or a number."""
    match one:
        case str():
            text = clean(one)
            if not text.startswith(NOT_TEXT):
                return text
            found = cell(sheet, text)
            found.quotePrefix = True  # so that it stays text when somebody edits it
            return found
        case float():
            return cell(sheet, one, number_format=SHARE)
        case datetime():
            return cell(sheet, one.replace(tzinfo=None, second=0, microsecond=0), number_format=MOMENT)
        case date():
            return cell(sheet, one, number_format=DAY)
    return one


def cell(sheet: Any, content: Any, **looks: Any) -> Any:
    found = WriteOnlyCell(sheet, clean(content) if isinstance(content, str) else content)
    if isinstance(content, str):
        found.data_type = "s"
    for name, look in looks.items():
        setattr(found, name, look)
    return found


def shown(one: Value) -> str:
    """About as long as it is shown."""
    match one:
        case float():
            return "100.0%"
        case datetime():
            return "2026-10-14 14:30"
    return "" if one is None else str(one)


def timeless(content: bytes) -> bytes:
    """The same file without when it was written."""
    out = BytesIO()
    with ZipFile(BytesIO(content)) as parts, ZipFile(out, "w", ZIP_DEFLATED) as file:
        for name in sorted(parts.namelist()):
            part = parts.read(name)
            if name == "docProps/core.xml":
                part = SAVED.sub(rb"\g<1>2020-01-01T00:00:00Z", part)
            file.writestr(ZipInfo(name, ONE_DAY), part, ZIP_DEFLATED)
    return out.getvalue()
