"""Presses answered and messages sent a second: `jiaolian run` against a stock bot, on the same Bot API server.

`python -m benchmarks.throughput [--presses N] [--sends N] [--rounds N]` (make bench): the server and each bot are
processes of their own. A press goes the whole way: fetched, durable, in the card, answered, settled. Presses are
reckoned from the first press to the last answer, sends from the first message to the last, as the server saw them.
Medians, and the spread of the rounds.

`--people N` (at most 1000) instead: all of them press one card in the same moment, our bot keeping Telegram's pace. How
long a press waits for its answer, how many edits of the card it costs, and whether the card ends right.

`--permitted N` (at most 1000) instead: so many messages that are due at once, under Telegram's limits: how much of the
permitted rate is used, and how often the server had to refuse.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

HOME = Path(__file__).parents[1]
FIRST, GROUP, PEOPLE = 700_000_001, -1_001, 400
PATIENCE = 20.0  # seconds without a further call
PERMITTED = 30  # messages a second over all chats (Bot API FAQ)


def consortium(sends: int, expected: int = PEOPLE) -> str:
    """One event, announced in a group; `sends` people with an account are owed a nudge each, all of it overdue."""
    today = datetime.now(UTC).date()
    day = today + timedelta(days=14)
    day += timedelta(days=max(0, 7 - day.weekday()) if day.weekday() > 4 else 0)
    people = "".join(
        f'[[person]]\nkey = "t{n}"\nname = "样教师{n}"\nschool = "core"\nroles = ["teacher"]\ntelegram = {FIRST + n}\n'
        for n in range(max(sends, expected))
    )
    return (
        '[consortium]\nkey = "k"\nname = "样例"\ntimezone = "UTC"\npublic_holidays = "none"\n'
        '[[school]]\nkey = "core"\nname = "样例学校"\nrole = "core"\n'
        f'[[term]]\nkey = "t"\nname = "学期"\nfirst_day = {today - timedelta(days=30)}\n'
        f"last_day = {today + timedelta(days=60)}\n"
        f'[[chat]]\nkey = "g"\ntitle = "群"\nplatform = "telegram"\naddress = {GROUP}\n{people}'
        f'[[activity]]\nkey = "e"\nkind = "meeting"\ntitle = "共创式主题教研"\nchat = "g"\nevery = "once"\non = {day}\n'
        'at = "12:00"\nlasts = "60m"\nannounce = "30d"\nrespond_by = "1d"\n' + ('nudge = ["28d"]\n' if sends else "")
    )


class Server:
    """The sandbox in a process of its own."""

    def __init__(self, address: str) -> None:
        self.address = address

    def act(self, *acts: dict[str, Any]) -> list[Any]:
        answer: list[Any] = json.load(urlopen(Request(f"{self.address}/room/act", json.dumps(acts).encode())))
        return answer

    def calls(self, method: str, after: int) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = json.load(urlopen(f"{self.address}/room/calls?after={after}&method={method}"))
        return found

    def text(self, message: int) -> str:
        """Of a message in the group, as it is now."""
        found = json.load(urlopen(f"{self.address}/room/messages?chat={GROUP}"))
        return next(str(one["text"]) for one in found if one["id"] == message)

    def count(self, method: str = "", after: int = 0) -> dict[str, Any]:
        asked = f"after={after}" + (f"&method={method}" if method else "")
        found: dict[str, Any] = json.load(urlopen(f"{self.address}/room/count?{asked}"))
        return found

    def wait(self, method: str, number: int, after: int = 0) -> dict[str, Any]:
        """Until so many calls came, or none came any more: a bot may lose some."""
        found, still = self.count(method, after), time.monotonic()
        while found["calls"] < number and time.monotonic() - still < PATIENCE:
            time.sleep(0.25)
            before, found = found, self.count(method, after)
            still = time.monotonic() if found["calls"] > before["calls"] else still
        if found["calls"] < number:
            sys.stderr.write(f"{method}: {found['calls']} of {number}, then nothing for {PATIENCE:.0f} s\n")
        return found


@contextmanager
def serving(*limits: str) -> Iterator[Server]:
    program = [sys.executable, "-m", "sandbox", *limits]
    child = subprocess.Popen(program, cwd=HOME, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert child.stdin is not None
    assert child.stdout is not None
    server = Server(child.stdout.readline().decode().strip())
    users = range(FIRST, FIRST + 1_000)
    server.act(*({"do": "add_user", "id": user, "first_name": "样", "started": True} for user in users))
    server.act({"do": "add_group", "id": GROUP, "title": "群", "members": list(users), "bot": True})
    try:
        yield server
    finally:
        child.stdin.close()
        child.wait()


@contextmanager
def ours(server: Server, folder: Path, sends: int, expected: int = PEOPLE, pace: str = "0") -> Iterator[None]:
    """`pace`: messages a second, 0: as fast as it can."""
    (folder / "file.toml").write_text(consortium(sends, expected), encoding="utf-8")
    settings = os.environ | {
        "JIAOLIAN_API_URL": server.address,
        "JIAOLIAN_TOKEN": "1:bench",
        "JIAOLIAN_DATABASE_URL": f"sqlite:///{folder}/jiaolian.db",
        "JIAOLIAN_MESSAGES_PER_SECOND": pace,
    }
    program, quiet = [sys.executable, "-m", "bot"], {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    apply = [*program, "apply", str(folder / "file.toml")]
    subprocess.run(apply, cwd=HOME, env=settings, check=True, **quiet)  # type: ignore[call-overload]
    child = subprocess.Popen([*program, "run"], cwd=HOME, env=settings, **quiet)  # type: ignore[call-overload]
    try:
        yield
    finally:
        child.terminate()
        child.wait()


@contextmanager
def stock(server: Server, folder: Path, sends: int) -> Iterator[None]:
    program = [sys.executable, "-m", "benchmarks.stock_bot", server.address, "1:bench", str(folder)]
    words = [*program, str(PEOPLE), str(sends)]
    child = subprocess.Popen(words, cwd=HOME, stderr=subprocess.DEVNULL)
    try:
        yield
    finally:
        child.terminate()
        child.wait()


BOTS = {"jiaolian": ours, "stock": stock}


def presses_a_second(name: str, presses: int) -> float:
    with tempfile.TemporaryDirectory(prefix="bench-") as folder, serving() as server:
        with BOTS[name](server, Path(folder), 0):
            card, label = card_of(server, name)
            server.wait("getme", 1)
            time.sleep(2)  # it polls now; a poll that waits is in no log yet
            after = server.count()["all"]
            begun = time.monotonic()
            press = {"do": "press", "chat_id": GROUP, "message_id": card, "button": label}
            server.act(*(press | {"user_id": FIRST + number % PEOPLE} for number in range(presses)))
            found = server.wait("answercallbackquery", presses, after)
        return float(found["calls"] / (found["last"] - begun))


def storm(people: int) -> str:
    """Everybody presses 参加 on one card in the same moment; what became of it, as a line."""
    with (
        tempfile.TemporaryDirectory(prefix="bench-") as folder,
        serving() as server,
        ours(server, Path(folder), 0, people, pace="30"),
    ):
        card, label = card_of(server, "jiaolian")
        server.wait("getme", 1)
        time.sleep(2)
        after, begun = server.count()["all"], time.monotonic()
        press = {"do": "press", "chat_id": GROUP, "message_id": card, "button": label}
        server.act(*(press | {"user_id": FIRST + number} for number in range(people)))
        server.wait("answercallbackquery", people, after)
        right = shows(server, card, f"{people}/{people}")
        calls = server.calls("answercallbackquery", after)
        edits, lost = server.calls("editmessagetext", after), people - len(calls)
    waited = sorted(1_000 * (call["at"] - begun) for call in calls)
    p50, p99 = (waited[int(part * (len(waited) - 1))] for part in (0.5, 0.99))
    refused = sum(call["error"] is not None for call in (*calls, *edits))
    return (
        f"storm of {people}: p50 {p50:.0f} ms, p99 {p99:.0f} ms, {len(edits) / people:.3f} edits a press, "
        f"{lost} unanswered, {refused} refused, the card {'ends right' if right else 'is wrong'}\n"
    )


def permitted(sends: int) -> str:
    """The fan-out at the pace that is allowed, as a line."""
    with (
        tempfile.TemporaryDirectory(prefix="bench-") as folder,
        serving("--limits") as server,
        ours(server, Path(folder), sends, pace=str(PERMITTED)),
    ):
        found = server.wait("sendmessage", sends)
        refused = sum(call["error"] is not None for call in server.calls("sendmessage", 0))
    rate = (found["calls"] - 1) / (found["last"] - found["first"])
    return f"{sends} due at once: {rate:.1f} a second, {rate / PERMITTED:.1%} of what is permitted, {refused} refused\n"


def shows(server: Server, card: int, words: str) -> bool:
    """Whether the card comes to say so: its edits wait for the group's pace."""
    still = time.monotonic()
    while words not in server.text(card) and time.monotonic() - still < 3 * PATIENCE:
        time.sleep(0.25)
    return words in server.text(card)


