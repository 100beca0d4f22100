"""Checks of a term plan that comes back: each cell by itself. What is wrong is gathered with its cell."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from itertools import chain
from zoneinfo import ZoneInfo

from msgspec import Struct

from bot.file.refusals import shown
from bot.sheets import cell_values
from bot.sheets.sheet_head import Entry
from bot.sheets.term_sheet import NAMED, TABLE, Cell, Key, Names, spelt
from bot.voice import Voices
from bot.written.one_event import term_at
from scheduling import wall
from scheduling.calendar import SchoolCalendar
from store.blueprint import Activity, Blueprint, Detail, Term
from store.complaint import Complaint

TEXTS = ("theme", "place", "lesson", "bring")
EXPECTED = {
    "date": "a date such as 2026-10-14",
    "starts": "a time such as 14:30",
    "ends": "a time such as 16:00",
    "title": "the name of the event",
}


class Bad(Exception):
    """A cell that is refused; why is noted."""


class Wanted(Struct, frozen=True):
    """An occurrence as a row wants it; `found`: the entries that make it so."""

    entry: Entry
    title: str
    key: Key
    date: date
    cancelled: bool
    found: list[Activity | Detail]


class Checks:
    """A blueprint as cells are read against it, and what was wrong so far."""

    def __init__(self, name: str, blueprint: Blueprint, voices: Voices, now: datetime) -> None:
        self.name, self.blueprint, self.voices, self.now = name, blueprint, voices, now
        self.zone, self.calendar = ZoneInfo(blueprint.consortium.timezone), SchoolCalendar(blueprint)
        self.names = Names(blueprint)
        self.complaints: list[tuple[int, int, Complaint]] = []
        self.unkept: list[tuple[str, str]] = []
        labels = [voice.labels.tables[TABLE] for voice in voices.every.values()]
        self.marks = tuple(chain(*((one["moved"].split("{")[0], one["provisional"]) for one in labels)))

    def refuse(self, entry: Entry, column: str, expected: str) -> Bad:
        text = entry.texts.get(column, "")
        where = f"{self.name}: {entry.sheet}!{entry.at(column)}"
        complaint = Complaint(where, shown(neat(column, text)) if text else "empty", expected)
        self.complaints.append((entry.number, entry.order(column), complaint))
        return Bad(expected)

    def cells(self, entry: Entry, term: Term | None) -> dict[str, Cell]:
        """Those that can be read."""
        found: dict[str, Cell] = {}
        for column, text in entry.texts.items():
            try:
                found[column] = cell_values.read(column, text, term)
            except ValueError as error:
                self.refuse(entry, column, str(error))
        return found

    def said(self, entry: Entry, column: str) -> str | None:
        """A text, or the key of whoever is named; None for an empty cell: nothing particular is said of it."""
        try:
            text = cell_values.words(entry.texts.get(column, ""))
        except ValueError as error:
            raise self.refuse(entry, column, str(error)) from None
        if not text or column not in NAMED:
            return text or None
        found = self.names.found(column, text) or self.names.found(column, self.voices.bare(text))
        if len(found) == 1:
            return found[0]
        called = self.names.of(column)
        if found:
            raise self.refuse(entry, column, "one of " + ", ".join(called[key] for key in found))
        known = f"one of {', '.join(called.values())}" if column == "host" else "the full name of one of the people"
        raise self.refuse(entry, column, known)

    def length(self, entry: Entry, starts_at: datetime, end: Cell) -> timedelta:
        if isinstance(end, time):
            end = datetime.combine(starts_at.date(), end)
        if not isinstance(end, datetime):
            raise self.refuse(entry, "ends", EXPECTED["ends"])
        ends_at = wall.instant(end.date(), end.time(), self.zone)
        if elapsed(starts_at, ends_at) <= timedelta():
            raise self.refuse(entry, "ends", f"a time after {starts_at:%H:%M}")
        return elapsed(starts_at, ends_at)

    def remark(self, entry: Entry, moved: bool) -> tuple[bool, str | None]:
        """Whether it calls off, and why that or a move is; what is said of neither is noted as not kept."""
        off, why = cell_values.remark(self.said(entry, "remark") or "", self.marks)
        if why and not (off or moved):
            self.unkept.append((entry.at("remark"), why))
            why = None
        return off, why

    def check_day(self, entry: Entry, day: date, touched: Mapping[str, Cell]) -> None:
        """星期 and 周次 follow from the date: whoever writes them anew must write what is so."""
        weekday = {voice.labels.weekdays[day.weekday()] for voice in self.voices.every.values()}
        if touched.get("weekday") and touched["weekday"] not in weekday:
            self.refuse(entry, "weekday", f"{' or '.join(sorted(weekday))} for {day}")
        term = term_at(self.blueprint, day)
        week = self.calendar.week(term, day) if term else None
        if touched.get("week") and touched["week"] != week:
            self.refuse(entry, "week", f"{week or 'no week'} for {day}")


def within(term: Term | None) -> str:
    return f"a day of {term.name}, {term.first_day} to {term.last_day}" if term else "a day of a term"


def elapsed(start: datetime, end: datetime) -> timedelta:
    return end.astimezone(UTC) - start.astimezone(UTC)


def neat(column: str, text: str) -> str:
    """A cell as a person sees it."""
    try:
        return spelt(cell_values.read(column, text, None))
    except ValueError:
        return text
