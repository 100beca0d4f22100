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

STARTS = ((8, 0), (8, 55), (10, 10), (11, 5), (14, 0), (14, 55), (15, 50), (16, 45))
TIMETABLE = tuple(
    Period(school=school, number=number, starts=time(hour, minute + late), ends=ends(hour, minute + late))
    for school, late in (("core", 0), ("west", 5))
    for number, (hour, minute) in enumerate(STARTS, 1)
    for ends in [lambda hour, minute: time(hour + (minute + 45) // 60, (minute + 45) % 60)]
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
