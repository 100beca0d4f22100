"""Mainland public holidays (法定节假日) and make-up days (调休上班), a calendar year at a time."""

import re
import sys
from collections.abc import Iterable, Mapping
from contextlib import suppress
from datetime import date
from functools import cache
from importlib import import_module
from types import ModuleType
from typing import Any

from msgspec import Struct

from store.blueprint import Term

NAMED_IN = {"zh": "zh_CN"}  # our languages that the package has, as it calls them; for all others English
ELSE_IN = "en_US"
STATUTORY = ((1, 1), (5, 1), (5, 2), (10, 1), (10, 2), (10, 3))  # contract: what is off in a year not yet published


class Year(Struct, frozen=True):
    """One year's arrangement (国务院办公厅 notice); without `published` it is what the law alone says."""

    off: frozenset[date]
    make_up: frozenset[date]
    published: bool


@cache
def package() -> Any:
    """`holidays`, loaded at first use, of its countries China alone: all of them are 8 MB and a tenth of `plan`.

    Asked for any, it would load `holidays.countries`, which loads every one. Where a later version lies otherwise, that
    is what happens again.
    """
    import holidays

    name = "holidays.countries"
    if name not in sys.modules:
        stand_in = ModuleType(name)
        stand_in.__path__ = [f"{folder}/countries" for folder in holidays.__path__]
        sys.modules[name] = stand_in
        with suppress(ImportError):
            import_module(f"{name}.china")
        del sys.modules[name]
    return holidays


@cache
def of(year: int) -> Year:
    """The year as the package `holidays` knows it.

    The package does not tell what it knows from what it guesses: a year is published where it has make-up days of that
    very year. Whatever year is asked, it also holds those of 2001 to 2011.
    """
    known = package().country_holidays("CN", years=year)
    make_up = frozenset(day for day in known.weekend_workdays if day.year == year)
    if not make_up:
        return Year(frozenset(date(year, month, day) for month, day in STATUTORY), make_up, published=False)
    return Year(frozenset(known), make_up, published=True)


def over(terms: Iterable[Term]) -> tuple[Year, ...]:
    """The years that the terms touch, rising: once one comes to be known, what was planned by them is planned anew."""
    years = {year for term in terms for year in range(term.first_day.year, term.last_day.year + 1)}
    return tuple(map(of, sorted(years)))


@cache
def named(year: int) -> Mapping[str, date]:
    """The first day of each holiday of a year by its Chinese name (中秋节), reckoned where no notice is out yet.

    Not for what is off: that is `of`.
    """
    known = package().country_holidays("CN", years=year, language="zh_CN")
    return {name: day for day in sorted(known, reverse=True) for name in known[day].split("; ") if day.year == year}


@cache
def names(year: int, language: str) -> Mapping[date, str]:
    """What people call the year's days off (国庆节), a day that was swapped for it too (补假, 调休)."""
    known = package().country_holidays("CN", years=year, language=NAMED_IN.get(language, ELSE_IN))
    found: dict[date, str] = {}
    name = ""
    for day in sorted(known):
        if not re.search("[0-9]", known[day]):  # one that was swapped names the day it was swapped for
            name = re.sub(r" ?[（(].*", "", known[day])
        found[day] = name
    return found
