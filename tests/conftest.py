"""What every test may ask for: an empty store that has been migrated, a clock that we move."""

import os
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from scheduling.clock import MovableClock
from store.database import Store
from store.migrating import upgrade

os.environ.setdefault("PTB_TIMEDELTA", "1")  # or `RetryAfter.retry_after` warns
HOME = Path(__file__).parents[1]
SHARED = HOME.parent / "shared"
START = datetime(2026, 9, 1, 0, 0, tzinfo=UTC)
pytest_plugins = ["tests.needs"]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = Store(f"sqlite:///{tmp_path}/jiaolian.db")
    upgrade(store)
    yield store
    store.close()


@pytest.fixture
def clock() -> MovableClock:
    return MovableClock(START)
