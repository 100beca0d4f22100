"""Release: a reminder whose moment has come becomes deliveries, one a recipient, in one transaction."""

from collections.abc import Collection, Sequence
from datetime import UTC, datetime

from scheduling.holding import Holdings
from scheduling.recipients import overseers, recipients
from store import (
    attendance,
    attendees,
    audiences,
    consortiums,
    deliveries,
    leave_spans,
    linked_accounts,
    reminders,
)
from store.activities import Activity
from store.database import Session
from store.deliveries import OWN, DeliveryKind, Owed
from store.occurrences import Occurrence, OccurrenceState
from store.reminders import Reminder, ReminderKind, ReminderState, Whom
from store.statuses import AttendanceStatus

OFFICES = (ReminderKind.PREPARE, ReminderKind.ABSENCES)  # lists of the office's own
BATCH = 200  # a transaction that takes longer would hold up presses


def release(session: Session, now: datetime) -> int:
    """Turn what is due into deliveries; how many reminders were settled.

    What is of no use any more is MISSED (contract, "After downtime"); of several that wait for the same recipient with
    the same kind about the same occurrence only the newest is sent. While a plan is made none is: it would say what is
    so no more, and the plan would not know to whom.
    """
    first = reminders.next_at(session)
    if first is None or first > now or not consortiums.undisturbed(session):
        return 0
    due = reminders.due(session, now)
    newest = {recipient(reminder): reminder.id for reminder in due}
    overtaken = {reminder.id or 0 for reminder in due}.difference(newest.values())
    holdings = Holdings(session, now, overtaken)
    due.sort(key=lambda reminder: in_turn(reminder, holdings))
    due = due[: at_once(due, holdings)]
    for reminder in due:
        assert reminder.id is not None
        reminders.settle(session, [reminder.id], one(session, reminder, now, holdings))
    return len(due)


def in_turn(reminder: Reminder, holdings: Holdings) -> tuple[object, ...]:
    """As they are due; where a person's day is held within a budget, in the order of `person_days`."""
    to_chat = (reminder.chat_id or 0, -1 if reminder.part is None else reminder.part)
    key = reminder.dedup_key if holdings.limited(reminder.consortium_id) else ""
    return (reminder.at, *to_chat, key, reminder.id)


def at_once(due: Sequence[Reminder], holdings: Holdings) -> int:
    """How many one transaction takes: what becomes one message is released at once, and anything of a day may."""
    if any(holdings.limited(reminder.consortium_id) for reminder in due):
        return len(due)
    count = BATCH
    while count < len(due) and due[count].part:
        count += 1
    return count


def recipient(reminder: Reminder) -> tuple[object, ...]:
    about = (reminder.occurrence_id, reminder.subject)
    return (reminder.consortium_id, reminder.kind, reminder.whom, reminder.chat_id, reminder.person_id, *about)


def one(session: Session, reminder: Reminder, now: datetime, holdings: Holdings) -> ReminderState:
    if reminder.until <= now:
        return ReminderState.MISSED
    if cancelled(session, reminder):
        return ReminderState.DROPPED
    if reminder.id in holdings.overtaken:
        return ReminderState.RELEASED
    expect(session, reminder, now)
    for people, subject in addressed(session, reminder, now):
        found = owed(reminder, people, subject)
        deliveries.owe(session, holdings.of(reminder.consortium_id).placed(reminder, found))
    return ReminderState.RELEASED


def addressed(session: Session, reminder: Reminder, now: datetime) -> list[tuple[Collection[int], str]]:
    """People, and the subject of what they get; none for a chat."""
    if reminder.whom is Whom.OVERSEERS:
        return absent(session, reminder, now)
    return [(recipients(session, reminder, now), "")]


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


def absent(session: Session, reminder: Reminder, now: datetime) -> list[tuple[Collection[int], str]]:
    """The people whose absence is open, who are told first (domain 8.3), and whoever answers for them."""
    found = attendance.standings(session, [reminder.occurrence_id or 0], now)
    missing = [one.facts for one in found if one.status is AttendanceStatus.ABSENT_PENDING]
    themselves = linked_accounts.among(session, [one.person for one in missing])
    people = overseers(session, reminder.consortium_id, {one.school_id for one in missing})
    return [(themselves, OWN), (linked_accounts.among(session, people), "")]


def owed(reminder: Reminder, people: Collection[int], subject: str = "") -> list[Owed]:
    """`subject`: what sets these messages apart from the others of the reminder."""
    kind = DeliveryKind(reminder.kind.value)
    bundle = None if reminder.part is None else f"{reminder.chat_id}@{reminder.at.astimezone(UTC):%Y%m%dT%H%M%S}"

    def to(chat: int | None, person: int | None) -> Owed:
        key = f"{reminder.dedup_key}>{'chat' if chat else 'person'}{chat or person}{subject}"
        about = (chat, person, reminder.occurrence_id, subject or reminder.subject)
        return Owed(key, kind, reminder.at, reminder.until, *about, bundle, planned=True)

    if reminder.whom is Whom.CHAT:
        return [to(reminder.chat_id, None)]
    return [to(None, person) for person in people]
