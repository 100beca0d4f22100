"""Deciders (审批人): who may decide an open request for leave changes with the roster. Who may now is asked; who may no
longer sees so in the place of the reason."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from handlers import absence
from handlers.leave_notice import GOOD_FOR, approvers, ask, edit, subject_of
from store import consortiums, leaves
from store.consortiums import Consortium
from store.database import Session
from store.leaves import Leave, LeaveSpan
from store.persons import Person

Deciding = Mapping[str, frozenset[int]]
"""Who may decide, by open request."""


def deciding(session: Session, consortium: int) -> Deciding:
    return {subject_of(row): deciders(session, row) for row in leaves.pending(session, consortium)}


def deciders(session: Session, row: Leave | LeaveSpan) -> frozenset[int]:
    """Nobody decides for somebody who has left."""
    left = session.get_one(Person, row.person_id).retired_at is not None
    return frozenset() if left else frozenset(approvers(session, row.person_id))


def pass_on(session: Session, consortium: int, before: Deciding, now: datetime) -> None:
    """`before`: of the roster that was."""
    at = after_quiet(session, consortium, now)
    for row in leaves.pending(session, consortium):
        was, become = before.get(subject_of(row), frozenset()), deciders(session, row)
        edit(session, row, was - become, now)
        if now < absence.ends(session, row)[1] + GOOD_FOR:
            ask(session, row, sorted(become - was), at)


def after_quiet(session: Session, consortium: int, now: datetime) -> datetime:
    """Nobody's act woke them: what a new roster brings waits until the quiet hours end."""
    row = session.get_one(Consortium, consortium)
    local = now.astimezone(ZoneInfo(row.timezone))
    ends = consortiums.blueprint(row).quiet_until(local.time())
    if ends is None:
        return now
    today = local.replace(hour=ends.hour, minute=ends.minute, second=0, microsecond=0)
    return today if today > local else today + timedelta(days=1)
