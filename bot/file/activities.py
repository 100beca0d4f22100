"""Activities of a consortium file: keys that must agree with each other, and with the timetable."""

from bot.file.refusals import Refusals, shown
from bot.file.shapes import Row
from scheduling import durations, rules

MEETING = "class_meeting"


def check_activities(file: Row, refusals: Refusals) -> None:
    """`file` is the whole file, as far as it could be read: what a refused value may explain is not said again."""
    for row in file.get("activity", []):
        check_rule(row, refusals)
        check_times(row, refusals)
        check_lateness(row, refusals)
        check_kind(row, refusals)
        check_period(row, file, refusals)


def check_rule(row: Row, refusals: Refusals) -> None:
    every, on = row.get("every"), row.place("on")
    if every is None or row.refused("on"):
        return
    if every != "day" and "on" not in row:
        refusals.add(on, "missing", f'on = …, for every = "{every}"')
        return
    try:
        rules.parse(every, row.get("on"))
    except ValueError as expected:
        refusals.add(on, shown(row["on"]), str(expected))


def check_times(row: Row, refusals: Refusals) -> None:
    """Either `at` with `lasts`, or `period` without them."""
    given = {"at", "lasts", "period"} & row.written
    if not given:
        refusals.add(row.place("at"), "missing", "at with lasts, or period")
    elif "period" in given and len(given) > 1:
        found = f"beside {' and '.join(sorted(given - {'period'}))}"
        refusals.add(row.place("period"), found, "period, or at with lasts")
    elif given < {"at", "lasts"}:
        absent = "lasts" if "at" in given else "at"
        refusals.add(row.place(absent), "missing", f"{absent} = … beside {given.pop()}")


def check_lateness(row: Row, refusals: Refusals) -> None:
    """签到: who comes after `late_after` is late, until it closes."""
    check_in = row.get("check_in", {})
    late, closes = check_in.get("late_after"), check_in.get("closes")
    if late and closes and durations.parse(late).elapsed > durations.parse(closes).elapsed:
        refusals.add(check_in.place("late_after"), shown(late), f"no longer than closes, {closes}")


def check_kind(row: Row, refusals: Refusals) -> None:
    """What only a class meeting (班会) may lack, and what only it may have."""
    if row.get("kind", MEETING) == MEETING:
        return
    if "chat" not in row.written:
        refusals.add(row.place("chat"), "missing", f"chat = … (only a {MEETING} may lack it)")
    if "classes" in row.written:
        refusals.add(row.place("classes"), shown(row.get("classes")), f"no classes but for a {MEETING}")


def check_period(row: Row, file: Row, refusals: Refusals) -> None:
    """Every school whose timetable is asked must have that period (节次)."""
    elsewhere = ("school",), ("period",), ("class",), row.place("hosts"), row.place("classes")
    if refusals.concern(*elsewhere) or not {"period", "kind"} <= row.keys():
        return
    asked, place = timetables(row, file), row.place("period")
    if row["kind"] != MEETING and "hosts" not in row and len(asked) != 1:
        refusals.add(place, shown(row["period"]), "exactly one core school where there are no hosts")
        return
    has = {period["school"] for period in file.get("period", []) if period["number"] == row["period"]}
    if lacking := [school for school in asked if school not in has]:
        refusals.add(place, shown(row["period"]), f"a [[period]] with this number for {', '.join(lacking)}")


def timetables(row: Row, file: Row) -> list[str]:
    """The schools whose own times count: those of its classes, the hosts, else the core schools."""
    if row["kind"] == MEETING:
        rooms = [room for room in file.get("class", []) if "classes" not in row or room["key"] in row["classes"]]
        return list(dict.fromkeys(room["school"] for room in rooms))
    core = [school["key"] for school in file.get("school", []) if school["role"] == "core"]
    return list(dict.fromkeys(row.get("hosts", core)))
