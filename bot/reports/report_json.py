"""The JSON of a report (contract, `report --json`), piece by piece: the people of a year are many."""

import json
from collections.abc import Iterator, Sequence
from operator import methodcaller
from typing import Any

from msgspec import to_builtins
from msgspec.structs import asdict

from bot.reports.standings import Standing
from handlers.later_changes import LaterChange
from handlers.report import Report
from handlers.report_facts import Participation, ReportEvent


def written(report: Report, standings: Sequence[Standing], files: Sequence[str]) -> Iterator[str]:
    """The parts of one document."""
    yield '{"events": ['
    for number, event in enumerate(report.events):
        yield (", " if number else "") + spelt(of_event(event))
    rest = {
        "obligations": [of_obligation(one) for one in standings],
        "changes": [of_change(one) for one in report.changes],
        "files": list(files),
        "stands_at": report.stands_at.isoformat(),
    }
    yield "], " + spelt(rest)[1:]


def spelt(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, default=methodcaller("isoformat"))


def of_event(event: ReportEvent) -> dict[str, Any]:
    return {
        "activity": event.activity,
        "kind": event.kind,
        "date": event.date,
        "starts_at": event.starts_at,
        "class": event.class_,
        "title": event.title,
        "term": event.term or None,
        "week": event.week,
        "cancelled": event.cancelled,
        "expected": len(event.expected),
        "guests": event.guests,
        "counts": dict(sorted(event.counts.items())),
        "people": [of_person(event, one) for one in event.people],
    }


def of_person(event: ReportEvent, one: Participation) -> dict[str, Any]:
    return {
        "person": one.person,
        "name": one.name,
        "school": one.school,
        "activity": event.activity,
        "date": event.date,
        "class": event.class_,
        "expected": one.expected,
        "seen": one.seen,
        "response": one.response,
        "response_late": one.response_late,
        "leave": one.leave,
        "attendance": one.attendance,
        "late_minutes": one.late_minutes,
        "reflected": one.reflected,
    }


def of_obligation(one: Standing) -> dict[str, Any]:
    """With each period: what it asked for, what was done in it, and why less."""
    return {**to_builtins(one)}


def of_change(one: LaterChange) -> dict[str, Any]:
    found = asdict(one)
    return {("class" if name == "class_" else name): value for name, value in found.items()}
