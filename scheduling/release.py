"""Release: a reminder whose moment has come becomes deliveries, one a recipient, in one transaction."""

from collections.abc import Collection
from datetime import UTC, datetime

from store import (
    attendance,
    attendees,
    audiences,
    consortiums,
    deliveries,
    leave_spans,
    nudges,
    occurrences,
    persons,
    reminders,
    responses,
)
from store.activities import Activity
from store.class_records import of as class_record
from store.database import Session
from store.deliveries import OWN, DeliveryKind, Owed
from store.occurrences import Occurrence, OccurrenceState
from store.persons import Role
from store.reflections import done_with
from store.reminders import Reminder, ReminderKind, ReminderState, Whom
from store.statuses import AttendanceStatus

OFFICES = (ReminderKind.PREPARE, ReminderKind.ABSENCES)  # lists of the office's own
BATCH = 200  # a transaction that takes longer would hold up presses


def release(session: Session, now: datetime) -> int:
    """Turn what is due into deliveries; how many reminders were settled.

    What is of no use any more is MISSED (contract, "After downtime"); of several that wait for the same recipient with
    the same kind about the same occurrence only the newest is sent.
    """
    due = reminders.due(session, now)
    newest = {recipient(reminder): reminder.id for reminder in due}
    count = BATCH
    while count < len(due) and due[count].part:  # what becomes one message is released at once
        count += 1
    for reminder in due[:count]:
        assert reminder.id is not None
        reminders.settle(session, [reminder.id], one(session, reminder, now, newest[recipient(reminder)]))
    return len(due[:count])


def recipient(reminder: Reminder) -> tuple[object, ...]:
    about = (reminder.occurrence_id, reminder.subject)
    return (reminder.consortium_id, reminder.kind, reminder.whom, reminder.chat_id, reminder.person_id, *about)


def one(session: Session, reminder: Reminder, now: datetime, newest: int | None) -> ReminderState:
    if reminder.until <= now:
        return ReminderState.MISSED
    if cancelled(session, reminder):
        return ReminderState.DROPPED
    if reminder.id != newest:
        return ReminderState.RELEASED
    expect(session, reminder, now)
    if reminder.whom is Whom.OVERSEERS:
        owe_absences(session, reminder, now)
    else:
        deliveries.owe(session, owed(reminder, recipients(session, reminder, now)))
    return ReminderState.RELEASED


def cancelled(session: Session, reminder: Reminder) -> bool:
    if reminder.occurrence_id is None:
        return False
    return session.get_one(Occurrence, reminder.occurrence_id).state is OccurrenceState.CANCELLED


def expect(session: Session, reminder: Reminder, now: datetime) -> None:
    """Who is expected is settled when the first message of an occurrence goes out (contract, `rehearse`): the first to
    them or of them, which the office's own lists are not."""
    if reminder.occurrence_id is None or reminder.kind in OFFICES:
        return
    occurrence = session.get_one(Occurrence, reminder.occurrence_id)
    if occurrence.settled_at is None:
        settle_expected(session, reminder.consortium_id, occurrence, now)


def settle_expected(session: Session, consortium: int, occurrence: Occurrence, now: datetime) -> None:
    found = consortiums.get(session, consortium)
    row = session.get_one(Activity, occurrence.activity_id)
    assert found is not None
    assert occurrence.id is not None
    for activity in consortiums.blueprint(found).activity:
        if activity.key == row.key:
            attendees.expect(session, occurrence.id, audiences.of(session, consortium, activity, occurrence.slot))
    occurrence.settled_at = now
    session.add(occurrence)
    session.flush()
    leave_spans.cover(session, occurrence, now, since=now)


def recipients(session: Session, reminder: Reminder, now: datetime) -> list[int]:
    """Person ids; none for a chat."""
    if reminder.whom is Whom.OFFICE:
        office = (persons.with_role(session, reminder.consortium_id, role) for role in (Role.ORGANISER, Role.APPROVER))
        return persons.linked(session, {one for people in office for one in people})
    if reminder.whom is Whom.ORGANISERS:
        return persons.linked(session, persons.with_role(session, reminder.consortium_id, Role.ORGANISER))
    if reminder.whom is Whom.CHAT or reminder.occurrence_id is None:
        return []
    if reminder.whom is Whom.PERSON:
        return persons.linked(session, [reminder.person_id] if reminder.person_id else [])
    return persons.linked(session, still_owing(session, reminder.whom, reminder.occurrence_id, now))


def owe_absences(session: Session, reminder: Reminder, now: datetime) -> None:
    """To the people whose absence is open, who are told first (domain 8.3), and to whoever answers for them."""
    found = attendance.standings(session, [reminder.occurrence_id or 0], now)
    missing = [one.facts for one in found if one.status is AttendanceStatus.ABSENT_PENDING]
    themselves = persons.linked(session, [one.person for one in missing])
    deliveries.owe(session, owed(reminder, themselves, OWN))
    people = overseers(session, reminder.consortium_id, {one.school_id for one in missing})
    deliveries.owe(session, owed(reminder, persons.linked(session, people)))


def overseers(session: Session, consortium: int, schools: Collection[int]) -> Collection[int]:
    """Organisers, and the approvers of each of these schools; nobody where there is none."""
    people = {one for school in schools for one in persons.with_role(session, consortium, Role.APPROVER, school)}
    return people.union(persons.with_role(session, consortium, Role.ORGANISER) if schools else ())


def still_owing(session: Session, whom: Whom, occurrence: int, now: datetime) -> Collection[int]:
    if whom is Whom.UNANSWERED:
        return not_yet_reminded(session, occurrence, now)
    came = attendance.attended(session, occurrence, now)
    if whom is Whom.ATTENDED:
        return came
    if class_record(session, occurrence) is not None:
        return []
    done = done_with(session, occurrence)
    return [person for person in came if person not in done]


def not_yet_reminded(session: Session, occurrence: int, now: datetime) -> Collection[int]:
    """Whoever has not answered and was not reminded today by the office."""
    held = occurrences.get(session, occurrence)
    if held is None:
        return []
    midnight = held.local(now).replace(hour=0, minute=0, second=0, microsecond=0)
    reminded = nudges.reminded(session, occurrence, midnight.astimezone(UTC))
    return [person for person in responses.unanswered(session, occurrence) if person not in reminded]


def owed(reminder: Reminder, people: Collection[int], subject: str = "") -> list[Owed]:
    """`subject`: what sets these messages apart from the others of the reminder."""
    kind = DeliveryKind(reminder.kind.value)
    bundle = None if reminder.part is None else f"{reminder.chat_id}@{reminder.at.astimezone(UTC):%Y%m%dT%H%M%S}"

    def to(chat: int | None, person: int | None) -> Owed:
        key = f"{reminder.dedup_key}>{'chat' if chat else 'person'}{chat or person}{subject}"
        about = (chat, person, reminder.occurrence_id, subject or reminder.subject)
        return Owed(key, kind, reminder.at, reminder.until, *about, bundle)

    if reminder.whom is Whom.CHAT:
        return [to(reminder.chat_id, None)]
    return [to(None, person) for person in people]
