"""The diary: the occurrences of some days with what the store knows of them; one person's, one class's, or all."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from msgspec import Struct

from scheduling import occurrences
from scheduling.occurrences import Planned
from store import agendas, attendees, audiences, consortiums, persons
from store.activities import Activity
from store.consortiums import Consortium
from store.database import Session
from store.occurrences import Occurrence, OccurrenceState

Slot = tuple[str, date, str]  # activity, rule's own date, class key or ""


class Whose(Struct, frozen=True):
    """`person`, `class_`: keys of the consortium's file; neither: everything."""

    person: str | None = None
    class_: str | None = None


class Event(Struct, frozen=True):
    """An occurrence as a calendar shows it: names, local instants. `uid` and `sequence` as in RFC 5545: the one never
    changes, the other grows when the start moves."""

    uid: str
    sequence: int
    cancelled: bool
    provisional: bool
    title: str
    starts_at: datetime
    ends_at: datetime
    class_name: str | None
    theme: str | None
    place: str | None
    host: str | None
    speaker: str | None = None
    lesson: str | None = None
    bring: str | None = None


def events(session: Session, consortium: Consortium, whose: Whose, first: date, last: date) -> list[Event]:
    """From `first` to `last`, both included, by start. What was planned once and is no more is there, cancelled."""
    found = Diary(session, consortium, whose).events(first, last)
    return sorted(found, key=lambda event: (event.starts_at.astimezone(UTC), event.uid))


def uid(consortium: str, activity: str, rule_date: date, slot: str) -> str:
    """By the first of the rule's own dates that it had. Keys have no dot."""
    return ".".join(filter(None, (consortium, activity, rule_date.isoformat(), slot))) + "@jiaolian"


class Diary:
    """`known`: the rows by activity, rule's own date and class; `settled`, `meant`: the rows and the activities where
    the person is expected, as it was settled, or as the file has it; `heads`: the head teachers by class."""

    def __init__(self, session: Session, consortium: Consortium, whose: Whose) -> None:
        assert consortium.id is not None
        self.whose, self.zone = whose, ZoneInfo(consortium.timezone)
        self.file = consortiums.blueprint(consortium)
        every = agendas.of_consortium(session, consortium.id)
        self.known = {(activity.key, row.rule_date, row.slot): (row, activity) for row, activity in every}
        self.schools = {school.key: school.name for school in self.file.school}
        self.people = {one.key: one.name for one in self.file.person}
        self.classes = {one.key: f"{self.schools[one.school]}{one.name}" for one in self.file.class_}
        self.heads = {one.key: one.head_teacher for one in self.file.class_}
        person = persons.by_keys(session, consortium.id).get(whose.person or "")
        self.settled = attendees.expected_at(session, person.id) if person and person.id else frozenset()
        self.meant = frozenset(
            activity.key
            for activity in self.file.activity
            for one in self.file.person
            if one.key == whose.person and audiences.fits(activity, one.roles, one.school, one.subject)
        )

    def concerns(self, activity: str, slot: str, row: Occurrence | None) -> bool:
        """Whom the first message settled as expected, before it whom the file means; a class meeting its head."""
        if self.whose.class_ is not None:
            return slot == self.whose.class_
        if self.whose.person is None:
            return True
        if slot:
            return self.heads.get(slot) == self.whose.person
        if row is not None and row.settled_at is not None:
            return row.id in self.settled
        return activity in self.meant

    def events(self, first: date, last: date) -> Iterator[Event]:
        held: set[Slot] = set()
        for one in occurrences.of(self.file, first, last):
            slot = (one.activity, one.rule_date, one.class_ or "")
            row, _ = self.known.get(slot, (None, None))
            held.add(slot)
            if self.concerns(one.activity, slot[2], row):
                yield self.planned(one, row)
        for slot, (row, activity) in self.known.items():
            gone = row.state is OccurrenceState.CANCELLED and slot not in held and first <= row.date <= last
            if gone and self.concerns(activity.key, row.slot, row):
                yield self.dropped(row, activity)

    def planned(self, one: Planned, row: Occurrence | None) -> Event:
        return Event(
            uid(one.consortium, one.activity, (row and row.known_as) or one.rule_date, one.class_ or ""),
            row.revision if row else 0,
            row is not None and row.state is OccurrenceState.CANCELLED,
            one.provisional,
            one.title,
            one.starts_at,
            one.ends_at,
            self.classes.get(one.class_ or ""),
            one.theme,
            one.place,
            self.schools.get(one.host or ""),
            self.people.get(one.speaker or ""),
            one.lesson,
            one.bring,
        )

    def dropped(self, row: Occurrence, activity: Activity) -> Event:
        return Event(
            uid(self.file.consortium.key, activity.key, row.known_as or row.rule_date, row.slot),
            row.revision,
            True,
            False,
            activity.title,
            row.starts_at.astimezone(self.zone),
            row.ends_at.astimezone(self.zone),
            self.classes.get(row.slot),
            row.theme,
            row.place,
            None,
        )
