"""A node among several: when it learns that it leads no more, and when it waits before it leads."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from threading import Event

import pytest

from bot.node import Node
from store.database import Store
from store.nodes import Seat
from tests.store.test_nodes import throw_out

pytestmark = pytest.mark.parametrize("dialect", ["postgresql"])
MORE_THAN_THERE_ARE = 50  # threads


async def nothing(_alive: frozenset[int]) -> None: ...


@asynccontextmanager
async def arrived(store: Store) -> AsyncIterator[Node]:
    node = Node(Seat(store.engine, 7), nothing)
    try:
        await node.arrive()
        yield node
    finally:
        await node.leave()


async def test_a_seat_that_is_lost_is_missed_while_all_threads_are_at_work(store: Store) -> None:
    free = Event()
    async with arrived(store) as node:
        assert not node.lost.is_set()
        working = [asyncio.create_task(asyncio.to_thread(free.wait)) for _ in range(MORE_THAN_THERE_ARE)]
        await asyncio.sleep(0)
        try:
            store.call(throw_out, 7)
            async with asyncio.timeout(30):
                await node.lost.wait()
        finally:
            free.set()
            await asyncio.gather(*working)


async def test_one_alone_leads_at_once(store: Store) -> None:
    async with arrived(store) as node:
        assert (node.leads.is_set(), node.stood_by) == (True, False)


async def test_who_leads_at_its_first_look_among_others_waits_for_whoever_led(store: Store) -> None:
    other = Seat(store.engine, 8)
    other.look(lead=False)
    async with arrived(store) as node:
        assert (node.leads.is_set(), node.stood_by) == (True, True)
    other.leave()
