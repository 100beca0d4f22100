"""Holding: within a private budget, what of a person's day goes out as it comes, and what waits for the rest.

The same reckoning as a rehearsal's (`person_days`), from what was sent that day and what is to come.
"""

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import UTC, datetime
from functools import cached_property
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from scheduling.person_days import Waiting, bounds, order, together, waiting
from scheduling.recipients import recipients
from store import attendees, audiences, consortiums, deliveries, plans, reminders
from store.activities import Activity
from store.consortiums import Consortium
from store.database import Session
from store.deliveries import Owed, Private
from store.occurrences import Occurrence, OccurrenceState
from store.reminders import Reminder, Whom


class Holding:
    """Of one consortium at one moment. `overtaken`: due reminders by whose number nothing is sent."""

    def __init__(self, session: Session, consortium: Consortium, now: datetime, overtaken: Collection[int]) -> None:
        self.session, self.consortium, self.now = session, consortium, now
        self.blueprint = consortiums.blueprint(consortium)
        self.most = self.blueprint.consortium.private_budget
        zone = ZoneInfo(self.blueprint.consortium.timezone)
        self.first, self.end = (at.astimezone(UTC) for at in bounds(now.astimezone(zone).date(), zone))
        self.done = set(overtaken)

    def placed(self, reminder: Reminder, owed: Sequence[Owed]) -> Sequence[Owed]:
        """As owed, each at its moment of the person's day; what waits is one bundle with what it waits for."""
        if self.most is None or reminder.id is None:
            return owed
        ahead = self.ahead
        self.done.add(reminder.id)
        sent = deliveries.private(self.session, [one.person_id for one in owed if one.person_id], self.first, self.end)
        this = self.waiting(reminder)
        return [
            one if one.person_id is None else self.at_its_moment(one, this, ahead[one.person_id], sent)
            for one in owed
        ]

    def at_its_moment(
        self, one: Owed, this: Waiting, ahead: Sequence[tuple[int, Waiting]], sent: dict[int, list[Private]]
    ) -> Owed:
        assert self.most is not None
        had = sent.get(one.person_id or 0, [])
        for message in had:
            if message.bundle and message.pending and this.at <= message.due_at < this.until:
                return replace(one, due_at=message.due_at, bundle=message.bundle)
        rest = sorted((other for number, other in ahead if number not in self.done), key=order)
        day = [this, *rest]
        size = together(day, self.most - len({message.bundle or message.dedup_key for message in had}))
        due = day[size - 1].at
        bundle = f"person{one.person_id}@{due.astimezone(UTC):%Y%m%dT%H%M%S}" if size > 1 else None
        return replace(one, due_at=due, bundle=bundle)

    @cached_property
    def ahead(self) -> defaultdict[int, list[tuple[int, Waiting]]]:
        """By person, the rest of the day as it is foreseen, with the reminders' numbers."""
        found: defaultdict[int, list[tuple[int, Waiting]]] = defaultdict(list)
        for reminder in self.reminders:
            for person in self.foreseen(reminder) if reminder.until > self.now else ():
                found[person].append((reminder.id or 0, self.waiting(reminder)))
        return found

    @cached_property
    def reminders(self) -> list[Reminder]:
        return reminders.private_ahead(self.session, self.consortium.id or 0, self.end)

    @cached_property
    def rows(self) -> dict[int, Occurrence]:
        return plans.rows_of(self.session, {one.occurrence_id for one in self.reminders if one.occurrence_id})

    def waiting(self, reminder: Reminder) -> Waiting:
        row = self.row(reminder)
        return waiting(reminder, row.respond_by if row else None, self.first)

    def row(self, reminder: Reminder) -> Occurrence | None:
        number = reminder.occurrence_id
        return None if number is None else self.rows.get(number) or self.session.get_one(Occurrence, number)

    def foreseen(self, reminder: Reminder) -> Collection[int]:
        """Before its moment as though whoever is expected attends."""
        row = self.row(reminder)
        if row is None or reminder.whom not in (Whom.UNANSWERED, Whom.ATTENDED, Whom.UNREFLECTED):
            return recipients(self.session, reminder, self.now)
        if row.state is OccurrenceState.CANCELLED:
            return ()
        if row.settled_at is None:
            return self.audience(row)
        if reminder.at <= self.now or reminder.whom is Whom.UNANSWERED:
            return recipients(self.session, reminder, self.now)
        return attendees.of(self.session, row.id or 0)

    def audience(self, row: Occurrence) -> list[int]:
        key = self.session.get_one(Activity, row.activity_id).key
        activity = next((one for one in self.blueprint.activity if one.key == key), None)
        if activity is None:
            return attendees.of(self.session, row.id or 0)  # kept when it was taken out of the file
        people = audiences.of(self.session, self.consortium.id or 0, activity, row.slot)
        return [person.id for person in people]


class Holdings:
    """Of all consortia, as they come."""

    def __init__(self, session: Session, now: datetime, overtaken: Collection[int]) -> None:
        self.session, self.now, self.overtaken = session, now, overtaken
        self.known: dict[int, Holding] = {}

    def of(self, consortium: int) -> Holding:
        if consortium not in self.known:
            row = consortiums.get(self.session, consortium)
            assert row is not None
            self.known[consortium] = Holding(self.session, row, self.now, self.overtaken)
        return self.known[consortium]

    def limited(self, consortium: int) -> bool:
        return self.of(consortium).most is not None
