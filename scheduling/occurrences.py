"""Occurrences: each time an activity is held, with its instants, host, theme and place (contract, `plan --json`)."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, time
from functools import cache, lru_cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

from scheduling import durations, public_holidays, wall
from scheduling.calendar import SchoolCalendar
from scheduling.dates import Held, held
from scheduling.rules import Span
from store.blueprint import Activity, Blueprint, Detail, SchoolClass, Term, Theme

Date = date  # a field named `date` hides the type
CLASS_MEETING = "class_meeting"
USUAL = Detail(activity="", date=date.min)  # nothing particular
# tables that no occurrence follows from, or only those of one activity
BESIDE = "person", "exam", "chat", "activity", "occurrence", "theme", "milestone", "obligation", "exchange"
COURSES = 1000  # activities, each over as many days as were asked for, that are remembered


class Planned(NamedTuple):
    """One occurrence; a tuple, for there may be a hundred thousand in a year.

    `activity`, `term`, `host`, `class_`, `speaker`, `recorder` and `head_teacher` are keys.

    `starts_at` and `ends_at` are aware, in the consortium's zone. `rule_date` is the rule's own date, `date` the one
    held, `moved_by_hand` where the chat says another one than the rule and its holidays. `leads` is false for all but
    one of the class meetings of a date: the one that starts first speaks for all of them to the chat.
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
    moved_by_hand: bool

    @property
    def moved_from(self) -> Date | None:
        """The rule's own date where the occurrence was moved off it."""
        return None if self.rule_date == self.date else self.rule_date


class Slot(NamedTuple):
    """Of a class (班级) or of none; `detail`: what is particular to it."""

    room: SchoolClass | None
    detail: Detail
    held_on: date
    starts_at: datetime
    ends_at: datetime


def of(blueprint: Blueprint, first: date, last: date) -> list[Planned]:
    """What is held from `first` to `last`, both included, by start, then by activity and class key."""
    return sorted(each(blueprint, first, last), key=order)


def each(blueprint: Blueprint, first: date, last: date) -> Iterator[Planned]:
    """The same, an activity after the other.

    Hosts and themes take their turns over the whole term, whatever part of it is asked for, and by the rule alone: what
    was set in the chat for one occurrence changes nobody else's turn.
    """
    common, holidays = blueprint.model_copy(update=dict.fromkeys(BESIDE, ())), holidays_of(blueprint)
    dated, programme = programme_of(common, holidays), programme_of(common.model_copy(update={"day": ()}), holidays)
    details: defaultdict[str, list[Detail]] = defaultdict(list)
    themes: defaultdict[str, list[Theme]] = defaultdict(list)
    for detail in blueprint.occurrence:
        details[detail.activity].append(detail)
    for theme in blueprint.theme:
        themes[theme.activity].append(theme)
    for one in blueprint.activity:
        days = tuple(dated.held(one, term) for term in blueprint.term)
        yield from course(programme, one, days, tuple(details[one.key]), tuple(themes[one.key]), first, last)


@lru_cache(maxsize=COURSES)
def course(
    programme: "Programme",
    activity: Activity,
    days: tuple[tuple[Held, ...], ...],
    details: tuple[Detail, ...],
    themes: tuple[Theme, ...],
    first: date,
    last: date,
) -> tuple[Planned, ...]:
    """Of one activity, held on these `days` of each term; where nothing that it follows from has changed, it is not
    reckoned again. `programme`: of a file without its days off, which many activities do not notice."""
    own = Course(programme, activity, details, themes)
    found = [
        planned
        for term, held_in_term in zip(programme.common.term, days, strict=True)
        if term.first_day <= last and first <= term.last_day
        for turn, day in enumerate(held_in_term)
        if first <= day.date <= last or day.own in own.moved
        for planned in own.on(term, day, turn)
    ]
    if own.moved:
        found = [one for one in once_a_day(found) if first <= one.date <= last]
    return tuple(found)


def order(one: Planned) -> tuple[datetime, str, str]:
    return one.starts_at.astimezone(UTC), one.activity, one.class_ or ""


def once_a_day(found: Iterable[Planned]) -> list[Planned]:
    """A move in the chat onto a day that has one already is dropped, and each date has one that leads (contract)."""
    days: dict[tuple[str, str | None, date], Planned] = {}
    for one in sorted(found, key=lambda one: (one.moved_by_hand, one.rule_date)):
        days.setdefault((one.activity, one.class_, one.date), one)
    firsts: dict[tuple[str, date], Planned] = {}
    for one in sorted(days.values(), key=lambda one: (one.starts_at.astimezone(UTC), one.class_ or "")):
        firsts.setdefault((one.activity, one.date), one)
    return [one._replace(leads=firsts[one.activity, one.date] is one) for one in days.values()]


def activity_of(blueprint: Blueprint, planned: Planned) -> Activity:
    return next(activity for activity in blueprint.activity if activity.key == planned.activity)


def holidays_of(blueprint: Blueprint) -> tuple[public_holidays.Year, ...]:
    """None where none are kept: what knows them is not loaded for nothing."""
    return public_holidays.over(blueprint.term) if blueprint.consortium.public_holidays == "cn" else ()


@lru_cache(maxsize=8)
def programme_of(common: Blueprint, holidays: tuple[public_holidays.Year, ...]) -> "Programme":
    """One for all whose `common` tables are equal, under the same public `holidays`."""
    return Programme(common)


