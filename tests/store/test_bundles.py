"""Bundles: several deliveries that go out as one message are claimed by one of them and settled with it."""

from datetime import timedelta

import pytest

from store.database import Store
from store.deliveries import DeliveryState
from store.outbox import Settled
from tests.store.post_sample import HOUR, MINUTE, Post, post

PENDING, CLAIMED, SENT = DeliveryState.PENDING, DeliveryState.CLAIMED, DeliveryState.SENT
MISSED = DeliveryState.MISSED


@pytest.fixture
def office(store: Store) -> Post:
    """a, b and c are one message; d goes by itself."""
    office = post(store)
    for key, good_for in (("a", MINUTE), ("b", HOUR), ("c", HOUR)):
        office.owe(key, "teaching", good_for=good_for, bundle="one")
    office.owe("d", "teaching")
    return office


def states(office: Post) -> list[DeliveryState]:
    return [state for _, state, *_ in office.rows()]


def test_the_first_is_claimed_for_all_and_settled_with_all(office: Post) -> None:
    first, alone = office.claim()
    assert office.keys([first, alone]) == ["a", "d"]
    assert [part.id for part in first.parts] == [office.row(key).id for key in "abc"]
    assert alone.parts == ()
    assert states(office) == [CLAIMED, PENDING, PENDING, CLAIMED]
    office.settle(Settled(first, SENT, "m1"), Settled(alone, SENT, "m2"))
    assert states(office) == [SENT] * 4
    assert [office.row(key).message_id for key in "abcd"] == ["m1", "m1", "m1", "m2"]
    assert office.claim() == []


@pytest.mark.parametrize("state", [DeliveryState.FAILED, DeliveryState.DROPPED])
def test_however_it_ends_it_ends_for_all(office: Post, state: DeliveryState) -> None:
    first, _ = office.claim()
    office.settle(Settled(first, state))
    assert states(office)[:3] == [state] * 3


def test_one_that_is_of_no_use_any_more_is_left_out_and_the_next_speaks(office: Post) -> None:
    office.now += MINUTE
    first, _ = office.claim()
    assert office.keys([first]) == ["b"]
    assert [part.id for part in first.parts] == [office.row(key).id for key in "bc"]
    assert states(office)[:3] == [MISSED, CLAIMED, PENDING]


def test_patience_keeps_the_others_waiting(office: Post) -> None:
    first, alone = office.claim()
    held = office.now + 30 * timedelta(seconds=1)
    office.settle(Settled(first, PENDING, held_until=held), Settled(alone, PENDING, held_until=held))
    assert office.claim() == []
    office.now = held
    assert office.keys(office.claim()) == ["a", "d"]


def test_who_overslept_the_lease_settles_none_of_them(office: Post) -> None:
    late, _ = office.claim()
    office.now += MINUTE
    office.claim()
    office.settle(Settled(late, SENT, "m1"))
    assert SENT not in states(office)


def test_one_that_joins_later_goes_by_itself(office: Post) -> None:
    first, _ = office.claim()
    office.owe("e", "teaching", bundle="one")
    office.settle(Settled(first, SENT, "m1"))
    assert office.row("e").state == PENDING
    office.now += MINUTE
    (late,) = [one for one in office.claim() if one.parts]
    assert [part.id for part in late.parts] == [office.row("e").id]


def test_a_card_shows_all_that_stand_in_its_message(office: Post) -> None:
    office.send()
    office.card(every=True)
    cards = office.claim()
    parts = {(card.message_id, len(card.parts)) for card in cards}
    assert len(cards) == 4
    assert parts == {(office.row("a").message_id, 3), (office.row("d").message_id, 0)}


def test_a_press_that_comes_before_their_message_is_known_to_have_arrived_is_shown_in_it(office: Post) -> None:
    first, alone = office.claim()
    office.card(every=True)
    office.settle(Settled(first, SENT, "m1"), Settled(alone, SENT, "m2"))
    assert [(card.message_id, len(card.parts)) for card in office.claim()] == [("m1", 3)] * 3 + [("m2", 0)]
