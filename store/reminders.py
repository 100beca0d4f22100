"""Reminders: the moments at which the clock will cause messages; `scheduling.release` turns them into deliveries."""

from collections.abc import Collection, Sequence
from datetime import datetime
from enum import StrEnum
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import Index, and_, bindparam, func, or_, update
from sqlalchemy import select as columns
from sqlmodel import Field, Session, col, select

from store.columns import Table, one_of
from store.consortiums import Consortium
from store.engine import insert_of, slices
from store.prepared import Prepared


class ReminderKind(StrEnum):
    """The kinds of `rehearse` (contract), and ABSENCES: none while everybody attends, which a rehearsal supposes."""

    ANNOUNCE = "announce"
    REMIND = "remind"
    NUDGE = "nudge"
    CHECK_IN = "check_in"
    REFLECT = "reflect"
    DIGEST = "digest"
    PREPARE = "prepare"
    OUTLOOK = "outlook"
    ABSENCES = "absences"
    SUMMARY = "summary"
    MINUTES = "minutes"
    OBLIGATIONS_MISSING = "obligations_missing"
    EXCHANGE_ENDS = "exchange_ends"


class Whom(StrEnum):
    """A chat, one person, those of the audience who at that moment owe an answer, a reflection, or attended, the
    consortium's organisers, all organisers and approvers (OFFICE), or those of them with people whose absence is
    open."""

    CHAT = "chat"
    PERSON = "person"
    UNANSWERED = "unanswered"
    UNREFLECTED = "unreflected"
    ATTENDED = "attended"
    ORGANISERS = "organisers"
    OVERSEERS = "overseers"
    OFFICE = "office"


class ReminderState(StrEnum):
    """RELEASED: sent, or overtaken by a newer one that was. MISSED: of no use any more before it could be sent.

    DROPPED: wanted no more; it waits again when it is.
    """

    WAITING = "waiting"
    RELEASED = "released"
    MISSED = "missed"
    DROPPED = "dropped"


class Reminder(Table, table=True):
    """Sent from `at` on, of no use from `until` on. `subject` is a digest's month (`2026-10`), the Monday of an outlook
    or a summary, the date of the class meetings that are announced, the key of a term that ends, the day on which
    exchanges end.
    `part`: its place among those to its chat that go out at that instant as one message; None: by itself."""

    # what is due, and what is next, is asked at every look of the dispatcher
    __table_args__ = (Index("ix_reminder_state_at", "state", "at"),)
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
    part: int | None = None
    state: ReminderState = Field(default=ReminderState.WAITING, sa_type=one_of(ReminderState), index=True)


class Wanted(NamedTuple):
    """A reminder as it is planned: a tuple, for there may be tens of thousands."""

    dedup_key: str
    consortium_id: int
    kind: ReminderKind
    whom: Whom
    occurrence_id: int | None
    chat_id: int | None
    person_id: int | None
    subject: str
    at: datetime
    until: datetime
    part: int | None
    state: ReminderState = ReminderState.WAITING


def put(session: Session, wanted: Sequence[Wanted]) -> None:
    """Those that are not there yet; one that waits, or was dropped, waits as it is wanted now. The others are done."""
    if wanted:
        statement = putting(session.get_bind().dialect.name)
        session.connection().execute(statement, [one._asdict() for one in wanted])


@cache
def putting(dialect: str) -> Any:
    insert = insert_of(dialect, Reminder).values({name: bindparam(name) for name in Wanted._fields})
    change = {name: insert.excluded[name] for name in Wanted._fields if name != "dedup_key"}
    open_still = or_(*(col(Reminder.state) == state for state in (ReminderState.WAITING, ReminderState.DROPPED)))
    differs = or_(*(getattr(Reminder, name).is_distinct_from(value) for name, value in change.items()))
    return insert.on_conflict_do_update(index_elements=["dedup_key"], set_=change, where=and_(open_still, differs))


def recipients(session: Session, occurrence: int) -> tuple[list[int], list[int]]:
    """Ids of the chats and of the persons to whom something was said of it by name."""
    rows = select(Reminder.chat_id, Reminder.person_id).distinct()
    rows = rows.where(Reminder.occurrence_id == occurrence, Reminder.state == ReminderState.RELEASED)
    found = session.exec(rows.where(col(Reminder.whom).in_([Whom.CHAT, Whom.PERSON]))).all()
    return sorted(chat for chat, _ in found if chat), sorted(person for _, person in found if person)


