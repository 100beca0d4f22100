"""Rehearsing a part of the days: it says of them what a rehearsal of the whole term says."""

from datetime import date

import pytest

from bot.file.consortium_file import blueprint
from bot.rehearsal import Line, rehearsed
from bot.voice import Voices
from handlers.apply import Applied, Apply, apply
from scheduling.clock import MovableClock
from store.database import Store
from tests.story.term import term_file

FIRST, LAST = date(2026, 8, 20), date(2027, 2, 28)


@pytest.fixture
def whole(store: Store, clock: MovableClock) -> list[Line]:
    file = blueprint("story.toml", term_file().encode())
    assert isinstance(store.call(apply, Apply(file), clock.now()), Applied)
    return rehearsed(store, Voices("zh"), "story", FIRST, LAST)


def test_a_part_says_what_the_whole_says(store: Store, whole: list[Line]) -> None:
    """A nudge whose request lies before it, a digest, a single day, the days behind the term."""
    parts = [(date(2026, 9, 11), date(2026, 9, 12)), (date(2026, 10, 8), date(2026, 10, 8))]
    parts += [(date(2026, 11, 24), date(2026, 12, 1)), (date(2027, 1, 21), LAST)]
    for first, last in parts:
        cut = [line for line in whole if first <= line.at.date() <= last]
        assert cut
        assert rehearsed(store, Voices("zh"), "story", first, last) == cut
