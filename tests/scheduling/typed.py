"""What is typed at one of the four anchors, with the sample term and the timetable of three schools."""

from datetime import date, datetime, time

from scheduling import occurrences
from scheduling.expressions.reading import read
from scheduling.expressions.readings import Hours, OneDay, Reading, Recurring, Unclear
from scheduling.occurrences import Planned
from store.blueprint import Period
from tests.scheduling.sample import RESEARCH, SHANGHAI, activity, dates, having

A = datetime(2026, 9, 2, 10, tzinfo=SHANGHAI)  # Wednesday, week 1
B = datetime(2026, 9, 28, 10, tzinfo=SHANGHAI)  # Monday, week 5
C = datetime(2026, 11, 23, 10, tzinfo=SHANGHAI)  # Monday, week 13
E = datetime(2026, 11, 22, 20, 30, tzinfo=SHANGHAI)  # Sunday, week 12

LESSONS = "08:00 08:45, 08:55 09:40, 10:10 10:55, 11:05 11:50, 14:00 14:45, 14:55 15:40, 15:50 16:35, 16:45 17:30"
LATER = "08:10 08:55, 09:05 09:50, 10:20 11:05, 11:15 12:00, 14:10 14:55, 15:05 15:50, 16:00 16:45, 16:55 17:40"
TIMETABLE = tuple(
    Period(school=school, number=number, starts=time.fromisoformat(lesson[:5]), ends=time.fromisoformat(lesson[6:]))
    for school, lessons in (("core", LESSONS), ("east", LATER))
    for number, lesson in enumerate(lessons.split(", "), 1)
)
TERM = having(RESEARCH, period=TIMETABLE)
EVENT = occurrences.of(TERM, date(2026, 12, 9), date(2026, 12, 9))[0]


def typed(text: str, now: datetime = C, about: Planned | None = None) -> Reading:
    return read(text, now, TERM, about)


def held(found: Recurring | OneDay) -> str:
    """The dates that an activity of these words is held on; of a reading without a time, too."""
    times = {"period": found.period} if found.period else {"at": found.at or time(8), "lasts": found.lasts or "90m"}
    rule = {"every": "once", "on": found.date} if isinstance(found, OneDay) else words(found)
    return dates(activity(**rule, **times), period=TIMETABLE)


def words(found: Recurring) -> dict[str, object]:
    return {"every": found.every, "on": found.on, "weeks": found.weeks}


def start(day: date, hours: Hours | OneDay) -> str:
    """`MM-DD HH:MM` at the core school."""
    return f"{day:%m-%d} {hours.at or next(one.starts for one in TIMETABLE if one.number == hours.period):%H:%M}"


def understood(found: Reading) -> Reading | None:
    return found.so_far if isinstance(found, Unclear) else found