def card_of(server: Server, name: str) -> tuple[int, str]:
    """A message in the group with a button on it: our own announcement, or one put there for the stock bot."""
    if name == "jiaolian":
        server.wait("sendmessage", 1)
        return 1, "参加"
    markup = json.dumps({"inline_keyboard": [[{"text": "参加", "callback_data": "accepted"}]]})
    body = json.dumps({"chat_id": str(GROUP), "text": "样例", "reply_markup": markup}).encode()
    urlopen(Request(f"{server.address}/bot1:bench/sendMessage", body, {"Content-Type": "application/json"})).close()
    return 1, "参加"


def sends_a_second(name: str, sends: int) -> float:
    with tempfile.TemporaryDirectory(prefix="bench-") as folder, serving() as server:
        with BOTS[name](server, Path(folder), sends):
            found = server.wait("sendmessage", sends)
        return float((found["calls"] - 1) / (found["last"] - found["first"])) if found["calls"] > 1 else 0.0


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--presses", type=int, default=1_000)
    parser.add_argument("--sends", type=int, default=1_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--people", type=int)
    parser.add_argument("--permitted", type=int)
    asked = parser.parse_args()
    if asked.people:
        sys.stdout.write(storm(asked.people))
        return
    if asked.permitted:
        sys.stdout.write(permitted(asked.permitted))
        return
    rates: defaultdict[tuple[str, str], list[float]] = defaultdict(list)
    for _ in range(asked.rounds):
        for name in BOTS:
            rates["presses", name].append(presses_a_second(name, asked.presses))
            rates["sends", name].append(sends_a_second(name, asked.sends))
    for what in ("presses", "sends"):
        middle = {name: statistics.median(rates[what, name]) for name in BOTS}
        for name in BOTS:
            spread = f"{min(rates[what, name]):.0f} to {max(rates[what, name]):.0f}"
            sys.stdout.write(f"{what:8} {name:10}{middle[name]:8.0f} a second  ({spread})\n")
        if middle["stock"]:  # it may lose everything that is due at once
            sys.stdout.write(f"{what:8} ratio     {middle['jiaolian'] / middle['stock']:8.2f}\n")


if __name__ == "__main__":
    main()
