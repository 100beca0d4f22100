"""Which event somebody means who writes 参加."""

import pytest

from handlers.open_card import FindCard, find_card
from store.accounts import Account
from store.database import Store
from tests.handlers.event_sample import (
    CLASSES,
    LI,
    MEETING,
    NOBODY,
    QIAN,
    RESEARCH,
    School,
    begin,
)


@pytest.fixture
def school(store: Store) -> School:
    return begin(store, RESEARCH, MEETING, CLASSES, until="10-06 09:00")


def card(school: School, account: Account) -> int | None:
    return school.store.call(find_card, FindCard(account), school.now)


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
