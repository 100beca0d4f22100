"""A row of somebody's own in a term plan: an activity that is held once."""

from collections.abc import Mapping, Sequence
from datetime import date, time

from bot.sheets.checks import EXPECTED, TEXTS, Bad, Checks, Wanted, within
from bot.sheets.sheet_head import Entry
from bot.sheets.term_sheet import NAMED, Key
from bot.written.amending import Table, created
from bot.written.one_event import Meant, minutes, term_at
from scheduling import wall
from scheduling.expressions.readings import OneDay
from scheduling.occurrences import CLASS_MEETING
from store.blueprint import Activity, Blueprint, Detail, Kind, Term


def wanted(checks: Checks, entry: Entry, before: Mapping[Key, Wanted], sheets: Term | None) -> Wanted:
    """`before`: by the rows above; `sheets`: the term that the sheet is about, where that is known."""
    found = checks.cells(entry, sheets)
    for column, expected in EXPECTED.items():
        if found.get(column, "") is None:
            checks.refuse(entry, column, expected)
    day, start, title = found.get("date"), found.get("starts"), checks.said(entry, "title")
    if not (isinstance(day, date) and isinstance(start, time) and title and found.get("ends")):
        raise Bad  # as was said of its cells
    term = term_at(checks.blueprint, day)
    if term is None or term is not (sheets or term):
        raise checks.refuse(entry, "date", within(sheets))
    starts_at = wall.instant(day, start, checks.zone)
    if starts_at <= checks.now:
        raise checks.refuse(entry, "date", "a moment that is still to come")
    checks.check_day(entry, day, found)
    lasts = minutes(checks.length(entry, starts_at, found["ends"]))
    earlier = [made for one in before.values() for made in one.found if isinstance(made, Activity)]
    activity = created_beside(checks, earlier, OneDay(day, start, None, lasts, title, kind_of(checks.blueprint, title)))
    return Wanted(entry, title, (activity.key, day), day, False, made(checks, entry, activity, day))


def created_beside(checks: Checks, earlier: Sequence[Activity], reading: OneDay) -> Activity:
    """As words behind /schedule create one, with a key that no earlier row has."""
    blueprint = checks.blueprint.model_copy(update={"activity": (*checks.blueprint.activity, *earlier)})
    meant = created(reading, Table(blueprint, checks.now, None, True, {}, ()))
    assert isinstance(meant, Meant)  # it has a title and a length
    return meant.entries.activity[0]


def kind_of(blueprint: Blueprint, title: str) -> Kind | None:
    """One of that name is of that kind."""
    kinds = (one.kind for one in blueprint.activity if one.title == title)
    return next((kind for kind in kinds if kind not in (CLASS_MEETING, "meeting")), None)


def made(checks: Checks, entry: Entry, activity: Activity, day: date) -> list[Activity | Detail]:
    """With what the other cells say of it."""
    said: dict[str, str | None] = {column: checks.said(entry, column) for column in (*TEXTS, *NAMED)}
    off, _ = checks.remark(entry, moved=False)
    if off:
        raise checks.refuse(entry, "remark", "no cancellation of what is new")
    turns = {"hosts": only(said["host"]), "themes": only(said["theme"])}
    own: dict[str, str | date | None] = {column: said[column] for column in ("speaker", "lesson", "recorder", "bring")}
    if not checks.calendar.is_school_day(day):
        own["held_on"] = day  # the rule would put it off
    once = activity.model_copy(update={"on_holiday": None, "place": said["place"]} | turns)
    detail = Detail.model_validate({"activity": activity.key, "date": day} | own)
    return [once, detail] if any(own.values()) else [once]


def only(value: str | None) -> tuple[str, ...] | None:
    return (value,) if value else None
