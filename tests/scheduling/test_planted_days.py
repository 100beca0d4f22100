"""Bugs planted in how a person's day is parted: the comparison with the oracle finds every one of them."""

import importlib
from pathlib import Path
from types import ModuleType

import pytest

from tests.scheduling.days import EVERY, days_that_differ
from tests.scheduling.test_planted_bugs import Planting, loaded

PLANTINGS = [
    Planting("they wait though there is room", "person_days", "max(room, fewest(day))", "fewest(day)"),
    Planting("one goes out that is of no use any more", "person_days", "part[-1].at < min(", "part[-1].at <= min("),
    Planting("one more than there is room for", "person_days", "(day[size:]) < room", "(day[size:]) <= room"),
    Planting("what is due just then goes by itself", "person_days", "while 1 < size < len(day)", "while size < 0"),
    Planting("what goes alone takes others along", "person_days", "while 1 < size < len(day)", "while size < len(day)"),
    Planting("each message has the whole budget", "person_days", "most - len(found)", "most"),
]


def differ(person_days: ModuleType) -> bool:
    return any(any(days_that_differ(person_days, EVERY, most)) for most in (1, 2, 3))


@pytest.mark.parametrize("planting", PLANTINGS, ids=lambda planting: planting.name)
def test_a_bug_planted_in_a_persons_day_is_found(tmp_path: Path, planting: Planting) -> None:
    with loaded(tmp_path, planting):
        assert differ(importlib.import_module("scheduling.person_days"))


def test_where_nothing_is_planted_in_it_nothing_is_found(tmp_path: Path) -> None:
    with loaded(tmp_path):
        assert not differ(importlib.import_module("scheduling.person_days"))
