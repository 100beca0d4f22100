"""What every test may ask for: a clock that we move, and by the plugins a store and what a machine may lack."""

import os
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import settings

from scheduling.clock import MovableClock

os.environ.setdefault("PTB_TIMEDELTA", "1")  # or `RetryAfter.retry_after` warns
HOME = Path(__file__).parents[1]
SHARED = HOME.parent / "shared"
START = datetime(2026, 9, 1, 0, 0, tzinfo=UTC)

settings.register_profile("untimed", deadline=None)  # how long an example takes tells how busy the machine is
settings.load_profile("untimed")

pytest_plugins = ["tests.needs", "tests.databases"]


def pytest_xdist_auto_num_workers() -> int:
    """One more than there are cores: the kill tests wait more than they reckon."""
    return (os.cpu_count() or 1) + 1


@pytest.fixture
def clock() -> MovableClock:
    return MovableClock(START)
