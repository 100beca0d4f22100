"""The sample consortium at two points of its term, reached once and copied for each test."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from store.database import Store
from tests.databases import Databases, Prepared
from tests.handlers.event_sample import CLASSES, LI, RESEARCH, WANG, School, attend, begin, local

ANNOUNCED, AT_NOON, OVER = "10-08 09:00", "10-12 12:00", "10-14 16:05"


@contextmanager
def reached(
    databases: Databases, prepared: Prepared, moment: str, play: Callable[[Store], object]
) -> Iterator[School]:
    """`play` leads an empty store there."""
    store = Store(databases.copy(prepared(moment, play)))
    yield School(store, local(moment))
    store.close()


def announced(store: Store) -> School:
    return begin(store, RESEARCH, until=ANNOUNCED)


@pytest.fixture
def school(databases: Databases, prepared: Prepared) -> Iterator[School]:
    """8 October: the research event of the 14th was announced the day before."""
    with reached(databases, prepared, ANNOUNCED, announced) as school:
        yield school


@pytest.fixture
def research(school: School) -> int:
    """Wednesday 14 October 14:30, east's turn; answers until the 13th 14:30, check-in 14:15-15:00, late after 14:40."""
    return school.occurrence("research", "10-14 14:30")


@pytest.fixture
def heads(databases: Databases, prepared: Prepared) -> Iterator[School]:
    """Monday 12 October, noon: the class meetings of the afternoon were announced, the heads reminded, on Sunday."""
    with reached(databases, prepared, AT_NOON, lambda store: begin(store, CLASSES).until(AT_NOON)) as school:
        yield school


@pytest.fixture
def after(databases: Databases, prepared: Prepared) -> Iterator[School]:
    """The research event is over; 李芳 and 王强 were there."""
    with reached(databases, prepared, OVER, lambda store: attend(announced(store), LI, WANG)) as school:
        yield school
