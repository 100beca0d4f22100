"""Bugs planted in the source of `scheduling`: the comparison with the oracle finds every one of them."""

import importlib
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import NamedTuple

import pytest

from tests import oracle, oracle_edits
from tests.conftest import HOME
from tests.scheduling.comparison import differences, messages_that_differ
from tests.scheduling.consortiums import (
    CLOCKS_CHANGE,
    OF_2001,
    OF_2011,
    RAMADAN,
    TERMS,
    UNPUBLISHED,
    File,
    all_edits,
    all_forms,
    all_messages,
    every_day_is_school,
)

PLANS = [
    all_forms("Europe/Berlin", "02:30"),
    all_forms("Europe/Berlin", "02:30", **every_day_is_school(*TERMS)),
    all_forms("Asia/Shanghai", "14:30", term=[UNPUBLISHED]),
    all_forms("Asia/Shanghai", "14:30", term=[OF_2001]),
    all_forms("Asia/Shanghai", "14:30", public_holidays="none", term=[UNPUBLISHED]),
    all_forms("Pacific/Apia", "14:30", **every_day_is_school(OF_2011)),
]
MESSAGES = [
    all_messages("Europe/Berlin", "14:00", "14:30", terms=CLOCKS_CHANGE),
    all_messages("Europe/Berlin", "08:30", "10:00", terms=CLOCKS_CHANGE),
    all_messages("Africa/Casablanca", terms=[RAMADAN]),
]


class Planting(NamedTuple):
    """`fragment` stands once in the source of the module; `wrong` is put in its place."""

    name: str
    module: str
    fragment: str
    wrong: str


