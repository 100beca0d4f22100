"""Pending reflection (/reflect): which event a person who wants to write a reflection (反思) means."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from handlers.start import Unlinked
from store import attendees, occurrences, persons, reflections
from store.accounts import Account
from store.database import Session

BACK = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class FindReflection:
    account: Account


@dataclass(frozen=True, slots=True)
class ReflectionPending:
    """`payload` leads to the question about it."""

    title: str
    payload: str


@dataclass(frozen=True, slots=True)
class NothingToReflect:
    """No event of the last two weeks at which the person was expected asks for one."""


FindReflectionOutcome = ReflectionPending | NothingToReflect | Unlinked


def find_reflection(session: Session, request: FindReflection, now: datetime) -> FindReflectionOutcome:
    """The newest event of which none was handed in; else the newest at all, to be changed."""
    known = persons.of_account(session, request.account)
    if known is None:
        return Unlinked()
    found: list[tuple[bool, ReflectionPending]] = []
    for row, activity in occurrences.between(session, known.consortium_id, now - BACK, now):
        asked = row.ends_at <= now and row.reflect_by is not None and row.class_id is None
        if row.id is not None and asked and known.id in attendees.of(session, row.id):
            missing = known.id not in reflections.submitted(session, row.id)
            found.append((missing, ReflectionPending(activity.title, f"reflect_{row.id}")))
    return max(reversed(found), key=lambda each: each[0])[1] if found else NothingToReflect()
