"""Reminders: the moments at which the clock will cause messages; `scheduling.release` turns them into deliveries."""

from collections.abc import Collection, Sequence
from datetime import datetime
from enum import StrEnum

from sqlalchemy import func, update
from sqlmodel import Field, Session, SQLModel, col, select

from store.columns import one_of
from store.engine import insert_new, slices


class ReminderKind(StrEnum):
    """The kinds of `rehearse` (contract)."""

    ANNOUNCE = "announce"
    REMIND = "remind"
    NUDGE = "nudge"
    CHECK_IN = "check_in"
    REFLECT = "reflect"
    DIGEST = "digest"


class Whom(StrEnum):
    """A chat, one person, or those of the audience who at that moment owe an answer, a reflection, or attended."""

    CHAT = "chat"
    PERSON = "person"
    UNANSWERED = "unanswered"
    UNREFLECTED = "unreflected"
    ATTENDED = "attended"


class ReminderState(StrEnum):
    """MISSED: due while nobody was there to send it, and of no use since. DROPPED: overtaken or cancelled."""

    WAITING = "waiting"
    RELEASED = "released"
    MISSED = "missed"
    DROPPED = "dropped"


class Reminder(SQLModel, table=True):
    """Sent from `at` on, of no use from `until` on. `subject` is a digest's month (`2026-10`)."""

    id: int | None = Field(default=None, primary_key=True)
    dedup_key: str = Field(unique=True)
    consortium_id: int = Field(foreign_key="consortium.id")
    kind: ReminderKind = Field(sa_type=one_of(ReminderKind))
    whom: Whom = Field(sa_type=one_of(Whom))
    occurrence_id: int | None = Field(default=None, foreign_key="occurrence.id", index=True)
    chat_id: int | None = Field(default=None, foreign_key="chat.id")
    person_id: int | None = Field(default=None, foreign_key="person.id")
    subject: str = ""
    at: datetime = Field(index=True)
    until: datetime
    state: ReminderState = Field(default=ReminderState.WAITING, sa_type=one_of(ReminderState), index=True)


def put(session: Session, wanted: Sequence[Reminder]) -> None:
    """Those that are not there yet; one that was dropped waits again."""
    rows = [reminder.model_dump(exclude={"id"}) for reminder in wanted]
    insert_new(session, Reminder, rows, "dedup_key")
    for part in slices([reminder.dedup_key for reminder in wanted], 500):
        again = col(Reminder.dedup_key).in_(part), col(Reminder.state) == ReminderState.DROPPED
        session.connection().execute(update(Reminder).where(*again).values(state=ReminderState.WAITING))


def drop_others(session: Session, consortium: int, occurrences: Collection[int], wanted: Collection[str]) -> None:
    """The waiting reminders of those occurrences, and the waiting digests, that are wanted no more."""
    waiting = select(Reminder.id, Reminder.dedup_key, Reminder.occurrence_id)
    waiting = waiting.where(Reminder.consortium_id == consortium, Reminder.state == ReminderState.WAITING)
    about = {None, *occurrences}
    rows = session.exec(waiting).all()
    gone = [found for found, key, occurrence in rows if found and occurrence in about and key not in wanted]
    settle(session, gone, ReminderState.DROPPED)


def drop(session: Session, occurrences: Collection[int]) -> None:
    """All the waiting ones of those occurrences."""
    for part in slices(list(occurrences), 500):
        change = update(Reminder).where(col(Reminder.occurrence_id).in_(part))
        waiting = change.where(col(Reminder.state) == ReminderState.WAITING)
        session.connection().execute(waiting.values(state=ReminderState.DROPPED))


def due(session: Session, now: datetime, limit: int) -> list[Reminder]:
    """Waiting ones whose moment has come, earliest first."""
    rows = select(Reminder).where(Reminder.state == ReminderState.WAITING, Reminder.at <= now)
    return list(session.exec(rows.order_by(col(Reminder.at), col(Reminder.id)).limit(limit)))


def settle(session: Session, reminders: Collection[int], state: ReminderState) -> None:
    for part in slices(list(reminders), 500):
        session.connection().execute(update(Reminder).where(col(Reminder.id).in_(part)).values(state=state))


def next_at(session: Session) -> datetime | None:
    """When the next one is due; None: nothing waits."""
    return session.exec(select(func.min(Reminder.at)).where(Reminder.state == ReminderState.WAITING)).first()


def missed(session: Session) -> int:
    return session.exec(select(func.count()).select_from(Reminder).where(Reminder.state == ReminderState.MISSED)).one()
