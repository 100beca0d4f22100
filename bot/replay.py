"""Replay: an update whose answer did not arrive is worked off again; what it has done is told, not done once more."""

from collections.abc import Callable
from contextvars import ContextVar
from typing import Any

from msgspec import Struct


class Done(Struct, frozen=True):
    """A use case's outcome, which was committed."""

    use_case: Callable[..., Any]
    request: Any
    outcome: Any


class Replay:
    """What one update has come to so far, in order. A text that has answered a question would be another question the
    second time: the first one is open no longer."""

    def __init__(self) -> None:
        self.done: list[Done] = []
        self.told = 0

    def again(self) -> None:
        self.told = 0

    def next(self, use_case: Callable[..., Any], request: Any) -> Done | None:
        """None: not yet. Where another way is taken than the last time, all that follows is done anew."""
        known = self.done[self.told] if self.told < len(self.done) else None
        if known is None or known.use_case != use_case or known.request != request:
            del self.done[self.told :]
            return None
        self.told += 1
        return known

    def add(self, use_case: Callable[..., Any], request: Any, outcome: Any) -> None:
        self.done.append(Done(use_case, request, outcome))
        self.told += 1


REPLAY: ContextVar[Replay | None] = ContextVar("replay", default=None)
