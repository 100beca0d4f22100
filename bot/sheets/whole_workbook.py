"""A school's own spreadsheet, every sheet of it (.xlsx), or a table (.csv), as rows of plain texts.

Cells that are merged downwards each say what the merged one says: a school's name often stands once beside all its
people. Merged sideways they are a title, and stay one cell.
"""

import csv
from collections.abc import Iterator
from contextlib import closing
from io import BytesIO, StringIO
from typing import TYPE_CHECKING

from bot.sheets.spreadsheet import COLUMNS, LARGEST, ROWS, SheetRow, guarded, plain
from store.complaint import Complaint

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

DELIMITERS = ",\t;"


def every_row(name: str, content: bytes) -> list[SheetRow]:
    """Of every sheet that is in sight, empty rows left out; a table's sheet is called "". Raises Complaint."""
    if name.lower().endswith(".csv"):
        return table(name, content)
    if not name.lower().endswith(".xlsx"):
        raise Complaint(name, "another kind of file", "a workbook saved as .xlsx, or a table saved as .csv")
    return guarded(name, content, lambda: list(sheets(name, content)))


def sheets(name: str, content: bytes) -> Iterator[SheetRow]:
    from openpyxl import load_workbook

    with closing(load_workbook(BytesIO(content), data_only=True)) as book:
        for sheet in book.worksheets:
            if sheet.sheet_state == "visible":
                yield from filled(name, sheet)


def filled(name: str, sheet: "Worksheet") -> Iterator[SheetRow]:
    above = {
        (row, each.min_col): each.min_row
        for each in sheet.merged_cells.ranges
        for row in range(each.min_row + 1, min(each.max_row, ROWS) + 1)
    }
    wide = min(sheet.max_column, COLUMNS)
    for number in range(1, sheet.max_row + 1):
        cells = [sheet.cell(above.get((number, at), number), at).value for at in range(1, wide + 1)]
        texts = tuple(plain(cell) for cell in cells)
        if any(texts) and number > ROWS:
            raise Complaint(f"{name}: {sheet.title}", f"more than {ROWS} rows", f"at most {ROWS}")
        if any(texts):
            yield SheetRow(number, texts, sheet.title)


def table(name: str, content: bytes) -> list[SheetRow]:
    """UTF-8 or GB18030, as spreadsheets write it here; the delimiter is the one that the head has most of."""
    if len(content) > LARGEST:
        raise Complaint(name, "too large", f"at most {LARGEST // 1_000_000} MB")
    text = decoded(name, content)
    head = text.partition("\n")[0]
    delimiter = max(DELIMITERS, key=head.count)
    found = []
    try:
        for number, cells in enumerate(csv.reader(StringIO(text, newline=""), delimiter=delimiter), 1):
            texts = tuple(plain(cell) for cell in cells[:COLUMNS])
            if any(texts):
                found.append(SheetRow(number, texts, ""))
    except csv.Error as error:
        raise Complaint(name, f"not a table ({error})", "a table saved as .csv") from None
    if found and found[-1].number > ROWS:
        raise Complaint(name, f"more than {ROWS} rows", f"at most {ROWS}")
    return found


def decoded(name: str, content: bytes) -> str:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Complaint(name, "bytes that are no text", "a table saved as .csv in UTF-8 or GB18030")
