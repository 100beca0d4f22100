"""Faults on demand: what the next calls that fit are met with, before or after their effect."""

from dataclasses import dataclass
from typing import Any, Literal

from sandbox.errors import ERRORS

Kind = Literal["refuse", "lose"]


@dataclass(slots=True)
class Fault:
    """For calls of `method` (to `chat`, where given): after `delay` seconds refused as `error`, or carried out and the
    answer lost (`lose`: the proxy in front says 502). `times` calls, then it is used up; -1: for ever."""

    method: str = ""
    chat: str = ""
    kind: Kind | None = None
    error: str = ""
    retry_after: int = 0
    delay: float = 0.0
    times: int = 1

    def __post_init__(self) -> None:
        """Raises ValueError at the start, not in the middle of a test, for a refusal that is not in the table."""
        if self.kind == "refuse" and self.error not in ERRORS:
            raise ValueError(f"fault.error: {self.error!r}: expected one of {', '.join(ERRORS)}")

    def parameters(self) -> dict[str, Any]:
        """Those that this refusal obliges to."""
        return {"retry_after": self.retry_after or 1} if self.error == "too_fast" else {}


class Faults:
    def __init__(self) -> None:
        self.waiting: list[Fault] = []

    def add(self, fault: Fault) -> None:
        self.waiting.append(fault)

    def clear(self) -> None:
        self.waiting.clear()

    def met(self, method: str, chat: str) -> Fault | None:
        """The first that fits, counted down."""
        for fault in self.waiting:
            if fault.method.lower() in ("", method) and fault.chat in ("", chat) and fault.times:
                fault.times -= 1
                return fault
        return None
