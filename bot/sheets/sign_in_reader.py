"""A sign-in sheet (签到表) as a workbook: the printed one filled in, or any list with 姓名, in any order of columns."""

import tomllib
from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime, time
from itertools import takewhile
from pathlib import Path

from bot.file.refusals import Complaints, shown
from bot.sheets import cell_values, roster
from bot.sheets.roster import HEADER_WITHIN, folded
from bot.sheets.sheet_head import letters
from bot.sheets.spreadsheet import SheetRow, rows
from handlers.sign_in_sheet import SignedRow, SignInSheet
from store.complaint import Complaint

WORDS = tomllib.loads((Path(__file__).parent / "sign_in_columns.toml").read_text(encoding="utf-8"))
COLUMNS = {word: column for column, words in WORDS["columns"].items() for word in words}
STATUSES = {word: status for status, words in WORDS["status"].items() for word in words}
SAYS_WHO_CAME = {"at", "status", "mark"}
MOST = 1000  # rows
LONGEST = 40  # characters of a name


def is_one(name: str, content: bytes, caption: str) -> bool:
    """By its head row: a roster has names and schools and says nothing of who came; what is written beside the file may
    say so. Raises Complaint where it is no workbook."""
    head = next((row for row in rows(name, content, HEADER_WITHIN) if is_head(row)), None)
    if head is None:
        return False
    found = set(columns_of(head))
    only_names = not {column for cell in head.cells if (column := roster.COLUMNS.get(plain(cell)))} - {"name"}
    named = any(word in caption.casefold() for word in WORDS["caption"]["words"])
    return bool(found & SAYS_WHO_CAME) or only_names or named


def read(name: str, content: bytes) -> SignInSheet:
    """Raises Complaint, or Complaints by cell."""
    every = rows(name, content)
    above = list(takewhile(lambda row: not is_head(row), every))
    if len(above) == len(every):
        raise Complaint(name, "no header row", f"a row with {WORDS['columns']['name'][0]}")
    below = every[len(above) + 1 :]
    if len(below) > MOST:
        raise Complaint(name, f"more than {MOST} rows", f"at most {MOST}")
    reading = Reading(name, columns_of(every[len(above)]))
    came = [row for one in below if (row := reading.row(one)) is not None]
    if reading.complaints:
        raise Complaints(reading.complaints)
    head = " ".join((name, *(cell for row in above for cell in row.cells if cell)))
    return SignInSheet(head, tuple(came), reading.away)


def is_head(row: SheetRow) -> bool:
    return "name" in columns_of(row)


def columns_of(head: SheetRow) -> dict[str, int]:
    """The first of each; what a list says besides is nobody's business."""
    found: dict[str, int] = {}
    for at, cell in enumerate(head.cells):
        column = COLUMNS.get(plain(cell))
        if column is not None:
            found.setdefault(column, at)
    return found


def plain(cell: str) -> str:
    return folded(cell).casefold().strip("*")


class Reading:
    """Gathers what is wrong, cell by cell, and counts those who did not come."""

    def __init__(self, name: str, columns: Mapping[str, int]) -> None:
        self.name, self.columns = name, columns
        self.complaints: list[Complaint] = []
        self.away = 0

    def row(self, row: SheetRow) -> SignedRow | None:
        """None where nobody came, or with the reason noted."""
        cells = {column: row.cells[at] if at < len(row.cells) else "" for column, at in self.columns.items()}
        if not any(cells.values()):
            return None
        known = len(self.complaints)
        name, school = self.text(row, "name", cells), self.text(row, "school", cells)
        status, clock = self.status(row, cells), self.clock(row, cells)
        says = SAYS_WHO_CAME & set(self.columns)
        came = status in ("present", "late") if status else bool(clock or signed(cells.get("mark", ""))) or not says
        if not name and (came or status):
            self.refuse(row, "name", "", "a name")
        if status == "away" and clock is not None:
            self.refuse(row, "at", cells.get("at") or cells.get("mark", ""), "no time beside that status")
        if len(self.complaints) > known or not name:
            return None
        self.away += not came
        return SignedRow(row.number, name, school, clock, status == "late" if status else None) if came else None

    def text(self, row: SheetRow, column: str, cells: Mapping[str, str]) -> str:
        text = cells.get(column, "")
        if len(text) > LONGEST or not text.isprintable():
            self.refuse(row, column, text, f"at most {LONGEST} characters, none of them a control character")
        return text

    def status(self, row: SheetRow, cells: Mapping[str, str]) -> str | None:
        """None where the sheet has no word for it."""
        text = cells.get("status", "")
        found = STATUSES.get(plain(text))
        if text and found is None:
            known = (words[0] for words in WORDS["status"].values())
            self.refuse(row, "status", text, "one of " + ", ".join(known))
        return found or ("away" if STATUSES.get(plain(cells.get("mark", ""))) == "away" else None)

    def clock(self, row: SheetRow, cells: Mapping[str, str]) -> time | None:
        """Of the column for it; some write it where others sign."""
        text = cells.get("at", "")
        if text:
            try:
                return time_of(text)
            except ValueError:
                self.refuse(row, "at", text, "a time such as 14:20")
                return None
        mark = cells.get("mark", "")
        with suppress(ValueError):
            return time_of(mark) if plain(mark) not in STATUSES else None
        return None

    def refuse(self, row: SheetRow, column: str, text: str, expected: str) -> None:
        cell = f"{letters(self.columns.get(column, 0))}{row.number}"
        found = shown(text) if text else "empty"
        self.complaints.append(Complaint(f"{self.name}: {row.sheet}!{cell}", found, expected))


def time_of(text: str) -> time:
    found = cell_values.end(text)
    return found.time() if isinstance(found, datetime) else found


def signed(mark: str) -> bool:
    return bool(mark) and STATUSES.get(plain(mark)) != "away"