class Programme:
    """A file's common tables by key. What many activities or classes share is found once."""

    def __init__(self, common: Blueprint) -> None:
        self.common, self.calendar = common, SchoolCalendar(common)
        self.zone = ZoneInfo(common.consortium.timezone)
        self.periods = {(period.school, period.number): period for period in common.period}
        self.places = {school.key: school.place for school in common.school}
        self.core = next((school.key for school in common.school if school.role == "core"), "")
        self.dates: dict[tuple[object, ...], tuple[Held, ...]] = {}
        self.elapsed, self.timetabled = cache(self.from_clock), cache(self.from_timetable)

    def held(self, activity: Activity, term: Term) -> tuple[Held, ...]:
        rule = activity.every, activity.on, activity.weeks, activity.on_holiday, term.key
        if rule not in self.dates:
            self.dates[rule] = tuple(held(activity, term, self.calendar))
        return self.dates[rule]

    def seen(self, term: Term, held_on: date) -> tuple[int, bool]:
        """Teaching week, and whether its year's holidays are not published yet."""
        return self.calendar.week(term, held_on), self.calendar.provisional(held_on)

    def times(self, activity: Activity, day: date, school: str) -> tuple[datetime, datetime]:
        """Start and end: of the school's period (节次), or of `at` and the time elapsed since."""
        if activity.period is not None:
            return self.timetabled(day, school, activity.period)
        assert activity.at is not None
        assert activity.lasts is not None
        return self.elapsed(day, activity.at, activity.lasts)

    def from_timetable(self, day: date, school: str, number: int) -> tuple[datetime, datetime]:
        period = self.periods[school, number]
        return wall.instant(day, period.starts, self.zone), wall.instant(day, period.ends, self.zone)

    def from_clock(self, day: date, at: time, lasts: str) -> tuple[datetime, datetime]:
        start = wall.instant(day, at, self.zone)
        return start, wall.later(start, durations.parse(lasts).elapsed)


class Course:
    """What a programme makes of one activity, and of what was set for its own dates and months."""

    def __init__(
        self, programme: Programme, activity: Activity, details: Iterable[Detail], themes: Iterable[Theme]
    ) -> None:
        self.programme, self.activity = programme, activity
        meeting = activity.kind == CLASS_MEETING
        self.rooms: Sequence[SchoolClass | None] = rooms(programme.common, activity) if meeting else [None]
        self.details = {(detail.date, detail.class_): detail for detail in details}
        self.themes = {theme.month: theme.theme for theme in themes}
        self.moved = {detail.date for detail in self.details.values() if detail.held_on}

    def on(self, term: Term, day: Held, turn: int) -> Iterator[Planned]:
        """Its occurrences of one date: one for each class of a class meeting, else one. `turn` is from 0."""
        activity, programme = self.activity, self.programme
        host = activity.hosts[turn % len(activity.hosts)] if activity.hosts else None
        theme = activity.themes[turn] if activity.themes and turn < len(activity.themes) else None
        usual = programme.seen(term, day.date)
        span = Span(term.first_day, term.last_day)
        slots = [slot for slot in self.slots(day, span, host) if not slot.detail.cancelled]
        first = min(slots, key=lambda slot: slot.starts_at.astimezone(UTC), default=None)
        for slot in slots:
            room, detail, held_on, *_ = slot
            held_by = detail.host or host
            week, provisional = usual if held_on == day.date else programme.seen(term, held_on)
            yield Planned(
                consortium=programme.common.consortium.key,
                activity=activity.key,
                kind=activity.kind,
                title=activity.title,
                rule_date=day.own,
                date=held_on,
                starts_at=slot.starts_at,
                ends_at=slot.ends_at,
                term=term.key,
                week=week,
                host=held_by,
                theme=detail.theme or self.themes.get(f"{held_on:%Y-%m}", theme),
                class_=room.key if room else None,
                head_teacher=room.head_teacher if room else None,
                leads=slot is first,
                provisional=provisional,
                place=detail.place or activity.place or (programme.places[held_by] if held_by else None),
                speaker=detail.speaker,
                lesson=detail.lesson,
                recorder=detail.recorder,
                bring=detail.bring,
                moved_by_hand=held_on != day.date,
            )

    def slots(self, day: Held, span: Span, host: str | None) -> Iterator[Slot]:
        """By class key; the host's school lends its timetable where there is no class, or the core school. A move out
        of the term is none."""
        for room in self.rooms:
            detail = self.details.get((day.own, room.key if room else None), USUAL)
            held_on = detail.held_on if detail.held_on and detail.held_on in span else day.date
            if detail.at and detail.lasts:
                yield Slot(room, detail, held_on, *self.programme.elapsed(held_on, detail.at, detail.lasts))
            else:
                school = room.school if room else detail.host or host or self.programme.core
                yield Slot(room, detail, held_on, *self.programme.times(self.activity, held_on, school))


def rooms(blueprint: Blueprint, activity: Activity) -> list[SchoolClass]:
    """The classes of a class meeting, by key: those named, else every one."""
    named = None if activity.classes is None else frozenset(activity.classes)
    found = (room for room in blueprint.class_ if named is None or room.key in named)
    return sorted(found, key=lambda room: room.key)
