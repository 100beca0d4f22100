"""Task lines: what a recorder writes of the next tasks (下一步任务): `整理作业样例—李芳—10月21日`, one a line."""

import re
from datetime import date, datetime

from msgspec import Struct

from handlers.minutes_words import LONGEST_LINE, MOST_TASKS, TasksWorded, TaskWords
from scheduling.expressions import days
from scheduling.expressions.frame import Frame
from scheduling.expressions.scanning import scan

BETWEEN = re.compile(r"\s*(?:[—–]+|--+|[|｜;；])\s*|\s+-\s+")
BULLET = re.compile(r"^\s*(?:\d{1,2}[.、．)）]|[·•*-])\s*")
UNTIL = re.compile(r"(?:之前|以前|前|截止)$")
OPEN = {"", "待定", "未定", "无", "tbd"}


class UnclearLine(Struct, frozen=True):
    """`number` counts from 1; `day`: what is doubtful about it is the time."""

    number: int
    line: str
    day: bool


def read(text: str, about: TasksWorded, now: datetime) -> tuple[TaskWords, ...] | UnclearLine:
    """All of them, or the first that is not understood: nothing is guessed (domain 6, rule 7)."""
    frame = Frame.of(about.blueprint, now)
    lines = [BULLET.sub("", line).strip() for line in text.splitlines() if line.strip()]
    found = []
    for number, line in enumerate(lines, start=1):
        one = task(line, frame)
        if one is None or number > MOST_TASKS or len(line) > LONGEST_LINE:
            return UnclearLine(number, line, day=False)
        if one.due is None and not is_open(line):
            return UnclearLine(number, line, day=True)
        found.append(one)
    return tuple(found)


def task(line: str, frame: Frame) -> TaskWords | None:
    """Content, whose, until when; the time may be left out, and whose it is, where it is open."""
    parts = BETWEEN.split(line)
    if not parts[0] or not 2 <= len(parts) <= 3:
        return None
    person = "" if parts[1].casefold() in OPEN else parts[1].strip().removesuffix("老师")
    return TaskWords(parts[0], person, day_of(parts[2], frame) if len(parts) == 3 else None)


def is_open(line: str) -> bool:
    """No time is said, or that there is none yet."""
    parts = BETWEEN.split(line)
    return len(parts) < 3 or parts[2].casefold() in OPEN


def day_of(words: str, frame: Frame) -> date | None:
    """None: not one day that is to come."""
    found = days.read(scan(UNTIL.sub("", words.strip())), frame)
    return found if isinstance(found, date) and found >= frame.today else None
