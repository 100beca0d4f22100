"""Record lines: what a head teacher writes to a class record: `45/46 代：王丽，讨论热烈`, or of a moved one `周四`."""

import re
from datetime import date, datetime, timedelta

from msgspec.structs import replace

from bot.written.asked_back import AskedBack, Doubt, asked
from handlers.record import RecordWorded
from handlers.record_lines import Later, Lines
from scheduling.expressions import days
from scheduling.expressions.frame import Frame
from scheduling.expressions.readings import Unclear
from scheduling.expressions.replies import WORDS as MOVES
from scheduling.expressions.scanning import scan
from scheduling.quiet import QuietHours
from store.class_records import RecordStatus

LONGEST = 1000  # characters: a few lines
HALF_WIDTH = str.maketrans("０１２３４５６７８９／", "0123456789/")
ONE_DAY = timedelta(days=1)
BEGIN, END = r"(?:^|(?<=[\s,，。;；、]))", r"(?=$|[\s,，。;；、])"
NUMBER = r"\s*[:：]?\s*(\d{1,3})\s*[人名]?"
NAME = r"(?P<name>[^,，。;；、\n]+)"
COUNTS = (
    re.compile(rf"{BEGIN}(?:人数|出勤|实到)?\s*[:：]?\s*(?P<one>\d{{1,3}})\s*/\s*(?P<two>\d{{1,3}})\s*[人名]?{END}"),
    re.compile(rf"{BEGIN}应到{NUMBER}[\s,，、;；]*实到{NUMBER}{END}"),
    re.compile(rf"{BEGIN}实到{NUMBER}[\s,，、;；]*应到{NUMBER}{END}"),
)
THEME = re.compile(
    rf"{BEGIN}(?:主题|theme)\s*[:：是为]?\s*[“《\"]?(?P<theme>[^,，。;；\n“”《》\"]+)[”》\"]?", re.IGNORECASE
)
STOOD_IN = (
    re.compile(rf"{BEGIN}(?:实际主持|主持人?|代[班课开]?|held by|stand-in)\s*[:：\s]\s*{NAME}", re.IGNORECASE),
    re.compile(rf"{BEGIN}[由请]?(?P<name>[\u4e00-\u9fff·]{{2,6}}?)(?:老师)?代(?:[开班课上]|主持)(?:的|了)?{END}"),
)
MARGIN = " \t\n,，。;；、:："


def read(text: str, about: RecordWorded, now: datetime) -> Lines | AskedBack:
    """A meeting that was moved wants its day first; what is no count, theme or name is kept as it was written."""
    text = text.strip()[:LONGEST].translate(HALF_WIDTH)
    if about.stand_in:
        return Lines(held_by=bare(text))
    if about.status is RecordStatus.MOVED:
        moved = day_of(text, about, now)
        if isinstance(moved, date):
            return dated(moved, about, now)
        if about.held_on is None or isinstance(moved, AskedBack):
            return moved or AskedBack(Doubt.MOVED_TO)
    return lines(text, about.theme)


def lines(text: str, planned: str | None) -> Lines:
    """`planned`: this week's theme, which may stand at the head of the words."""
    found = Lines()
    for pattern in COUNTS:
        if match := pattern.search(text):
            present, enrolled = sorted(map(int, match.groups()))
            found, text = replace(found, present=present, enrolled=enrolled), without(text, match)
            break
    for pattern in STOOD_IN:
        if match := pattern.search(text):
            found, text = replace(found, held_by=bare(match["name"])), without(text, match)
            break
    if match := THEME.search(text):
        found, text = replace(found, theme=match["theme"].strip()), without(text, match)
    text = text.strip(MARGIN)
    if planned and re.match(re.escape(planned) + END, text):
        found, text = replace(found, theme=planned), text[len(planned) :].strip(MARGIN)
    return replace(found, note=text)


def without(text: str, match: re.Match[str]) -> str:
    return text[: match.start()].rstrip(MARGIN) + " " + text[match.end() :].lstrip(MARGIN)


def bare(name: str) -> str:
    return name.strip(MARGIN).removesuffix("老师").strip()


def day_of(text: str, about: RecordWorded, now: datetime) -> date | AskedBack | None:
    """None where no day is named. 周四 is that of the meeting's own week, past or not; 明天 is reckoned from now."""
    found = scan(text, replying=True)
    found = replace(found, tokens=tuple(one for one in found.tokens if one.name not in MOVES))
    named = days.said(found)
    if not named:
        return None
    frame = Frame.of(about.blueprint, now if named & {"relative", "distance"} else about.starts_at)
    day = days.read(found, replace(frame, anchor=about.starts_at.date()))
    if isinstance(day, Unclear):
        return None if about.held_on else asked(day)
    if day == about.starts_at.date():
        return AskedBack(Doubt.SAME_DAY, day=day)
    term = frame.term(day)
    if term is None or term is not frame.term(about.starts_at.date()):
        return AskedBack(Doubt.OTHER_TERM, day=day)
    return day


def dated(day: date, about: RecordWorded, now: datetime) -> Lines:
    """Only what is still to come is asked for later: at the hour at which it ended, by as many days later."""
    by = day - about.starts_at.date()
    if about.reflect_by is None or about.starts_at + by <= now:
        return Lines(held_on=day)
    quiet = QuietHours(about.blueprint.consortium.quiet, Frame.of(about.blueprint, now).zone)
    at, until = quiet.after(about.ends_at + by), about.reflect_by + by
    nudge_at = quiet.after(until - ONE_DAY)
    return Lines(day, Later(at, nudge_at if nudge_at > at else None, until.astimezone(at.tzinfo)))
