"""What every test may ask for: a clock that we move, and by the plugins a store and what a machine may lack."""

import gc
import os
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import settings

from bot.cli import A_THRESHOLD
from scheduling.clock import MovableClock

os.environ.setdefault("PTB_TIMEDELTA", "1")  # or `RetryAfter.retry_after` warns
HOME = Path(__file__).parents[1]
SHARED = HOME.parent / "shared"
LONG = ("crash", "story", "room", "tests")  # the last: the site, the commands of its pages, the package
START = datetime(2026, 9, 1, 0, 0, tzinfo=UTC)

gc.set_threshold(A_THRESHOLD)  # as the program itself does

settings.register_profile("untimed", deadline=None)  # how long an example takes tells how busy the machine is
settings.load_profile("untimed")

pytest_plugins = ["tests.needs", "tests.databases", "tests.once", "tests.one_compiler"]


def pytest_xdist_auto_num_workers() -> int:
    """One more than there are cores: what runs a child process waits more than it reckons."""
    return (os.cpu_count() or 1) + 1


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What takes long first: begun last, one of them would be waited for by all the other workers."""
    items.sort(key=lambda item: LONG.index(folder) if (folder := item.path.parent.name) in LONG else len(LONG))


@pytest.fixture
def clock() -> MovableClock:
    return MovableClock(START)
