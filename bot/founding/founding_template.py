"""The workbook that a new consortium fills in: a sheet for each list, with its heads and a line of example."""

from datetime import date
from io import BytesIO

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from bot.founding.tables import TABLES, WORDS
from bot.settings import LANGUAGES
from bot.sheets.term_workbook import put, width
from bot.words import Words

NARROWEST = 10  # characters of half width


def workbook(words: Words) -> bytes:
    """In the language of `words`; read back it holds nothing, for an example is none."""
    book, spelt = Workbook(), LANGUAGES.index(words.language)
    assert book.active is not None  # a new workbook has one
    book.remove(book.active)
    for table in TABLES:
        sheet = book.create_sheet(WORDS["sheets"][table][spelt])
        heads = [spellings[spelt] for spellings in WORDS["columns"][table].values()]
        laid_out(sheet, heads, WORDS["examples"][words.language][table], words)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def laid_out(sheet: Worksheet, heads: list[str], example: list[str | date], words: Words) -> None:
    """A column keeps what is typed as text, so that a telephone stays as it is and class 3-1 is no day."""
    for at, (head, shown) in enumerate(zip(heads, [*example, *[""] * len(heads)], strict=False), 1):
        cell, column = sheet.cell(2, at), sheet.column_dimensions[get_column_letter(at)]
        assert isinstance(cell, Cell)  # none is merged
        put(cell, shown, words)
        cell.font = Font(italic=True, color="808080")
        column.number_format = "yyyy-mm-dd" if isinstance(shown, date) else "@"
        column.width = max(width(head), width(str(shown)), NARROWEST) + 2
        above = sheet.cell(1, at, head)
        above.font, above.fill = Font(bold=True), PatternFill("solid", fgColor="E8EEF7")
        above.alignment = Alignment(horizontal="center", vertical="center")
    sheet.freeze_panes = "A2"
