"""The sample consortium at two points of its term, reached once and copied for each test."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from store.database import Store
from store.migrating import upgrade
from tests.handlers.event_sample import CLASSES, RESEARCH, School, begin, local

ANNOUNCED, AT_NOON = "10-08 09:00", "10-12 12:00"


@pytest.fixture(scope="session")
def announced(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return reached(tmp_path_factory.mktemp("announced") / "jiaolian.db", ANNOUNCED, RESEARCH)


@pytest.fixture(scope="session")
def at_noon(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return reached(tmp_path_factory.mktemp("at-noon") / "jiaolian.db", AT_NOON, CLASSES)


def reached(path: Path, moment: str, *activities: dict[str, Any]) -> Path:
    store = Store(f"sqlite:///{path}")
    upgrade(store)
    begin(store, *activities).until(moment)
    store.close()
    return path


@contextmanager
def copied(path: Path, to: Path, moment: str) -> Iterator[School]:
    store = Store(f"sqlite:///{shutil.copy(path, to)}")
    yield School(store, local(moment))
    store.close()


@pytest.fixture
def school(announced: Path, tmp_path: Path) -> Iterator[School]:
    """8 October: the research event of the 14th was announced the day before."""
    with copied(announced, tmp_path, ANNOUNCED) as school:
        yield school


@pytest.fixture
def research(school: School) -> int:
    """Wednesday 14 October 14:30, east's turn; answers until the 13th 14:30, check-in 14:15-15:00, late after 14:40."""
    return school.occurrence("research", "10-14 14:30")


@pytest.fixture
def heads(at_noon: Path, tmp_path: Path) -> Iterator[School]:
    """Monday 12 October, noon: the class meetings of the afternoon were announced, the heads reminded, on Sunday."""
    with copied(at_noon, tmp_path, AT_NOON) as school:
        yield school
