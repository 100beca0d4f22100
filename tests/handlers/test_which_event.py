"""Which event somebody means who writes /reflect, or 参加 in words."""

import pytest

from handlers.open_card import FindCard, find_card
from handlers.pending_reflection import (
    FindReflection,
    NothingToReflect,
    ReflectionPending,
    find_reflection,
)
from handlers.start import Unlinked
from store import reflections
from store.accounts import Account
from store.database import Session, Store
from tests.handlers.event_sample import (
    CLASSES,
    LI,
    MEETING,
    NOBODY,
    OFFICE,
    QIAN,
    RESEARCH,
    WANG,
    School,
    begin,
)


@pytest.fixture
def school(store: Store) -> School:
    school = begin(store, RESEARCH, MEETING, CLASSES)
    school.until("10-06 09:00")
    return school


def pending(school: School, account: Account) -> str | None:
    """The payload of the event that /reflect means."""
    outcome = school.take(find_reflection, FindReflection(account))
    return outcome.payload if isinstance(outcome, ReflectionPending) else None


def card(school: School, account: Account) -> int | None:
    return school.store.call(find_card, FindCard(account), school.now)


def hand_in(session: Session, occurrence: int, person: int, school: School) -> None:
    reflections.draft(session, occurrence, person, "有收获")
    found = reflections.of(session, occurrence, person)
    assert found is not None
    reflections.submit(session, found.id or 0, school.now)


def test_a_card_is_open_from_the_notice_to_the_start(school: School) -> None:
    research, meeting = school.occurrence("research", "10-14 14:30"), school.occurrence("meeting", "10-21 09:00")
    assert card(school, LI) is None
    school.until("10-07 14:30")
    assert card(school, LI) == research
    school.until("10-14 14:30")
    assert card(school, LI) is None
    school.until("10-19 09:00")
    assert card(school, LI) == meeting


@pytest.mark.parametrize("account", [NOBODY, QIAN])
def test_no_card_is_open_to_strangers_and_to_who_is_not_expected(school: School, account: Account) -> None:
    school.until("10-08 09:00")
    assert card(school, account) is None


def test_the_newest_event_without_a_reflection_is_meant(school: School) -> None:
    assert school.take(find_reflection, FindReflection(LI)) == NothingToReflect()
    research, meeting = school.occurrence("research", "10-14 14:30"), school.occurrence("meeting", "10-21 09:00")
    school.until("10-14 16:00")
    assert pending(school, LI) == f"reflect_{research}"
    school.until("10-21 10:00")
    assert pending(school, LI) == f"reflect_{meeting}"
    school.store.call(hand_in, meeting, school.person("li"), school)
    assert pending(school, LI) == f"reflect_{research}"
    school.store.call(hand_in, research, school.person("li"), school)
    assert pending(school, LI) == f"reflect_{meeting}"
    assert pending(school, WANG) == f"reflect_{meeting}"


def test_two_weeks_later_and_for_strangers_there_is_nothing(school: School) -> None:
    school.until("11-05 09:00")
    assert school.take(find_reflection, FindReflection(LI)) == NothingToReflect()
    assert school.take(find_reflection, FindReflection(NOBODY)) == Unlinked()


def test_an_organiser_who_was_not_expected_has_nothing_to_reflect(school: School) -> None:
    school.until("10-15 09:00")
    assert school.take(find_reflection, FindReflection(OFFICE)) == NothingToReflect()
