"""Occurrences: one date of an activity (of one class, for a class meeting) and the instants its life hangs on."""

from collections.abc import Collection
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

from msgspec import Struct
from sqlalchemy import ColumnElement, bindparam, or_
from sqlalchemy import select as columns
from sqlalchemy.orm import aliased
from sqlmodel import Field, Session, col, select

from store.activities import Activity, ActivityKind
from store.columns import Table, one_of, unique
from store.consortiums import Consortium
from store.persons import Person
from store.schools import School

ARCHIVED_AFTER = timedelta(days=7)  # of the end (domain 3.2, step 18)


class OccurrenceState(StrEnum):
    """PLANNED until it is CANCELLED; what has taken place stays PLANNED and lies in the past."""

    PLANNED = "planned"
    CANCELLED = "cancelled"


class Occurrence(Table, table=True):
    """`rule_date` is the rule's own date, so a move keeps the row; `slot` is the class key or "". `known_as`: the first
    one, where the file has given another date to what is held once: calendars and reminders know it by that.

    `revision` grows when `starts_at` moves, or it is cancelled or comes back (RFC 5545, SEQUENCE). `settled_at`: when
    the first message went out and who is expected was settled. `secret`: what the check-in codes (口令) of each minute
    are made of, never shown. `bulletin_at`: when the bulletin (简报) was approved. `mark`: of what it and its reminders
    were planned by (`scheduling.marks`); one that differs is planned anew.
    """

    __table_args__ = (unique("activity_id", "rule_date", "slot"),)
    id: int | None = Field(default=None, primary_key=True)
    activity_id: int = Field(foreign_key="activity.id")
    rule_date: date
    slot: str = ""
    known_as: date | None = None
    class_id: int | None = Field(default=None, foreign_key="school_class.id")
    date: date
    starts_at: datetime = Field(index=True)
    ends_at: datetime
    week: int
    host_id: int | None = Field(default=None, foreign_key="school.id")
    theme: str | None = None
    place: str | None = None
    speaker_id: int | None = Field(default=None, foreign_key="person.id")
    lesson: str | None = None
    recorder_id: int | None = Field(default=None, foreign_key="person.id")
    bring: str | None = None
    respond_by: datetime | None = None
    opens_at: datetime | None = None
    late_at: datetime | None = None
    closes_at: datetime | None = None
    reflect_by: datetime | None = None
    minutes_by: datetime | None = None
    bulletin_at: datetime | None = None
    revision: int = 0
    state: OccurrenceState = Field(default=OccurrenceState.PLANNED, sa_type=one_of(OccurrenceState))
    secret: str
    settled_at: datetime | None = None
    mark: str | None = None


class Held(Struct, frozen=True):
    """An occurrence with what every use case asks of its activity (its key), host school (its name), people (their
    names) and consortium."""

    id: int
    consortium_id: int
    timezone: str
    activity: str
    kind: ActivityKind
    title: str
    theme: str | None
    host: str | None
    place: str | None
    speaker: str | None
    lesson: str | None
    recorder: str | None
    bring: str | None
    week: int
    starts_at: datetime
    ends_at: datetime
    respond_by: datetime | None
    opens_at: datetime | None
    late_at: datetime | None
    closes_at: datetime | None
    reflect_by: datetime | None
    secret: str
    state: OccurrenceState
    class_id: int | None
    chat_id: int | None
    recorder_id: int | None
    minutes_by: datetime | None
    bulletin_at: datetime | None

    @property
    def cancelled(self) -> bool:
        return self.state is OccurrenceState.CANCELLED

    @property
    def archived_at(self) -> datetime:
        """From then on what was recorded of it is changed with a reason only (归档): once the bulletin is out."""
        return min(self.ends_at + ARCHIVED_AFTER, self.bulletin_at or self.ends_at + ARCHIVED_AFTER)

    def local(self, at: datetime) -> datetime:
        """In the consortium's zone."""
        return at.astimezone(ZoneInfo(self.timezone))


def get(session: Session, occurrence: int) -> Held | None:
    found = session.connection().execute(one(), {"occurrence": occurrence}).first()
    return None if found is None else Held(*found)


@cache  # building a statement takes longer than executing it
def one() -> Any:
    return helds().where(col(Occurrence.id) == bindparam("occurrence"))


def several(session: Session, which: Collection[int]) -> dict[int, Held]:
    """Those that are there, by their number."""
    found = session.connection().execute(some(), {"which": list(which)}) if which else ()
    return {row[0]: Held(*row) for row in found}


@cache
def some() -> Any:
    return helds().where(col(Occurrence.id).in_(bindparam("which", expanding=True)))


