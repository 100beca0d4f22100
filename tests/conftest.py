"""What every test may ask for: an empty store that has been migrated, a clock that we move."""

import os
import shutil
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


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database file as the migrations leave it: made once, copied for each test."""
    file = tmp_path_factory.mktemp("migrated") / "jiaolian.db"
    store = Store(f"sqlite:///{file}")
    upgrade(store)
    store.close()
    return file


@pytest.fixture
def store(tmp_path: Path, migrated: Path) -> Iterator[Store]:
    store = Store(f"sqlite:///{shutil.copy(migrated, tmp_path)}")
    yield store
    store.close()


@pytest.fixture
def clock() -> MovableClock:
    return MovableClock(START)
