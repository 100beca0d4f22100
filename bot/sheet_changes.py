"""A term plan that comes back (学期安排表): what was changed in its cells, as entries of a consortium file.

A cell that holds what was sent out says nothing, so that an older sheet undoes nothing that was set since. A row that
is missing calls nothing off: that is said in its remark.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from itertools import chain
from typing import Any
from zoneinfo import ZoneInfo

from bot import sheet_cells
from bot.amending import Table, created
from bot.one_event import Meant, minutes, term_at
from bot.refusals import Complaints, shown
from bot.sheet_head import Entry, entries
from bot.term_sheet import NAMED, TABLE, Cell, Key, Line, Names, detail_of, digest, lines, spelt
from bot.voice import Voices
from scheduling import wall
from scheduling.calendar import SchoolCalendar
from scheduling.expressions.readings import OneDay
from scheduling.occurrences import CLASS_MEETING, Planned
from store.amendments import Entries, amended
from store.blueprint import Activity, Blueprint, Detail, Term
from store.complaint import Complaint

TEXTS = ("theme", "place", "lesson", "bring")
EXPECTED = {
    "date": "a date such as 2026-10-14",
    "starts": "a time such as 14:30",
    "ends": "a time such as 16:00",
    "title": "the name of the event",
}


@dataclass(frozen=True, slots=True)
class Changes:
    """`entries` as they would stand. `absent`: what is to come and has no row. `unkept`: remarks, by cell, that are
    neither a cancellation nor the reason of one or of a move."""

    entries: Entries
    absent: tuple[Planned, ...]
    unkept: tuple[tuple[str, str], ...]


def read(name: str, content: bytes, blueprint: Blueprint, voices: Voices, now: datetime) -> Changes:
    """Against what holds now. Raises Complaint or Complaints."""
    return Reading(name, blueprint, voices, now).read(entries(name, content, voices))


@dataclass(slots=True)
class Wanted:
    """An occurrence as a row wants it."""

    entry: Entry
    title: str
    key: Key
    date: date
    cancelled: bool
    found: list[Activity | Detail] = field(default_factory=list)


class Bad(Exception):
    """A cell that is refused; why is noted."""


class Reading:
    """Gathers what is wrong, cell by cell, and says all of it at once."""

    def __init__(self, name: str, blueprint: Blueprint, voices: Voices, now: datetime) -> None:
        self.name, self.blueprint, self.voices, self.now = name, blueprint, voices, now
        self.zone, self.calendar = ZoneInfo(blueprint.consortium.timezone), SchoolCalendar(blueprint)
        self.names, self.lines = Names(blueprint), lines_of(blueprint)
        self.term: Term | None = None  # that of the first row of ours
        self.complaints: list[tuple[int, int, Complaint]] = []
        self.unkept: list[tuple[str, str]] = []
        labels = [voice.labels.tables[TABLE] for voice in voices.every.values()]
        self.marks = tuple(chain(*((one["moved"].split("{")[0], one["provisional"]) for one in labels)))

    def read(self, found: Sequence[Entry]) -> Changes:
        marks = [entry.mark for entry in found if entry.mark]
        self.term = next((term_at(self.blueprint, mark.key[1]) for mark in marks), None)
        if foreign := {mark.consortium for mark in marks} - {self.blueprint.consortium.key}:
            of_ours = f"a term plan of {self.blueprint.consortium.key}"
            raise Complaint(self.name, f"a term plan of {', '.join(sorted(foreign))}", of_ours)
        wanted: dict[Key, Wanted] = {}
        for entry in found:
            with suppress(Bad):
                one = self.wanted(entry, wanted)
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

    def refuse(self, entry: Entry, column: str, expected: str) -> Bad:
        text = entry.texts.get(column, "")
        where = f"{self.name}: {entry.sheet}!{entry.at(column)}"
        complaint = Complaint(where, shown(neat(column, text)) if text else "empty", expected)
        self.complaints.append((entry.number, entry.order(column), complaint))
        return Bad(expected)

    def wanted(self, entry: Entry, before: Mapping[Key, Wanted]) -> Wanted | None:
        """None for a row that says nothing."""
        if entry.mark is None:
            return self.fresh(entry, before)
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

    def cells(self, entry: Entry, term: Term | None) -> dict[str, Cell]:
        """Those that can be read."""
        found: dict[str, Cell] = {}
        for column, text in entry.texts.items():
            try:
                found[column] = sheet_cells.read(column, text, term)
            except ValueError as error:
                self.refuse(entry, column, str(error))
        return found

    def known(self, entry: Entry, line: Line, touched: Mapping[str, Cell]) -> Wanted:
        """A row of the plan."""
        one, stood = line.planned, detail_of(self.blueprint, line.planned)
        if spelt(touched.get("title", one.title)) != spelt(one.title):
            self.refuse(entry, "title", f"{shown(one.title)}: an event keeps its name")
        values: dict[str, Any] = {}
        for column in (*TEXTS, *NAMED):
            with suppress(Bad):
                if column in touched and (value := self.said(entry, column)) != getattr(one, column):
                    values[column] = value
                    self.check_emptied(entry, column, one, getattr(stood, column))
        values |= self.moved(entry, one, touched)
        self.check_day(entry, values.get("held_on", one.date), touched)
        cancelled = line.cancelled
        if "remark" in touched:
            values |= self.remarked(entry, line, moved="held_on" in values or "at" in values)
            cancelled = bool(values["cancelled"])
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

    def length(self, entry: Entry, starts_at: datetime, end: Cell) -> timedelta:
        if isinstance(end, time):
            end = datetime.combine(starts_at.date(), end)
        if not isinstance(end, datetime):
            raise self.refuse(entry, "ends", EXPECTED["ends"])
        ends_at = wall.instant(end.date(), end.time(), self.zone)
        if elapsed(starts_at, ends_at) <= timedelta():
            raise self.refuse(entry, "ends", f"a time after {starts_at:%H:%M}")
        return elapsed(starts_at, ends_at)

    def said(self, entry: Entry, column: str) -> str | None:
        """A text, or the key of whoever is named; None for an empty cell: nothing particular is said of it."""
        try:
            text = sheet_cells.words(entry.texts.get(column, ""))
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

    def remarked(self, entry: Entry, line: Line, moved: bool) -> dict[str, Any]:
        off, why = sheet_cells.remark(self.said(entry, "remark") or "", self.marks)
        if why and not (off or moved or line.planned.moved_from):
            self.unkept.append((entry.at("remark"), why))
            why = None
        return {"cancelled": off or None, "reason": why}

    def check_day(self, entry: Entry, day: date, touched: Mapping[str, Cell]) -> None:
        """星期 and 周次 follow from the date: whoever writes them anew must write what is so."""
        weekday = {voice.labels.weekdays[day.weekday()] for voice in self.voices.every.values()}
        if touched.get("weekday") and touched["weekday"] not in weekday:
            self.refuse(entry, "weekday", f"{' or '.join(sorted(weekday))} for {day}")
        term = term_at(self.blueprint, day)
        week = self.calendar.week(term, day) if term else None
        if touched.get("week") and touched["week"] != week:
            self.refuse(entry, "week", f"{week} for {day}")

    def fresh(self, entry: Entry, before: Mapping[Key, Wanted]) -> Wanted:
        """A row of somebody's own: an activity that is held once."""
        found = self.cells(entry, self.term)
        for column, expected in EXPECTED.items():
            if found.get(column, "") is None:
                self.refuse(entry, column, expected)
        day, start, title = found.get("date"), found.get("starts"), self.said(entry, "title")
        if not (isinstance(day, date) and isinstance(start, time) and title and found.get("ends")):
            raise Bad  # as was said of its cells
        term = term_at(self.blueprint, day)
        if term is None or term is not (self.term or term):
            raise self.refuse(entry, "date", within(self.term))
        starts_at = wall.instant(day, start, self.zone)
        if starts_at <= self.now:
            raise self.refuse(entry, "date", "a moment that is still to come")
        self.check_day(entry, day, found)
        lasts = minutes(self.length(entry, starts_at, found["ends"]))
        made = self.made(entry, before, OneDay(day, start, None, lasts, title, self.kind_of(title)))
        assert isinstance(made[0], Activity)  # it goes first
        return Wanted(entry, title, (made[0].key, day), day, False, made)

    def kind_of(self, title: str) -> Any:
        """One of that name is of that kind."""
        kinds = (one.kind for one in self.blueprint.activity if one.title == title)
        return next((kind for kind in kinds if kind not in (CLASS_MEETING, "meeting")), None)

    def made(self, entry: Entry, before: Mapping[Key, Wanted], reading: OneDay) -> list[Activity | Detail]:
        sofar = amended(self.blueprint, chain(*(one.found for one in before.values())))
        meant = created(reading, Table(sofar, self.now, None, True, {}, ()))
        assert isinstance(meant, Meant)  # it has a title and a length
        (activity,) = meant.entries.activity
        assert isinstance(reading.date, date)
        said: dict[str, str | None] = {column: self.said(entry, column) for column in (*TEXTS, *NAMED)}
        off, why = sheet_cells.remark(self.said(entry, "remark") or "", self.marks)
        if off:
            raise self.refuse(entry, "remark", "no cancellation of what is new")
        if why:
            self.unkept.append((entry.at("remark"), why))
        turns = {"hosts": only(said["host"]), "themes": only(said["theme"])}
        own: dict[str, Any] = {column: said[column] for column in ("speaker", "lesson", "recorder", "bring")}
        if not self.calendar.is_school_day(reading.date):
            own["held_on"] = reading.date  # the rule would put it off
        made = activity.model_copy(update={"on_holiday": None, "place": said["place"]} | turns)
        detail = Detail.model_validate({"activity": activity.key, "date": reading.date} | own)
        return [made, detail] if any(own.values()) else [made]

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


def only(value: str | None) -> tuple[str, ...] | None:
    return (value,) if value else None


def within(term: Term | None) -> str:
    return f"a day of {term.name}, {term.first_day} to {term.last_day}" if term else "a day of a term"


def elapsed(start: datetime, end: datetime) -> timedelta:
    return end.astimezone(UTC) - start.astimezone(UTC)


def neat(column: str, text: str) -> str:
    """A cell as a person sees it."""
    try:
        return spelt(sheet_cells.read(column, text, None))
    except ValueError:
        return text
