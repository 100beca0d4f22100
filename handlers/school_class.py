"""What is said about class meetings (班会): one notice for all of a day; a reminder and a request to each head."""

from dataclasses import dataclass
from datetime import date, datetime

from store import class_records, consortiums, occurrences
from store.classes import SchoolClass
from store.database import Session
from store.deliveries import DeliveryKind
from store.occurrences import Held, Occurrence
from store.persons import Person
from store.schools import School


@dataclass(frozen=True, slots=True)
class SchoolClasses:
    """How many classes of a school meet, and when."""

    school: str
    classes: int
    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True, slots=True)
class ClassMeetingsAnnounced:
    """To the head teachers' group: all the classes of a day. `theme_open`: there is to be one, and none is settled."""

    title: str
    theme: str | None
    theme_open: bool
    date: date
    week: int
    schools: tuple[SchoolClasses, ...]


@dataclass(frozen=True, slots=True)
class ClassMeetingReminded:
    name: str
    title: str
    theme: str | None
    theme_open: bool
    class_name: str
    starts_at: datetime
    ends_at: datetime
    week: int
    recorded: bool


@dataclass(frozen=True, slots=True)
class RecordAsked:
    occurrence: int
    name: str
    title: str
    class_name: str
    starts_at: datetime
    record_by: datetime


@dataclass(frozen=True, slots=True)
class RecordNudged:
    occurrence: int
    name: str
    class_name: str
    starts_at: datetime
    record_by: datetime


ClassOutcome = ClassMeetingsAnnounced | ClassMeetingReminded | RecordAsked | RecordNudged


def class_notice(session: Session, kind: DeliveryKind, held: Held, person: int | None) -> ClassOutcome | None:
    """None: nothing to say any more."""
    if kind is DeliveryKind.ANNOUNCE:
        return announced(session, held)
    if person is None or held.class_id is None:
        return None
    if kind is DeliveryKind.REMIND:
        return reminded(session, held, person)
    if held.reflect_by is None or class_records.of(session, held.id) is not None:
        return None
    name, class_name = session.get_one(Person, person).name, session.get_one(SchoolClass, held.class_id).name
    times = held.local(held.starts_at), held.local(held.reflect_by)
    if kind is DeliveryKind.REFLECT:
        return RecordAsked(held.id, name, held.title, class_name, *times)
    return RecordNudged(held.id, name, class_name, *times)


def announced(session: Session, held: Held) -> ClassMeetingsAnnounced:
    """Schools in the order in which their classes begin."""
    row = session.get_one(Occurrence, held.id)
    schools: dict[str, SchoolClasses] = {}
    for other in occurrences.of_day(session, row.activity_id, row.date):
        school_class = session.get_one(SchoolClass, other.class_id)
        school = session.get_one(School, school_class.school_id).name
        count = schools[school].classes + 1 if school in schools else 1
        times = held.local(other.starts_at), held.local(other.ends_at)
        schools[school] = SchoolClasses(school, count, *times)
    theme = row.theme, row.theme is None and themed(session, held)
    return ClassMeetingsAnnounced(held.title, *theme, row.date, row.week, tuple(schools.values()))


def themed(session: Session, held: Held) -> bool:
    consortium = consortiums.get(session, held.consortium_id)
    return consortium is not None and consortiums.blueprint(consortium).themed(held.activity)


def reminded(session: Session, held: Held, person: int) -> ClassMeetingReminded:
    return ClassMeetingReminded(
        session.get_one(Person, person).name,
        held.title,
        held.theme,
        held.theme is None and themed(session, held),
        session.get_one(SchoolClass, held.class_id).name,
        held.local(held.starts_at),
        held.local(held.ends_at),
        held.week,
        held.reflect_by is not None,
    )
