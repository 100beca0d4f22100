"""Messages that have arrived, while nobody knows their numbers yet: what is found out about them, and what is not."""

import pytest

from store import chats, deliveries, messages
from store.chats import Place
from store.database import Store
from store.deliveries import DeliveryKind, DeliveryState, Owed
from store.outbox import Settled
from tests.store.post_sample import HOUR, Post, post

TEACHING, HEADS, LI = Place("telegram", "-1001"), Place("telegram", "-1002"), Place("telegram", "7001")
PENDING, SENT = DeliveryState.PENDING, DeliveryState.SENT


@pytest.fixture
def office(store: Store) -> Post:
    return post(store)


@pytest.mark.parametrize(("to", "place"), [("teaching", TEACHING), ("li", LI)])
def test_which_message_is_replied_to_is_known_a_moment_later(office: Post, to: str, place: Place) -> None:
    def arriving() -> bool:
        return office.store.call(messages.is_arriving, place, "m1")

    office.owe("a", to)
    assert not arriving()
    (sent,) = office.claim()
    assert arriving()
    assert not office.store.call(messages.is_arriving, HEADS, "m1")
    office.settle(Settled(sent, SENT, "m1"))
    office.owe("b", to)
    office.claim()
    assert not arriving()
    assert office.store.call(messages.about, place, "m1") == [1]


def test_several_that_are_being_sent_as_one_are_several(office: Post) -> None:
    """A press on them is answered beside: the message tells the others, too."""
    office.owe("old", "li")
    office.send()
    for key in ("a", "b"):
        office.owe(key, "li", bundle="one")
    assert not office.store.call(messages.shared, LI, "m2")
    office.claim()
    assert office.store.call(messages.shared, LI, "m2")
    assert not office.store.call(messages.shared, LI, "m1")  # one that is known tells nothing else


def test_one_that_is_being_sent_is_one(office: Post) -> None:
    office.owe("a", "li", bundle="one")
    office.claim()
    assert not office.store.call(messages.shared, LI, "m2")


def test_nothing_joins_a_message_that_is_being_sent(office: Post) -> None:
    person = office.person("li")
    assert person is not None

    def pending() -> list[bool]:
        found = office.store.call(deliveries.private, [person], office.now - HOUR, office.now + HOUR)
        return [one.pending for one in found[person]]

    about = DeliveryKind.NUDGE, office.now, office.now + HOUR, None, person, 1, "", "one", None
    office.store.call(deliveries.owe, [Owed(key, *about, planned=True) for key in ("a", "b")])
    assert pending() == [True, True]
    office.claim()
    assert pending() == [False, False]


def test_a_group_that_is_another_meanwhile_is_told_anew_and_no_number_of_the_old_one_is_kept(office: Post) -> None:
    office.owe("a", "teaching")
    (sent,) = office.claim()
    office.store.call(chats.bind, office.chat("teaching") or 0, Place("telegram", "-2002"))
    office.settle(Settled(sent, SENT, "5"))
    assert office.row("a").message_id is None
    assert [(one.place.address, one.perhaps_twice) for one in office.claim()] == [("-2002", True)]
