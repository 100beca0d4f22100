"""The blueprint: what a consortium file says, as values.

Written by `bot/file/consortium_file.py` only, after every refusal of the contract has been checked; kept as the JSON of
the file applied last; read by `handlers/apply.py` (what changed) and by `scheduling/` (when things happen). Durations
and rules stay the file's own words (`7d`, `second wednesday`): `scheduling` parses them, a difference shows them.
"""

from datetime import date, time, timedelta
from typing import Literal

from pydantic import BaseModel, ConfigDict

Date = date  # a field named `date` hides the type
Role = Literal["teacher", "organiser", "approver", "principal"]
Kind = Literal["joint_research", "class_meeting", "contest", "inspection", "festival", "meeting"]
Rhythm = Literal["day", "week", "month", "term", "school_year", "once", "standing"]


class Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Keep(Part):
    """保存期限 (domain 8.4): `reasons` of leave, days after the term; `texts` and `attendance`, school years after that
    in which they were written."""

    reasons: int = 0
    texts: int = 1
    attendance: int = 1


class Consortium(Part):
    """教联体. `quiet` holds its first minute and not its last (contract, "What the rules mean"); `budget`: at most so
    many messages of the clock a chat and day, further ones become one, `private_budget`: the same in private, a person
    and day; `summary`: `friday 16:30`; `keep`: where it is None, as `Keep()` has it; `inline`: whether papers are
    looked up from any chat (None: they are); `obligations`: how long before a term ends, `exchanges`: before an
    exchange does, organisers are reminded."""

    key: str
    name: str
    timezone: str
    public_holidays: Literal["cn", "none"]
    quiet: tuple[time, time] | None = None
    budget: int | None = None
    private_budget: int | None = None
    summary: str | None = None
    keep: Keep | None = None
    inline: bool | None = None
    obligations: str | None = None
    exchanges: str | None = None


class School(Part):
    key: str
    name: str
    role: Literal["core", "member"]
    place: str | None = None


class Period(Part):
    """节次: one lesson of a school's timetable, local times."""

    school: str
    number: int
    starts: time
    ends: time


class Person(Part):
    """`home` is the school that sent an exchanged teacher (交流教师); None where it is `school`."""

    key: str
    name: str
    school: str
    home: str | None = None
    subject: str | None = None
    post: str | None = None
    roles: tuple[Role, ...]
    telegram: int | None = None


class SchoolClass(Part):
    """班级."""

    key: str
    school: str
    name: str
    head_teacher: str | None = None


class Term(Part):
    """学期, first and last day included."""

    key: str
    name: str
    first_day: date
    last_day: date


class Day(Part):
    """调休, 放假: beats public holidays. `until` is included; `follows` is the weekday whose timetable runs."""

    date: Date
    until: Date | None = None
    kind: Literal["off", "school"]
    follows: str | None = None
    name: str | None = None


class Exam(Part):
    """考试, first and last day included. `from_` is `from` in the file."""

    from_: date
    until: date
    name: str | None = None


class Chat(Part):
    """A group or topic; `address` is opaque to everything but its platform. `outlook`: `sunday 19:00`."""

    key: str
    title: str
    platform: str
    address: str | None = None
    thread: int | None = None
    outlook: str | None = None


class Audience(Part):
    """Who is expected; None is everybody by that measure."""

    roles: tuple[Role, ...] | None = None
    schools: tuple[str, ...] | None = None
    subjects: tuple[str, ...] | None = None


class CheckIn(Part):
    """签到: `opens` before the start; `late_after` and `closes` after it. Durations."""

    opens: str
    late_after: str | None = None
    closes: str


class Due(Part):
    """`due` is a duration after the end."""

    due: str


class Reflect(Due):
    """活动反思; of a class meeting the record (班会记录), which has no prompts."""

    prompts: tuple[str, ...] | None = None


class Activity(Part):
    """活动. `on` is a rule's words, or a date for `once`; durations are `7d`, `2h`, `90m`."""

    key: str
    kind: Kind
    title: str
    chat: str | None = None
    every: Literal["day", "week", "month", "term", "once"]
    on: date | str | None = None
    at: time | None = None
    lasts: str | None = None
    period: int | None = None
    weeks: str | None = None
    hosts: tuple[str, ...] | None = None
    themes: tuple[str, ...] | None = None
    place: str | None = None
    card: Literal["counts", "names"] | None = None
    audience: Audience | None = None
    classes: tuple[str, ...] | None = None
    on_holiday: Literal["skip", "next", "previous"] | None = None
    announce: str | None = None
    remind: tuple[str, ...] | None = None
    respond_by: str | None = None
    nudge: tuple[str, ...] | None = None
    check_in: CheckIn | None = None
    reflect: Reflect | None = None
    prepare: str | None = None
    minutes: Due | None = None


