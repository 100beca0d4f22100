"""What is said to a head teacher about the class meeting (班会): a reminder, a request for the record, a nudge."""

from datetime import datetime

from msgspec import Struct

from handlers.record_lines import is_awaited, is_elsewhere, moved_by
from store import class_records, consortiums
from store.classes import SchoolClass
from store.database import Session
from store.deliveries import DeliveryKind
from store.occurrences import Held
from store.persons import Person


class ClassMeetingReminded(Struct, frozen=True):
    occurrence: int
    name: str
    title: str
    theme: str | None
    theme_open: bool
    class_name: str
    starts_at: datetime
    ends_at: datetime
    week: int
    recorded: bool


class RecordAsked(Struct, frozen=True):
    occurrence: int
    name: str
    title: str
    class_name: str
    starts_at: datetime
    record_by: datetime


class RecordNudged(Struct, frozen=True):
    occurrence: int
    name: str
    class_name: str
    starts_at: datetime
    record_by: datetime


ClassOutcome = ClassMeetingReminded | RecordAsked | RecordNudged


def class_notice(
    session: Session, kind: DeliveryKind, held: Held, person: int | None, now: datetime
) -> ClassOutcome | None:
    """None: nothing to say any more."""
    if person is None or held.class_id is None:
        return None
    row = class_records.of(session, held.id)
    if kind is DeliveryKind.REMIND:
        return None if is_elsewhere(row, held) else reminded(session, held, person)
    if held.reflect_by is None or (row is not None and not is_awaited(row, held, now)):
        return None
    name, class_name = session.get_one(Person, person).name, session.get_one(SchoolClass, held.class_id).name
    later = moved_by(row, held.local(held.starts_at).date())
    times = held.local(held.starts_at) + later, held.local(held.reflect_by) + later
    if kind is DeliveryKind.REFLECT:
        return RecordAsked(held.id, name, held.title, class_name, *times)
    return RecordNudged(held.id, name, class_name, *times)


def themed(session: Session, held: Held) -> bool:
    consortium = consortiums.get(session, held.consortium_id)
    return consortium is not None and consortiums.blueprint(consortium).themed(held.activity)


def reminded(session: Session, held: Held, person: int) -> ClassMeetingReminded:
    return ClassMeetingReminded(
        held.id,
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
