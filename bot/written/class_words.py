"""Class words: which class meeting a change is about: `七(1)班 10月12日班会 改到周三第六节`."""

import re
import unicodedata
from collections.abc import Iterable
from datetime import date, datetime

from msgspec import Struct

from bot.written.asked_back import AskedBack, Doubt, asked
from scheduling import occurrences
from scheduling.expressions import days
from scheduling.expressions.frame import Frame
from scheduling.expressions.readings import Unclear
from scheduling.expressions.scanning import scan
from scheduling.occurrences import CLASS_MEETING, Planned
from store.blueprint import Blueprint, SchoolClass

MEETING = "班会"
PARTS = str.maketrans("", "", "()（） ")  # 七（1）班, 七(1)班, 七1班


class ClassChange(Struct, frozen=True):
    """`about`: the meeting as it is planned now; `words`: what is said of it."""

    about: Planned
    words: str


def read(text: str, blueprint: Blueprint, now: datetime) -> ClassChange | AskedBack | None:
    """None where the words are not about the meeting of a class. Without a date it is the next one."""
    text = unicodedata.normalize("NFKC", text).strip()
    named, rest = classes(text, blueprint)
    titles = [one.title for one in blueprint.activity if one.kind == CLASS_MEETING]
    found = re.match(rf"(?P<day>.*?)(?:{'|'.join(map(re.escape, (*titles, MEETING)))})的?(?P<words>.+)", rest)
    if not named or found is None:
        return None
    if len(named) > 1:
        return AskedBack(Doubt.WHICH_CLASS, words="、".join(full_name(one, blueprint) for one in named))
    day = day_of(found["day"].strip(" 的,，"), blueprint, now)
    if isinstance(day, AskedBack):
        return day
    about = meeting(blueprint, named[0].key, day, now)
    if about is None:
        return AskedBack(Doubt.WHICH_MEETING, words=named[0].name)
    return ClassChange(about, found["words"].strip(" ,，:："))


def classes(text: str, blueprint: Blueprint) -> tuple[list[SchoolClass], str]:
    """Those whose name, with or without the school's before it, stands at the head, and the words behind it."""
    found: dict[int, list[SchoolClass]] = {}
    for one in blueprint.class_:
        for name in (one.name, full_name(one, blueprint)):
            if match := re.match(loosely(name), text):
                found.setdefault(match.end(), []).append(one)
    end = max(found, default=0)
    return found.get(end, []), text[end:].strip(" 的,，")


def full_name(room: SchoolClass, blueprint: Blueprint) -> str:
    return next(school.name for school in blueprint.school if school.key == room.school) + room.name


def loosely(name: str) -> str:
    """Brackets and blanks may be there or not."""
    return r"[()\s]*".join(map(re.escape, unicodedata.normalize("NFKC", name).translate(PARTS)))


def day_of(text: str, blueprint: Blueprint, now: datetime) -> date | AskedBack | None:
    if not text:
        return None
    found = days.read(scan(text), Frame.of(blueprint, now))
    return asked(found) if isinstance(found, Unclear) else found


def meeting(blueprint: Blueprint, room: str, day: date | None, now: datetime) -> Planned | None:
    """The next one, or that of the day."""
    every: Iterable[Planned] = (
        one for term in blueprint.term for one in occurrences.of(blueprint, term.first_day, term.last_day)
    )
    ahead = (one for one in every if one.class_ == room and one.starts_at > now and day in (None, one.date))
    return min(ahead, key=lambda one: one.starts_at, default=None)
