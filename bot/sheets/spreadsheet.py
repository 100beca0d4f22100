"""A spreadsheet (.xlsx) as rows of plain texts: values, not formulas; bounded, whatever the file says of itself."""

from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import date
from io import BytesIO
from itertools import islice
from typing import Any
from zipfile import ZipFile

from msgspec import Struct

from store.complaint import Complaint

LARGEST = 50_000_000  # bytes, unpacked: a small file can unpack to a giant
ROWS, COLUMNS = 5_000, 50
Line = tuple[str, ...]


class SheetRow(Struct, frozen=True):
    """`number` is that of the row as the program that wrote it shows it, from 1; `sheet` is called so there."""

    number: int
    cells: Line
    sheet: str


def rows(name: str, content: bytes, most: int | None = None) -> list[SheetRow]:
    """Of the first sheet, empty ones left out; `most`: only the first of them. Raises Complaint."""
    return guarded(name, content, lambda: list(islice(read(name, content), most)))


def guarded(name: str, content: bytes, reading: Callable[[], list[SheetRow]]) -> list[SheetRow]:
    """What `reading` finds in a workbook that is one, and not too large. Raises Complaint."""
    if not name.lower().endswith(".xlsx"):
        raise Complaint(name, "another kind of file", "a workbook saved as .xlsx")
    try:
        with ZipFile(BytesIO(content)) as parts:
            if sum(part.file_size for part in parts.infolist()) > LARGEST:
                raise Complaint(name, "too large when unpacked", f"at most {LARGEST // 1_000_000} MB")
        return reading()
    except Complaint:
        raise
    except Exception as error:  # openpyxl lets through whatever zip, deflate, XML and indices make of damaged bytes
        raise Complaint(name, f"not a workbook ({type(error).__name__})", "a workbook saved as .xlsx") from None


def read(name: str, content: bytes) -> Iterator[SheetRow]:
    from openpyxl import load_workbook

    with closing(load_workbook(BytesIO(content), read_only=True, data_only=True)) as book:
        sheet = book.worksheets[0]
        for number, cells in enumerate(sheet.iter_rows(max_col=COLUMNS, values_only=True), 1):
            if number > ROWS:
                raise Complaint(name, f"more than {ROWS} rows", f"at most {ROWS}")
            texts = tuple(plain(cell) for cell in cells)
            if any(texts):
                yield SheetRow(number, texts, sheet.title)


def plain(cell: Any) -> str:
    """One line in its own spelling: 7.0 is 7, wide and no-break spaces are spaces."""
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    words = cell.isoformat() if isinstance(cell, date) else str(cell)
    return " ".join(words.split())
