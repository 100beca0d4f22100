"""A sender that keeps a record: what the dispatcher hands over is taken, refused or delayed as a test says."""

import asyncio
from collections import defaultdict
from functools import partial

from scheduling.dispatcher import Send
from scheduling.results import Result, Sent
from store.outbox import Claimed


class Mail:
    """`results`: what the next attempts at an address come to, used up in turn; every other one is sent."""

    def __init__(self, takes: float = 0.0) -> None:
        self.takes = takes  # seconds
        self.results: defaultdict[str, list[Result | Exception]] = defaultdict(list)
        self.attempts: list[Claimed] = []
        self.sent: defaultdict[str, list[int]] = defaultdict(list)  # by address, in order: the deliveries' numbers
        self.busy = self.busiest = 0

    async def prepare(self, delivery: Claimed) -> Send:
        return partial(self.send, delivery)

    async def send(self, delivery: Claimed) -> Result:
        self.attempts.append(delivery)
        self.busy += 1
        self.busiest = max(self.busiest, self.busy)
        await asyncio.sleep(self.takes)
        self.busy -= 1
        address = delivery.place.address
        result = self.results[address].pop(0) if self.results[address] else Sent(f"m{delivery.id}")
        if isinstance(result, Exception):
            raise result
        if isinstance(result, Sent):
            self.sent[address].append(delivery.id)
        return result
