"""Ranges: whether an amount that a question names (请十天事假) lies in one that a paper draws (三天以上)."""

import math
import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from store.policies.numbers import value

NUMBER = r"(?:\d+(?:\.\d+)?|[一二两三四五六七八九十百千]+|半)"
# What is measured alike, with the measure of each in the smallest; minutes, days and years are never compared.
UNITS = {
    "minutes": {"分钟": 1.0, "小时": 60.0, "钟头": 60.0},
    "days": {"工作日": 1.0, "天": 1.0, "日": 1.0, "礼拜": 7.0, "星期": 7.0, "周": 7.0, "月": 30.0},
    "years": {"周岁": 1.0, "岁": 1.0, "学年": 1.0, "年": 1.0},
    "grades": {"年级": 1.0},
    "money": {"万元": 1e4, "万块": 1e4, "万": 1e4, "千元": 1e3, "元": 1.0, "块": 1.0},
    "times": {"次": 1.0, "回": 1.0, "趟": 1.0},
}
MEASURES = {unit: (kind, each) for kind, units in UNITS.items() for unit, each in units.items()}
UNIT = "|".join(sorted(MEASURES, key=lambda unit: (-len(unit), unit)))
MUCH = rf"(?P<number>{NUMBER})个?(?P<unit>{UNIT})"
AMOUNT = re.compile(rf"(?<![第\d年月每.])(?P<number>{NUMBER})(?:多|来|几)?个?(?:多)?(?P<unit>{UNIT})(?![\d级内])")
BETWEEN = re.compile(rf"(?P<low>{NUMBER})(?P<first>{UNIT})?(?:以上)?(?:至|到|-|—|~|不满|不到){MUCH}")
FROM = (
    re.compile(rf"(?<![不未])(?:超过|满|多于|不少于|至少|达到?){MUCH}"),
    re.compile(rf"{MUCH}(?:及|\(含\))?以上"),
)
UP_TO = (
    re.compile(rf"(?:不到|不满|不足|未满|不超过|至多|最多|少于|低于){MUCH}"),
    re.compile(rf"{MUCH}(?:及)?(?:以内|以下|之内|内)"),
)
JUNIOR = re.compile(r"初([一二三])(?!中|步|备|审|级|赛)")

Range = tuple[str, float, float]  # what is measured, from, to


def amounts(text: str) -> tuple[tuple[str, float], ...]:
    """Those of a question in simplified Chinese: (what is measured, how much)."""
    spelt = JUNIOR.sub(lambda found: f"{'一二三'.index(found[1]) + 7}年级", text)
    return tuple(measured(found["number"], found["unit"]) for found in AMOUNT.finditer(spelt))


def measured(number: str, unit: str) -> tuple[str, float]:
    kind, each = MEASURES[unit]
    return kind, (0.5 if number == "半" else value(number)) * each


@lru_cache(4096)
def ranges(text: str) -> tuple[Range, ...]:
    """Those that a sentence draws, in its order of kinds."""
    return tuple(drawn(text))


def drawn(text: str) -> Iterator[Range]:
    left = text
    for found in BETWEEN.finditer(text):
        kind, high = measured(found["number"], found["unit"])
        yield kind, measured(found["low"], found["first"] or found["unit"])[1], high
        left = left.replace(found[0], "、")
    for pattern in (*FROM, *UP_TO):
        for found in pattern.finditer(left):
            kind, much = measured(found["number"], found["unit"])
            yield (kind, much, math.inf) if pattern in FROM else (kind, 0.0, much)


def ranged(asked: Sequence[tuple[str, float]], texts: Sequence[str]) -> dict[str, float]:
    """`range_in`: one of the amounts lies in a range of the sentences; `range_out`: there are such, and none fits."""
    every = [each for text in texts for each in ranges(text)] if asked else []
    alike = [low <= much <= high for kind, much in asked for what, low, high in every if what == kind]
    return {
        "amount": float(bool(asked)),
        "range_in": float(any(alike)),
        "range_out": float(bool(alike) and not any(alike)),
    }
