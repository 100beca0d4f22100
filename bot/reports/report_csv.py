"""The records of a report as text (.csv): one a person and event, for whoever wants to count again."""

import csv
from collections.abc import Iterator, Sequence
from enum import StrEnum
from io import StringIO

from bot.forms.filled import clean
from bot.words import Words
from handlers.report import Report
from handlers.report_facts import Participation
from store.leaves import LeaveState
from store.responses import ParticipationStatus
from store.statuses import AttendanceStatus

COLUMNS = (
    *("date", "activity", "title", "class", "school", "person", "name", "expected", "seen", "response"),
    *("response_late", "leave", "attendance", "late_minutes", "reflected"),
)
BOM = "\ufeff"  # or Excel takes the text for one in the system's own encoding
FORMULAS = ("=", "+", "-", "@")


def written(report: Report, words: Words) -> bytes:
    """As people call things; a program reads the JSON."""
    out = StringIO()
    out.write(BOM)
    rows = csv.writer(out)
    rows.writerow([words.named(column, "report_column") for column in COLUMNS])
    rows.writerows(Records(report, words).rows())
    return out.getvalue().encode()


class Records:
    def __init__(self, report: Report, words: Words) -> None:
        self.report, self.words = report, words
        self.truth = words.named("no", "report"), words.named("yes", "report")
        self.schools = {key: harmless(name) for key, name in report.schools.items()}
        codes: tuple[StrEnum, ...] = (*ParticipationStatus, *LeaveState, *AttendanceStatus)
        self.labels = {code: words.label(code) for code in codes}

    def rows(self) -> Iterator[Sequence[str | int]]:
        for event in self.report.events:
            about = event.date.isoformat(), event.activity, harmless(event.title), harmless(event.class_name or "")
            for one in event.people:
                yield *about, *self.row(one)

    def row(self, one: Participation) -> Sequence[str | int]:
        return (
            self.schools[one.school],
            harmless(one.person),
            harmless(one.name),
            self.truth[one.expected],
            self.truth[one.seen],
            self.label(one.response),
            self.truth[one.response_late],
            self.label(one.leave),
            self.label(one.attendance),
            "" if one.late_minutes is None else one.late_minutes,
            self.truth[one.reflected],
        )

    def label(self, one: StrEnum | None) -> str:
        return "" if one is None else self.labels[one]


def harmless(text: str) -> str:
    """A spreadsheet would take it for a formula."""
    text = " ".join(clean(text).split())
    return f"'{text}" if text.startswith(FORMULAS) else text
