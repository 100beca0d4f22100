"""规划节点 in words: `挂牌 12月9日`, `挂牌 2026年12月9日至12月20日`, `挂牌 已完成`, `挂牌 待定`."""

import re
import unicodedata
from datetime import date, datetime

from msgspec.structs import replace

from bot.written.asked_back import AskedBack, asked
from bot.written.one_event import Meant
from scheduling.expressions import days
from scheduling.expressions.frame import Frame
from scheduling.expressions.readings import Question, Unclear
from scheduling.expressions.scanning import scan
from store.amendments import Entries
from store.blueprint import Blueprint

DONE = re.compile(r"已?(?:经)?(?:完成|办完|做完)了?|done|completed", re.IGNORECASE)
NOT_DONE = re.compile(r"(?:还)?(?:没有?|未)(?:完成|办完|做完)|not done", re.IGNORECASE)
OPEN = re.compile(r"待定|还没定|tbd|to be told", re.IGNORECASE)
BEHIND_TITLE = " :,是为在定到"
RANGE = re.compile(r"\s*(?:至|到|—|–|~|\s-\s|\bto\b)\s*")
BY = re.compile(r"(?:之|以)?前$")
NO_DAYS = {"from_": None, "until": None, "done": None}


def read(text: str, blueprint: Blueprint, now: datetime) -> Meant | AskedBack | None:
    """None where it begins with no milestone's title, or goes on as something else (挂牌筹备会 …)."""
    text = plain(text)
    named = [one for one in blueprint.milestone if text.startswith(plain(one.title))]
    if not named:
        return None
    milestone = max(named, key=lambda one: len(one.title))
    said = text.removeprefix(plain(milestone.title)).lstrip(BEHIND_TITLE)
    if not said:
        return AskedBack(Question.WHICH_DAY)
    values = state(said) or span(said, Frame.of(blueprint, now))
    if isinstance(values, dict):
        return Meant(Entries.of([milestone.model_copy(update=values)]), None)
    return asked(values) if values else None


def plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip()


def state(said: str) -> dict[str, date | bool | None] | None:
    if DONE.fullmatch(said):
        return {"done": True}
    if NOT_DONE.fullmatch(said):
        return {"done": None}
    return dict(NO_DAYS) if OPEN.fullmatch(said) else None


def span(said: str, frame: Frame) -> dict[str, date | bool | None] | Unclear | None:
    """One day, the first and the last, or `12月20日前`. Past ones too: when it was is written down as well."""
    first, *rest = RANGE.split(said, maxsplit=1)
    begins = day(BY.sub("", first), frame)
    if not isinstance(begins, date):
        return begins
    if not rest:
        return {"from_": None, "until": begins} if BY.search(first) else {"from_": begins, "until": None}
    ends = day(rest[0], replace(frame, anchor=begins))
    if not isinstance(ends, date):
        return ends
    return {"from_": begins, "until": ends} if begins <= ends else Unclear(Question.SEVERAL)


def day(said: str, frame: Frame) -> date | Unclear | None:
    """None where it is not a day alone."""
    found = scan(said)
    if found.title or not days.said(found) or any(token.name in days.TIME_OF_DAY for token in found.tokens):
        return None
    return days.read(found, frame)
