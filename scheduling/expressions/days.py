"""One day: 明天, 下周三, 12月9日, 第15周周三, 下个月第二个周三, 国庆后第一个周三."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta

from msgspec.structs import replace

from scheduling.expressions import festivals, lunar
from scheduling.expressions.frame import Frame
from scheduling.expressions.numerals import value
from scheduling.expressions.readings import Question, Unclear
from scheduling.expressions.scanning import Scan, Token
from scheduling.expressions.weekdays import weekdays
from scheduling.rules import MonthlySchoolDay, MonthlyWeekday, Span, monday, months

TIME_OF_DAY = {"part", "clock", "period", "lessons", "bell", "rough", "length", "remind", "to"}
RELATIVE = {"大前": -3, "前": -2, "昨": -1, "今": 0, "当": 0, "明": 1, "后": 2, "大后": 3}
WEEK = timedelta(days=7)
MONTHS = {"元": 1, "正": 1, "冬": 11, "腊": 12}
Read = date | Unclear


def said(scan: Scan) -> frozenset[str]:
    """The names of the words that say which day."""
    return frozenset(token.name for token in scan.tokens) - TIME_OF_DAY


def read(scan: Scan, frame: Frame) -> Read:
    """The date alone, past or not, school day or not; a weekday beside a date must agree with it."""
    names = said(scan)
    if not names:
        return Unclear(Question.WHICH_DAY)
    if (exam := scan.get("exam")) and not known_exam(exam.words, frame):
        return Unclear(Question.EXAM_DATES, words=exam.words)
    if words := names & {"stretch", "lunar", "weekend", "two_ways"}:
        return doubtful(words, scan, frame)
    if any(len(scan.all(name)) > 1 for name in names) or (scan.get("to") and len(scan.all("clock")) < 2):
        return Unclear(Question.SEVERAL)
    reader = READERS.get(names)
    if reader:
        return reader(scan, frame)
    if "weekday" in names and (reader := READERS.get(names - {"weekday"})):
        return agreeing(reader(scan, frame), scan)
    if "side" in names:
        return Unclear(Question.STRETCH, words=token(scan, "side").words)
    return Unclear(Question.WHICH_DAY if names <= INCOMPLETE else Question.NOT_UNDERSTOOD, words=words_of(scan))


def words_of(scan: Scan) -> str:
    return "".join(one.words for one in scan.tokens)


def token(scan: Scan, name: str) -> Token:
    found = scan.get(name)
    assert found is not None
    return found


def doubtful(names: frozenset[str], scan: Scan, frame: Frame) -> Unclear:
    """What is no one day, or not surely."""
    if "two_ways" in names:
        return Unclear(Question.WHICH_DAY, words=token(scan, "two_ways").words)
    if "weekend" in names:
        shift = token(scan, "weekend").groups.get("shift", "")
        saturday = monday(frame.anchor) + weeks(shift) * WEEK + timedelta(days=5)
        return Unclear(Question.NO_SCHOOL_DAY, (saturday, saturday + timedelta(days=1)), day=saturday)
    if "stretch" in names:
        return Unclear(Question.STRETCH, words=token(scan, "stretch").words)
    words = token(scan, "lunar").words
    computed = lunar.coming(words, frame.today)
    return Unclear(Question.LUNAR, (computed,) if computed else (), words=words)


def agreeing(day: Read, scan: Scan) -> Read:
    named = weekdays(token(scan, "weekday").words)
    if isinstance(day, Unclear) or named == [day.weekday()]:
        return day
    if len(named) > 1:
        return Unclear(Question.SEVERAL)
    other = monday(day) + timedelta(days=named[0])
    return Unclear(Question.WEEKDAY_CONTRADICTS, (day, other), day=day)


def weeks(shift: str) -> int:
    """下下 is 2, 上 is -1, 本, 这 and none are 0."""
    return shift.count("下") - shift.count("上")


def relative(scan: Scan, frame: Frame) -> Read:
    words = token(scan, "relative").words
    return frame.today + timedelta(days=next(days for start, days in RELATIVE.items() if words.startswith(start)))


def distance(scan: Scan, frame: Frame) -> Read:
    found = token(scan, "distance")
    if about := found.groups.get("about"):
        number = 0 if about.startswith("半") else value(about.rstrip("个多月学期年之以后")) or 0
        near = frame.anchor + timedelta(days=30 * number or 15)
        return Unclear(Question.ABOUT, (near,) if "月" in about else (), words=about)
    count = value(found.groups["n"])
    if count is None:
        return Unclear(Question.ABOUT, words=found.words)
    return frame.anchor + timedelta(days=count * (1 if "days" in found.groups else 7))


def weekday(scan: Scan, frame: Frame) -> Read:
    """Of this calendar week, or the one that 下 and 上 name."""
    named = weekdays(token(scan, "weekday").words)
    if len(named) != 1:
        return Unclear(Question.SEVERAL)
    shift = scan.get("this_week")
    return monday(frame.anchor) + weeks(shift.groups["shift"] if shift else "") * WEEK + timedelta(days=named[0])


def teaching_week(scan: Scan, frame: Frame) -> Read:
    number, named = value(token(scan, "week_number").groups["n"]), weekdays(token(scan, "weekday").words)
    terms, which = frame.terms_ahead(), scan.get("term")
    if which and "last" in which.groups:
        return Unclear(Question.STRETCH, words=which.words)
    if which and "next" in which.groups:
        terms = [term for term in terms if term.first_day > frame.today]
        if frame.term(frame.today) is None:
            terms = terms[:1]
    if not terms:
        return Unclear(Question.NO_NEXT_TERM)
    last = frame.calendar.week(terms[0], terms[0].last_day)
    if number is None or len(named) != 1:
        return Unclear(Question.SEVERAL)
    if not 1 <= number <= last:
        return Unclear(Question.NO_SUCH_WEEK, number=last)
    return monday(terms[0].first_day) + (number - 1) * WEEK + timedelta(days=named[0])


def full_date(scan: Scan, frame: Frame) -> Read:
    """Without a year the nearest that is not past."""
    groups = token(scan, "date").groups
    number = groups.get("month") or groups.get("m") or groups.get("mm") or ""
    month, day = month_number(number), value(groups.get("day") or groups.get("d") or groups.get("dd") or "")
    if number.startswith(("正", "冬", "腊")):
        return Unclear(Question.LUNAR, words=token(scan, "date").words)
    if month is None or day is None:
        return Unclear(Question.NO_SUCH_DAY)
    year = groups.get("year") or groups.get("y")
    if year:
        named = frame.today.year + "今明后".index(year) if year in "今明后" else value(year) or 0
        found = [existing(named, month, day) if 2000 <= named < 2100 else None]
    else:
        found = [existing(frame.today.year + more, month, day) for more in (0, 1)]
        found = [one for one in found if one is None or one >= frame.today]
    return found[0] or Unclear(Question.NO_SUCH_DAY)


def existing(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def month_number(text: str) -> int | None:
    text = text.removesuffix("月")
    return MONTHS.get(text) or value(text)


def month_day(scan: Scan, frame: Frame) -> Read:
    """9号: the next 9th. 31号 in a month without it is asked back with the next that there is."""
    number = value(token(scan, "month_day").groups["n"]) or 0
    if not 1 <= number <= 31:
        return Unclear(Question.NO_SUCH_DAY)
    same = [existing(month.first.year, month.first.month, number) for month in ahead(frame.anchor)]
    first, *later = same if (same[0] or date.max) >= frame.anchor else same[1:]
    return first or Unclear(Question.NO_SUCH_DAY, tuple(day for day in later if day)[:1])


def ahead(day: date) -> list[Span]:
    return list(months(Span(day, day + timedelta(days=150))))


def that_month(scan: Scan, frame: Frame) -> Span | None:
    """The month that 下个月 or 12月 names, the nearest whose end is not past; None for one past."""
    if relation := scan.get("this_month"):
        shift = weeks(relation.groups["shift"])
        return ahead(frame.anchor)[shift] if 0 <= shift < 4 else None
    number = month_number(token(scan, "month").groups["month"])
    year = months(Span(frame.anchor, frame.anchor + timedelta(days=334)))
    return next((month for month in year if month.first.month == number), None)


def day_of_month(scan: Scan, frame: Frame) -> Read:
    month, number = that_month(scan, frame), value(token(scan, "month_day").groups["n"])
    if month is None or number is None:
        return Unclear(Question.IS_PAST if month is None else Question.NO_SUCH_DAY)
    return existing(month.first.year, month.first.month, number) or Unclear(Question.NO_SUCH_DAY)


def rule_of_month(scan: Scan, frame: Frame) -> Read:
    """下个月第二个周三, 12月最后一个工作日."""
    month, number = that_month(scan, frame), ordinal(token(scan, "ordinal"))
    if month is None or number is None:
        return Unclear(Question.IS_PAST if month is None else Question.WHICH_DAY)
    found: Iterator[date]
    if scan.get("school_day"):
        found = MonthlySchoolDay(number < 0).dates(month, frame.calendar) if number in (1, -1) else iter(())
    else:
        (named,) = weekdays(token(scan, "weekday").words)[:1]
        found = MonthlyWeekday(number, named).dates(month, frame.calendar)
    return next(found, None) or Unclear(Question.WHICH_DAY)


def ordinal(word: Token) -> int | None:
    """1 to 4, or -1 for the last; None for others."""
    if "last" in word.groups or "finally" in word.groups:
        return -1
    number = 1 if "first" in word.groups else value(word.groups.get("n", "零"))
    return number if number and number <= 4 else None


def festival(scan: Scan, frame: Frame) -> Read:
    return festivals.coming(token(scan, "festival").words, frame.today) or Unclear(Question.WHICH_DAY)


def beside(scan: Scan, frame: Frame) -> Read:
    """The day before or after a festival, an exam or the holidays; or the first or last school day or weekday there."""
    block = days_off(scan, frame)
    if isinstance(block, Unclear):
        return block
    before, edge, nth = "before" in token(scan, "side").groups, scan.get("edge"), scan.get("ordinal")
    if edge and "nth" in edge.groups:  # of the days, or of the school days?
        return Unclear(Question.STRETCH, words=words_of(scan))
    if edge and not edge.groups:
        named = festival(scan, frame) if scan.get("festival") else None
        day = named if isinstance(named, date) else block.first if before else block.last
        return day + timedelta(days=-1 if before else 1)
    number = ordinal(nth) if nth else -1 if edge and "last" in edge.groups else 1
    if number is None or (number == -1) != before:
        return Unclear(Question.STRETCH, words=words_of(scan))
    fits: Callable[[date], bool] = frame.calendar.is_school_day
    if named_weekday := scan.get("weekday"):
        fits = lambda day: day.weekday() in weekdays(named_weekday.words)  # noqa: E731
    step = timedelta(days=-1 if before else 1)
    day = block.first if before else block.last
    for _ in range(90):
        day += step
        number -= 1 if fits(day) and not before else 0
        if number == 0 or (before and fits(day)):
            return day
    return Unclear(Question.WHICH_DAY)


def days_off(scan: Scan, frame: Frame) -> Span | Unclear:
    if exam := scan.get("exam"):
        return known_exam(exam.words, frame) or Unclear(Question.EXAM_DATES, words=exam.words)
    if scan.get("holidays"):
        return frame.holidays_ahead() or Unclear(Question.WHICH_DAY)
    day = festivals.coming(token(scan, "festival").words, frame.today - timedelta(days=7))
    return frame.block(day) if day else Unclear(Question.WHICH_DAY)


def known_exam(name: str, frame: Frame) -> Span | None:
    """The days that the file calls so, the first that are not over."""
    rows = [row for row in frame.blueprint.day if name in (row.name or "") and (row.until or row.date) >= frame.today]
    return next((Span(row.date, row.until or row.date) for row in sorted(rows, key=lambda row: row.date)), None)


def first_choice(doubt: Unclear, scan: Scan, frame: Frame) -> Unclear:
    """A weekday that is over: perhaps the next one is meant, unless 上周 was said or it is no school day either."""
    shift = scan.get("this_week")
    if doubt.question is not Question.IS_PAST or doubt.day is None or not scan.get("weekday"):
        return doubt
    if said(scan) - {"weekday", "this_week"} or (shift and weeks(shift.groups["shift"]) < 0):
        return doubt
    following = doubt.day + WEEK
    return replace(doubt, choices=(following,)) if frame.doubt(following) is None else doubt


def named(*names: str) -> frozenset[str]:
    return frozenset(names)


INCOMPLETE = named("this_week", "this_month", "month", "week_number", "term", "ordinal", "school_day", "edge", "times")
READERS: dict[frozenset[str], Callable[[Scan, Frame], Read]] = {
    named("relative"): relative,
    named("distance"): distance,
    named("weekday"): weekday,
    named("this_week", "weekday"): weekday,
    named("week_number", "weekday"): teaching_week,
    named("term", "week_number", "weekday"): teaching_week,
    named("date"): full_date,
    named("month_day"): month_day,
    named("this_month", "month_day"): day_of_month,
    named("festival"): festival,
}
for month in ("month", "this_month"):
    READERS |= {named(month, "ordinal", day): rule_of_month for day in ("weekday", "school_day")}
for free in ("festival", "exam", "holidays"):
    READERS |= {named(free, "side", "ordinal", day): beside for day in ("weekday", "school_day")}
    READERS[named(free, "side", "edge")] = beside
