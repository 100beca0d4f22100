"""Presses on one card: all at once, or so many a second; from the press to its answer."""

import time
from collections.abc import Sequence
from contextlib import AbstractContextManager

from benchmarks.contenders import CARD, OURS, PEOPLE, Bot, bare, ours, stock
from benchmarks.counting_server import Server, serving
from benchmarks.measured import Measured, share

PRESSED, EDITED = "answercallbackquery", "editmessagetext"
SECONDS = 10  # of a steady stream


def by_ours(presses: int, program: Sequence[str] = OURS) -> Measured:
    with serving() as server, ours(server, program=program) as bot:
        return storm(server, bot, presses, f"{PEOPLE}/{PEOPLE}")


def by_stock(presses: int) -> Measured:
    with serving() as server, stock(server) as bot:
        return storm(server, bot, presses)


def by_bare(presses: int) -> Measured:
    with serving() as server, bare(server) as bot:
        return storm(server, bot, presses)


def storm(server: Server, bot: Bot, presses: int, shown: str = "") -> Measured:
    """All at once, from the first press to the last answer. `shown`: what the card is to say in the end."""
    after, before, began = server.count()["all"], bot.cpu(), time.monotonic()
    server.press(CARD, *(number % PEOPLE for number in range(presses)))
    found = server.wait(PRESSED, presses, after)
    right = not shown or server.shows(CARD, shown)
    cpu = 1_000 * (bot.cpu() - before) / presses
    calls = server.calls(PRESSED, after)
    waited = sorted(1_000 * (call["at"] - began) for call in calls)
    refused = sum(call["error"] is not None for call in calls)
    edits = len(server.calls(EDITED, after)) / presses
    failures = {"unanswered": presses - len(calls), "refused": refused, "card wrong": int(not right)}
    wrong = [f"{number} {what}" for what, number in failures.items() if number]
    rate = found["calls"] / (found["last"] - began) if found["calls"] else 0.0
    return Measured(rate, cpu, share(waited, 0.5), share(waited, 0.99), edits, ", ".join(wrong))


def steady(contender: AbstractContextManager[Bot], server: Server, each_second: int) -> Measured:
    """So many a second, for ten of them; each press is timed by itself."""
    with contender as bot:
        after, before = server.count()["all"], bot.cpu()
        pressed = handed_over(server, each_second)
        found = server.wait(PRESSED, len(pressed), after)
        cpu = 1_000 * (bot.cpu() - before) / len(pressed)
        answered = {call["sent"]["callback_query_id"]: call["at"] for call in server.calls(PRESSED, after)}
    waited = sorted(1_000 * (answered[query] - at) for query, at in pressed.items() if query in answered)
    unanswered = len(pressed) - found["calls"]
    wrong = f"{unanswered} unanswered" if unanswered else ""
    return Measured(each_second, cpu, share(waited, 0.5), share(waited, 0.99), wrong=wrong)


def handed_over(server: Server, each_second: int) -> dict[str, float]:
    """When each was pressed (monotonic), by the number of its query."""
    pressed, begun = {}, time.monotonic()
    for number in range(each_second * SECONDS):
        time.sleep(max(0.0, begun + number / each_second - time.monotonic()))
        at = time.monotonic()
        (query,) = server.press(CARD, number % PEOPLE)
        pressed[str(query)] = at
    return pressed


def paced(people: int) -> str:
    """Everybody presses in the same moment, under Telegram's limits, as a line."""
    with serving("--limits") as server, ours(server, people, pace=30) as bot:
        found = storm(server, bot, people, f"{people}/{people}")
    return (
        f"storm of {people}: p50 {found.p50:.0f} ms, p99 {found.p99:.0f} ms, {found.edits:.3f} edits a press, "
        f"{found.wrong or 'all answered, none refused, the card ends right'}\n"
    )
