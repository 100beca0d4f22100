"""The sample whose facts are held against the ledger: three events, one of a single school, one without check-in."""

from datetime import date, time, timedelta
from typing import Any

from handlers.apply import Apply, apply
from store import agendas
from store.blueprint import Blueprint
from store.database import Session, Store
from tests.handlers.event_sample import FILE, TEACHER, School, local
from tests.handlers.ledger import Event, Ledger, Member

SUN = {"key": "sun", "name": "样孙丽", "school": "east", "telegram": 7004, **TEACHER}  # comes later
PERSONS: dict[str, dict[str, Any]] = {row["key"]: row for row in (*FILE["person"], SUN)}
ONCE: dict[str, Any] = {"chat": "teaching", "every": "once"}
CHECK_IN = {"opens": "15m", "late_after": "10m", "closes": "30m"}
ACTIVITIES: dict[str, dict[str, Any]] = {
    "research": ONCE
    | {"kind": "joint_research", "title": "主题教研", "on": date(2026, 10, 14), "at": time(14, 30), "lasts": "90m"}
    | {"audience": {"roles": ("teacher",)}, "announce": "7d", "respond_by": "1d", "check_in": CHECK_IN},
    "lecture": ONCE
    | {"kind": "joint_research", "title": "专题讲座", "on": date(2026, 10, 16), "at": time(9), "lasts": "1h"}
    | {"audience": {"roles": ("teacher",), "schools": ("east",)}, "announce": "2d", "check_in": CHECK_IN},
    "meeting": ONCE
    | {"kind": "meeting", "title": "总结会", "on": date(2026, 10, 20), "at": time(9), "lasts": "1h", "announce": "1d"},
}
BEGIN = "10-12 12:00"
MOMENTS = [
    local(moment)
    for moment in (
        *("10-13 14:30", "10-13 14:31", "10-14 09:30", "10-14 14:15", "10-14 14:30", "10-14 14:40"),
        *("10-14 14:41", "10-14 15:00", "10-14 16:00", "10-15 10:00", "10-16 08:45", "10-16 09:05", "10-16 09:11"),
        *("10-16 09:30", "10-16 14:20", "10-16 14:50", "10-16 16:30", "10-19 10:00", "10-20 08:50", "10-20 09:30"),
        *("10-20 10:00", "10-22 10:00", "10-29 10:00"),
    )
]


def file_of(people: list[dict[str, Any]], details: list[dict[str, Any]]) -> Blueprint:
    activities = [{"key": key, **row} for key, row in ACTIVITIES.items()]
    tables = {"person": people, "class_": (), "activity": activities, "occurrence": details}
    return Blueprint.model_validate(FILE | tables)


def prepare(store: Store) -> None:
    """The research event of 14 October is announced, the two others are not."""
    school = School(store, local("09-20 08:00"))
    school.take(apply, Apply(file_of([row for key, row in PERSONS.items() if key != "sun"], [])))
    school.until(BEGIN)


def events() -> dict[str, Event]:
    """As the file plans them."""
    found = {}
    for key, row in ACTIVITIES.items():
        day, hours = row["on"], timedelta(minutes=90 if key == "research" else 60)
        starts = local(f"{day:%m-%d} {row['at']:%H:%M}")
        found[key] = Event(day, starts, starts + hours, announced=starts - timedelta(days=int(row["announce"][0])))
        if "check_in" in row:
            found[key].opens, found[key].late, found[key].closes = (
                starts + timedelta(minutes=minutes) for minutes in (-15, 10, 30)
            )
    found["research"].respond_by = found["research"].starts - timedelta(days=1)
    found["research"].audience, found["lecture"].audience = ("core", "east"), ("east",)
    return found


def ledger() -> Ledger:
    """As it stands after `prepare`."""
    members = {
        key: Member(row["school"], frozenset(row["roles"]), "telegram" in row, key != "sun")
        for key, row in PERSONS.items()
    }
    found = Ledger(local("09-20 08:00"), members, events())
    found.until(local(BEGIN))
    return found


def numbers(session: Session) -> dict[str, int]:
    """Of the occurrences, by activity."""
    return {activity.key: row.id or 0 for row, activity in agendas.of_consortium(session, 1)}