def helds() -> Any:
    """Columns in the order of `Held`."""
    speaker, recorder = aliased(Person), aliased(Person)
    return (
        columns(
            col(Occurrence.id),
            col(Activity.consortium_id),
            col(Consortium.timezone),
            col(Activity.key),
            col(Activity.kind),
            col(Activity.title),
            col(Occurrence.theme),
            col(School.name),
            col(Occurrence.place),
            col(speaker.name),
            col(Occurrence.lesson),
            col(recorder.name),
            col(Occurrence.bring),
            col(Occurrence.week),
            col(Occurrence.starts_at),
            col(Occurrence.ends_at),
            col(Occurrence.respond_by),
            col(Occurrence.opens_at),
            col(Occurrence.late_at),
            col(Occurrence.closes_at),
            col(Occurrence.reflect_by),
            col(Occurrence.secret),
            col(Occurrence.state),
            col(Occurrence.class_id),
            col(Activity.chat_id),
            col(Occurrence.recorder_id),
            col(Occurrence.minutes_by),
            col(Occurrence.bulletin_at),
        )
        .join(Activity, col(Occurrence.activity_id) == Activity.id)
        .join(Consortium, col(Activity.consortium_id) == Consortium.id)
        .join(School, col(Occurrence.host_id) == School.id, isouter=True)
        .join(speaker, col(Occurrence.speaker_id) == speaker.id, isouter=True)
        .join(recorder, col(Occurrence.recorder_id) == recorder.id, isouter=True)
    )


def announced(session: Session, consortium: int, now: datetime) -> list[Held]:
    """The occurrences to come of which something was said, by start."""
    return listed(session, consortium, col(Occurrence.settled_at).is_not(None), col(Occurrence.starts_at) > now)


def unsaid(session: Session, consortium: int, now: datetime) -> list[Held]:
    """Those that have begun, of which nothing was said yet, and of which something will be asked, by start."""
    asked = or_(col(Occurrence.reflect_by) > now, col(Occurrence.minutes_by) > now)
    return listed(session, consortium, col(Occurrence.settled_at).is_(None), col(Occurrence.starts_at) <= now, asked)


def events(session: Session, consortium: int, now: datetime) -> list[Held]:
    """The occurrences to come, class meetings left out, by start."""
    return listed(session, consortium, col(Occurrence.class_id).is_(None), col(Occurrence.starts_at) > now)


def checking_in(session: Session, consortium: int, now: datetime) -> list[Held]:
    """The occurrences whose check-in window (签到时间段) holds `now`, by start."""
    return listed(session, consortium, col(Occurrence.opens_at) <= now, col(Occurrence.closes_at) > now)


def checked_in(session: Session, consortium: int, since: datetime, now: datetime) -> list[Held]:
    """The occurrences whose check-in has opened since then, the newest first."""
    opened = listed(session, consortium, col(Occurrence.opens_at) >= since, col(Occurrence.opens_at) <= now)
    return opened[::-1]


def listed(session: Session, consortium: int, *only: ColumnElement[bool]) -> list[Held]:
    """Those that are not cancelled, by start."""
    rows = helds().where(col(Activity.consortium_id) == consortium, *only)
    planned = rows.where(col(Occurrence.state) == OccurrenceState.PLANNED)
    ordered = planned.order_by(col(Occurrence.starts_at), col(Occurrence.id))
    return [Held(*row) for row in session.connection().execute(ordered)]


def led(session: Session, person: int, among: Collection[int]) -> set[int]:
    """Those of these occurrences at which the person speaks or keeps the minutes."""
    theirs = or_(col(Occurrence.speaker_id) == person, col(Occurrence.recorder_id) == person)
    rows = select(Occurrence.id).where(col(Occurrence.id).in_(list(among)), theirs)
    return {number for number in session.exec(rows) if number is not None}


def spoken(session: Session, person: int, among: Collection[int]) -> set[int]:
    """Those of these occurrences at which the person speaks."""
    rows = select(Occurrence.id).where(col(Occurrence.id).in_(list(among)), Occurrence.speaker_id == person)
    return {number for number in session.exec(rows) if number is not None}


def by_rule(session: Session, consortium: int, activity: str, day: date, slot: str) -> Occurrence | None:
    """By the activity's key and the rule's own date."""
    rows = (
        select(Occurrence)
        .join(Activity, col(Occurrence.activity_id) == Activity.id)
        .where(Activity.consortium_id == consortium, Activity.key == activity)
        .where(Occurrence.rule_date == day, Occurrence.slot == slot)
    )
    return session.exec(rows).first()


def fates(session: Session, activity: int, rule_date: date) -> set[date | None]:
    """What became of those of an activity and rule's own date: the dates held, None where one is cancelled."""
    rows = select(Occurrence).where(Occurrence.activity_id == activity, Occurrence.rule_date == rule_date)
    return {row.date if row.state is OccurrenceState.PLANNED else None for row in session.exec(rows)}


def activity_key(session: Session, row: Occurrence) -> str:
    return session.get_one(Activity, row.activity_id).key
