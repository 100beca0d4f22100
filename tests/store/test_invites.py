"""Invites: one-time codes, of which only a hash is kept."""

import pytest
from sqlmodel import select

from store import invites
from store.database import Store
from store.invites import ALPHABET, GOOD_FOR, LENGTH, Invite
from tests.conftest import START
from tests.store.post_sample import SECOND, Post, post


@pytest.fixture
def office(store: Store) -> Post:
    return post(store)


def test_a_code_links_its_person_once_and_ends_the_earlier_ones(office: Post) -> None:
    wu = office.person("wu") or 0
    first, second = (office.store.call(invites.issue, wu, START) for _ in range(2))
    assert office.store.call(invites.redeem, second, START) == wu
    assert office.store.call(invites.redeem, second, START) is None
    assert office.store.call(invites.redeem, first, START) is None
    assert office.store.call(invites.invited, first) == wu


def test_a_code_of_somebody_else_stays_good(office: Post) -> None:
    wu, li = office.person("wu") or 0, office.person("li") or 0
    theirs = office.store.call(invites.issue, li, START)
    office.store.call(invites.redeem, office.store.call(invites.issue, wu, START), START)
    assert office.store.call(invites.redeem, theirs, START) == li


def test_it_is_good_until_it_expires_and_however_it_is_copied(office: Post) -> None:
    wu = office.person("wu") or 0
    code = office.store.call(invites.issue, wu, START)
    assert office.store.call(invites.redeem, code, START + GOOD_FOR) is None
    assert office.store.call(invites.redeem, f" {code.upper()}\n", START + GOOD_FOR - SECOND) == wu


def test_nobody_is_invited_by_a_code_that_was_never_issued(office: Post) -> None:
    assert office.store.call(invites.redeem, "", START) is None
    assert office.store.call(invites.invited, "2345678923") is None


def test_the_database_does_not_hold_the_code(office: Post) -> None:
    code = office.store.call(invites.issue, office.person("wu") or 0, START)
    kept = office.store.call(lambda session: session.exec(select(Invite)).one().model_dump_json())
    assert code not in kept
    assert len(code) == LENGTH
    assert set(code) <= set(ALPHABET)
