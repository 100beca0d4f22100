"""Pending reflection (/reflect): which event a person who wants to write a reflection (反思) means."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from handlers.start import Unlinked
from store import attendees, occurrences, persons, reflections
from store.accounts import Account
from store.database import Session
from store.persons import Known

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
    """The newest event, in any consortium, of which none was handed in; else the newest at all, to be changed."""
    mine = persons.all_of_account(session, request.account)
    if not mine:
        return Unlinked()
    found = [each for known in mine for each in asking(session, known, now)]
    return max(found, key=lambda each: each[:2])[2] if found else NothingToReflect()


def asking(session: Session, known: Known, now: datetime) -> Iterator[tuple[bool, datetime, ReflectionPending]]:
    """Those that ask for one: whether it is missing, and when the event began."""
    for row, activity in occurrences.between(session, known.consortium_id, now - BACK, now):
        asked = row.ends_at <= now and row.reflect_by is not None and row.class_id is None
        if row.id is not None and asked and known.id in attendees.of(session, row.id):
            missing = known.id not in reflections.submitted(session, row.id)
            yield missing, row.starts_at, ReflectionPending(activity.title, f"reflect_{row.id}")
