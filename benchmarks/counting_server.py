"""The sandbox's Bot API server in a process of its own: it is the one that counts and times what the bots do."""

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

HOME = Path(__file__).parents[1]
FIRST, GROUP, ACCOUNTS = 700_000_001, -1_001, 1_000
PATIENCE = 60.0  # seconds without a further call: httpx takes half of that to open its connections in a crowd
LOOK_EVERY = 0.25  # seconds


class Server:
    def __init__(self, address: str) -> None:
        self.address = address

    def act(self, *acts: dict[str, Any]) -> list[Any]:
        answer: list[Any] = json.load(urlopen(Request(f"{self.address}/room/act", json.dumps(acts).encode())))
        return answer

    def press(self, card: int, *people: int) -> list[Any]:
        """参加 on that message, by each in turn, in one go; the numbers of their queries."""
        press = {"do": "press", "chat_id": GROUP, "message_id": card, "button": "参加"}
        return self.act(*(press | {"user_id": FIRST + number} for number in people))

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
            time.sleep(LOOK_EVERY)
            before, found = found, self.count(method, after)
            still = time.monotonic() if found["calls"] > before["calls"] else still
        if found["calls"] < number:
            sys.stderr.write(f"{method}: {found['calls']} of {number}, then nothing for {PATIENCE:.0f} s\n")
        return found

    def shows(self, card: int, words: str) -> bool:
        """Whether the card comes to say so: its edits may wait for the group's pace."""
        still = time.monotonic()
        while words not in self.text(card) and time.monotonic() - still < PATIENCE:
            time.sleep(LOOK_EVERY)
        return words in self.text(card)


@contextmanager
def serving(*limits: str) -> Iterator[Server]:
    program = [sys.executable, "-m", "sandbox", *limits]
    child = subprocess.Popen(program, cwd=HOME, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert child.stdin is not None
    assert child.stdout is not None
    server = Server(child.stdout.readline().decode().strip())
    users = range(FIRST, FIRST + ACCOUNTS)
    server.act(*({"do": "add_user", "id": user, "first_name": "样", "started": True} for user in users))
    server.act({"do": "add_group", "id": GROUP, "title": "群", "members": list(users), "bot": True})
    try:
        yield server
    finally:
        child.stdin.close()
        child.wait()
