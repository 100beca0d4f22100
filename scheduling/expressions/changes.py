"""Changes of a day: 10月10日补周五的课, 9月20日正常上课, 11月5日到6日放假 as a `[[day]]`."""

from datetime import date

from msgspec.structs import replace

from scheduling.expressions import days
from scheduling.expressions.frame import SATURDAY, Frame
from scheduling.expressions.readings import DayChange, Question, Unclear
from scheduling.expressions.scanning import Scan
from scheduling.expressions.weekdays import weekdays
from scheduling.rules import WEEKDAYS

WORDS = ("follows", "school", "off")


def is_meant(scan: Scan) -> bool:
    return bool(scan.all(*WORDS)) and not scan.all("clock", "period", "remind")


def read(scan: Scan, frame: Frame) -> DayChange | Unclear:
    """Past days are refused; whether it is a school day now plays no part."""
    names = {token.name for token in scan.all(*WORDS)}
    if "off" in names and len(names) > 1:
        return Unclear(Question.SEVERAL)
    occasion = scan.get("exam") or scan.get("festival")  # of days that are named besides: 期中考试放假 11月5日到6日
    unread = (*WORDS, "exam", "festival") if scan.get("date") else WORDS
    ends = replace(scan, tokens=tuple(token for token in scan.tokens if token.name not in unread))
    first, until = span(ends, frame)
    if isinstance(first, Unclear):
        return first
    if isinstance(until, Unclear):
        return until
    if first < frame.today:
        return Unclear(Question.IS_PAST, day=first)
    name = scan.title or (occasion.words if occasion else None)
    if "off" in names:
        return DayChange(first, "off", name=name, until=until)
    follows = scan.get("follows")
    whose = WEEKDAYS[weekdays(follows.groups["weekday"])[0]] if follows else None
    change = DayChange(first, "school", whose, name, until)
    if until and follows:
        return Unclear(Question.SEVERAL, so_far=replace(change, follows=None))
    if follows is None and first.weekday() >= SATURDAY:
        return Unclear(Question.WHOSE_TIMETABLE, day=first, so_far=change)
    return change


def span(scan: Scan, frame: Frame) -> tuple[days.Read, days.Read | None]:
    """11月5日到6日: the second day stands after 到."""
    places = [place for place, token in enumerate(scan.tokens) if token.name == "to"]
    if not places:
        return days.read(scan, frame), None
    first = days.read(replace(scan, tokens=scan.tokens[: places[0]]), frame)
    if not isinstance(first, date):
        return first, None
    last = days.read(replace(scan, tokens=scan.tokens[places[0] + 1 :]), replace(frame, anchor=first))
    if isinstance(last, date) and last <= first:
        return first, Unclear(Question.SEVERAL)
    return first, last
