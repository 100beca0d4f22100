"""The pace of several nodes together: each turn is reserved in the database that they share (PostgreSQL)."""

import asyncio
from collections.abc import Hashable

from scheduling.pace import GROUP_MESSAGES, GROUP_SECONDS, PER_CHAT, Pace
from store import paces
from store.database import Store, Unavailable

ON_THE_WAY = 0.1  # seconds by which a message of one node may take longer than that of the next


class SharedPace(Pace):
    def __init__(self, store: Store, per_second: float) -> None:
        super().__init__(per_second)
        self.store = store

    async def wait(self, chat: Hashable, *, group: bool) -> None:
        """As alone: first until the chat has room, then in turn with all others. Without the database each node keeps
        to its own pace."""
        if not self.gap:
            return
        most, within = (GROUP_MESSAGES, GROUP_SECONDS) if group else (0, 0.0)
        try:
            async with self.chats[chat].turn:
                gap = PER_CHAT + ON_THE_WAY
                await asyncio.sleep(await self.store.run(paces.reserve, repr(chat), gap, most, within))
            await asyncio.sleep(await self.store.run(paces.reserve, paces.EVERYWHERE, self.gap))
        except Unavailable:
            await super().wait(chat, group=group)
