"""Pace: Telegram's published limits, over all chats, to one chat, to one group; measured on the loop's own clock."""

import asyncio
from collections.abc import Iterator
from itertools import pairwise

import pytest

from scheduling import pace as module
from scheduling.pace import GROUP_MESSAGES, GROUP_SECONDS, PER_CHAT, SHARE, WARMING, Held, Pace


class JumpingLoop(asyncio.SelectorEventLoop):
    """Sleeps by moving its clock: a minute's pace is told in no time."""

    def __init__(self) -> None:
        super().__init__()
        self.moved = 0.0

    def time(self) -> float:
        return super().time() + self.moved

    def _run_once(self) -> None:
        waiting = self._scheduled  # type: ignore[attr-defined]
        if not self._ready and waiting:  # type: ignore[attr-defined]
            self.moved += max(0.0, waiting[0].when() - self.time())
        super()._run_once()  # type: ignore[misc]


@pytest.fixture
def loop() -> Iterator[JumpingLoop]:
    loop = JumpingLoop()
    yield loop
    loop.close()


def moments(loop: JumpingLoop, pace: Pace, *chats: str, group: bool = False) -> list[float]:
    """When each may be sent, all asked for at once: seconds from the first."""

    async def one(chat: str) -> float:
        await pace.wait(chat, group=group)
        return loop.time()

    async def every() -> list[float]:
        return await asyncio.gather(*(one(chat) for chat in chats))

    found = loop.run_until_complete(every())
    return [moment - found[0] for moment in found]


def test_one_chat_hears_once_a_second(loop: JumpingLoop) -> None:
    assert moments(loop, Pace(30), "a", "a", "a") == pytest.approx([0, PER_CHAT, 2 * PER_CHAT], abs=0.05)


def test_all_chats_together_hear_thirty_a_second(loop: JumpingLoop) -> None:
    found = moments(loop, Pace(30), *(str(number) for number in range(61)))
    assert found[-1] == pytest.approx(2.0 / SHARE + (WARMING - 1) / 30, abs=0.05)


def test_a_group_hears_twenty_a_minute_and_a_private_chat_more(loop: JumpingLoop) -> None:
    group = moments(loop, Pace(30), *["a"] * (GROUP_MESSAGES + 2), group=True)
    assert group[GROUP_MESSAGES - 1] == pytest.approx((GROUP_MESSAGES - 1) * PER_CHAT, abs=0.05)
    assert group[GROUP_MESSAGES:] == pytest.approx([GROUP_SECONDS, GROUP_SECONDS + PER_CHAT], abs=0.05)
    private = moments(loop, Pace(30), *["b"] * (GROUP_MESSAGES + 1))
    assert private[-1] == pytest.approx(GROUP_MESSAGES * PER_CHAT, abs=0.05)


def test_a_chat_that_waits_holds_nobody_else_for_long(loop: JumpingLoop) -> None:
    """A group at its limit waits most of a minute; others go on meanwhile."""
    pace = Pace(30)

    async def both() -> float:
        for _ in range(GROUP_MESSAGES):
            await pace.wait("group", group=True)
        waiting = asyncio.create_task(pace.wait("group", group=True))
        await asyncio.sleep(0)
        begun = loop.time()
        await pace.wait("li", group=False)
        took = loop.time() - begun
        await waiting
        return took

    assert loop.run_until_complete(both()) < 1.0


def test_what_takes_long_to_put_together_has_its_turn_behind_it(loop: JumpingLoop) -> None:
    """Else it would come late, together with those whose turn it is then."""
    pace = Pace(10)

    async def one(chat: str, takes: float) -> float:
        async with pace.turn(chat, group=False):
            await asyncio.sleep(takes)
        return loop.time()

    async def every() -> list[float]:
        return sorted(await asyncio.gather(*(one(str(number), 0.5 if number < 4 else 0.0) for number in range(12))))

    found = loop.run_until_complete(every())
    assert min(later - sooner for sooner, later in pairwise(found)) == pytest.approx(0.1 / SHARE, abs=0.02)


def test_whoever_wakes_late_lets_the_turn_go(loop: JumpingLoop) -> None:
    """Or it would be on the wire together with the next one."""

    pace, turn = Pace(30), 1 / 30 / SHARE

    async def one(chat: str) -> float:
        await pace.wait(chat, group=False)
        return loop.time()

    async def every() -> list[float]:
        first, second = (asyncio.create_task(one(chat)) for chat in "ab")
        began = await first
        loop.moved += (WARMING + 0.5) * turn  # the loop is held until half a turn behind the second's
        third = asyncio.create_task(one("c"))
        return [await second - began, await third - began]

    found = loop.run_until_complete(every())
    assert found == pytest.approx([(WARMING + 2) * turn, (WARMING + 1) * turn], abs=0.02)


def test_a_chat_whose_turn_was_let_go_has_its_second_still(loop: JumpingLoop) -> None:
    pace = Pace(30)

    async def one(chat: str) -> float:
        await pace.wait(chat, group=False)
        return loop.time()

    async def every() -> list[float]:
        others = [asyncio.create_task(one(str(number))) for number in range(60)]
        mine = [asyncio.create_task(one("mine")) for _ in range(2)]
        await others[30]
        loop.moved += 1.5  # the loop is held past the turn of the first
        return [await task for task in mine]

    first, second = loop.run_until_complete(every())
    assert second - first >= PER_CHAT - 0.01


def test_zero_is_no_limit_at_all(loop: JumpingLoop) -> None:
    assert moments(loop, Pace(0), *["a"] * 100, group=True)[-1] == pytest.approx(0, abs=0.05)


@pytest.mark.parametrize("limit", [0, 30])
def test_a_chat_that_is_held_has_no_turn_until_it_is_over_and_others_have(loop: JumpingLoop, limit: int) -> None:
    pace = Pace(limit)

    async def every() -> None:
        await pace.hold("a", 60)
        await pace.hold("a", 7)  # takes nothing away
        for asking in (pace.wait("a", group=False), pace.turn("a", group=False).__aenter__()):
            with pytest.raises(Held) as held:
                await asking
            assert held.value.seconds == pytest.approx(60, abs=1)
        await pace.wait("b", group=False)
        await asyncio.sleep(held.value.seconds)
        await pace.wait("a", group=False)

    loop.run_until_complete(every())


def test_whoever_waits_for_a_turn_when_the_chat_is_held_has_none(loop: JumpingLoop) -> None:
    pace = Pace(30)

    async def every() -> list[BaseException | None]:
        waiting = [asyncio.create_task(pace.wait("a", group=True)) for _ in range(3)]
        await waiting[0]
        await pace.hold("a", 60)
        return await asyncio.gather(*waiting, return_exceptions=True)

    assert [type(one) for one in loop.run_until_complete(every())] == [type(None), Held, Held]


def test_chats_that_were_quiet_for_a_minute_are_forgotten(loop: JumpingLoop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "PER_CHAT", 0.0)
    pace = Pace(1_000_000)
    moments(loop, pace, *(str(number) for number in range(10_000)))
    loop.run_until_complete(pace.hold("held", 2 * GROUP_SECONDS))
    loop.moved += GROUP_SECONDS + 1
    moments(loop, pace, "newest")
    assert set(pace.chats) == {"held", "newest"}
