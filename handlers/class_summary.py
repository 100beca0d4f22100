"""The week's summary of class meetings (每周班会汇总): how many classes are recorded, and to a school which of its own
are not (domain 3.3, step 5)."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import NamedTuple

from msgspec import Struct

from store import class_records, consortiums, persons
from store.classes import SchoolClass
from store.database import Session
from store.occurrences import OccurrenceState
from store.persons import Person, Role
from store.schools import School

ONE_DAY, ONE_WEEK = timedelta(days=1), timedelta(weeks=1)


class Room(NamedTuple):
    """A class."""

    id: int
    school_id: int
    name: str


class SchoolRecords(Struct, frozen=True):
    school: str
    recorded: int
    classes: int


class ClassWeekSummed(Struct, frozen=True):
    """Of the classes that met by now in the week from `first` to `last`: to an organiser by school; `school`: the own
    one, to an approver alone, who is told by name which of its classes are `missing`; None to whoever is none."""

    name: str
    week: int
    first: date
    last: date
    school: str | None
    recorded: int
    classes: int
    schools: tuple[SchoolRecords, ...]
    missing: tuple[str, ...] | None


def class_summary(session: Session, person: int, monday: str, now: datetime) -> ClassWeekSummed | None:
    """`monday`: `2026-10-12`. None where no class of theirs has met, or they are of the office no more."""
    row, roles = session.get_one(Person, person), persons.further_roles(session, person)
    first = date.fromisoformat(monday)
    organises, approves = Role.ORGANISER in roles, Role.APPROVER in roles
    week, every = met(session, row.consortium_id, first, now)
    theirs = {one: done for one, done in every.items() if organises or (approves and one.school_id == row.school_id)}
    if not theirs:
        return None
    missing = tuple(one.name for one, done in theirs.items() if not done and one.school_id == row.school_id)
    return ClassWeekSummed(
        row.name,
        week,
        first,
        first + ONE_WEEK - ONE_DAY,
        None if organises else session.get_one(School, row.school_id).name,
        sum(theirs.values()),
        len(theirs),
        by_school(session, theirs),
        missing if approves and any(one.school_id == row.school_id for one in theirs) else None,
    )


def met(session: Session, consortium: int, first: date, now: datetime) -> tuple[int, dict[Room, bool]]:
    """The number of the week, and of each class with a meeting that is over whether every such one is recorded."""
    row, week, done = consortiums.get(session, consortium), 0, dict[int, bool]()
    weekly = consortiums.blueprint(row).recorded_weekly() if row else frozenset[str]()
    for held, activity, record in class_records.of_classes(session, consortium, first, first + ONE_WEEK):
        over = held.state is OccurrenceState.PLANNED and held.ends_at <= now
        if over and activity.key in weekly and held.class_id is not None:
            week, done[held.class_id] = held.week, done.get(held.class_id, True) and record is not None
    rooms = [(session.get_one(SchoolClass, number), recorded) for number, recorded in sorted(done.items())]
    return week, {Room(one.id or 0, one.school_id, one.name): recorded for one, recorded in rooms}


def by_school(session: Session, every: Mapping[Room, bool]) -> tuple[SchoolRecords, ...]:
    schools: defaultdict[int, list[bool]] = defaultdict(list)
    for room, recorded in every.items():
        schools[room.school_id].append(recorded)
    names = {number: session.get_one(School, number).name for number in sorted(schools)}
    return tuple(SchoolRecords(name, sum(schools[number]), len(schools[number])) for number, name in names.items())
