"""Agendas (日程): which occurrences there are on some days, of a consortium, some activities or a chat."""

from collections.abc import Collection
from datetime import date, datetime

from sqlmodel import Session, col, func, select
from sqlmodel.sql.expression import Select

from store.activities import Activity
from store.consortiums import Consortium
from store.occurrences import Occurrence, OccurrenceState

Row = tuple[Occurrence, Activity]


def of_consortium(session: Session, consortium: int) -> list[Row]:
    """Every occurrence kept, cancelled ones too, by start."""
    return list(session.exec(rows().where(Activity.consortium_id == consortium)))


def between(session: Session, consortium: int, first: datetime, last: datetime) -> list[Row]:
    """Planned occurrences that end after `first` and start before `last`, by start."""
    held = planned().where(Activity.consortium_id == consortium)
    return list(session.exec(held.where(Occurrence.ends_at > first, Occurrence.starts_at < last)))


def of_activities(
    session: Session, consortium: int, activities: Collection[str], first: date, last: date
) -> list[tuple[str, Occurrence]]:
    """Every event of these activities (their keys) held from `first` to `last`, both included, cancelled ones too, by
    start; class meetings left out."""
    found = rows().where(Activity.consortium_id == consortium, col(Activity.key).in_(list(activities)))
    events = found.where(col(Occurrence.class_id).is_(None), Occurrence.date >= first, Occurrence.date <= last)
    return [(activity.key, row) for row, activity in session.exec(events)]


def of_day(session: Session, activity: int, day: date) -> list[Occurrence]:
    """All of an activity on one date, by start."""
    held = planned().where(Occurrence.activity_id == activity, Occurrence.date == day)
    return [row for row, _ in session.exec(held)]


def of_chat(session: Session, chat: int, first: date, until: date) -> list[Row]:
    """What was planned in a chat's activities from `first` on and before `until`, by start."""
    held = planned().where(Activity.chat_id == chat)
    return list(session.exec(held.where(Occurrence.date >= first, Occurrence.date < until)))


def next_of_chat(session: Session, chat: int, after: datetime, until: datetime) -> Row | None:
    """The next event of a chat's activities that begins in between; class meetings are too many to be news."""
    held = planned().where(Activity.chat_id == chat, col(Occurrence.class_id).is_(None))
    begins = held.where(Occurrence.starts_at > after, Occurrence.starts_at <= until)
    return session.exec(begins.limit(1)).first()


def next_start(session: Session, now: datetime, consortium: str | None = None) -> datetime | None:
    """When the next one begins, of all or of the consortium with that key."""
    rows = select(func.min(Occurrence.starts_at)).where(
        Occurrence.starts_at > now, Occurrence.state == OccurrenceState.PLANNED
    )
    if consortium is not None:
        rows = rows.join(Activity, col(Occurrence.activity_id) == Activity.id)
        rows = rows.join(Consortium, col(Activity.consortium_id) == Consortium.id).where(Consortium.key == consortium)
    return session.exec(rows).first()


def planned() -> Select[Occurrence, Activity]:
    return rows().where(Occurrence.state == OccurrenceState.PLANNED)


def rows() -> Select[Occurrence, Activity]:
    """With their activities, by start."""
    found = select(Occurrence, Activity).join(Activity, col(Occurrence.activity_id) == Activity.id)
    return found.order_by(col(Occurrence.starts_at), col(Occurrence.id))