def not_missed(session: Session, now: datetime) -> None:
    """What a clock that ran ahead had given up waits again."""
    given_up = col(Reminder.state) == ReminderState.MISSED, col(Reminder.until) > now
    session.connection().execute(update(Reminder).where(*given_up).values(state=ReminderState.WAITING))


def done(session: Session, consortium: int) -> dict[str, datetime]:
    """By their keys, the moments of those that nothing is sent of any more."""
    settled = col(Reminder.state).in_([ReminderState.RELEASED, ReminderState.MISSED])
    rows = select(Reminder.dedup_key, Reminder.at).where(Reminder.consortium_id == consortium, settled)
    return dict(session.exec(rows).all())


def drop_others(session: Session, consortium: int, occurrences: Collection[int], wanted: Collection[str]) -> None:
    """The waiting reminders of those occurrences, and the waiting digests and outlooks, that are wanted no more."""
    rows = columns(col(Reminder.id), col(Reminder.dedup_key))
    waiting = rows.where(col(Reminder.consortium_id) == consortium, col(Reminder.state) == ReminderState.WAITING)
    asked = [waiting.where(col(Reminder.occurrence_id).in_(part)) for part in slices(list(occurrences), 500)]
    for rows in (waiting.where(col(Reminder.occurrence_id).is_(None)), *asked):
        found = session.connection().execute(rows).all()
        settle(session, [number for number, key in found if number and key not in wanted], ReminderState.DROPPED)


def drop(session: Session, occurrences: Collection[int]) -> None:
    """All the waiting ones of those occurrences."""
    for part in slices(list(occurrences), 500):
        change = update(Reminder).where(col(Reminder.occurrence_id).in_(part))
        waiting = change.where(col(Reminder.state) == ReminderState.WAITING)
        session.connection().execute(waiting.values(state=ReminderState.DROPPED))


def due(session: Session, now: datetime) -> list[Reminder]:
    """Waiting ones whose moment has come, earliest first, the parts of one message beside each other in their order."""
    return list(session.exec(due_by(), params={"now": now}))


def private_ahead(session: Session, consortium: int, end: datetime) -> list[Reminder]:
    """Waiting ones to people whose moment comes before `end`; whose absence will be open nobody knows."""
    to_others = col(Reminder.whom).in_([Whom.CHAT, Whom.OVERSEERS])
    rows = select(Reminder).where(Reminder.state == ReminderState.WAITING, col(Reminder.at) < end)
    return list(session.exec(rows.where(Reminder.consortium_id == consortium, ~to_others)))


@cache  # asked at every look of the dispatcher: building a statement takes longer than executing it
def due_by() -> Any:
    rows = select(Reminder).where(Reminder.state == ReminderState.WAITING, col(Reminder.at) <= bindparam("now"))
    together = func.coalesce(Reminder.chat_id, 0), func.coalesce(Reminder.part, -1)
    return rows.order_by(col(Reminder.at), *together, col(Reminder.id))


def settle(session: Session, reminders: Collection[int], state: ReminderState) -> None:
    for part in slices(list(reminders), 500):
        session.connection().execute(update(Reminder).where(col(Reminder.id).in_(part)).values(state=state))


def next_at(session: Session, consortium: str | None = None) -> datetime | None:
    """When the next one is due, of all or of the consortium with that key; None: nothing waits."""
    found = soonest(consortium is None).first(session, {"key": consortium})
    return found[0] if found else None


@cache
def soonest(of_all: bool) -> Prepared:
    rows = columns(func.min(Reminder.at)).where(col(Reminder.state) == ReminderState.WAITING)
    if of_all:
        return Prepared(rows)
    theirs = rows.join(Consortium, col(Reminder.consortium_id) == Consortium.id)
    return Prepared(theirs.where(col(Consortium.key) == bindparam("key")))


def missed(session: Session) -> int:
    return session.exec(select(func.count()).select_from(Reminder).where(Reminder.state == ReminderState.MISSED)).one()
