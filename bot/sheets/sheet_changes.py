"""A term plan that comes back (学期安排表): what was changed in its cells, as entries of a consortium file.

A cell that holds what was sent out says nothing, so that an older sheet undoes nothing that was set since. A row that
is missing calls nothing off: that is said in its remark.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import date, datetime, time
from itertools import chain
from typing import Any

from msgspec import Struct

from bot.file.refusals import Complaints, shown
from bot.sheets import new_row
from bot.sheets.checks import EXPECTED, TEXTS, Bad, Checks, Wanted, elapsed, within
from bot.sheets.sheet_head import Entry, entries
from bot.sheets.term_sheet import NAMED, Cell, Key, Line, digest, lines, spelt
from bot.voice import Voices
from bot.written.one_event import minutes, term_at
from scheduling import wall
from scheduling.occurrences import Planned
from store.amendments import Entries, amended
from store.blueprint import Blueprint, Term
from store.complaint import Complaint


class Changes(Struct, frozen=True):
    """`entries` as they would stand. `absent`: what is to come and has no row. `unkept`: remarks, by cell, that are
    neither a cancellation nor the reason of one or of a move."""

    entries: Entries
    absent: tuple[Planned, ...]
    unkept: tuple[tuple[str, str], ...]


def read(name: str, content: bytes, blueprint: Blueprint, voices: Voices, now: datetime) -> Changes:
    """Against what holds now. Raises Complaint or Complaints."""
    return Reading(name, blueprint, voices, now).read(entries(name, content, voices))


class Reading(Checks):
    """All rows, and what is wrong in any of them at once."""

    def __init__(self, name: str, blueprint: Blueprint, voices: Voices, now: datetime) -> None:
        super().__init__(name, blueprint, voices, now)
        self.lines = lines_of(blueprint)

    def read(self, found: Sequence[Entry]) -> Changes:
        marks = [entry.mark for entry in found if entry.mark]
        term = next((term_at(self.blueprint, mark.key[1]) for mark in marks), None)
        if foreign := {mark.consortium for mark in marks} - {self.blueprint.consortium.key}:
            of_ours = f"a term plan of {self.blueprint.consortium.key}"
            raise Complaint(self.name, f"a term plan of {', '.join(sorted(foreign))}", of_ours)
        wanted: dict[Key, Wanted] = {}
        for entry in found:
            with suppress(Bad):
                one = self.wanted(entry, wanted, term)
                if one is not None:
                    wanted[one.key] = one
        made = Entries.of(chain(*(one.found for one in wanted.values())))
        if not self.complaints:
            self.check_days(wanted)
        if not self.complaints:
            self.check_held(wanted, made)
        if self.complaints:
            raise Complaints(complaint for *_, complaint in sorted(self.complaints, key=lambda each: each[:2]))
        return Changes(made, tuple(self.absent(wanted)), tuple(self.unkept))

    def wanted(self, entry: Entry, before: Mapping[Key, Wanted], term: Term | None) -> Wanted | None:
        """None for a row that says nothing. `term`: that of the sheet's first row of ours."""
        if entry.mark is None:
            return new_row.wanted(self, entry, before, term)
        key, digests = entry.mark.key, entry.mark.digests
        if key in before:
            first = before[key].entry.number
            raise self.refuse(entry, "date", f"each row once: it is a copy of row {first}, and a new event is typed")
        line = self.lines.get(key)
        found = self.cells(entry, term_at(self.blueprint, key[1]))
        touched = {column: cell for column, cell in found.items() if digest(cell) != digests[column]}
        if line is None:
            if touched:
                raise self.refuse(entry, "title", "an event of the plan as it is now: ask for the sheet anew")
            return None
        return self.known(entry, line, touched)

    def known(self, entry: Entry, line: Line, touched: Mapping[str, Cell]) -> Wanted:
        """A row of the plan."""
        one, stood = line.planned, line.detail
        if spelt(touched.get("title", one.title)) != spelt(one.title):
            self.refuse(entry, "title", f"{shown(one.title)}: an event keeps its name")
        values: dict[str, Any] = {}
        for column in (*TEXTS, *NAMED):
            with suppress(Bad):
                if column in touched and (value := self.said(entry, column)) != getattr(one, column):
                    values[column] = value
                    if not (column == "place" and "host" in touched):  # a place goes with its host
                        self.check_emptied(entry, column, one, getattr(stood, column))
        values |= self.moved(entry, one, touched)
        self.check_day(entry, values.get("held_on", one.date), touched)
        cancelled = line.cancelled
        if "remark" in touched:
            moved = "held_on" in values or "at" in values or one.moved_from is not None
            cancelled, reason = self.remark(entry, moved)
            values |= {"cancelled": cancelled or None, "reason": reason}
        detail = stood.model_copy(update=values)
        if detail != stood and one.starts_at <= self.now:
            self.refuse(entry, next(iter(touched)), "what stood there: this event has begun")
        return Wanted(
            entry, one.title, line.key, detail.held_on or one.date, cancelled, [detail] if detail != stood else []
        )

    def check_emptied(self, entry: Entry, column: str, one: Planned, was: str | None) -> None:
        """What the chat said of it can be taken back, not what the file says."""
        if was is None and not entry.texts[column]:
            holds = self.names.of(column)[getattr(one, column)] if column in NAMED else getattr(one, column)
            self.refuse(entry, column, f"{shown(holds)}, or another one: what the file says is not emptied here")

    def moved(self, entry: Entry, one: Planned, touched: Mapping[str, Cell]) -> dict[str, Any]:
        """What `date`, `starts` and `ends` make another: as little as possible, so that the rest follows its rule."""
        day, start = touched.get("date", one.date), touched.get("starts", one.starts_at.time())
        if not isinstance(day, date) or not isinstance(start, time):
            column = "starts" if isinstance(day, date) else "date"
            raise self.refuse(entry, column, EXPECTED[column])
        term = term_at(self.blueprint, one.rule_date)
        if term is None or not term.first_day <= day <= term.last_day:
            raise self.refuse(entry, "date", within(term))
        starts_at, length = wall.instant(day, start, self.zone), elapsed(one.starts_at, one.ends_at)
        many_days = one.ends_at.date() != one.starts_at.date()
        if "ends" in touched or ("starts" in touched and not many_days):
            length = self.length(entry, starts_at, touched.get("ends", one.ends_at.time()))
        values: dict[str, Any] = {}
        if day != one.date:
            values["held_on"] = day
        if start != one.starts_at.time().replace(second=0) or length != elapsed(one.starts_at, one.ends_at):
            values |= {"at": start, "lasts": minutes(length)}
        if values and starts_at <= self.now < one.starts_at:
            raise self.refuse(entry, "date" if day != one.date else "starts", "a moment that is still to come")
        return values

    def check_days(self, wanted: Mapping[Key, Wanted]) -> None:
        """One occurrence a day of each activity, one new event of a name: whichever moved onto the other is refused."""
        held = {key: line for key, line in self.lines.items() if key not in wanted and not line.cancelled}
        days = {(key[0], line.planned.date) for key, line in held.items()}
        titles = {(line.planned.title, line.planned.date) for line in held.values()}
        for one in sorted(wanted.values(), key=lambda one: bool(one.found)):
            if one.cancelled:
                continue
            new = one.key not in self.lines
            if (one.key[0], one.date) in days or (new and (one.title, one.date) in titles):
                self.refuse(one.entry, "date", f"another day: {one.title} has one on {one.date} already")
            days.add((one.key[0], one.date))
            titles.add((one.title, one.date))

    def check_held(self, wanted: Mapping[Key, Wanted], made: Entries) -> None:
        """Each is held on its day once the entries are taken."""
        after = lines_of(amended(self.blueprint, made.every()))
        for one in wanted.values():
            line = after.get(one.key)
            if one.found and not one.cancelled and (line is None or line.planned.date != one.date):
                self.refuse(one.entry, "date", "a day on which it can be held")

    def absent(self, wanted: Mapping[Key, Wanted]) -> Iterator[Planned]:
        """Of the terms that the sheet is about."""
        terms = {term.key for one in wanted.values() if (term := term_at(self.blueprint, one.date))}
        for key, line in self.lines.items():
            coming = not line.cancelled and line.planned.starts_at > self.now
            if coming and key not in wanted and line.planned.term in terms:
                yield line.planned


def lines_of(blueprint: Blueprint) -> dict[Key, Line]:
    """Of all terms."""
    days = [day for term in blueprint.term for day in (term.first_day, term.last_day)]
    return {line.key: line for line in lines(blueprint, min(days), max(days))} if days else {}
