"""Class records (班会记录): whether a class meeting was held, moved or not held, and what is known of it."""

import re
from collections.abc import Collection
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement
from sqlmodel import Field, Session, col, select

from store.activities import Activity, ActivityKind
from store.classes import SchoolClass
from store.columns import Table, one_of
from store.engine import upsert
from store.occurrences import Occurrence
from store.schools import School

A_DAY = re.compile(r"\d{4}-\d\d-\d\d")
OPEN_AFTERWARDS = timedelta(hours=2)  # what was recorded late is completed, too


class RecordStatus(StrEnum):
    """已开 · 改期 · 未开."""

    HELD = "held"
    MOVED = "moved"
    NOT_HELD = "not_held"


class NotHeldReason(StrEnum):
    """放假 · 考试 · 活动占用 · 其他."""

    HOLIDAY = "holiday"
    EXAM = "exam"
    ACTIVITY = "activity"
    OTHER = "other"


class ClassRecord(Table, table=True):
    """`person_id`: who recorded it. `held_on`: the day on which it was, or is to be, held; a MOVED one without is not
    known yet. `theme`: where it was another than planned. `present` and `enrolled` are pupils, numbers only. Somebody
    else held it where `held_by_id` is one of the roster, or `held_by` a name that the roster does not have."""

    __tablename__ = "class_record"
    occurrence_id: int = Field(foreign_key="occurrence.id", primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    status: RecordStatus = Field(sa_type=one_of(RecordStatus))
    held_on: date | None = None
    theme: str | None = None
    present: int | None = None
    enrolled: int | None = None
    held_by_id: int | None = Field(default=None, foreign_key="person.id")
    held_by: str = ""
    reason: NotHeldReason | None = Field(default=None, sa_type=one_of(NotHeldReason))
    note: str = ""
    recorded_at: datetime

    @property
    def code(self) -> str:
        """For its trace: what it says without anybody's words, such as `held:2026-10-12:45/46`."""
        count = None if self.present is None else f"{self.present}/{self.enrolled}"
        said = (self.status, self.held_on, self.reason, count)
        return ":".join(str(one) for one in said if one is not None)

    def is_archived(self, archived_at: datetime, now: datetime) -> bool:
        return now >= max(archived_at, self.recorded_at + OPEN_AFTERWARDS)


class Told(NamedTuple):
    """What a record's `code` says; `pupils`: 45/46, "" where nobody counted."""

    status: RecordStatus
    held_on: date | None
    reason: NotHeldReason | None
    pupils: str


def told(code: str) -> Told:
    """The code read back, as a trace has it."""
    status, *rest = code.split(":")
    reasons = {one.value for one in NotHeldReason}
    day = next((date.fromisoformat(one) for one in rest if A_DAY.fullmatch(one)), None)
    reason = next((NotHeldReason(one) for one in rest if one in reasons), None)
    return Told(RecordStatus(status), day, reason, next((one for one in rest if "/" in one), ""))


def as_told(occurrence: int, code: str, at: datetime) -> ClassRecord | None:
    """A record of that code, which is not kept; None for ""."""
    if not code:
        return None
    said = told(code)
    record = ClassRecord(occurrence_id=occurrence, person_id=0, status=said.status, recorded_at=at)
    record.held_on, record.reason = said.held_on, said.reason
    if said.pupils:
        record.present, record.enrolled = map(int, said.pupils.split("/"))
    return record


def record(
    session: Session, occurrence: int, person: int, status: RecordStatus, held_on: date | None, at: datetime
) -> bool:
    """The newest word counts, and what was said to the one before only as far as it holds; False where it already was
    this one."""
    row: dict[str, Any] = {"person_id": person, "status": status, "held_on": held_on, "reason": None, "recorded_at": at}
    if status is RecordStatus.NOT_HELD:
        row |= {"theme": None, "present": None, "enrolled": None, "held_by_id": None, "held_by": ""}
    key = {"occurrence_id": occurrence}
    return upsert(session, ClassRecord, key, row, only_if=another)


def another(given: Any) -> ColumnElement[bool]:
    return col(ClassRecord.status).is_distinct_from(given.status)


def of(session: Session, occurrence: int) -> ClassRecord | None:
    """As it is now, also after `record`."""
    found = select(ClassRecord).where(ClassRecord.occurrence_id == occurrence)
    return session.exec(found.execution_options(populate_existing=True)).first()


def change(session: Session, row: ClassRecord, **values: Any) -> None:
    row.sqlmodel_update(values)
    session.add(row)
    session.flush()


def of_classes(
    session: Session, consortium: int, first: date | None = None, until: date | None = None
) -> list[tuple[Occurrence, Activity, ClassRecord | None]]:
    """Every class meeting kept (from `first` on and before `until`), cancelled ones too, by start, with what was
    recorded of it."""
    rows = (
        select(Occurrence, Activity, ClassRecord)
        .join(Activity, col(Occurrence.activity_id) == Activity.id)
        .join(ClassRecord, col(ClassRecord.occurrence_id) == Occurrence.id, isouter=True)
        .where(Activity.consortium_id == consortium, Activity.kind == ActivityKind.CLASS_MEETING)
        .order_by(col(Occurrence.starts_at), col(Occurrence.id))
    )
    if first is not None and until is not None:
        rows = rows.where(Occurrence.date >= first, Occurrence.date < until)
    return list(session.exec(rows).all())


def written(session: Session, occurrences: Collection[int]) -> list[tuple[str, bool]]:
    """Of each of these class meetings the school, in the file's order, and whether there is a record."""
    rows = (
        select(School.name, col(ClassRecord.occurrence_id).is_not(None))
        .join(SchoolClass, col(SchoolClass.school_id) == School.id)
        .join(Occurrence, col(Occurrence.class_id) == SchoolClass.id)
        .join(ClassRecord, col(ClassRecord.occurrence_id) == Occurrence.id, isouter=True)
        .where(col(Occurrence.id).in_(list(occurrences)))
        .order_by(col(School.id), col(Occurrence.id))
    )
    return [(school, recorded) for school, recorded in session.exec(rows)]