IN_PLANS = [
    Planting("the last weekday is the fourth", "rules", "else same[-1]", "else same[3]"),
    Planting(
        "a month is reckoned inside the term only",
        "rules",
        "for day in month if days.is_school_day(day)",
        "for day in month if days.is_school_day(day) and day in span",
    ),
    Planting(
        "day 31 of a month without one is the first of the next",
        "rules",
        "timedelta(days=self.day - 1), month.last",
        "timedelta(days=self.day - 1), span.last",
    ),
    Planting("the last school day is the first", "rules", "yield found[-self.last]", "yield found[0]"),
    Planting(
        "week 1 of a once-a-term rule is from the first day",
        "rules",
        "found = monday(span.first)",
        "found = span.first",
    ),
    Planting(
        "week 1 of the calendar is from the first day",
        "calendar",
        "day - monday(term.first_day)",
        "day - term.first_day",
    ),
    Planting(
        "what a day follows is ignored",
        "calendar",
        "if row and row.follows else None",
        "if row and row.follows and False else None",
    ),
    Planting(
        "a make-up day that follows none carries weekly events",
        "calendar",
        "return self.follows(day) if self.is_make_up_day(day) else day.weekday()",
        "return day.weekday() if self.follows(day) is None else self.follows(day)",
    ),
    Planting(
        "a day that follows another counts as itself, too",
        "rules",
        "if days.timetable(day) in self.weekdays",
        "if days.timetable(day) in self.weekdays or days.is_school_day(day) and day.weekday() in self.weekdays",
    ),
    Planting(
        "public holidays beat the file's school days",
        "calendar",
        "if row := self.days.get(day):\n            return row.kind",
        'if (row := self.days.get(day)) and row.kind == "off":\n            return row.kind',
    ),
    Planting(
        "the last of several days is not one of them",
        "calendar",
        "row.until or row.date",
        "row.until - timedelta(days=1) if row.until else row.date",
    ),
    Planting(
        "Saturdays are school days",
        "calendar",
        "(day.weekday() < SATURDAY and day not in year.off)",
        "day not in year.off",
    ),
    Planting("2 May is no day off by law", "public_holidays", "(5, 2), ", ""),
    Planting(
        "a move out of the term is kept",
        "dates",
        "nearest_school_day(day, way, span)",
        "nearest_school_day(day, way, Span(date(1999, 1, 1), date(2099, 1, 1)))",
    ),
    Planting(
        "two of one day are kept",
        "dates",
        "[Held(kept[day], day) for day in sorted(kept)]",
        "[Held(day, at) for day in own if (at := moved_date(activity, day, calendar, span))]",
    ),
    Planting(
        "of two that move to one day the later is held", "dates", "kept.setdefault(moved, day)", "kept[moved] = day"
    ),
    Planting(
        "a move may take the day of one that need not move",
        "dates",
        "{day: day for day in own if calendar.is_school_day(day)}",
        "{}",
    ),
    Planting("the day of a weekly rule moves where nothing is said", "dates", '("day", "week")', '("day",)'),
    Planting(
        "the day of a monthly rule is dropped where nothing is said",
        "dates",
        '("day", "week")',
        '("day", "week", "month")',
    ),
    Planting(
        "weeks are judged after the move",
        "dates",
        "calendar.week(term, day)",
        "calendar.week(term, moved_date(activity, day, calendar, Span(term.first_day, term.last_day)) or day)",
    ),
    Planting("odd is even", "teaching_weeks", '(self.parity == "odd")', '(self.parity == "even")'),
    Planting(
        "the last week of a range is not in it",
        "teaching_weeks",
        "first <= week <= last",
        "first <= week < max(last, first + 1)",
    ),
    Planting(
        "the week is that of the rule's own date",
        "occurrences",
        "usual = programme.seen(term, day.date)",
        "usual = programme.seen(term, day.own)[0], programme.seen(term, day.date)[1]",
    ),
    Planting(
        "provisional goes by the rule's own date",
        "occurrences",
        "usual = programme.seen(term, day.date)",
        "usual = programme.seen(term, day.date)[0], programme.seen(term, day.own)[1]",
    ),
    Planting("without public holidays a year is provisional", "calendar", "return self.mainland and not", "return not"),
    Planting(
        "hosts do not begin again each term",
        "occurrences",
        "in enumerate(held_in_term)",
        "in enumerate(held_in_term, 0 if term is programme.common.term[0] else 1)",
    ),
    Planting(
        "hosts do not go round",
        "occurrences",
        "activity.hosts[turn % len(activity.hosts)]",
        "activity.hosts[min(turn, len(activity.hosts) - 1)]",
    ),
    Planting(
        "themes go round",
        "occurrences",
        "activity.themes[turn] if activity.themes and turn < len(activity.themes)",
        "activity.themes[turn % len(activity.themes)] if activity.themes",
    ),
    Planting(
        "classes meet at the core school's hours",
        "occurrences",
        "school = room.school if room",
        "school = self.programme.core if room",
    ),
    Planting("the host's timetable is not asked", "occurrences", "host or self.programme.core", "self.programme.core"),
    Planting(
        "of two dates at one instant classes take turns",
        "occurrences",
        ', one.activity, one.class_ or ""',
        ', "", ""',
    ),
    Planting("what is skipped by the clocks stays as it is", "wall", ".astimezone(UTC).astimezone(zone)", ""),
    Planting(
        "of a time that happens twice the second is taken", "wall", "clock.replace(fold=0)", "clock.replace(fold=1)"
    ),
    Planting(
        "the hands of the clock are moved for what lasts",
        "wall",
        "(at.astimezone(UTC) + by).astimezone(at.tzinfo)",
        "at + by",
    ),
]
IN_MESSAGES = [
    Planting(
        "quiet hours hold their last minute", "quiet", "ended if ended < start", "ended + ONE_MINUTE if ended < start"
    ),
    Planting("quiet hours do not hold their first minute", "quiet", "began <= at < ended", "began < at < ended"),
    Planting("at the start is before the start", "quiet", "ended if ended < start", "ended if ended <= start"),
    Planting("just before they began is when they begin", "quiet", "began - ONE_MINUTE", "began"),
    Planting("a day before is 24 hours before", "durations", 'if self.unit != "d":', "if True:"),
    Planting(
        "a check-in is held back", "moments", '"check_in", due.opens_at', '"check_in", times.quiet.after(due.opens_at)'
    ),
    Planting("a reflection is asked for in quiet hours", "moments", "times.quiet.after(at) if kind", "at if kind"),
    Planting("the second of two times is carried to other days", "wall", "clock.replace(fold=0)", "clock"),
]


