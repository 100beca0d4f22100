"""Pace: how fast a platform lets us speak, in all, to one chat and to one group (Bot API FAQ, "broadcasting")."""

import asyncio
from collections import defaultdict, deque
from collections.abc import Hashable

PER_CHAT = 1.0  # seconds between two messages to one chat
GROUP_MESSAGES, GROUP_SECONDS = 20, 60.0


class Pace:
    """`per_second` over all chats; 0 is no limit, over all or per chat."""

    def __init__(self, per_second: float = 30.0) -> None:
        self.gap = 1 / per_second if per_second else 0.0
        self.free = 0.0
        self.sent: defaultdict[Hashable, deque[float]] = defaultdict(lambda: deque(maxlen=GROUP_MESSAGES))

    async def wait(self, chat: Hashable, *, group: bool) -> None:
        """Takes the next free moment at once, so that those who come later queue behind it."""
        if not self.gap:
            return
        moment = asyncio.get_running_loop().time()
        start = max(moment, self.free, self.chat_free(self.sent[chat], group))
        self.free = start + self.gap
        self.sent[chat].append(start)
        if len(self.sent) > 10_000:
            self.forget(moment)
        if start > moment:
            await asyncio.sleep(start - moment)

    def chat_free(self, sent: deque[float], group: bool) -> float:
        if not sent:
            return 0.0
        full = group and len(sent) == GROUP_MESSAGES
        return max(sent[-1] + PER_CHAT, sent[0] + GROUP_SECONDS if full else 0.0)

    def forget(self, moment: float) -> None:
        for chat in [chat for chat, sent in self.sent.items() if sent[-1] < moment - GROUP_SECONDS]:
            del self.sent[chat]
