"""The records of a report as text (.csv): one a person and event, so that any program can count again."""

import csv
from collections.abc import Iterator, Sequence
from io import StringIO

from bot.sheet_texts import clean
from bot.words import Words
from handlers.report import Report
from handlers.report_facts import Participation, ReportEvent

COLUMNS = (
    *("date", "activity", "title", "class", "school", "person", "name", "expected", "seen", "response"),
    *("response_late", "leave", "attendance", "late_minutes", "reflected"),
)
BOM = "\ufeff"  # or Excel takes the text for one in the system's own encoding
FORMULAS = ("=", "+", "-", "@", "\t", "\r")


def written(report: Report, words: Words) -> bytes:
    """Codes of the contract in the columns, what the columns are called above them."""
    out = StringIO()
    out.write(BOM)
    rows = csv.writer(out)
    rows.writerow([words.named(column, "report_column") for column in COLUMNS])
    rows.writerows(lines(report))
    return out.getvalue().encode()


def lines(report: Report) -> Iterator[Sequence[str | int]]:
    for event in report.events:
        about = event.date.isoformat(), event.activity, harmless(event.title), event.class_name or ""
        for one in event.people:
            yield *about, *line(report, event, one)


def line(report: Report, event: ReportEvent, one: Participation) -> Sequence[str | int]:
    return (
        harmless(report.schools[one.school]),
        one.person,
        harmless(one.name),
        int(one.expected),
        int(one.seen),
        one.response or "",
        int(one.response_late),
        one.leave or "",
        one.attendance,
        "" if one.late_minutes is None else one.late_minutes,
        int(one.reflected),
    )


def harmless(text: str) -> str:
    """A spreadsheet would take it for a formula."""
    text = clean(text)
    return f"'{text}" if text.startswith(FORMULAS) else text
