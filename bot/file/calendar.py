"""Times in a consortium file that must fit together: timetable, terms, days, exams, months of themes, milestones."""

from datetime import time

from bot.file.refusals import Refusals, path, shown
from bot.file.shapes import Row
from scheduling.rules import Span, months


def check_calendar(file: Row, refusals: Refusals) -> None:
    """`file` is the whole file, as far as it could be read."""
    check_periods(file.get("period", []), refusals)
    check_terms(file.get("term", []), refusals)
    check_days(file.get("day", []), refusals)
    check_exams(file.get("exam", []), refusals)
    check_months(file, refusals)
    check_milestones(file.get("milestone", []), refusals)


def check_periods(rows: list[Row], refusals: Refusals) -> None:
    """节次: of one school no two at a time; one may begin when another ends."""
    good: list[Row] = []
    for row in (row for row in rows if {"school", "number", "starts", "ends"} <= row.keys()):
        if row["starts"] >= row["ends"]:
            refusals.add(row.place("ends"), hours(row["ends"]), f"a time after starts, {hours(row['starts'])}")
            continue
        same = [other for other in good if other["school"] == row["school"] and other["number"] != row["number"]]
        both = [other for other in same if other["starts"] < row["ends"] and row["starts"] < other["ends"]]
        if both:
            expected = f"a time outside {path(both[0].at)}, a lesson of the same school"
            refusals.add(row.place("starts"), hours(row["starts"]), expected)
        good.append(row)


def hours(clock: time) -> str:
    return shown(f"{clock:%H:%M}")


def check_terms(rows: list[Row], refusals: Refusals) -> None:
    """学期: first and last day included; no day belongs to two."""
    check_spans(rows, "terms", "first_day", "last_day", refusals)


def check_exams(rows: list[Row], refusals: Refusals) -> None:
    """考试: first and last day included; no day belongs to two."""
    check_spans(rows, "exams", "from", "until", refusals)


def check_spans(rows: list[Row], name: str, first: str, last: str, refusals: Refusals) -> None:
    good: list[Row] = []
    for row in (row for row in rows if {first, last} <= row.keys()):
        if row[last] < row[first]:
            refusals.add(row.place(last), shown(row[last]), f"no day before {first}, {row[first]}")
            continue
        both = [other for other in good if meet(row, other, first, last)]
        if both:
            later = first if both[0][first] <= row[first] else last
            expected = f"{name} that share no day: {path(both[0].at)} has it too"
            refusals.add(row.place(later), shown(row[later]), expected)
        good.append(row)


def check_days(rows: list[Row], refusals: Refusals) -> None:
    """调休, 放假: `until` is included; a date has one row, and only a school day follows a weekday's timetable."""
    good: list[Row] = []
    for row in rows:
        if "follows" in row and row.get("kind") == "off":
            refusals.add(row.place("follows"), shown(row["follows"]), 'no follows on a day of kind "off"')
        elif "follows" in row.written and "until" in row:
            refusals.add(row.place("until"), shown(row["until"]), "no until beside follows: one [[day]] for each")
            continue
        if "date" not in row or row.refused("until"):
            continue
        if row.get("until", row["date"]) < row["date"]:
            refusals.add(row.place("until"), shown(row["until"]), f"no day before date, {row['date']}")
            continue
        both = [other for other in good if meet(row, other, "date", "until")]
        if both:
            expected = f"one [[day]] for a date: {path(both[0].at)} has it too"
            refusals.add(row.place("date"), shown(row["date"]), expected)
        good.append(row)


def check_months(file: Row, refusals: Refusals) -> None:
    """一月一主题: nothing is held in a month without a day of a term."""
    if refusals.concern(("term",)) or not file.get("term"):
        return
    spans = (Span(term["first_day"], term["last_day"]) for term in file["term"])
    known = {f"{month.first:%Y-%m}" for span in spans for month in months(span)}
    for row in file.get("theme", []):
        if "month" in row and row["month"] not in known:
            expected = f"a month of a [[term]], from {min(known)} to {max(known)}"
            refusals.add(row.place("month"), shown(row["month"]), expected)


def check_milestones(rows: list[Row], refusals: Refusals) -> None:
    """规划节点: with both days, only one of them, or none yet."""
    for row in rows:
        if {"from", "until"} <= row.keys() and row["until"] < row["from"]:
            refusals.add(row.place("until"), shown(row["until"]), f"no day before from, {row['from']}")


def meet(row: Row, other: Row, first: str, last: str) -> bool:
    """Whether two spans of days share one; a span without a last day is one day long."""
    return bool(row[first] <= other.get(last, other[first]) and other[first] <= row.get(last, row[first]))
