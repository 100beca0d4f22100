"""The pace of several nodes together: each turn is reserved in the database that they share (PostgreSQL)."""

import asyncio
from collections import deque
from collections.abc import Callable, Hashable
from contextlib import suppress

from scheduling.pace import GROUP_MESSAGES, GROUP_SECONDS, PER_CHAT, Held, Pace
from store import paces
from store.database import Store, Unavailable

ON_THE_WAY = 0.1  # seconds by which a message of one node to a chat may take longer than that of the next
COMPARED = 100  # turns whose answers tell how far the database's clock is from the loop's,
LASTING = 60.0  # seconds; one of them is slewed,
SET = 30.0  # seconds; or it was set back, by which no answer is late


class SharedPace(Pace):
    """Without the database each node keeps to its own pace. `alone`: no other node is there; what is reserved all the
    same is for one that may arrive any moment."""

    def __init__(self, store: Store, per_second: float, alone: Callable[[], bool]) -> None:
        super().__init__(per_second)
        self.store, self.alone = store, alone
        self.apart: deque[tuple[float, float]] = deque(maxlen=COMPARED)  # when each was heard, and by how much

    async def room(self, chat: Hashable, group: bool) -> None:
        await super().room(chat, group)
        most, within = (GROUP_MESSAGES, GROUP_SECONDS) if group else (0, 0.0)
        gap = PER_CHAT if self.alone() else PER_CHAT + ON_THE_WAY
        with suppress(Unavailable):
            start = await self.reserve(repr(chat), gap, most, within)
            await asyncio.sleep(start - asyncio.get_running_loop().time())

    async def start(self) -> float:
        behind = self.behind()
        try:
            start = await self.reserve(paces.EVERYWHERE, self.gap, longer=behind - self.gap)
        except Unavailable:
            return self.taken(asyncio.get_running_loop().time(), behind)
        self.free = max(self.free, start + behind)  # answers come in any order
        return start

    async def hold(self, chat: Hashable, seconds: float) -> None:
        await super().hold(chat, seconds)
        with suppress(Unavailable):  # then the others meet the refusal themselves
            await self.store.run(paces.hold, repr(chat), seconds)

    async def reserve(
        self, key: str, gap: float, most: int = 0, within: float = 0.0, longer: float = 0.0
    ) -> float:
        """The turn's instant by the loop's clock. Not from now on: this answer may have come late, and the next one's
        not; the least late of the last ones tells what the database's clock shows. Raises Unavailable, Held."""
        turn = await self.store.run(paces.reserve, key, gap, most, within, longer)
        if turn.held:
            raise Held(turn.start - turn.now)
        heard = asyncio.get_running_loop().time()
        if self.apart and turn.now - heard < self.apart[-1][1] - SET:
            self.apart.clear()
        self.apart.append((heard, turn.now - heard))
        return turn.start - max(apart for at, apart in self.apart if at > heard - LASTING)
