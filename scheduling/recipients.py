"""Recipients: to whom a reminder goes when it is released, and to whom it is foreseen to go."""

from collections.abc import Collection
from datetime import UTC, datetime

from store import attendance, class_records, linked_accounts, nudges, occurrences, persons, responses
from store.database import Session
from store.persons import Role
from store.reflections import done_with
from store.reminders import Reminder, Whom


def recipients(session: Session, reminder: Reminder, now: datetime) -> list[int]:
    """Person ids; none for a chat."""
    if reminder.whom is Whom.OFFICE:
        office = (persons.with_role(session, reminder.consortium_id, role) for role in (Role.ORGANISER, Role.APPROVER))
        return linked_accounts.among(session, {one for people in office for one in people})
    if reminder.whom is Whom.ORGANISERS:
        return linked_accounts.among(session, persons.with_role(session, reminder.consortium_id, Role.ORGANISER))
    if reminder.whom is Whom.CHAT or reminder.occurrence_id is None:
        return []
    if reminder.whom is Whom.PERSON:
        return linked_accounts.among(session, [reminder.person_id] if reminder.person_id else [])
    return linked_accounts.among(session, still_owing(session, reminder.whom, reminder.occurrence_id, now))


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
    if class_records.of(session, occurrence) is not None:
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
