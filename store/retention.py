"""Retention (保存期限): what is private goes once its time is over (PIPL, articles 19 and 47; domain 8.4)."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, delete, func, or_, update
from sqlalchemy import select as columns
from sqlmodel import Session, col

from store.activities import Activity
from store.attendees import Attendee
from store.audit import Audit, AuditFact
from store.check_ins import CheckIn
from store.class_records import ClassRecord
from store.corrections import Correction
from store.leaves import Leave, LeaveSpan
from store.minutes import TEXTS, Bulletin, Material, Minutes, NextTask
from store.occurrences import Occurrence
from store.persons import Person
from store.reflections import Reflection, Visibility
from store.responses import Response
from store.statuses import ABOUT_LEAVE

REASON: dict[str, Any] = {"kind": None, "reason": "", "remark": None}
LINES: dict[str, Any] = {"note": "", "theme": None, "held_by": ""}
ATTENDED: tuple[Any, ...] = (Attendee, Response, Leave, CheckIn, Correction, Reflection, Audit)


def forget_reasons(session: Session, consortium: int, last: date) -> None:
    """Kind, reason and remark of leave, why somebody was put down as on leave or no longer so, and words to late
    answers, of what took place up to `last`, local, included. That there was leave, and what became of it, stays."""
    told = or_(col(Leave.reason) != "", col(Leave.kind).is_not(None), col(Leave.remark).is_not(None))
    change(session, update(Leave).where(of_events(Leave, consortium, last), told).values(**REASON))
    told = or_(col(LeaveSpan.reason) != "", col(LeaveSpan.kind).is_not(None), col(LeaveSpan.remark).is_not(None))
    change(session, update(LeaveSpan).where(of_days(consortium, last), told).values(**REASON))
    granted = col(Correction.status).in_(ABOUT_LEAVE) | col(Correction.was).in_(ABOUT_LEAVE)
    said = of_events(Correction, consortium, last), granted, col(Correction.why) != ""
    change(session, update(Correction).where(*said).values(why=""))
    granted = col(Audit.became).in_(ABOUT_LEAVE) | col(Audit.was).in_(ABOUT_LEAVE)
    traced = of_events(Audit, consortium, last), col(Audit.fact) == AuditFact.ATTENDANCE, granted, col(Audit.why) != ""
    change(session, update(Audit).where(*traced).values(why=""))
    noted = of_events(Response, consortium, last), col(Response.note) != ""
    change(session, update(Response).where(*noted).values(note=""))


def forget_texts(session: Session, consortium: int, last: date, now: datetime) -> None:
    """Reflections, and the words of class records and minutes, up to `last`; that one was handed in stays counted."""
    gone: dict[str, Any] = {"text": "", "visibility": Visibility.SCHOOL, "account_id": None, "message_id": None}
    written = of_events(Reflection, consortium, last), col(Reflection.text) != ""
    removed = func.coalesce(col(Reflection.removed_at), now)
    change(session, update(Reflection).where(*written).values(**gone, removed_at=removed))
    said = or_(col(ClassRecord.note) != "", col(ClassRecord.theme).is_not(None), col(ClassRecord.held_by) != "")
    change(session, update(ClassRecord).where(of_events(ClassRecord, consortium, last), said).values(**LINES))
    change(session, update(Minutes).where(of_events(Minutes, consortium, last)).values(dict.fromkeys(TEXTS, "")))
    change(session, update(Bulletin).where(of_events(Bulletin, consortium, last)).values(body=""))
    for table in (NextTask, Material):
        change(session, delete(table).where(of_events(table, consortium, last)))


def forget_attendance(session: Session, consortium: int, last: date) -> None:
    """Who was expected, answered, came or was on leave up to `last`, with its trace. The events, and what was recorded
    of the classes, stay."""
    for table in ATTENDED:
        change(session, delete(table).where(of_events(table, consortium, last)))
    days = columns(LeaveSpan.id).where(of_days(consortium, last), ~used())  # type: ignore[call-overload]
    ended = list(session.connection().execute(days).scalars())
    change(session, delete(Audit).where(col(Audit.span_id).in_(ended)))
    change(session, delete(LeaveSpan).where(col(LeaveSpan.id).in_(ended)))


def change(session: Session, statement: Any) -> None:
    session.connection().execute(statement)


def of_events(table: Any, consortium: int, last: date) -> ColumnElement[bool]:
    old = (
        columns(Occurrence.id)  # type: ignore[call-overload]
        .join(Activity, col(Occurrence.activity_id) == Activity.id)
        .where(Activity.consortium_id == consortium, Occurrence.date <= last)
    )
    condition: ColumnElement[bool] = table.occurrence_id.in_(old)
    return condition


def of_days(consortium: int, last: date) -> ColumnElement[bool]:
    people = columns(Person.id).where(Person.consortium_id == consortium)  # type: ignore[call-overload]
    return col(LeaveSpan.person_id).in_(people) & (col(LeaveSpan.last_day) <= last)


def used() -> ColumnElement[bool]:
    """By an event that moved out of the days: the request stays as long as that."""
    found: ColumnElement[bool] = columns(Leave.id).where(Leave.span_id == LeaveSpan.id).exists()  # type: ignore[call-overload]
    return found
