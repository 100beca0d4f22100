"""Settled (应到): until an event begins, who has left is expected there no more, who comes back is again, and a class
meeting expects the head teacher that the class has now."""

from collections.abc import Mapping
from datetime import datetime

from store import attendees, audiences, audit, occurrences, persons
from store.audit import AuditFact
from store.blueprint import Blueprint
from store.database import Session
from store.occurrences import Occurrence
from store.statuses import AttendanceStatus

Retired = Mapping[int, datetime | None]
"""Since when, by person; None: not at all."""


def retired(session: Session, consortium: int) -> Retired:
    return {row.id: row.retired_at for row in persons.by_keys(session, consortium).values() if row.id is not None}


def follow(session: Session, consortium: int, blueprint: Blueprint, before: Retired, now: datetime) -> None:
    """`before`: of the roster that was. What has begun stays as it was settled."""
    after, activities = retired(session, consortium), {one.key: one for one in blueprint.activity}
    gone = {person for person, since in after.items() if since is not None}
    for held in occurrences.announced(session, consortium, now):
        row = session.get_one(Occurrence, held.id)
        if held.activity not in activities or row.settled_at is None:
            continue
        meant = audiences.of(session, consortium, activities[held.activity], row.slot)
        expected = set(attendees.of(session, held.id))
        returned = {one for one, since in before.items() if since and since > row.settled_at and one not in gone}
        fresh = [one for one in meant if held.class_id is not None or one.id in returned]
        left = expected - {one.id for one in meant} if held.class_id is not None else expected & gone
        attendees.remove(session, held.id, left)
        attendees.expect(session, held.id, fresh)
        for one in sorted(left):
            note(session, held.id, one, AttendanceStatus.EXPECTED, AttendanceStatus.NOT_EXPECTED, now)
        for one in sorted({person.id for person in fresh} - expected):
            note(session, held.id, one, AttendanceStatus.NOT_EXPECTED, AttendanceStatus.EXPECTED, now)


def part(session: Session, consortium: int, before: Blueprint, after: Blueprint, now: datetime) -> None:
    """What has begun takes place, also where the file knows it no more: of what is still to be asked for the first time
    (a reflection, a record, the minutes) those are expected whom the file `before` meant."""
    kept = {one.key for one in after.activity}
    gone = {one.key: one for one in before.activity if one.key not in kept}
    for held in occurrences.unsaid(session, consortium, now) if gone else ():
        if held.activity in gone:
            slot = session.get_one(Occurrence, held.id).slot
            attendees.expect(session, held.id, audiences.of(session, consortium, gone[held.activity], slot))


def note(
    session: Session, occurrence: int, person: int, was: AttendanceStatus, became: AttendanceStatus, now: datetime
) -> None:
    audit.note(session, AuditFact.ATTENDANCE, occurrence, person, now, by=None, was=was, became=became)
