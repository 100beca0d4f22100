"""What an expression may come out as. Values only: the words for people are made elsewhere."""

from datetime import date, time
from enum import StrEnum
from typing import Literal

from msgspec import Struct

from scheduling.dates import Held
from store.blueprint import Kind

Date = date  # a field named `date` hides the type
Every = Literal["day", "week", "month", "term"]
Choice = date | time | int | str


class Question(StrEnum):
    """What is missing or doubtful; `Unclear.choices` are possible answers, the other fields what it is about."""

    WHICH_DAY = "which_day"
    WHAT_TIME = "what_time"
    MORNING_OR_EVENING = "morning_or_evening"
    ODD_OR_EVEN = "odd_or_even"  # 隔周
    WHICH_WEEK = "which_week"  # 每学期一次: which teaching week and weekday
    IS_PAST = "is_past"  # `day`
    IS_HOLIDAY = "is_holiday"  # `day`
    NO_SCHOOL_DAY = "no_school_day"  # `day`, a weekend
    NO_SUCH_DAY = "no_such_day"  # 31号 in November
    NO_SUCH_WEEK = "no_such_week"  # `number`: how many weeks the term has
    OUTSIDE_TERMS = "outside_terms"  # `day`
    NO_NEXT_TERM = "no_next_term"
    WEEKDAY_CONTRADICTS = "weekday_contradicts"  # `day` is the date that was named
    STRETCH = "stretch"  # 月底前, 下月初: a deadline or a stretch, no date
    ABOUT = "about"  # 半个月后
    LUNAR = "lunar"  # 腊月初八
    EXAM_DATES = "exam_dates"  # `words`: the exam that the file has no dates of
    NOT_IN_TIMETABLE = "not_in_timetable"  # `words`: 放学后, 大课间
    NO_SUCH_PERIOD = "no_such_period"  # `number`
    WHICH_PERIODS = "which_periods"  # 两节课
    WHOSE_TIMETABLE = "whose_timetable"  # a make-up day without 补周几的课
    NO_SUCH_RULE = "no_such_rule"  # `words`: 每学年, 每季度; a date is wanted instead
    DISTANCES_ONLY = "distances_only"  # 前一天晚上八点提醒: reminders are distances from the start
    SEVERAL = "several"  # two days or two times that do not go together
    WHICH_EVENT = "which_event"  # 停一次 without the event replied to, 最后一次 of what
    NOT_UNDERSTOOD = "not_understood"  # `words`


class Hours(Struct, frozen=True):
    """The time of day: `at` (local) or `period`; `lasts` beside `at`, a duration of the file. All None: not said."""

    at: time | None = None
    period: int | None = None
    lasts: str | None = None

    @property
    def said(self) -> bool:
        return self.at is not None or self.period is not None


class Recurring(Struct, frozen=True):
    """`every`, `on` and `weeks` of the consortium file. `warnings`: dates that their move takes into another month.

    Complete but for `title`, `kind` and `lasts`, except inside `Unclear`, where `on` and the time may be None, too.
    """

    every: Every
    on: str | None
    weeks: str | None = None
    at: time | None = None
    period: int | None = None
    lasts: str | None = None
    title: str = ""
    kind: Kind | None = None
    remind: tuple[str, ...] = ()
    warnings: tuple[Held, ...] = ()


class OneDay(Struct, frozen=True):
    """An activity with `every = "once"`. Inside `Unclear` the date and the time may be None."""

    date: Date | None
    at: time | None = None
    period: int | None = None
    lasts: str | None = None
    title: str = ""
    kind: Kind | None = None
    remind: tuple[str, ...] = ()


class Moved(Struct, frozen=True):
    """Where the occurrence replied to is to be held instead. Inside `Unclear` the date may be None."""

    date: Date | None
    at: time | None = None
    period: int | None = None
    lasts: str | None = None


class CancelledOnce(Struct, frozen=True):
    """The occurrence replied to is not held; its rule stays."""


class DayChange(Struct, frozen=True):
    """A `[[day]]`. `until` is included; `follows` is the weekday whose timetable runs (补周五的课)."""

    date: Date
    kind: Literal["off", "school"]
    follows: str | None = None
    name: str | None = None
    until: Date | None = None


class Leads(Struct, frozen=True):
    """`remind` of an activity: distances before the start."""

    remind: tuple[str, ...]


class Length(Struct, frozen=True):
    """`lasts` of an activity."""

    lasts: str


class Unclear(Struct, frozen=True):
    """Asked back. `so_far` is what was understood, so that the answer can complete it; at most three `choices`."""

    question: Question
    choices: tuple[Choice, ...] = ()
    day: date | None = None
    number: int | None = None
    words: str = ""
    so_far: Recurring | OneDay | Moved | DayChange | None = None


Reading = Recurring | OneDay | Moved | CancelledOnce | DayChange | Leads | Length | Unclear
