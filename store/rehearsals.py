"""For a rehearsal, inside a transaction that is undone: as though nobody answered and everybody attended."""

from datetime import datetime

from sqlalchemy import delete, update
from sqlmodel import Session, SQLModel, col, select

from store import attendees, check_ins
from store.accounts import KnownAccount
from store.activities import Activity
from store.check_ins import CheckIn, CheckInMethod
from store.class_records import ClassRecord
from store.corrections import Correction
from store.leaves import Leave, LeaveSpan, LeaveState
from store.occurrences import Occurrence
from store.persons import Person
from store.reflections import Reflection
from store.responses import Response

ANSWERS: tuple[type[SQLModel], ...] = (Response, Leave, CheckIn, Correction, Reflection, ClassRecord)


def linked(session: Session, consortium: int) -> frozenset[str]:
    """The keys of the people who have an account."""
    rows = select(Person.key).where(
        Person.consortium_id == consortium, col(Person.account_id).is_not(None), col(Person.retired_at).is_(None)
    )
    return frozenset(session.exec(rows))


def languages(session: Session, consortium: int) -> dict[str, str]:
    """Who chose a language, by the person's key."""
    rows = (
        select(Person.key, KnownAccount.language)
        .join(KnownAccount, col(Person.account_id) == KnownAccount.id)
        .where(Person.consortium_id == consortium, col(KnownAccount.language).is_not(None))
    )
    return {key: language for key, language in session.exec(rows) if language is not None}


def forget_answers(session: Session, consortium: int) -> None:
    ours = (
        select(Occurrence.id)
        .join(Activity, col(Occurrence.activity_id) == Activity.id)
        .where(Activity.consortium_id == consortium)
    )
    for table in ANSWERS:
        session.connection().execute(delete(table).where(table.occurrence_id.in_(ours)))  # type: ignore[attr-defined]
    people = select(Person.id).where(Person.consortium_id == consortium)
    # taken back, not deleted: the trace of it (`audit`) stays
    mine = update(LeaveSpan).where(col(LeaveSpan.person_id).in_(people))
    session.connection().execute(mine.values(state=LeaveState.WITHDRAWN))


def attend(session: Session, occurrence: Occurrence, at: datetime) -> None:
    """Everybody expected checks in, where that is asked for."""
    if occurrence.opens_at is None or occurrence.id is None:
        return
    for person in attendees.of(session, occurrence.id):
        check_ins.record(session, occurrence.id, person, at, CheckInMethod.BUTTON, late=False)
