"""The sample consortium at two points of its term."""

import pytest

from store.database import Store
from tests.handlers.event_sample import CLASSES, RESEARCH, School, begin


@pytest.fixture
def school(store: Store) -> School:
    """8 October: the research event of the 14th was announced the day before."""
    school = begin(store, RESEARCH)
    school.until("10-08 09:00")
    return school


@pytest.fixture
def research(school: School) -> int:
    """Wednesday 14 October 14:30, east's turn; answers until the 13th 14:30, check-in 14:15-15:00, late after 14:40."""
    return school.occurrence("research", "10-14 14:30")


@pytest.fixture
def heads(store: Store) -> School:
    """Monday 12 October 12:00: the class meetings of the afternoon have been announced and the heads reminded."""
    school = begin(store, CLASSES)
    school.until("10-12 12:00")
    return school
