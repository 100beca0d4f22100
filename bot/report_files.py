"""The files of an inspection file (台账), one after the other: folder, name and content."""

from collections.abc import Callable, Iterator
from typing import Any

from bot import report_csv, report_workbook
from bot.report_tables import Tables
from bot.words import Words
from handlers.report import Report

File = tuple[str, bytes]
Progress = Callable[[str], None]


def every(report: Report, words: Words, progress: Progress) -> Iterator[File]:
    """`progress` hears the name of each file as it is begun."""
    for name, made in MAKERS:
        called = words.named(name, "report")
        progress(called)
        yield called, made(report, words)


def workbook(report: Report, words: Words) -> bytes:
    return report_workbook.written(heading(report, words), Tables(report, words).every())


MAKERS: tuple[tuple[str, Callable[[Report, Words], bytes]], ...] = (
    ("workbook", workbook),
    ("records", report_csv.written),
)


def heading(report: Report, words: Words) -> str:
    """样例教联体 台账 2026-09-01至2027-01-22（东校），数据截至…"""
    said = words.named("heading", "report").format(name=report.name, first=report.first, last=report.last)
    if report.school is not None:
        said += words.named("scope", "report").format(school=report.schools[report.school])
    return said


def about(report: Report) -> dict[str, Any]:
    """What the manifest says of the whole."""
    return {
        "consortium": report.consortium,
        "from": report.first.isoformat(),
        "to": report.last.isoformat(),
        "school": report.school,
        "stands_at": report.stands_at.isoformat(),
    }
