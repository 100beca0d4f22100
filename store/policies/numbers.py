"""Numbers: what a clause says of how many, how often, how long, how much, and from whom to whom, in its own words."""

import re
from collections.abc import Iterator
from enum import StrEnum

from msgspec import Struct

DIGITS = "零一二三四五六七八九"
SPELT = r"(?:\d+(?:\.\d+)?|[一二两三四五六七八九十百千]+|半)"
WHOLE = r"(?<![\d第年月.一二两三四五六七八九十百千])(?!\d{4}年)"  # no part of a date, a rank or a longer number
PERIODS = "天|日|周|星期|月|学期|学年|年|季度|人|校|名|节"
OFTEN = re.compile(rf"每(?:个)?(?:{PERIODS})[^，。；：、]{{0,16}}?(?P<number>{SPELT})(?P<unit>次|回|节|场|学时|课时)")
RATE = re.compile(r"(?P<number>一)(?P<unit>[天日周月年])一(?:次|[^，。；：、]{1,3})")
SHARE = re.compile(rf"百分之(?P<number>{SPELT})|(?P<digits>\d+(?:\.\d+)?)[%％]")
MONEY = re.compile(rf"(?P<number>{SPELT}万?)(?P<unit>元)")
LONG = re.compile(
    rf"{WHOLE}(?P<number>{SPELT})(?:个)?(?P<unit>工作日|小时|分钟|学期|学年|星期|月|年|天|日|周|课时|学时)(?![\d月号]|级|底)"
)
MANY = re.compile(rf"{WHOLE}(?P<number>{SPELT})(?P<unit>名|位|人|个|所|门|项|条|份|件|套|间|辆|处|类)(?![\d])")
GIVEN = re.compile(
    rf"(?P<giver>[^，。；：、]{{2,14}}?)(?:拟)?(?:选派|分别安排|安排|选送|推荐|派出|择优选派|派|择优)"
    rf"(?P<number>{SPELT})(?P<unit>名|位|人)[^，。；：]{{0,12}}?(?:分别)?(?:到|至|去|赴)(?P<taker>[^，。；：、]{{2,12}}?)"
    r"(?:任教|交流|支教|跟岗|任|学习|工作|挂职|[，。；]|$)"
)


class NumberKind(StrEnum):
    """How often, how long, what share, how much money, how many, and how many from whom to whom."""

    OFTEN = "often"
    LONG = "long"
    SHARE = "share"
    MONEY = "money"
    MANY = "many"
    GIVEN = "given"


class NumberFact(Struct, frozen=True):
    """`text` is the document's own wording, `number` its value; `giver` and `taker`: from whom to whom."""

    kind: NumberKind
    number: float
    unit: str
    text: str
    giver: str = ""
    taker: str = ""


# In this order: what one has read, the next does not read again.
FORMS = (
    (NumberKind.GIVEN, GIVEN),
    (NumberKind.OFTEN, OFTEN),
    (NumberKind.OFTEN, RATE),
    (NumberKind.SHARE, SHARE),
    (NumberKind.MONEY, MONEY),
    (NumberKind.LONG, LONG),
    (NumberKind.MANY, MANY),
)


def numbers(text: str) -> tuple[NumberFact, ...]:
    """In the order of the text. What the paper itself leaves blank is no number."""
    return tuple(fact for _, fact in sorted(found(text), key=lambda each: each[0]))


def found(text: str) -> Iterator[tuple[int, NumberFact]]:
    taken: set[int] = set()
    for kind, form in FORMS:
        for match in form.finditer(text):
            places = set(range(*match.span()))
            if places & taken:
                continue
            taken |= places
            groups = match.groupdict()
            spelt = groups.get("digits") or groups["number"]
            unit = "%" if kind is NumberKind.SHARE else groups["unit"]
            people = groups.get("giver") or "", groups.get("taker") or ""
            yield match.start(), NumberFact(kind, value(spelt), unit, match[0], *people)


def value(spelt: str) -> float:
    """二十五 is 25, 一百二十 120, 3.5万 35000, 半 0.5."""
    if spelt.endswith("万"):
        return value(spelt[:-1]) * 10_000
    if spelt == "半":
        return 0.5
    if re.fullmatch(r"\d+(?:\.\d+)?", spelt):
        return float(spelt) if "." in spelt else int(spelt)
    total, digit = 0, 0
    for char in spelt:
        if char in "十百千":
            total += (digit or 1) * {"十": 10, "百": 100, "千": 1000}[char]
            digit = 0
        else:
            digit = 2 if char == "两" else DIGITS.index(char)
    return total + digit