IN_EDITS = [
    Planting(
        "a month's theme is that of the rule's own date", "occurrences", 'f"{held_on:%Y-%m}"', 'f"{day.own:%Y-%m}"'
    ),
    Planting("a month's theme beats that of the occurrence", "occurrences", "theme=detail.theme or ", "theme="),
    Planting("what is cancelled is held", "occurrences", "if not slot.detail.cancelled]", "]"),
    Planting(
        "a move out of the term is held", "occurrences", "detail.held_on and detail.held_on in span", "detail.held_on"
    ),
    Planting("an hour that was set is forgotten", "occurrences", "if detail.at and detail.lasts:", "if False:"),
    Planting(
        "another host keeps the timetable",
        "occurrences",
        "detail.host or host or self.programme.core",
        "host or self.programme.core",
    ),
    Planting("another host is forgotten", "occurrences", "held_by = detail.host or host", "held_by = host"),
    Planting(
        "who was moved there by hand comes first",
        "occurrences",
        "(one.moved_by_hand, one.rule_date)",
        "(not one.moved_by_hand, one.rule_date)",
    ),
    Planting("a move onto a taken day is held", "occurrences", "one.class_, one.date), one)", "one.class_, one), one)"),
    Planting(
        "the week is that from before the move",
        "occurrences",
        "usual if held_on == day.date else",
        "usual if True else",
    ),
]


@cache
def expected(place: int) -> list[File]:
    return oracle.occurrences(PLANS[place])


@cache
def edited() -> tuple[File, list[File]]:
    file = all_edits("Europe/Berlin")
    return file, oracle_edits.occurrences(file)


def edits_differ(occurrences: ModuleType) -> bool:
    file, rows = edited()
    return any(differences(file, occurrences, rows))


def plan_differs(occurrences: ModuleType) -> bool:
    return any(any(differences(file, occurrences, expected(place))) for place, file in enumerate(PLANS))


def messages_differ(occurrences: ModuleType, moments: ModuleType) -> bool:
    return any(any(messages_that_differ(file, occurrences, moments)) for file in MESSAGES)


@contextmanager
def loaded(folder: Path, *plantings: Planting) -> Iterator[tuple[ModuleType, ModuleType]]:
    """`occurrences` and `moments` of a copy of the room with the plantings, loaded afresh beside the real one."""
    shutil.copytree(HOME / "scheduling", folder / "scheduling", ignore=shutil.ignore_patterns("__pycache__"))
    for planting in plantings:
        path = folder / "scheduling" / f"{planting.module}.py"
        source = path.read_text(encoding="utf-8")
        assert source.count(planting.fragment) == 1, f"{planting.name}: look for its fragment in {planting.module}.py"
        path.write_text(source.replace(planting.fragment, planting.wrong), encoding="utf-8")
    real = {name: sys.modules.pop(name) for name in rooms()}
    sys.path.insert(0, str(folder))
    importlib.invalidate_caches()
    try:
        found = importlib.import_module("scheduling.occurrences"), importlib.import_module("scheduling.moments")
        assert all(str(module.__file__).startswith(str(folder)) for module in found)
        yield found
    finally:
        sys.path.remove(str(folder))
        for name in rooms():
            del sys.modules[name]
        sys.modules.update(real)


def rooms() -> list[str]:
    return [name for name in sys.modules if name.split(".")[0] == "scheduling"]


@pytest.mark.parametrize("planting", IN_PLANS, ids=lambda planting: planting.name)
def test_a_bug_planted_in_the_plan_is_found(tmp_path: Path, planting: Planting) -> None:
    with loaded(tmp_path, planting) as (occurrences, _):
        assert plan_differs(occurrences)


@pytest.mark.parametrize("planting", IN_EDITS, ids=lambda planting: planting.name)
def test_a_bug_planted_in_what_the_chat_sets_is_found(tmp_path: Path, planting: Planting) -> None:
    with loaded(tmp_path, planting) as (occurrences, _):
        assert edits_differ(occurrences)


@pytest.mark.parametrize("planting", IN_MESSAGES, ids=lambda planting: planting.name)
def test_a_bug_planted_in_the_messages_is_found(tmp_path: Path, planting: Planting) -> None:
    with loaded(tmp_path, planting) as (occurrences, moments):
        assert messages_differ(occurrences, moments)


def test_where_nothing_is_planted_nothing_is_found(tmp_path: Path) -> None:
    before = {name: sys.modules[name] for name in rooms()}
    with loaded(tmp_path) as (occurrences, moments):
        assert not plan_differs(occurrences)
        assert not edits_differ(occurrences)
        assert not messages_differ(occurrences, moments)
    assert {name: sys.modules[name] for name in rooms()} == before


def test_a_planting_whose_fragment_is_gone_fails(tmp_path: Path) -> None:
    gone = Planting("gone", "rules", "no such words", "")
    with pytest.raises(AssertionError, match="gone: look for its fragment"), loaded(tmp_path, gone):
        pass
