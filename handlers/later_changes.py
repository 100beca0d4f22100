"""Later changes (关账后的更改): what was corrected, decided or handed in after a term had closed: told apart from its
figures."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from msgspec import Struct

from handlers.report_facts import ReportEvent
from store import reported
from store.audit import Audit, AuditFact
from store.database import Session
from store.hindsight import Then
from store.persons import Person, Role
from store.reflections import ReflectionState
from store.statuses import ABOUT_LEAVE


class ChangedBy(StrEnum):
    """By which right, of today: whoever has several acts by the first of these."""

    ONESELF = "oneself"
    ORGANISER = "organiser"
    APPROVER = "approver"
    PRINCIPAL = "principal"
    TEACHER = "teacher"
    SYSTEM = "system"


RIGHTS = (Role.ORGANISER, Role.APPROVER, Role.PRINCIPAL, Role.TEACHER)


class LaterChange(Struct, frozen=True):
    """`person`, `school` and `class_` are keys; `was` and `became` codes, "" for none; `at` is local. Whether a word
    why was given, never the word."""

    activity: str
    title: str
    date: date
    class_: str | None
    person: str
    name: str
    school: str
    fact: AuditFact
    was: str
    became: str
    at: datetime
    by: ChangedBy
    why_given: bool


def told(
    session: Session,
    consortium: int,
    known: Then,
    events: Sequence[ReportEvent],
    school: str | None,
    people: Mapping[int, Person],
    schools: Mapping[int, str],
    zone: ZoneInfo,
) -> tuple[LaterChange, ...]:
    """At these events, oldest first. `school`: only of who is counted there."""
    if not known.later:
        return ()
    roles, about = reported.roles(session, consortium), {one.occurrence: one for one in events}
    rows = (row for row in known.later if row.occurrence_id in about and moves(row))
    found = ((row, about[row.occurrence_id or 0]) for row in rows)
    return tuple(
        change(row, event, people, schools, roles, zone)
        for row, event in found
        if school is None or any(one.person == people[row.person_id].key for one in event.people)
    )


def moves(row: Audit) -> bool:
    """A figure. Of a reflection nobody hears but that it was handed in."""
    known = row.fact is not AuditFact.REFLECTION or row.became == ReflectionState.SUBMITTED
    return known and row.was != row.became


def change(
    row: Audit,
    event: ReportEvent,
    people: Mapping[int, Person],
    schools: Mapping[int, str],
    roles: Mapping[int, set[Role]],
    zone: ZoneInfo,
) -> LaterChange:
    person = people[row.person_id]
    counted = {one.person: one.school for one in event.people}
    return LaterChange(
        event.activity,
        event.title,
        event.date,
        event.class_,
        person.key,
        person.name,
        counted.get(person.key, schools[person.school_id]),
        row.fact,
        row.was,
        row.became,
        row.at.astimezone(zone),
        changed_by(row, roles),
        bool(row.why) or is_about_leave(row),
    )


def is_about_leave(row: Audit) -> bool:
    """A correction of which the trace holds no word: so long after the event, it was given with one (domain 4.3)."""
    return row.fact is AuditFact.ATTENDANCE and bool(ABOUT_LEAVE & {row.was, row.became})


def changed_by(row: Audit, roles: Mapping[int, set[Role]]) -> ChangedBy:
    if row.actor_id is None:
        return ChangedBy.SYSTEM
    if row.actor_id == row.person_id:
        return ChangedBy.ONESELF
    having = roles.get(row.actor_id, set())
    return next((ChangedBy(role.value) for role in RIGHTS if role in having), ChangedBy.TEACHER)
