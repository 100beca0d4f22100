"""Nodes on PostgreSQL: who is alive and who leads, by locks that go with a connection; and one pace for all."""

import time
from collections.abc import Iterator
from time import monotonic, sleep

import pytest
from sqlalchemy import text

from store import outbox, paces, recovery, updates
from store.database import Session, Store
from store.nodes import Seat, SeatLost, Seen
from store.updates import Raw
from tests.conftest import START
from tests.store.post_sample import HOUR, MINUTE, post

pytestmark = pytest.mark.parametrize("dialect", ["postgresql"])


@pytest.fixture
def seats(store: Store) -> Iterator[tuple[Seat, Seat]]:
    both = Seat(store.engine, 7), Seat(store.engine, 8)
    yield both
    for seat in both:
        seat.leave()


def test_one_leads_until_its_connection_ends(seats: tuple[Seat, Seat]) -> None:
    first, second = seats
    assert first.look(lead=True) == Seen(frozenset({7}), leads=True)
    assert second.look(lead=True) == Seen(frozenset({7, 8}), leads=False)
    first.leave()
    assert leading(second) == Seen(frozenset({8}), leads=True)
    assert first.look(lead=True) == Seen(frozenset({7, 8}), leads=False)


def test_a_node_is_alone_while_it_sees_no_other_and_not_where_it_cannot_see(seats: tuple[Seat, Seat]) -> None:
    first, second = seats
    assert not first.alone()
    first.look(lead=True)
    assert first.alone()
    second.look(lead=True)
    first.look(lead=True)
    assert (first.alone(), second.alone()) == (False, False)
    first.leave()
    assert not first.alone()


def leading(seat: Seat) -> Seen:
    """What it sees once it leads: the server gives up the locks of a connection that ends a moment after the end."""
    until = monotonic() + 30  # on a busy machine
    while not (seen := seat.look(lead=True)).leads and monotonic() < until:
        sleep(0.01)
    return seen


def test_who_is_thrown_out_has_lost_its_seat_and_takes_it_anew(seats: tuple[Seat, Seat], store: Store) -> None:
    first, second = seats
    first.look(lead=True)
    second.look(lead=True)
    store.call(throw_out, 7)
    assert second.look(lead=True).leads
    with pytest.raises(SeatLost):
        first.look(lead=True)
    assert first.look(lead=True) == Seen(frozenset({7, 8}), leads=False)


def throw_out(session: Session, node: int) -> None:
    held = "SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND objid = :node AND granted"
    pid = session.connection().execute(text(held), {"node": node}).scalar_one()
    session.connection().execute(text("SELECT pg_terminate_backend(:pid, 5000)"), {"pid": pid})


def test_only_what_nodes_that_are_gone_had_in_hand_is_taken_over(store: Store) -> None:
    office = post(store)
    for key, to, node in (("a", "li", 7), ("b", "wang", 8)):
        office.owe(key, to)
        store.call(outbox.claim, office.now, HOUR, 1, node)
    store.call(recovery.take_back, {8})
    found = store.call(outbox.claim, office.now + MINUTE, HOUR, 9, 8)
    assert [(office.keys([one]), one.perhaps_twice) for one in found] == [(["a"], True)]
    store.call(updates.keep, [Raw(1, "{}")], START, 7)
    store.call(updates.keep, [Raw(2, "{}")], START, 8)
    assert store.call(updates.adopt, 8, {8}) == [Raw(1, "{}")]
    assert store.call(updates.adopt, 8, {8}) == []


def wait(store: Store, key: str, gap: float, most: int = 0, within: float = 0.0) -> float:
    turn = store.call(paces.reserve, key, gap, most, within)
    return turn.start - turn.now


def test_turns_are_reserved_one_behind_the_other(store: Store) -> None:
    first = [wait(store, "chat", 1.0) for _ in range(3)]
    assert 0 <= first[0] < 0.1
    assert all(abs(wait - place) < 0.5 for place, wait in enumerate(first))
    assert wait(store, "other", 1.0) < 0.1


def test_no_more_turns_than_a_group_takes_in_a_minute(store: Store) -> None:
    began = time.monotonic()
    waits = [wait(store, "group", 0.001, 20, 60.0) for _ in range(21)]
    assert max(waits[:20]) < 1
    took = time.monotonic() - began  # a slow machine asks for them in some seconds
    assert (waits[20] + took > 59, waits[20] <= 60) == (True, True)
    store.call(paces.forget)
    again = wait(store, "group", 0.001, 20, 60.0)
    assert again + time.monotonic() - began > 58  # of an hour ago alone nothing is known


def test_a_chat_that_is_held_has_no_turns_for_so_long(store: Store) -> None:
    for seconds in (3600.0, 60.0):  # a shorter one takes nothing away
        store.call(paces.hold, "chat", seconds)
    turn = store.call(paces.reserve, "chat", 1.0)
    assert (turn.held, 3500 < turn.start - turn.now <= 3600) == (True, True)
    assert store.call(paces.reserve, "chat", 7200.0).held  # nor is there one behind it yet
    assert not store.call(paces.reserve, "other", 1.0).held
    store.call(paces.hold, "other", 0.0)
    assert not store.call(paces.reserve, "other", 1.0).held
