"""The shared pace: a turn is an instant, however late one hears of it; without the database each has its own."""

import asyncio
import json
from collections import deque
from collections.abc import Awaitable, Callable
from itertools import pairwise
from typing import Any

import pytest
from sqlalchemy.exc import OperationalError
from sqlmodel import Session, select

from scheduling.pace import PER_CHAT, SHARE, WARMING, Held
from scheduling.shared_pace import ON_THE_WAY, SharedPace
from store import paces
from store.database import Store

pytestmark = pytest.mark.parametrize("dialect", ["postgresql"])  # nodes share nothing else
RATE, COUNT = 10, 8


def among_others() -> bool:
    return False


def alone() -> bool:
    return True


async def moments(
    store: Store,
    monkeypatch: pytest.MonkeyPatch,
    behind: Callable[[], Awaitable[None]],
    by_itself: Callable[[], bool] = among_others,
) -> list[float]:
    """The seconds between the turns of one node, in whose every answer something happens first; but for those that new
    connections are given, behind one of the first."""
    run, time = store.run, asyncio.get_running_loop().time

    async def answered(*asked: Any) -> Any:
        found = await run(*asked)
        await behind()
        return found

    monkeypatch.setattr(store, "run", answered)
    pace = SharedPace(store, RATE, by_itself)

    async def one(chat: str) -> float:
        await pace.wait(chat, group=False)
        return time()

    found = sorted(await asyncio.gather(*(one(str(number)) for number in range(COUNT))))
    return sorted(later - sooner for sooner, later in pairwise(found))[:-1]


async def test_an_answer_that_comes_late_moves_no_turn(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    late = iter([0.0] * COUNT + [0.0, 0.05] * COUNT)  # the chats' rooms, and then the turns over all of them

    async def behind() -> None:
        await asyncio.sleep(next(late))

    gaps = await moments(store, monkeypatch, behind)
    assert gaps == pytest.approx([1 / (RATE * SHARE)] * (COUNT - 2), abs=0.04)


async def test_nodes_together_have_a_turn_as_often_as_one(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """A chat is left alone for longer where there are several: of one of them a message may come late."""
    asked: list[tuple[str, float]] = []

    async def reserve(_reserve: object, key: str, gap: float, *_: object) -> paces.Turn:
        asked.append((key, gap))
        return paces.Turn(0.0, 0.0)

    monkeypatch.setattr(store, "run", reserve)
    for by_itself in (alone, among_others):
        await SharedPace(store, RATE, by_itself).wait("a", group=False)
    assert asked == [
        ("'a'", PER_CHAT),
        (paces.EVERYWHERE, 1 / (RATE * SHARE)),
        ("'a'", PER_CHAT + ON_THE_WAY),
        (paces.EVERYWHERE, 1 / (RATE * SHARE)),
    ]


async def test_behind_a_silence_connections_are_given_time_whoever_of_the_nodes_opens_them(store: Store) -> None:
    first, second = SharedPace(store, RATE, among_others), SharedPace(store, RATE, among_others)
    starts = [await node.start() for node in (first, first, second, second, first)]
    gaps = [later - sooner for sooner, later in pairwise(starts)]
    assert gaps == pytest.approx([WARMING / RATE / SHARE, 1 / RATE / SHARE] * 2, abs=0.01)


async def test_without_the_database_a_node_keeps_to_its_own_pace(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    async def behind() -> None:
        raise OperationalError("SELECT", {}, Exception("gone away"))

    gaps = await moments(store, monkeypatch, behind)
    assert gaps == pytest.approx([1 / (RATE * SHARE)] * (COUNT - 2), abs=0.04)


async def test_a_database_whose_clock_was_set_back_holds_nobody_up(store: Store) -> None:
    """To it, what was reserved before is far ahead; how long Telegram asked for silence stays as it was."""
    pace, loop = SharedPace(store, RATE, among_others), asyncio.get_running_loop()
    await pace.wait("a", group=True)
    await pace.hold("held", 3600)
    store.call(reserved_by_a_clock_ahead)
    pace.apart = deque((heard, apart + 6 * 3600) for heard, apart in pace.apart)
    before, found = loop.time(), list[float]()
    for chat in ("a", "b", "c"):
        await asyncio.wait_for(pace.wait(chat, group=True), 10)
        found.append(loop.time() - before)
    assert found[0] >= PER_CHAT
    gaps = [later - sooner for sooner, later in pairwise(found)]
    assert gaps == pytest.approx([WARMING / RATE / SHARE, 1 / RATE / SHARE], abs=0.04)
    with pytest.raises(Held) as held:
        await SharedPace(store, RATE, among_others).wait("held", group=False)
    assert 3500 < held.value.seconds <= 3600


def reserved_by_a_clock_ahead(session: Session) -> None:
    for row in session.exec(select(paces.Pace)):
        row.latest, row.asked = row.latest + 6 * 3600, row.asked + 6 * 3600
        row.starts = json.dumps([start + 6 * 3600 for start in json.loads(row.starts)])


async def test_a_chat_that_is_held_is_held_for_every_node(store: Store) -> None:
    met, other = SharedPace(store, RATE, among_others), SharedPace(store, RATE, among_others)
    await met.hold("a", 3600)
    for pace in (met, other):
        with pytest.raises(Held) as held:
            await pace.wait("a", group=False)
        assert 3500 < held.value.seconds <= 3600
        await pace.wait("b", group=False)


async def test_without_the_database_it_is_held_for_the_node_that_met_the_refusal(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def away(*_asked: Any) -> Any:
        raise OperationalError("SELECT", {}, Exception("gone away"))

    monkeypatch.setattr(store, "run", away)
    pace = SharedPace(store, RATE, among_others)
    await pace.hold("a", 3600)
    with pytest.raises(Held):
        await pace.wait("a", group=False)
