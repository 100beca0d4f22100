"""A term plan as somebody edits it: by the names of its columns and the numbers of its rows, as a workbook on disk."""

from collections.abc import Iterator
from datetime import date, datetime, time
from io import BytesIO
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from bot.sheets import sheet_changes, term_workbook
from bot.sheets.sheet_changes import Changes
from bot.sheets.term_sheet import COLUMNS, ROW
from bot.voice import Voices
from store.amendments import amended
from store.blueprint import Blueprint
from tests.handlers.event_sample import CLASSES, FILE, MEETING, RESEARCH, local

NAME = "学期安排表.xlsx"
NOW = local("09-20 08:00")
HALL: dict[str, Any] = {
    **{"key": "salon", "kind": "meeting", "title": "读书沙龙", "chat": "teaching", "place": "图书馆"},
    **{"every": "month", "on": "day 28", "at": time(15), "lasts": "1h"},
}
PLAN = Blueprint.model_validate(FILE | {"activity": (RESEARCH, MEETING, CLASSES, HALL)})
VOICES = Voices("zh")
HEAD = {column: at for at, column in enumerate((*COLUMNS, ROW), 1)}


class Edited:
    """The workbook of a plan. `it[5, "place"]` is the cell of row 5."""

    def __init__(self, content: bytes) -> None:
        self.book: Workbook = load_workbook(BytesIO(content))
        assert isinstance(self.book.active, Worksheet)
        self.sheet = self.book.active

    def __getitem__(self, cell: tuple[int, str]) -> Any:
        value = self.sheet.cell(cell[0], HEAD[cell[1]]).value
        return value.date() if isinstance(value, datetime) and cell[1] == "date" else value

    def __setitem__(self, cell: tuple[int, str], value: Any) -> None:
        """Text as text, as a program keeps what is typed."""
        at = self.sheet.cell(cell[0], HEAD[cell[1]])
        at.value = value
        if isinstance(value, str):
            at.data_type = "s"

    def row(self, day: date, title: str = RESEARCH["title"]) -> int:
        return next(row for row in self.rows() if (self[row, "date"], self[row, "title"]) == (day, title))

    def rows(self) -> Iterator[int]:
        return (row for row in range(2, self.sheet.max_row + 1) if self[row, "title"])

    def new(self, **cells: Any) -> int:
        row = self.sheet.max_row + 1
        for column, value in cells.items():
            self[row, column] = value
        return row

    def table(self) -> list[tuple[Any, ...]]:
        """What a person sees, by rows."""
        return [tuple(self[row, column] for column in COLUMNS) for row in self.rows()]

    @property
    def content(self) -> bytes:
        out = BytesIO()
        self.book.save(out)
        return out.getvalue()


def sent(plan: Blueprint = PLAN, language: str = "zh") -> Edited:
    return Edited(term_workbook.written(plan, plan.term[0], Voices(language).default.labels))


def read(edited: Edited, plan: Blueprint = PLAN, now: datetime = NOW) -> Changes:
    return sheet_changes.read(NAME, edited.content, plan, VOICES, now)


def taken(edited: Edited, plan: Blueprint = PLAN, now: datetime = NOW) -> Blueprint:
    return amended(plan, read(edited, plan, now).entries.every())
