"""A link that an organiser hands round leads to a claim, and proves nothing of whoever follows it."""

from datetime import timedelta

import pytest

from handlers.claim import ClaimSent, FollowLink, NameAsked, RosterLinkUnknown, follow_link
from handlers.decide_claim import ClaimRequested, ClaimSettled
from handlers.invite import HandedRound, HandRound, hand_round
from handlers.start import Welcomed
from store import claims
from store.accounts import Account
from store.database import Store
from tests.handlers.event_sample import LI, NOBODY, OFFICE, School
from tests.handlers.test_claim import WU, asked, decide, key_of, monday, says, told


@pytest.fixture
def school(store: Store) -> School:
    return monday(store)


def by_link(school: School, account: Account = NOBODY) -> object:
    handed = school.take(hand_round, HandRound(OFFICE, 1))
    assert isinstance(handed, HandedRound)
    return school.take(follow_link, FollowLink(account, handed.code))


def test_by_a_link_that_was_handed_round_no_name_is_sure(school: School) -> None:
    assert by_link(school) == NameAsked("样例教联体")
    assert says(school, "样吴敏", "样吴敏") == ClaimSent("样吴敏", "样例东校", 1, by_link=True)
    (asked_of,) = told(school)
    assert isinstance(asked_of, ClaimRequested)
    assert asked_of.by_link
    assert key_of(school, NOBODY) is None
    assert isinstance(decide(school, approve=True), ClaimSettled)
    assert key_of(school, NOBODY) == "wu"


def test_whoever_was_met_in_the_group_as_well_is_sure_and_stays_so_for_a_day(school: School) -> None:
    by_link(school)
    asked(school)
    by_link(school)
    assert says(school, "样吴敏", "样吴敏") == WU


def test_a_meeting_of_long_ago_proves_nothing_by_a_link(school: School) -> None:
    asked(school)
    school.now += claims.DAY + timedelta(seconds=1)
    by_link(school)
    assert isinstance(says(school, "样吴敏", "样吴敏"), ClaimSent)


def test_a_link_expires_and_an_invented_one_claims_nothing(school: School) -> None:
    assert school.take(follow_link, FollowLink(NOBODY, "2222222222")) == RosterLinkUnknown()
    handed = school.take(hand_round, HandRound(OFFICE, 1))
    assert isinstance(handed, HandedRound)
    school.now += timedelta(days=handed.days)
    assert school.take(follow_link, FollowLink(NOBODY, handed.code)) == RosterLinkUnknown()


def test_whoever_is_linked_is_only_welcomed_by_a_link(school: School) -> None:
    assert isinstance(by_link(school, LI), Welcomed)