class Detail(Part):
    """What is particular to one occurrence; `date` is the rule's own date. `class_` is `class` in the file.

    `at` and `lasts` come together; `reason` is why it was moved or cancelled, in the organiser's words.
    """

    activity: str
    date: Date
    class_: str | None = None
    place: str | None = None
    speaker: str | None = None
    lesson: str | None = None
    recorder: str | None = None
    bring: str | None = None
    held_on: Date | None = None
    at: time | None = None
    lasts: str | None = None
    host: str | None = None
    theme: str | None = None
    cancelled: bool | None = None
    reason: str | None = None


class Theme(Part):
    """一月一主题: that of the activity's occurrences held in `month`, `2026-10`."""

    activity: str
    month: str
    theme: str


class Milestone(Part):
    """规划节点: 待定 while it has no day; `until` is included; `clause` is where the plan has it, in words.

    `from_` is `from` in the file; `done` is said in the chat alone.
    """

    key: str
    title: str
    stage: str | None = None
    from_: date | None = None
    until: date | None = None
    clause: str | None = None
    done: bool | None = None


class Obligation(Part):
    """What the plan obliges to (应做事项): `count` in each `rhythm`, once, or standing (常设), as the clause has it.

    `clause` is where the plan has it, in words, `words` the part of it that is quoted. It is met by what is held of
    `activities`, by months with a theme of `themes`, or by people: those in one of `posts`, those whom a school of
    `from_` has sent to one of `to`, or both at once.

    `from_` is `from` in the file; `declined` is said in the chat alone.
    """

    key: str
    title: str
    document: str | None = None
    clause: str | None = None
    words: str | None = None
    rhythm: Rhythm
    count: int = 1
    activities: tuple[str, ...] | None = None
    themes: tuple[str, ...] | None = None
    posts: tuple[str, ...] | None = None
    from_: tuple[str, ...] | None = None
    to: tuple[str, ...] | None = None
    declined: bool | None = None

    @property
    def by_people(self) -> bool:
        return bool(self.posts or self.from_ or self.to)


class Exchange(Part):
    """教师交流轮岗: a person whom one school has sent to another, `since` and `until` included; either may be open.

    `from_` is `from` in the file.
    """

    person: str
    from_: str
    to: str
    since: date | None = None
    until: date | None = None

    def runs_on(self, day: Date) -> bool:
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)


class Blueprint(Part):
    """A whole file, every table in the file's order. Keys are unique and every reference is good."""

    consortium: Consortium
    school: tuple[School, ...] = ()
    period: tuple[Period, ...] = ()
    person: tuple[Person, ...] = ()
    class_: tuple[SchoolClass, ...] = ()
    term: tuple[Term, ...] = ()
    day: tuple[Day, ...] = ()
    exam: tuple[Exam, ...] = ()
    chat: tuple[Chat, ...] = ()
    activity: tuple[Activity, ...] = ()
    occurrence: tuple[Detail, ...] = ()
    theme: tuple[Theme, ...] = ()
    milestone: tuple[Milestone, ...] = ()
    obligation: tuple[Obligation, ...] = ()
    exchange: tuple[Exchange, ...] = ()

    def names_on_cards(self, activity: str) -> bool:
        """Whether the cards of the activity of that key list who comes."""
        return any(one.key == activity and one.card == "names" for one in self.activity)

    def themed(self, activity: str) -> bool:
        """Whether each of its occurrences is to have a theme: one that has none is 待定."""
        months = any(one.activity == activity for one in self.theme)
        return months or any(one.themes for one in self.activity if one.key == activity)

    def recorded_weekly(self) -> frozenset[str]:
        """The keys of the class meetings whose records are asked for, without those of every day (夕会)."""
        meetings = (one for one in self.activity if one.kind == "class_meeting" and one.every != "day")
        return frozenset(one.key for one in meetings if one.reflect)

    def quiet_until(self, clock: time) -> time | None:
        """When the quiet hours end that hold this local time: their first minute does, their last does not."""
        begins, ends = self.consortium.quiet or (time(), time())
        inside = begins <= clock < ends if begins <= ends else clock >= begins or clock < ends
        return ends if inside else None

    def silences(self) -> tuple[tuple[Date, Date], ...]:
        """考试静默, the first and the last day of each: exams without a day between them are one."""
        found: list[tuple[date, date]] = []
        for exam in sorted(self.exam, key=lambda exam: exam.from_):
            follows = bool(found) and found[-1][1] + timedelta(days=1) == exam.from_
            found.append((found.pop()[0] if follows else exam.from_, exam.until))
        return tuple(found)

    def prompts(self, activity: str) -> tuple[str, ...]:
        """What a reflection on it may be about; none where the file has none."""
        asked = next((one.reflect for one in self.activity if one.key == activity), None)
        return (asked.prompts or ()) if asked else ()
