"""The desk: takes a request to its use case in one transaction, then wakes who may have work from it."""

from collections.abc import Callable
from datetime import datetime
from typing import TypeVar

from scheduling.clock import Clock
from store.database import Session, Store

R = TypeVar("R")
T = TypeVar("T")


class Desk:
    """`taken` is called after each commit: a use case may have left a message owed."""

    def __init__(self, store: Store, clock: Clock, taken: Callable[[], None] = lambda: None) -> None:
        self.store, self.clock, self.taken = store, clock, taken

    async def take(self, use_case: Callable[[Session, R, datetime], T], request: R) -> T:
        outcome = await self.store.run(use_case, request, self.clock.now())
        self.taken()
        return outcome
