"""Which tables a school's own spreadsheet has: sheets known by their names or heads, each row by its columns."""

import re
import tomllib
import unicodedata
from collections.abc import Mapping, Sequence
from itertools import groupby
from pathlib import Path
from typing import TypeVar

from msgspec import Struct

from bot.file.refusals import shown
from bot.sheets import roster
from bot.sheets.roster import HEADER_WITHIN, folded
from bot.sheets.sheet_head import letters
from bot.sheets.spreadsheet import SheetRow
from store.complaint import Complaint

WORDS = tomllib.loads((Path(__file__).parent / "columns.toml").read_text(encoding="utf-8"))
TABLES: tuple[str, ...] = tuple(WORDS["sheets"])
HAN = "\u3400-\u9fff\uf900-\ufaff"
WITHIN_WORDS = re.compile(rf"(?<=[{HAN}·])\s+(?=[{HAN}·])")
NO_COLUMN = -1
T = TypeVar("T", bound=str)


def same(text: str) -> str:
    """For comparing: without spaces, whichever width and case."""
    return "".join(unicodedata.normalize("NFKC", text).split()).casefold()


def tidy(text: str) -> str:
    """张三 of "张  三", 七(1)班 of "七（１）班": digits, letters and brackets of half width, nothing out of sight."""
    seen = folded("".join(char for char in text if char.isprintable() or char.isspace()))
    return WITHIN_WORDS.sub("", seen)


NOTHING = frozenset(same(word) for word in WORDS["words"]["nothing"])
ASIDE = tuple(same(word) for word in (*WORDS["words"]["example"], *WORDS["words"]["footers"]))
SHEETS = {same(word): table for table, words in WORDS["sheets"].items() for word in words}


def known_columns(table: str) -> dict[str, str]:
    further = roster.COLUMNS if table == "person" else {}
    own = {same(word): column for column, words in WORDS["columns"][table].items() for word in words}
    return {same(word): column for word, column in further.items() if column in WORDS["columns"][table]} | own


COLUMNS: Mapping[str, Mapping[str, str]] = {table: known_columns(table) for table in TABLES}


class Line(Struct, frozen=True):
    """One row of a table: its cells by column, tidied, an empty one left out; `order`: where each column is, from 0."""

    file: str
    sheet: str
    number: int
    cells: Mapping[str, str]
    order: Mapping[str, int]

    def at(self, column: str) -> str:
        """`名单.xlsx: 人员!C7`; of a column that is not there the row (`人员!7`)."""
        where = self.order.get(column, NO_COLUMN)
        cell = f"{letters(where)}{self.number}" if where != NO_COLUMN else f"{self.number}"
        return f"{self.whole}!{cell}" if self.sheet else f"{self.file}: {cell}"

    @property
    def whole(self) -> str:
        """`名单.xlsx: 人员`"""
        return f"{self.file}: {self.sheet}" if self.sheet else self.file

    def complaint(self, column: str, expected: str) -> Complaint:
        return Complaint(self.at(column), shown(self.cells[column]) if column in self.cells else "empty", expected)


class Tables(Struct, frozen=True):
    """`unwritten`: headings of columns, and names of sheets, that no consortium file has a place for."""

    lines: Mapping[str, Sequence[Line]]
    unwritten: tuple[str, ...]


def tables(name: str, rows: Sequence[SheetRow]) -> Tables:
    """Raises Complaint where no sheet is known, or a known one has no head."""
    lines: dict[str, list[Line]] = {table: [] for table in TABLES}
    unwritten: list[str] = []
    for sheet, of_sheet in groupby(rows, key=lambda row: row.sheet):
        found = list(of_sheet)
        named = SHEETS.get(same(sheet))
        head = head_row(found, [named] if named else TABLES)
        if head is None and named:
            wanted = ", ".join(WORDS["columns"][named][column][0] for column in WORDS["needed"][named])
            raise Complaint(f"{name}: {sheet}", "no header row", f"a row with {wanted}")
        if head is None:
            unwritten.append(sheet)
            continue
        at, table = head
        columns = [COLUMNS[table].get(heading(cell), "") for cell in found[at].cells]
        heads = zip(found[at].cells, columns, strict=True)
        unwritten += [tidy(cell) for cell, column in heads if column in ("", "identity")]
        lines[table] += read(name, table, columns, found[at + 1 :])
    if not any(lines.values()):
        people = WORDS["columns"]["person"]
        raise Complaint(name, "no list of people", f"a sheet whose head has {people['name'][0]}, and a row below it")
    return Tables(lines, tuple(dict.fromkeys(word for word in unwritten if word)))


def heading(cell: str) -> str:
    return same(cell).strip("*:")


def head_row(rows: Sequence[SheetRow], of: Sequence[T]) -> tuple[int, T] | None:
    """Where the head is, and of which table: the one with most of its columns there.

    What knows fewer columns than a row above it is no head but somebody (教师 in the column 角色) below one that lacks
    what is needed.
    """
    most = 0
    for at, row in enumerate(rows[:HEADER_WITHIN]):
        words = {heading(cell) for cell in row.cells if cell}
        found = {table: {COLUMNS[table][word] for word in words if word in COLUMNS[table]} for table in of}
        fit = [table for table in of if found[table] >= set(WORDS["needed"][table]) and len(found[table]) >= most]
        if fit and (len(of) == 1 or len(words) > 1):
            return at, max(fit, key=lambda table: len(found[table]))
        most = max(most, *(len(known) for known in found.values()))
    return None


def read(name: str, table: str, columns: Sequence[str], rows: Sequence[SheetRow]) -> list[Line]:
    """Without examples, sums, heads that come again or go on below, and rows that say nothing."""
    order = {column: at for at, column in reversed(list(enumerate(columns))) if column}
    found = []
    for row in rows:
        texts = {column: tidy(row.cells[at]) for column, at in order.items() if at < len(row.cells)}
        cells = {column: text for column, text in texts.items() if text and same(text) not in NOTHING}
        first = same(next(iter(texts[one] for one in sorted(texts, key=order.__getitem__) if texts[one]), ""))
        again = any(COLUMNS[table].get(heading(cells.get(one, ""))) == one for one in WORDS["needed"][table])
        if cells and not first.startswith(ASIDE) and not again:
            found.append(Line(name, row.sheet, row.number, cells, order))
    return found
