"""Occurrences: each time an activity is held, with its instants, host, theme and place (contract, `plan --json`)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from scheduling import durations, wall
from scheduling.calendar import SchoolCalendar
from scheduling.dates import Held, held
from store.blueprint import Activity, Blueprint, Detail, SchoolClass, Term

Date = date  # a field named `date` hides the type
CLASS_MEETING = "class_meeting"


@dataclass(frozen=True, slots=True)
class Planned:
    """One occurrence. `activity`, `term`, `host`, `class_`, `speaker`, `recorder` and `head_teacher` are keys.

    `starts_at` and `ends_at` are aware, in the consortium's zone. `rule_date` is the rule's own date, `date` the one
    held. `leads` is false for all but one of the class meetings of a date: the one that starts first speaks for all
    of them to the chat.
    """

    consortium: str
    activity: str
    kind: str
    title: str
    rule_date: date
    date: Date
    starts_at: datetime
    ends_at: datetime
    term: str
    week: int
    host: str | None
    theme: str | None
    class_: str | None
    head_teacher: str | None
    leads: bool
    provisional: bool
    place: str | None
    speaker: str | None
    lesson: str | None
    recorder: str | None
    bring: str | None

    @property
    def moved_from(self) -> Date | None:
        """The rule's own date where the occurrence was moved off it."""
        return None if self.rule_date == self.date else self.rule_date


Slot = tuple[SchoolClass | None, datetime, datetime]  # of a class (班级) or of none: start and end


def of(blueprint: Blueprint, first: date, last: date) -> list[Planned]:
    """What is held from `first` to `last`, both included, by start, then by activity and class key.

    Hosts and themes take their turns over the whole term, whatever part of it is asked for.
    """
    calendar = SchoolCalendar(blueprint)
    programme = Programme(blueprint, calendar)
    found = [
        planned
        for term in blueprint.term
        if term.first_day <= last and first <= term.last_day
        for activity in blueprint.activity
        for turn, day in enumerate(held(activity, term, calendar))
        if first <= day.date <= last
        for planned in programme.on(activity, term, day, turn)
    ]
    return sorted(found, key=lambda one: (one.starts_at.astimezone(UTC), one.activity, one.class_ or ""))


def activity_of(blueprint: Blueprint, planned: Planned) -> Activity:
    return next(activity for activity in blueprint.activity if activity.key == planned.activity)


class Programme:
    """A blueprint's tables by key, and what they make of one date of an activity."""

    def __init__(self, blueprint: Blueprint, calendar: SchoolCalendar) -> None:
        self.blueprint, self.calendar = blueprint, calendar
        self.zone = ZoneInfo(blueprint.consortium.timezone)
        self.periods = {(period.school, period.number): period for period in blueprint.period}
        self.places = {school.key: school.place for school in blueprint.school}
        self.core = next((school.key for school in blueprint.school if school.role == "core"), "")
        self.rooms = {activity.key: rooms(blueprint, activity) for activity in blueprint.activity}
        self.details = {(detail.activity, detail.date, detail.class_): detail for detail in blueprint.occurrence}

    def on(self, activity: Activity, term: Term, day: Held, turn: int) -> Iterator[Planned]:
        """The activity's occurrences of one date: one for each class of a class meeting, else one. `turn` is from 0."""
        host = activity.hosts[turn % len(activity.hosts)] if activity.hosts else None
        theme = activity.themes[turn] if activity.themes and turn < len(activity.themes) else None
        place = activity.place or (self.places[host] if host else None)
        week, provisional = self.calendar.week(term, day.date), self.calendar.provisional(day.date)
        plain = Detail(activity=activity.key, date=day.own)
        slots = self.slots(activity, day.date, host or self.core)
        first = min(slots, key=lambda slot: slot[1].astimezone(UTC), default=None)
        for slot in slots:
            room, starts_at, ends_at = slot
            class_ = room.key if room else None
            detail = self.details.get((activity.key, day.own, class_), plain)
            yield Planned(
                consortium=self.blueprint.consortium.key,
                activity=activity.key,
                kind=activity.kind,
                title=activity.title,
                rule_date=day.own,
                date=day.date,
                starts_at=starts_at,
                ends_at=ends_at,
                term=term.key,
                week=week,
                host=host,
                theme=theme,
                class_=class_,
                head_teacher=room.head_teacher if room else None,
                leads=slot is first,
                provisional=provisional,
                place=detail.place or place,
                speaker=detail.speaker,
                lesson=detail.lesson,
                recorder=detail.recorder,
                bring=detail.bring,
            )

    def slots(self, activity: Activity, day: date, school: str) -> list[Slot]:
        """By class key; `school` lends its timetable where there is no class."""
        if activity.kind != CLASS_MEETING:
            return [(None, *self.times(activity, day, school))]
        rooms = self.rooms[activity.key]
        times = {school: self.times(activity, day, school) for school in {room.school for room in rooms}}
        return [(room, *times[room.school]) for room in rooms]

    def times(self, activity: Activity, day: date, school: str) -> tuple[datetime, datetime]:
        """Start and end: of the school's period (节次), or of `at` and the time elapsed since."""
        if activity.period is not None:
            period = self.periods[school, activity.period]
            return wall.instant(day, period.starts, self.zone), wall.instant(day, period.ends, self.zone)
        assert activity.at is not None
        assert activity.lasts is not None
        start = wall.instant(day, activity.at, self.zone)
        return start, wall.later(start, durations.parse(activity.lasts).elapsed)


def rooms(blueprint: Blueprint, activity: Activity) -> list[SchoolClass]:
    """The classes of a class meeting, by key: those named, else every one."""
    named = None if activity.classes is None else frozenset(activity.classes)
    found = (room for room in blueprint.class_ if named is None or room.key in named)
    return sorted(found, key=lambda room: room.key)
