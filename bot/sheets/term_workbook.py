"""The workbook (.xlsx) of the term plan: its cells as what they are, fit for a screen and for A4 across."""

import unicodedata
from collections.abc import Sequence
from datetime import date, datetime, time
from io import BytesIO

from openpyxl import Workbook
from openpyxl.cell import Cell as SheetCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from bot.sheets.term_sheet import COLUMNS, ROW, TABLE, Cell, Names, cells, clean, lines, marked
from bot.words import Words
from store.blueprint import Blueprint, Term

NARROWEST, WIDEST = 7, 36  # characters of half width; what is longer goes on below
A4 = 9  # the number that spreadsheets give to that paper
FORMULAS = ("=", "+", "-", "@")


def written(blueprint: Blueprint, term: Term, words: Words) -> bytes:
    """One line an occurrence of the term, the head above."""
    names, table = Names(blueprint), []
    for line in lines(blueprint, term.first_day, term.last_day):
        found = cells(line, words, names)
        table.append([*found.values(), marked(line, found.values())])
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)  # a new workbook has one
    sheet.title = words.named("name", TABLE)
    sheet.append([words.named(column, TABLE) for column in (*COLUMNS, ROW)])
    for number, line_cells in enumerate(table, 2):
        for column, value in enumerate(line_cells, 1):
            cell = sheet.cell(number, column)
            assert isinstance(cell, SheetCell)  # none is merged
            put(cell, value, words)
    laid_out(sheet, [line_cells[:-1] for line_cells in table])
    printed(sheet, f"{blueprint.consortium.name} {term.name}")
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def put(cell: SheetCell, value: Cell, words: Words) -> None:
    """Text is text: never a formula, an error value or a number."""
    cell.alignment = Alignment(vertical="top", wrap_text=True)
    match value:
        case datetime():
            cell.value, cell.number_format = value, "yyyy-mm-dd hh:mm"
        case date():
            cell.value, cell.number_format = value, "yyyy-mm-dd"
        case time():
            cell.value, cell.number_format = value, "hh:mm"
        case int():
            cell.value, cell.number_format = value, words.named("week_format", TABLE)
        case _:
            cell.number_format = "@"
            if value:
                cell.value, cell.data_type = value, "s"
                cell.quotePrefix = value.startswith(FORMULAS)  # so that it stays text when somebody edits it


def laid_out(sheet: Worksheet, table: Sequence[Sequence[Cell]]) -> None:
    """The head stays in sight, every column is as wide as its words, whose line it is stays out of sight."""
    for head in sheet[1]:
        head.font, head.fill = Font(bold=True), PatternFill("solid", fgColor="E8EEF7")
        head.alignment = Alignment(horizontal="center", vertical="center")
    for column in range(len(COLUMNS)):
        shown = [str(sheet.cell(1, column + 1).value), *(seen(found[column]) for found in table)]
        wide = max(width(line) for text in shown for line in text.split("\n"))
        sheet.column_dimensions[get_column_letter(column + 1)].width = min(max(wide + 2, NARROWEST), WIDEST)
    sheet.column_dimensions[get_column_letter(len(COLUMNS) + 1)].hidden = True
    sheet.freeze_panes = "A2"


def seen(value: Cell) -> str:
    """About as long as it is shown."""
    match value:
        case datetime() | date() | time():
            return value.isoformat()[:16] if isinstance(value, datetime) else value.isoformat()[:10]
        case int():
            return f"第{value}周"
    return value or ""


def width(text: str) -> int:
    """Chinese characters and marks take two."""
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)


def printed(sheet: Worksheet, heading: str) -> None:
    """A4 across, as wide as the page, the head on every page."""
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_title_rows = "1:1"
    for item, text in ((sheet.oddHeader, clean(heading).replace("&", "&&")), (sheet.oddFooter, "&P/&N")):
        assert item is not None
        item.center.text = text
