"""Pace: how fast a platform lets us speak, in all, to one chat and to one group (Bot API FAQ, "broadcasting")."""

import asyncio
from collections import defaultdict, deque
from collections.abc import AsyncIterator, Hashable
from contextlib import asynccontextmanager

from msgspec import Struct, field

from store.chats import Place

# Permitted are 1 a second to one chat, 20 a minute to a group, 30 a second in all. A little less of each is used:
# messages take longer one time than another, and what arrives early is refused.
PER_CHAT = 1.02  # seconds between two messages to one chat
GROUP_MESSAGES, GROUP_SECONDS = 20, 60.5
SHARE = 0.974  # of the messages a second over all chats
RESTED, WARMING = 1.0, 3  # seconds of silence, and behind them so many turns for one: connections are opened anew
LATE = 0.01  # seconds; who wakes later lets the turn go, once: its message would arrive together with the next
AHEAD = 24  # messages that are put together before their turn: more would say what is no longer so
REMEMBERED = 10_000  # chats


def chat_of(place: Place) -> Hashable:
    """Deliveries and replies to one chat share its pace, and so do the topics of a group."""
    return place.platform, place.address


class Held(Exception):
    """The platform has asked for silence in that chat (429), for so many seconds more."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"{seconds:.1f} s more")
        self.seconds = seconds


class Spoken(Struct):
    """`starts`: when the newest messages to one chat went out, by the loop's clock; `turn` keeps them in order; `held`:
    until when nothing may be said."""

    turn: asyncio.Lock = field(default_factory=asyncio.Lock)
    starts: deque[float] = field(default_factory=lambda: deque(maxlen=GROUP_MESSAGES))
    held: float = 0.0

    def free(self, group: bool) -> float:
        if not self.starts:
            return 0.0
        full = group and len(self.starts) == GROUP_MESSAGES
        return max(self.starts[-1] + PER_CHAT, self.starts[0] + GROUP_SECONDS if full else 0.0)


class Pace:
    """`per_second` are permitted over all chats; 0 is no limit, over all or per chat."""

    def __init__(self, per_second: float = 30.0) -> None:
        self.gap = 1 / (per_second * SHARE) if per_second else 0.0
        self.free = self.asked = 0.0  # when the next turn is, and when one was asked for last; by the loop's clock
        self.ahead = asyncio.Semaphore(AHEAD)
        self.chats: defaultdict[Hashable, Spoken] = defaultdict(Spoken)

    @asynccontextmanager
    async def turn(self, chat: Hashable, *, group: bool) -> AsyncIterator[None]:
        """First until the chat has room, then in turn with all others: a group at its limit holds nobody else back.
        What is to be said is put together in between: done behind the turn it would come late, and the next on time.
        Raises Held, before or behind: nobody waits here for what may take an hour."""
        self.heed(chat)
        if not self.gap:
            yield
            return
        await Pace.room(self, chat, group)  # as far as is known here: nothing is reserved before it is put together
        async with self.ahead:
            yield  # nothing of the chat is held: to put it together may mean to speak there
            await self.wait(chat, group=group)

    async def wait(self, chat: Hashable, *, group: bool) -> None:
        """The turn of what is put together already. Raises Held."""
        self.heed(chat)
        if not self.gap:
            return
        spoken = self.chats[chat]
        async with spoken.turn:
            self.heed(chat)
            await self.room(chat, group)
            start = await self.come()
            if asyncio.get_running_loop().time() - start > LATE:
                start = await self.come()
            spoken.starts.append(start)
        if len(self.chats) > REMEMBERED:
            self.forget(start)
        self.heed(chat)

    async def hold(self, chat: Hashable, seconds: float) -> None:
        """Nothing is said in that chat for so long, whoever met the refusal, limits or none."""
        spoken = self.chats[chat]
        spoken.held = max(spoken.held, asyncio.get_running_loop().time() + seconds)

    def heed(self, chat: Hashable) -> None:
        spoken = self.chats.get(chat)
        if spoken is not None and spoken.held:
            left = spoken.held - asyncio.get_running_loop().time()
            if left > 0:
                raise Held(left)
            spoken.held = 0.0

    async def room(self, chat: Hashable, group: bool) -> None:
        await asyncio.sleep(self.chats[chat].free(group) - asyncio.get_running_loop().time())

    async def come(self) -> float:
        """When the turn was that has come."""
        start = await self.start()
        await asyncio.sleep(start - asyncio.get_running_loop().time())
        return start

    async def start(self) -> float:
        """The next turn over all chats, by the loop's clock."""
        return self.taken(asyncio.get_running_loop().time(), self.behind())

    def behind(self) -> float:
        """Seconds that the turn asked for now keeps free behind it."""
        now = asyncio.get_running_loop().time()
        rested, self.asked = now > self.asked + RESTED, now
        return self.gap * (WARMING if rested else 1)

    def taken(self, moment: float, behind: float) -> float:
        """The first that is free from then on."""
        start = max(moment, self.free)
        self.free = start + behind
        return start

    def forget(self, moment: float) -> None:
        """The chats in which nothing was said for a minute."""
        for chat, spoken in list(self.chats.items()):
            newest = max(spoken.starts, default=0.0)
            if not spoken.turn.locked() and newest < moment - GROUP_SECONDS and spoken.held < moment:
                del self.chats[chat]
