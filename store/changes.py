"""Changes of occurrences: what people had been told before, kept until they were told again."""

from datetime import date, datetime

from msgspec import Struct
from msgspec.structs import asdict
from sqlmodel import Field, Session, col, func, select

from store.activities import Activity
from store.columns import Table
from store.deliveries import Delivery, DeliveryKind, DeliveryState, was_said
from store.occurrences import Occurrence, OccurrenceState


class Told(Struct, frozen=True):
    """What people know of an occurrence; the host is a school's id."""

    starts_at: datetime
    ends_at: datetime
    host_id: int | None
    place: str | None
    theme: str | None
    cancelled: bool


class Change(Table, table=True):
    """The facts are those of before; the occurrence itself has the new ones."""

    __tablename__ = "occurrence_change"
    id: int | None = Field(default=None, primary_key=True)
    occurrence_id: int = Field(foreign_key="occurrence.id", index=True)
    at: datetime
    starts_at: datetime
    ends_at: datetime
    host_id: int | None = Field(default=None, foreign_key="school.id")
    place: str | None = None
    theme: str | None = None
    cancelled: bool = False
    reason: str = ""

    @property
    def told(self) -> Told:
        return Told(self.starts_at, self.ends_at, self.host_id, self.place, self.theme, self.cancelled)


def told(row: Occurrence) -> Told:
    cancelled = row.state is OccurrenceState.CANCELLED
    return Told(row.starts_at, row.ends_at, row.host_id, row.place, row.theme, cancelled)


def note(session: Session, occurrence: int, before: Told, reason: str, now: datetime) -> int:
    """Its number. Where nobody was told of an earlier change yet, that one tells of both."""
    row = unsaid(session, occurrence)
    if row is None:
        row = Change(occurrence_id=occurrence, at=now, **asdict(before))
    row.reason, row.at = reason, now
    session.add(row)
    session.flush()
    assert row.id is not None
    return row.id


def get(session: Session, change: int) -> Change | None:
    return session.get(Change, change)


def unsaid(session: Session, occurrence: int) -> Change | None:
    """The newest, unless some message about it is on its way or has arrived."""
    rows = select(Change).where(Change.occurrence_id == occurrence).order_by(col(Change.id).desc()).limit(1)
    row = session.exec(rows).first()
    if row is None:
        return None
    under_way = select(Delivery.id).where(
        Delivery.occurrence_id == occurrence,
        Delivery.subject == str(row.id),
        col(Delivery.kind) == "change",
        Delivery.state != DeliveryState.PENDING,
    )
    return None if session.exec(under_way.limit(1)).first() else row


def announcing(session: Session, activity: int, rule_date: date) -> list[int]:
    """The occurrences of an activity and rule's own date whose announcement stands in a group, or is on its way."""
    rows = (
        select(Delivery.occurrence_id)
        .join(Occurrence, col(Delivery.occurrence_id) == Occurrence.id)
        .where(Occurrence.activity_id == activity, Occurrence.rule_date == rule_date)
        .where(Delivery.kind == DeliveryKind.ANNOUNCE, was_said())
    )
    return [found for found in session.exec(rows.distinct()) if found is not None]


def newest_of(session: Session, occurrence: int) -> int | None:
    """The number of the newest change of it."""
    return session.exec(select(func.max(Change.id)).where(Change.occurrence_id == occurrence)).first()


def reason_of(session: Session, occurrence: int) -> str:
    """Why it was changed last, in the organiser's words."""
    number = newest_of(session, occurrence)
    return session.get_one(Change, number).reason if number else ""


def newest(session: Session, consortium: int) -> dict[int, datetime]:
    """When each occurrence was changed last, by its id; of those that more was told of than an outlook says."""
    rows = (
        select(Change.occurrence_id, func.max(Change.at))
        .join(Occurrence, col(Change.occurrence_id) == Occurrence.id)
        .join(Activity, col(Occurrence.activity_id) == Activity.id)
        .where(Activity.consortium_id == consortium, col(Occurrence.settled_at).is_not(None))
        .group_by(col(Change.occurrence_id))
    )
    return dict(session.exec(rows).all())
