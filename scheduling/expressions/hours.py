"""The time of day: 下午两点半, 差五分三点, 9到11点, 下午第三节, 第六、七节."""

from datetime import date, datetime, time, timedelta
from itertools import pairwise

from scheduling.expressions import lengths
from scheduling.expressions.frame import NOON, Frame
from scheduling.expressions.numerals import value
from scheduling.expressions.readings import Hours, Question, Unclear
from scheduling.expressions.scanning import Scan, Token
from store.blueprint import Period

# The hours that a part of the day may have, on a clock of 24; 12 is added where only that fits.
PARTS = {
    "morning": range(5, 12),
    "early": range(5, 12),
    "noon": range(11, 15),
    "afternoon": range(12, 20),
    "dusk": range(16, 20),
    "evening": range(17, 24),
    "late": range(17, 24),
    "night": range(7),
}


def read(scan: Scan, frame: Frame) -> Hours | Unclear:
    """`Hours` with nothing in it where no time is said, or only a part of the day."""
    said, clocks, periods = scan.all("part", "clock", "period"), scan.all("clock"), scan.all("period")
    if bell := scan.get("bell"):
        return Unclear(Question.NOT_IN_TIMETABLE, words=bell.words)
    if lessons := scan.get("lessons"):
        return Unclear(Question.WHICH_PERIODS, words=lessons.words)
    if len(scan.all("length")) > 1 or len(clocks) + 2 * len(periods) > 2 or (len(clocks) == 2 and not scan.get("to")):
        return Unclear(Question.SEVERAL)
    if said and said[-1].name == "part" and len(said) > 1:
        return Unclear(Question.SEVERAL)
    parts = {id(after): before for before, after in pairwise(said) if before.name == "part"}
    length = scan.get("length")
    lasts = lengths.minutes(length.words) if length else None
    if length and not lasts:
        return Unclear(Question.NOT_UNDERSTOOD, words=length.words)
    spelled = lengths.spelled(lasts) if lasts else None
    if periods:
        found = of_periods(periods[0], parts.get(id(periods[0])), frame)
        return Unclear(Question.SEVERAL) if spelled and isinstance(found, Hours) else found
    if not clocks:
        return Hours(lasts=spelled)
    return of_clocks([(clock, parts.get(id(clock))) for clock in clocks], spelled, scan.get("rough") is not None)


def of_clocks(clocks: list[tuple[Token, Token | None]], lasts: str | None, rough: bool) -> Hours | Unclear:
    starts = possible(*clocks[0])
    if len(clocks) == 1:
        if len(starts) == 1 and not rough:
            return Hours(starts[0], lasts=lasts)
        return Unclear(Question.MORNING_OR_EVENING if len(starts) > 1 else Question.WHAT_TIME, starts)
    if len(starts) != 1 or rough:
        return Unclear(Question.MORNING_OR_EVENING if len(starts) > 1 else Question.WHAT_TIME, starts)
    ends = [end for end in any_half(*clocks[1]) if end > starts[0]]
    if not ends or lasts:
        return Unclear(Question.SEVERAL if lasts else Question.WHAT_TIME, starts)
    return Hours(starts[0], lasts=between(starts[0], ends[0]))


def possible(clock: Token, part: Token | None) -> tuple[time, ...]:
    """Without a part of the day: 8 to 11 in the morning, 12 noon, 1 to 6 in the afternoon, 7 either (rule 4)."""
    read_off = dial(clock)
    if read_off is None:
        return ()
    hour, minute, back = read_off
    if part:
        fits = PARTS[next(iter(part.groups))]
        hours = [one for one in (hour, hour + 12) if one in fits and (one == hour or hour < 12)]
    elif hour == 0 or hour > 23:
        hours = []
    elif clock.words.startswith("0"):  # 07:30 is on a clock of 24
        hours = [hour] if hour > 5 else [hour, hour + 12]
    else:
        hours = [hour, 19] if hour == 7 else [hour + 12] if hour < 7 else [hour]
    return tuple(shifted(time(one, minute), -back) for one in hours)


