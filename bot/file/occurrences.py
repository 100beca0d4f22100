"""What a consortium file says of single occurrences: each must be one that the activity's rule has."""

from collections.abc import Container, Iterable
from datetime import date
from functools import cache
from typing import Any

from bot.file.activities import MEETING
from bot.file.references import names
from bot.file.refusals import Refusals, shown
from bot.file.shapes import Row, fields
from scheduling.calendar import SchoolCalendar
from scheduling.dates import own_dates
from store.blueprint import Activity, Blueprint


def check_occurrences(file: Row, refusals: Refusals) -> None:
    """`file` is the whole file, as far as it could be read. Run last: dates are judged by good rows only."""
    activities = names(file, "activity") or {}
    own = cache(lambda key: rule_dates(activities[key], file, refusals))
    for detail in (detail for detail in file.get("occurrence", []) if detail.get("activity") in activities):
        check_class(detail, activities[detail["activity"]], names(file, "class") or {}, refusals)
        dates = own(detail["activity"])
        if dates is not None and "date" in detail and detail["date"] not in dates:
            expected = f"a date of {detail['activity']} by its rule{nearby(detail['date'], dates)}"
            refusals.add(detail.place("date"), shown(detail["date"]), expected)


def rule_dates(row: Row, file: Row, refusals: Refusals) -> set[date] | None:
    """The rule's own dates, held or not, in all terms."""
    if refusals.concern(row.at, ("consortium",), ("term",), ("day",)):
        return None
    tables: dict[str, Any] = {name: fields(file.get(name, [])) for name in ("consortium", "term", "day")}
    blueprint = Blueprint.model_validate(tables)
    activity, calendar = Activity.model_validate(fields(row)), SchoolCalendar(blueprint)
    return {day for term in blueprint.term for day in own_dates(activity, term, calendar)}


def check_class(detail: Row, row: Row, classes: Container[str], refusals: Refusals) -> None:
    """A class meeting has one occurrence for each class, every other kind one in all."""
    kind, room = row.get("kind"), detail.get("class")
    if kind == MEETING and "class" not in detail.written:
        refusals.add(detail.place("class"), "missing", f"class = … (a {MEETING} has one occurrence for each)")
    elif kind not in (None, MEETING) and "class" in detail.written:
        refusals.add(detail.place("class"), shown(room), f"no class but for a {MEETING}")
    elif room in classes and room not in row.get("classes", [room]):
        refusals.add(detail.place("class"), shown(room), f"one of its classes ({', '.join(row['classes'])})")


def nearby(day: date, own: Iterable[date]) -> str:
    near = min(own, key=lambda other: abs(other - day), default=None)
    return f", such as {near}" if near else "; it has none in these terms"
