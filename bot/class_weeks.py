"""Class weeks (班级×周): whether each class had its meeting in each teaching week."""

from collections.abc import Collection, Iterator, Mapping
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import NamedTuple
from zoneinfo import ZoneInfo

from msgspec import Struct

from bot.words import Words
from scheduling import dates, occurrences, rules
from scheduling.calendar import SchoolCalendar
from scheduling.occurrences import CLASS_MEETING, Planned
from scheduling.rules import Span, monday
from store import class_records, classes, consortiums, hindsight, schools
from store.audit import AuditFact
from store.blueprint import Activity, Detail, Term
from store.class_records import ClassRecord, RecordStatus
from store.classes import SchoolClass
from store.consortiums import Consortium
from store.database import Session
from store.occurrences import Occurrence, OccurrenceState
from store.schools import School

SIX_DAYS = timedelta(days=6)


class State(StrEnum):
    """The first that holds of any meeting of the week. UNRECORDED: it is over, and nobody has said so."""

    HELD = "held"
    MOVED = "moved"
    TO_COME = "to_come"
    UNRECORDED = "unrecorded"
    NOT_HELD = "not_held"
    NOT_COUNTED = "not_counted"


class Mark(NamedTuple):
    """Of one meeting, in one week. `day`: where it was, or is, moved to; `reason`: why it was not held, or does not
    count."""

    state: State
    day: date | None = None
    reason: str = ""


class Room(NamedTuple):
    """`key` and `school` are keys."""

    key: str
    name: str
    school: str


class ClassWeek(Struct, frozen=True):
    """`held`: how often, in that week; two are no mistake (调休)."""

    state: State
    day: date | None
    reason: str
    held: int


class ClassRow(Struct, frozen=True):
    """`key` is the class's, `name` and `school` are names; `weeks` from the first one on."""

    key: str
    name: str
    school: str
    weeks: tuple[ClassWeek, ...]


def grid(
    session: Session, consortium: Consortium, term: Term, words: Words, now: datetime, school: str | None = None
) -> list[ClassRow]:
    """The classes that have meetings, by school in the file's order; of one school, by its key, or of all."""
    return list(Register(session, consortium, term, words, now).rows(school))


