"""An oracle for themes of months, and for what the chat sets of one occurrence: another day, hour or host, or none.

It takes what the rules alone hold (`tests/oracle.py`) and changes it row by row; it shares nothing with the program.
"""

from collections.abc import Iterator
from datetime import UTC, date
from zoneinfo import ZoneInfo

from tests.oracle import UNITS, File, at, local, published, walk
from tests.oracle import occurrences as by_rule
from tests.oracle import times as by_timetable


def occurrences(file: File) -> list[File]:
    """What `plan --json` lists: hosts and themes take their turns by the rules alone, and of two of an activity and
    class on one day the one that nobody moved there is held, else the one with the earlier own date."""
    taken, found = set(), []
    for _, _, row in sorted(edited(file), key=lambda one: one[:2]):
        place = row["activity"], row["class"], row["date"]
        if place not in taken:
            found.append(row)
        taken.add(place)
    return sorted(found, key=lambda one: (at(one["starts_at"]), one["activity"], one["class"] or ""))


def edited(file: File) -> Iterator[tuple[bool, date, File]]:
    """Each that is not cancelled, whether it was moved by hand, and its own date."""
    edits = {(one["activity"], one["date"], one.get("class_")): one for one in file.get("occurrence", [])}
    for row in by_rule(file):
        own = row["moved_from"] or row["date"]
        edit = edits.get((row["activity"], own, row["class"]), {})
        if not edit.get("cancelled"):
            changed = moved(file, row, own, edit)
            yield changed["date"] != row["date"], own, changed | {"theme": theme(file, changed, edit)}


def moved(file: File, row: File, own: date, edit: File) -> File:
    """To the day that was said, where the term has it; the teaching week is counted from day to day."""
    term = next(one for one in file["term"] if one["key"] == row["term"])
    said: date = edit.get("held_on") or row["date"]
    day: date = said if term["first_day"] <= said <= term["last_day"] else row["date"]
    found = row | {"date": day, "host": edit.get("host", row["host"]), "moved_from": None if own == day else own}
    if day != row["date"]:
        found["week"] = next(one.week for one in walk(file, term) if one.date == day)
        found["provisional"] = file["consortium"]["public_holidays"] == "cn" and not published(day.year)
    starts, ends = times(file, found, edit)
    return found | {"starts_at": starts, "ends_at": ends}


def times(file: File, row: File, edit: File) -> tuple[str, str]:
    activity = next(one for one in file["activity"] if one["key"] == row["activity"])
    if "at" in edit:
        zone = ZoneInfo(file["consortium"]["timezone"])
        start = local(row["date"], edit["at"], zone)
        end = start.astimezone(UTC) + int(edit["lasts"][:-1]) * UNITS[edit["lasts"][-1]]
        return start.isoformat(), end.astimezone(zone).isoformat()
    core = next(one["key"] for one in file["school"] if one["role"] == "core")
    schools = {one["key"]: one["school"] for one in file["class"]}
    school = schools.get(row["class"]) or row["host"] or core
    starts, ends = by_timetable(file, activity, row["date"], school)
    return starts.isoformat(), ends.isoformat()


def theme(file: File, row: File, edit: File) -> str | None:
    """What was said of it, else of the month in which it is held, else the one whose turn it is."""
    months = {(one["activity"], one["month"]): one["theme"] for one in file.get("theme", [])}
    found: str | None = edit.get("theme") or months.get((row["activity"], f"{row['date']:%Y-%m}"), row["theme"])
    return found
