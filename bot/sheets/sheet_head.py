"""The rows of a term plan by its head row: which column is which, in any order and language."""

from collections.abc import Mapping
from itertools import takewhile

from msgspec import Struct

from bot.file.refusals import Complaints
from bot.sheets.roster import HEADER_WITHIN, folded
from bot.sheets.spreadsheet import SheetRow, rows
from bot.sheets.term_sheet import COLUMNS, ROW, TABLE, Mark, read_mark
from bot.voice import Voices
from store.complaint import Complaint

NEEDED = ("date", "starts", "ends", "title", ROW)
MOST = 1000  # rows: more than any term has
ENOUGH = 3  # columns by which a sheet is known to be a term plan


class Entry(Struct, frozen=True):
    """One row: its cells by column, and whose it is (`mark`; None: somebody's own). `columns`: where each column is."""

    sheet: str
    number: int
    texts: Mapping[str, str]
    mark: Mark | None
    columns: Mapping[str, int]

    def at(self, column: str) -> str:
        """`D7`"""
        return f"{letters(self.order(column))}{self.number}"

    def order(self, column: str) -> int:
        return self.columns.get(column, 0)


def is_one(name: str, content: bytes, voices: Voices) -> bool:
    """By its head row, and nothing else. Raises Complaint where it is no workbook."""
    return any(looks_so(row, headings(voices)) for row in rows(name, content, HEADER_WITHIN))


def looks_so(row: SheetRow, known: Mapping[str, str]) -> bool:
    found = {known[word] for cell in row.cells if (word := folded(cell).casefold()) in known}
    return len(found) >= ENOUGH


def headings(voices: Voices) -> dict[str, str]:
    labels = [voice.labels.tables[TABLE] for voice in voices.every.values()]
    return {folded(one[column]).casefold(): column for one in labels for column in (*COLUMNS, ROW)}


def entries(name: str, content: bytes, voices: Voices) -> list[Entry]:
    """Rows with nothing in sight are none. Raises Complaint or Complaints."""
    found, known = rows(name, content), headings(voices)
    above = len(list(takewhile(lambda row: not looks_so(row, known), found)))
    if above == len(found):
        labels = voices.default.labels
        raise Complaint(name, "no header row", "a row with " + ", ".join(labels.named(one, TABLE) for one in COLUMNS))
    if len(found) - above > MOST:
        raise Complaint(name, f"more than {MOST} rows", f"at most {MOST}")
    head = found[above]
    columns = columns_of(name, head, known, voices)
    return [entry for row in found[above + 1 :] if any((entry := entry_of(name, columns, row)).texts.values())]


def columns_of(name: str, head: SheetRow, known: Mapping[str, str], voices: Voices) -> dict[str, int]:
    columns: dict[str, int] = {}
    wrong: list[Complaint] = []
    labels = voices.default.labels
    for at, text in enumerate(head.cells):
        column, where = known.get(folded(text).casefold()), f"{name}: {head.sheet}!{letters(at)}{head.number}"
        if text and column is None:
            all_of_them = ", ".join(labels.named(one, TABLE) for one in COLUMNS)
            wrong.append(Complaint(where, f"column {text!r}", f"one of {all_of_them}"))
        elif column in columns:
            wrong.append(Complaint(where, f"column {text!r}", "each once"))
        elif column is not None:
            columns[column] = at
    missing = [labels.named(column, TABLE) for column in NEEDED if column not in columns]
    wrong += [Complaint(f"{name}: {head.sheet}", f"no column {one}", "it as it was sent") for one in missing]
    if wrong:
        raise Complaints(wrong)
    return columns


def entry_of(name: str, columns: Mapping[str, int], row: SheetRow) -> Entry:
    texts = {column: row.cells[at] if at < len(row.cells) else "" for column, at in columns.items()}
    text = texts.pop(ROW)
    entry = Entry(row.sheet, row.number, texts, read_mark(text), columns)
    if text and entry.mark is None:
        raise Complaint(f"{name}: {row.sheet}!{entry.at(ROW)}", "another mark", "it as it was sent, or an empty cell")
    return entry


def letters(column: int) -> str:
    """`A`, `Z`, `AA`: from 0."""
    return (letters(column // 26 - 1) if column > 25 else "") + chr(ord("A") + column % 26)
