"""The tables of a report: what stands in each, before anything is a workbook."""

from collections.abc import Iterable
from datetime import date, datetime

from msgspec import Struct

from bot.words import Words
from handlers import report_sums
from handlers.later_changes import LaterChange
from handlers.report import Report
from handlers.report_facts import ReportEvent
from handlers.report_sums import Sum
from store.audit import AuditFact
from store.leaves import LeaveState
from store.statuses import AttendanceStatus as Status

Value = str | int | float | date | datetime | None  # a float is a share
STATUSES = (
    *(Status.PRESENT, Status.LATE, Status.LEFT_EARLY, Status.ONLINE, Status.LEAVE, Status.OFFICIAL, Status.EXCUSED),
    *(Status.LEAVE_PENDING, Status.LEAVE_REFUSED, Status.EXPECTED, Status.ABSENT_PENDING, Status.TRUANT),
)
FIGURES = ("events", "expected_times", "came")


class Table(Struct, frozen=True):
    """A sheet: `name` is its tab's, `columns` head the `rows`, `notes` stand below."""

    name: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]
    notes: tuple[str, ...] = ()


class Tables:
    """Of one report, in one language."""

    def __init__(self, report: Report, words: Words) -> None:
        self.report, self.words = report, words
        open_still = {Status.EXPECTED: words.named("open_still", "report_column")}
        self.statuses = tuple(open_still.get(status) or words.label(status) for status in STATUSES)

    def every(self) -> list[Table]:
        return [self.summary(), self.events(), self.schools(), self.people(), self.leaves()]

    def said(self, word: str) -> str:
        return self.words.named(word, "report")

    def columns(self, *names: str) -> tuple[str, ...]:
        return tuple(self.words.named(name, "report_column") for name in names)

    def table(self, name: str, columns: tuple[str, ...], rows: Iterable[tuple[Value, ...]], *notes: str) -> Table:
        return Table(self.words.named(name, "report_table"), columns, tuple(rows), notes)

    def attended(self) -> tuple[str, ...]:
        return self.columns(*FIGURES) + self.statuses + self.columns("answered", "reflections", "rate", "note")

    def figures(self, one: Sum) -> tuple[Value, ...]:
        counts = tuple(one.counts[status] for status in STATUSES)
        note = self.said("unfinished") if one.pending else ""
        return one.events, one.expected, one.came, *counts, one.answered, one.reflected, one.rate, note

    def whole(self) -> Sum:
        return report_sums.total(self.report, self.said("total"))

    def summary(self) -> Table:
        rows = [(one.name, *self.figures(one)) for one in (*report_sums.by_month(self.report), self.whole())]
        stands = self.said("stands").format(moment=f"{self.report.stands_at:%Y-%m-%d %H:%M}")
        return self.table("summary", self.columns("month") + self.attended(), rows, self.said("formula"), stands)

    def schools(self) -> Table:
        rows = [(one.name, *self.figures(one)) for one in (*report_sums.by_school(self.report), self.whole())]
        return self.table("schools", self.columns("school") + self.attended(), rows, self.said("formula"))

    def people(self) -> Table:
        """A person has counts: a rate is a school's."""
        columns = self.columns("school", "name", *FIGURES) + self.statuses + self.columns("answered", "reflections")
        found = report_sums.by_person(self.report)
        rows = ((self.report.schools[one.school], one.name, *self.figures(one)[:-2]) for one in found)
        return self.table("people", columns, rows)

    def events(self) -> Table:
        about = "date", "weekday", "starts_at", "title", "kind", "host", "place", "theme", "week"
        columns = self.columns(*about, "expected", "came") + self.statuses
        columns += self.columns("guests", "answered", "reflections", "rate", "note")
        events = (one for one in self.report.events if one.class_ is None)
        return self.table("events", columns, map(self.event, events), self.said("formula"))

    def event(self, one: ReportEvent) -> tuple[Value, ...]:
        _, expected, came, *rest = self.figures(report_sums.of_event(one))
        *counts, answered, reflected, rate, note = rest
        if one.cancelled or one.before_us:
            note = self.said("cancelled" if one.cancelled else "before_us")
        about = one.date, self.words.weekdays[one.date.weekday()], self.words.clock(one.starts_at), one.title
        where = self.words.label(one.kind), one.host or "", one.place or "", one.theme or "", one.week
        return *about, *where, expected, came, *counts, one.guests, answered, reflected, rate, note

    def leaves(self) -> Table:
        """How many, never of what kind or why."""
        states = tuple(self.words.label(state) for state in LeaveState)
        columns = self.columns("school", "asked") + states + self.columns("unused")
        rows = (self.asked(one) for one in (*report_sums.by_school(self.report), self.whole()))
        return self.table("leaves", columns, rows)

    def asked(self, one: Sum) -> tuple[Value, ...]:
        return one.name, one.leaves.total(), *(one.leaves[state] for state in LeaveState), one.unused

    def changes(self) -> Table:
        names = "at", "date", "title", "class", "school", "name", "fact", "was", "became", "by", "why_given"
        changes = self.report.changes
        notes = () if changes else (self.said("no_changes"),)
        return self.table("changes", self.columns(*names), map(self.change, changes), *notes)

    def change(self, one: LaterChange) -> tuple[Value, ...]:
        was, became = (self.code(one.fact, code) for code in (one.was, one.became))
        about = one.at, one.date, one.title, one.class_ or "", self.report.schools.get(one.school, ""), one.name
        why = self.said("yes" if one.why_given else "no")
        return *about, self.words.label(one.fact), was, became, self.words.label(one.by), why

    def code(self, fact: AuditFact, code: str) -> str:
        """As people call it; of a class record its first part, which says whether it was held."""
        first, *more = code.split(":") if code else [""]
        tables = ("attendance_status", "leave_state", "record_status", "reflection_state")
        named = next((names[first] for table in tables if first in (names := self.words.tables[table])), first)
        return " ".join((named, *more))
