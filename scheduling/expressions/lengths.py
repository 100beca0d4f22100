"""How long, and how long before: 一个半小时, 90分钟, 提前一天 as durations of the consortium file."""

import re

from scheduling.expressions.numerals import N, value

HOURS = r"个?(?:小时|钟头|h(?![a-z]))"
MINUTES = r"(?:分钟|min(?:ute)?s?|分|m(?![a-z]))"
LENGTH = (
    rf"(?:[0-9]{{1,2}}\.5{HOURS}|{N}个半(?:小时|钟头)|{N}{HOURS}(?:半|{N}(?:分钟|分)?)?|半个?(?:小时|钟头)|[一三两]刻钟|{N}{MINUTES})"
)
DAYS = rf"{N}(?:天|日|d(?![a-z])|周|个?星期)"
PARTS = re.compile(
    rf"(?P<decimal>[0-9]+)\.5{HOURS}|(?P<and_half>{N})个半(?:小时|钟头)|(?P<hours>{N}){HOURS}(?:(?P<half>半)|(?P<rest>{N})(?:分钟|分)?)?"
    rf"|(?P<half_hour>半个?(?:小时|钟头))|(?P<quarters>[一三两])刻钟|(?P<minutes>{N}){MINUTES}"
)


def minutes(text: str) -> int | None:
    """Of something that `LENGTH` matched."""
    found = PARTS.fullmatch(text)
    if found is None:
        return None

    def said(name: str) -> int:
        return (value(found[name]) or 0) if found[name] else 0

    whole = said("decimal") + said("and_half") + said("hours")
    half = 30 if found["decimal"] or found["and_half"] or found["half"] or found["half_hour"] else 0
    return 60 * whole + half + said("rest") + 15 * said("quarters") + said("minutes") or None


def spelled(total: int) -> str:
    return f"{total}m" if total % 60 else f"{total // 60}h"


def days(text: str) -> int | None:
    """Of something that `DAYS` matched: 两天, 一周."""
    found = re.fullmatch(rf"({N})(天|日|d|周|个?星期)", text)
    number = value(found[1]) if found else None
    return number * (1 if found[2] in "天日d" else 7) if found and number else None


def leads(text: str) -> tuple[str, ...]:
    """Every distance that is named, as `remind`: 提前一天和会前半小时."""
    found: list[str] = []
    for match in re.finditer(rf"{LENGTH}|{DAYS}", text):
        if far := days(match[0]):
            found.append(f"{far}d")
        elif near := minutes(match[0]):
            found.append(spelled(near))
    return tuple(dict.fromkeys(found))
