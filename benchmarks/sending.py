"""Reminders that fall due at once, from the first message to the last."""

import time
from collections.abc import Sequence
from typing import Any

from benchmarks.claiming import database
from benchmarks.contenders import OURS, bare, ours, stock
from benchmarks.counting_server import serving
from benchmarks.measured import Measured

SENT = "sendmessage"
SETTLED = 1.0  # seconds after the last message, for the processor's time of what follows it
PERMITTED = 30  # messages a second over all chats (Bot API FAQ)


def between(found: dict[str, Any]) -> float:
    """Calls a second."""
    return float((found["calls"] - 1) / (found["last"] - found["first"])) if found["calls"] > 1 else 0.0


def by_ours(sends: int, program: Sequence[str] = OURS) -> Measured:
    """Released, claimed, composed, sent and settled."""
    with serving() as server, ours(server, sends, program=program) as bot:
        before, after = bot.cpu(), server.count()["all"]
        bot.make_due()
        found = server.wait(SENT, sends, after)
        time.sleep(SETTLED)
        return Measured(between(found), 1_000 * (bot.cpu() - before) / sends, wrong=missing(found, sends))


def by_stock(sends: int) -> Measured:
    with serving() as server, stock(server, sends=sends):
        found = server.wait(SENT, sends, after=1)
        return Measured(between(found), wrong=missing(found, sends))


def by_bare(sends: int) -> Measured:
    """Its imports are in its processor's time."""
    with serving() as server, bare(server, sends) as client:
        found = server.wait(SENT, sends, after=1)
        return Measured(between(found), 1_000 * client.cpu() / sends, wrong=missing(found, sends))


def missing(found: dict[str, Any], sends: int) -> str:
    return f"{sends - found['calls']} never came" if found["calls"] < sends else ""


def permitted(sends: int, nodes: int = 0) -> str:
    """The fan-out at the pace that is allowed, as a line. `nodes`: so many on PostgreSQL, 0: one on SQLite."""
    if nodes:
        with database("postgresql") as address:
            return at_pace(sends, address, nodes)
    return at_pace(sends)


def at_pace(sends: int, address: str = "", nodes: int = 1) -> str:
    with serving("--limits") as server, ours(server, sends, PERMITTED, database=address, nodes=nodes) as bot:
        after = server.count()["all"]
        bot.make_due()
        found = server.wait(SENT, sends, after)
        refused = sum(call["error"] is not None for call in server.calls(SENT, after))
    rate = between(found)
    return f"{sends} due at once: {rate:.1f} a second, {rate / PERMITTED:.1%} of what is permitted, {refused} refused\n"
