"""Keeping: the rows of a consortium's occurrences in step with its plan; no row is touched that stays as it is."""

import secrets
from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

from msgspec import Struct

from scheduling import instants
from scheduling.keys import Keys
from scheduling.marks import Marks
from scheduling.occurrences import Planned
from store import changes, plans, reminders
from store.blueprint import Blueprint
from store.changes import Told
from store.database import Session
from store.occurrences import Occurrence, OccurrenceState
from store.plans import Slot, Standing

SECRET = 16  # bytes: no codes that were heard tell the next ones


class Kept(Struct, frozen=True):
    """The rows of what is planned and has not begun; what of it is new or planned anew; and each row that was there and
    was looked at, with what people knew of it."""

    rows: dict[Slot, Standing]
    fresh: dict[Slot, Planned]
    before: list[tuple[Occurrence, Told]]


class Keeper:
    """Of one consortium. What has begun stays as it was, and what the file would have had begin before now never took
    place."""

    def __init__(self, session: Session, consortium: int, blueprint: Blueprint, keys: Keys, marks: Marks) -> None:
        self.session, self.consortium = session, consortium
        self.blueprint, self.keys, self.marks = blueprint, keys, marks
        self.single = {keys.activities[one.key] for one in blueprint.activity if one.every == "once"}

    def slot(self, one: Planned) -> Slot:
        return self.keys.activities[one.activity], one.rule_date, one.class_ or ""

    def keep(self, planned: Iterable[Planned], now: datetime, *, others: bool = True) -> Kept:
        """A row for each that had not begun; one whose start moves is revised. `others`: what is planned no more and
        has not begun is cancelled, its waiting reminders go with it."""
        slots = {self.slot(one): one for one in planned}
        known, new = self.matched(slots, now)
        stale = {slot: slots[slot] for slot, row in known.items() if slot in slots and self.stale(row, slots[slot])}
        gone = [row for slot, row in known.items() if others and slot not in slots and not row.cancelled]
        before = self.revise({known[slot].id: one for slot, one in stale.items()})
        revisions = {row.id: row.revision for row, _ in before}
        revised = {slot: known[slot]._replace(revision=revisions[known[slot].id]) for slot in stale}
        before += self.cancel(gone)
        if new:
            self.add(new)
            known |= plans.coming(self.session, self.consortium, now)
        rows = {slot: known[slot] for slot in slots if slot in known}
        return Kept(rows | revised, stale | new, before)

    def matched(self, slots: Mapping[Slot, Planned], now: datetime) -> tuple[dict[Slot, Standing], dict[Slot, Planned]]:
        """The rows that have not begun, each by the slot that it is to have, and what is to have a new one."""
        known = plans.coming(self.session, self.consortium, now)
        alone = the_only(slot for slot, row in known.items() if slot[0] in self.single and not row.cancelled)
        new = {slot: one for slot, one in slots.items() if slot not in known}
        new = {slot: one for slot, one in new.items() if one.starts_at > now or (slot[0], slot[2]) in alone}
        if new:
            begun = plans.begun(self.session, self.consortium, now, min(day for _, day, _ in new))
            new = {slot: one for slot, one in new.items() if slot not in begun}
        for slot in [slot for slot in new if (slot[0], slot[2]) in alone]:
            known[slot] = known.pop(alone[slot[0], slot[2]])
            del new[slot]
        return known, new

    def add_past(self, planned: Iterable[Planned], now: datetime) -> None:
        """Rows of what began already, of activities of which nothing has begun in those months yet."""
        past = {self.slot(one): one for one in planned}
        if past:
            begun = plans.begun(self.session, self.consortium, now, min(day for _, day, _ in past))
            activities = {activity for activity, _, _ in begun}
            self.add({slot: one for slot, one in past.items() if slot[0] not in activities})

    def stale(self, row: Standing, one: Planned) -> bool:
        return row.cancelled or row.rule_date != one.rule_date or row.mark != self.marks.of(one)

    def add(self, new: Mapping[Slot, Planned]) -> None:
        rows = [
            {"activity_id": activity, "rule_date": day, "slot": class_, "secret": secrets.token_hex(SECRET)}
            | {"revision": 0, "mark": self.marks.of(one)}
            | self.columns(one)
            for (activity, day, class_), one in new.items()
        ]
        plans.add(self.session, rows)

    def revise(self, stale: Mapping[int, Planned]) -> list[tuple[Occurrence, Told]]:
        found = []
        for number, row in plans.rows_of(self.session, stale).items():
            found.append((row, changes.told(row)))
            values = self.columns(stale[number])
            moves = row.state is OccurrenceState.CANCELLED or row.starts_at != values["starts_at"]
            row.revision += moves
            row.mark = self.marks.of(stale[number])
            if row.rule_date != stale[number].rule_date:
                row.known_as, row.rule_date = row.known_as or row.rule_date, stale[number].rule_date
            for name, value in values.items():
                setattr(row, name, value)
            self.session.add(row)
        self.session.flush()
        return found

    def cancel(self, gone: Iterable[Standing]) -> list[tuple[Occurrence, Told]]:
        found = []
        for row in plans.rows_of(self.session, [row.id for row in gone]).values():
            found.append((row, changes.told(row)))
            row.state = OccurrenceState.CANCELLED
            row.revision += 1
            self.session.add(row)
        self.session.flush()
        reminders.drop(self.session, [row.id for row in gone])
        return found

    def columns(self, one: Planned) -> dict[str, Any]:
        due = instants.of(self.blueprint, one)
        return {
            "respond_by": utc(due.respond_by),
            "opens_at": utc(due.opens_at),
            "late_at": utc(due.late_at),
            "closes_at": utc(due.closes_at),
            "reflect_by": utc(due.reflect_by),
            "minutes_by": utc(due.minutes_by),
            "date": one.date,
            "starts_at": utc(one.starts_at),
            "ends_at": utc(one.ends_at),
            "week": one.week,
            "theme": one.theme,
            "place": one.place,
            "speaker_id": self.keys.persons[one.speaker] if one.speaker else None,
            "lesson": one.lesson,
            "recorder_id": self.keys.persons[one.recorder] if one.recorder else None,
            "bring": one.bring,
            "state": OccurrenceState.PLANNED,
            "host_id": self.keys.schools[one.host] if one.host else None,
            "class_id": self.keys.classes[one.class_] if one.class_ else None,
        }


def the_only(slots: Iterable[Slot]) -> dict[tuple[int, str], Slot]:
    """By activity and class, where one alone is planned: its date is another one when the file says so."""
    found: defaultdict[tuple[int, str], list[Slot]] = defaultdict(list)
    for slot in slots:
        found[slot[0], slot[2]].append(slot)
    return {key: same[0] for key, same in found.items() if len(same) == 1}


def utc(at: datetime | None) -> datetime | None:
    return None if at is None else at.astimezone(UTC)