class Register:
    """`known`: what is kept by activity, rule's own date and class; `meeting`: who meets by each activity; `rooms`: and
    who did in this term and is gone; `marks`: of each class and week."""

    def __init__(
        self,
        session: Session,
        consortium: Consortium,
        term: Term,
        words: Words,
        now: datetime,
        only: Collection[str] | None = None,
    ) -> None:
        """`only`: the meetings of these activities, by key; None: of all."""
        assert consortium.id is not None
        self.file, self.term, self.words, self.now = consortiums.blueprint(consortium), term, words, now
        self.since = consortium.since
        self.today = now.astimezone(ZoneInfo(consortium.timezone)).date()
        self.calendar, self.span = SchoolCalendar(self.file), Span(term.first_day, term.last_day)
        every = [one for one in self.file.activity if one.kind == CLASS_MEETING]
        meetings = [one for one in every if only is None or one.key in only]
        self.weekly = [one for one in meetings if one.every != "day"]
        daily = {one.key for one in meetings} - {one.key for one in self.weekly}
        kept = [each for each in class_records.of_classes(session, consortium.id) if each[1].key not in daily]
        kept = [each for each in kept if only is None or each[1].key in only]
        self.known = {(of.key, row.rule_date, row.slot): (row, record) for row, of, record in kept}
        self.met = {key[2] for key, (row, _) in self.known.items() if row.date in self.span and self.has_begun(*key)}
        if self.term.last_day < self.today:
            self.look_back(session)
        self.schools = {one.key: one.name for one in self.file.school}
        kept_schools = schools.by_keys(session, consortium.id)
        self.schools |= {key: one.name for key, one in kept_schools.items()}
        self.meeting = {one.key: {room.key for room in occurrences.rooms(self.file, one)} for one in self.weekly}
        self.gone = self.left(classes.by_keys(session, consortium.id), kept_schools)
        self.rooms = {key: rooms | self.did(key) for key, rooms in self.meeting.items()}
        self.marks: dict[tuple[str, int], list[Mark]] = {}
        self.gather()

    def look_back(self, session: Session) -> None:
        """A term that is over is told of as it was known at `now`: by what records said that were changed since."""
        numbers = [row.id for row, _ in self.known.values() if row.id is not None and row.date in self.span]
        said = hindsight.then(session, dict.fromkeys(numbers, self.now)).before(AuditFact.RECORD)
        codes = {occurrence: code for (occurrence, _), code in reversed(said.items())}
        for key, (row, _) in self.known.items():
            if row.id in codes:
                self.known[key] = row, class_records.as_told(row.id, codes[row.id], self.now)

    def left(self, rooms: Mapping[str, SchoolClass], kept_schools: Mapping[str, School]) -> list[Room]:
        """The classes that met in this term and have no meetings any more: what they recorded stays."""
        ours = {school.id: school.key for school in kept_schools.values()}
        gone = self.met.difference(*self.meeting.values())
        return [Room(key, rooms[key].name, ours[rooms[key].school_id]) for key in sorted(gone)]

    def did(self, activity: str) -> set[str]:
        """Those that met by it and are gone."""
        gone = {room.key for room in self.gone}
        return {room for key, _, room in self.known if key == activity and room in gone}

    def rows(self, school: str | None) -> Iterator[ClassRow]:
        """Of a term that is over, a class that came later has none."""
        meeting = set().union(*self.meeting.values())
        if self.term.last_day < self.today and self.met:
            meeting &= self.met
        rooms = [Room(one.key, one.name, one.school) for one in self.file.class_ if one.key in meeting]
        for key, name in self.schools.items():
            for room in (*rooms, *self.gone):
                if room.school == key and school in (None, key):
                    numbers = range(1, self.week(self.term.last_day) + 1)
                    yield ClassRow(room.key, room.name, name, tuple(self.cell(room.key, n) for n in numbers))

    def cell(self, room: str, week: int) -> ClassWeek:
        marks = self.marks.get((room, week)) or [Mark(State.NOT_COUNTED, reason=self.why_none(room, week))]
        best = min(marks, key=lambda mark: list(State).index(mark.state))
        held = sum(mark.state is State.HELD or self.moved_within(mark, week) for mark in marks)
        return ClassWeek(*best, held)

    def moved_within(self, mark: Mark, week: int) -> bool:
        """Another day of the same week satisfies the week."""
        day = mark.day if mark.state is State.MOVED else None
        return day is not None and day <= self.today and self.week(day) == week

    def gather(self) -> None:
        weekly = {activity.key for activity in self.weekly}
        for key, (row, record) in self.known.items():
            if self.has_begun(*key):
                self.begun(row, row.slot, record)
        for one in occurrences.of(self.file, self.term.first_day, self.term.last_day):
            if one.activity in weekly and not self.has_begun(one.activity, one.rule_date, one.class_ or ""):
                self.planned(one, one.class_ or "")
        for activity in self.weekly:
            self.dropped(activity)
            for detail in self.file.occurrence:
                if detail.activity == activity.key and detail.cancelled:
                    self.cancelled(detail)

    def has_begun(self, activity: str, rule_date: date, room: str) -> bool:
        """Since the file is with us; or its head teacher has moved it before."""
        row, record = self.known.get((activity, rule_date, room), (None, None))
        if row is None or row.state is not OccurrenceState.PLANNED or row.starts_at < self.since:
            return False
        return row.starts_at <= self.now or record is not None

    def mark(self, room: str, day: date, mark: Mark) -> None:
        if day in self.span:
            self.marks.setdefault((room, self.week(day)), []).append(mark)

    def week(self, day: date) -> int:
        return self.calendar.week(self.term, day)

    def begun(self, row: Occurrence, room: str, record: ClassRecord | None) -> None:
        self.moved_off(room, row.rule_date, row.date)
        if record is None:
            return self.mark(room, row.date, Mark(State.UNRECORDED))
        if record.status is RecordStatus.NOT_HELD:
            reason = self.words.label(record.reason) if record.reason else ""
            return self.mark(room, row.date, Mark(State.NOT_HELD, reason=reason))
        if record.status is RecordStatus.HELD and record.held_on in (None, row.date):
            return self.mark(room, row.date, Mark(State.HELD))
        self.mark(room, row.date, Mark(State.MOVED, record.held_on))
        if record.held_on and record.held_on <= self.today and self.week(record.held_on) != self.week(row.date):
            self.mark(room, record.held_on, Mark(State.HELD))
        return None

    def planned(self, one: Planned, room: str) -> None:
        """What the file would have had begin before the bot was there never took place."""
        if one.starts_at > self.now:
            self.moved_off(room, one.rule_date, one.date)
            return self.mark(room, one.date, Mark(State.TO_COME))
        return self.mark(room, one.date, Mark(State.NOT_COUNTED, reason=self.said("before_us")))

    def moved_off(self, room: str, rule_date: date, day: date) -> None:
        if self.week(rule_date) != self.week(day):
            self.mark(room, rule_date, Mark(State.MOVED, day))

    def cancelled(self, detail: Detail) -> None:
        if detail.class_ is not None and not self.has_begun(detail.activity, detail.date, detail.class_):
            self.mark(detail.class_, detail.date, Mark(State.NOT_HELD, reason=detail.reason or self.said("cancelled")))

    def dropped(self, activity: Activity) -> None:
        """Days that are no school days, and what they are called."""
        kept = {day.own for day in dates.held(activity, self.term, self.calendar)}
        rooms = self.rooms[activity.key]
        for day in dates.own_dates(activity, self.term, self.calendar):
            for room in rooms if day not in kept else ():
                if not self.has_begun(activity.key, day, room):
                    reason = self.calendar.name(day, self.words.language) or self.said("off")
                    self.mark(room, day, Mark(State.NOT_COUNTED, reason=reason))

    def why_none(self, room: str, week: int) -> str:
        """Of a week without any date: the weekday lies outside the term, or the file leaves the week out."""
        first = monday(self.term.first_day) + timedelta(weeks=week - 1)
        theirs = (rules.parse(one.every, one.on) for one in self.weekly if room in self.rooms[one.key])
        days = [day for rule in theirs for day in rule.dates(Span(first, first + SIX_DAYS), self.calendar)]
        if any(day < self.term.first_day for day in days):
            return self.said("before_term")
        return self.said("after_term" if any(day > self.term.last_day for day in days) else "none_planned")

    def said(self, name: str) -> str:
        return self.words.tables["class_weeks"][name]