def any_half(clock: Token, part: Token | None) -> tuple[time, ...]:
    """The end of a range: the first of these after the start."""
    if part:
        return possible(clock, part)
    read_off = dial(clock)
    if read_off is None:
        return ()
    hour, minute, back = read_off
    return tuple(shifted(time(one, minute), -back) for one in sorted({hour, hour + 12}) if one < 24)


def dial(clock: Token) -> tuple[int, int, int] | None:
    """Hour and minute as said, and the minutes that 差五分 takes off."""
    said = clock.groups
    if "short" in said:
        short = 15 if "刻" in said["short"] else value(said["short"].removesuffix("分"))
        hour = value(said["short_hour"])
        return None if short is None or hour is None or not short < 60 or hour > 24 else (hour, 0, short)
    hour = value(said.get("hour") or said.get("h") or said.get("bare") or "")
    minute = value(said.get("minute") or said.get("m") or "0")
    if "half" in said or "quarters" in said:
        minute = 30 if "half" in said else 45 if said["quarters"] == "三" else 15
    return None if hour is None or minute is None or hour > 24 or minute > 59 else (hour, minute, 0)


def of_periods(token: Token, part: Token | None, frame: Frame) -> Hours | Unclear:
    """One period of every school's own timetable, or the stretch from one to another at the core school's times."""
    said = token.groups
    if "final" in said:
        last = {numbers(table, part)[-1] for table in frame.timetables() if numbers(table, part)}
        return one_period(last, None)
    first, second = value(said.get("n") or said.get("one") or said["a"]), value(said.get("two") or said.get("b") or "0")
    if first is None or second is None:
        return Unclear(Question.NOT_UNDERSTOOD, words=token.words)
    if not second:
        return one_period({found for table in frame.timetables() if (found := counted(table, part, first))}, first)
    times = {number: span for number in (first, second) if (span := core_period(frame, part, number))}
    if len(times) < 2 or times[second][0] <= times[first][0]:
        return Unclear(Question.NO_SUCH_PERIOD, number=first if first not in times else second)
    start, end = times[first][0], times[second][1]
    return Hours(start, lasts=between(start, end))


def one_period(found: set[int], said: int | None) -> Hours | Unclear:
    if not found:
        return Unclear(Question.NO_SUCH_PERIOD, number=said)
    if len(found) > 1:
        return Unclear(Question.WHICH_PERIODS, tuple(sorted(found)[:3]))
    return Hours(period=found.pop())


def counted(table: list[Period], part: Token | None, number: int) -> int | None:
    """下午第N节 counts from the first after noon; 下午第七节 is period 7 where the afternoon has not as many."""
    own = [period.number for period in table]
    among = numbers(table, part)
    if part and "afternoon" in part.groups and 0 < number <= len(among):
        return among[number - 1]
    return number if number in (among if part else own) else None


def numbers(table: list[Period], part: Token | None) -> list[int]:
    """The periods of that part of the day, by their start."""
    if part is None:
        return [period.number for period in table]
    hours = PARTS[next(iter(part.groups))]
    if "afternoon" in part.groups:
        return [period.number for period in table if period.starts >= NOON]
    return [period.number for period in table if period.starts.hour in hours]


def core_period(frame: Frame, part: Token | None, number: int) -> tuple[time, time] | None:
    table = sorted(frame.core_periods(), key=lambda period: period.starts)
    found = counted(table, part, number)
    return next(((period.starts, period.ends) for period in table if period.number == found), None)


def between(start: time, end: time) -> str:
    day = date(2001, 1, 1)
    return lengths.spelled(int((datetime.combine(day, end) - datetime.combine(day, start)) / timedelta(minutes=1)))


def shifted(at: time, minutes: int) -> time:
    return (datetime.combine(date(2001, 1, 1), at) + timedelta(minutes=minutes)).time()
