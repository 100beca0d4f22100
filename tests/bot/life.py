"""`jiaolian run` as a child process in a folder of its own, with a Bot API server that lives on."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from time import monotonic, sleep

import httpx

from sandbox.faults import Faults
from sandbox.people import People
from sandbox.state import Room
from tests.conftest import HOME
from tests.forked import Child, Forked

OFFICE, SECRET = 700000002, "the-secret_of-the-hook"
HEADER = {"X-Telegram-Bot-Api-Secret-Token": SECRET}


def until(true: Callable[[], object]) -> None:
    end = monotonic() + 60  # a process starts slowly on a busy machine
    while not true():
        assert monotonic() < end
        sleep(0.02)


class Life:
    """A folder with the sample applied, a room, and the ways to run the bot there."""

    def __init__(self, folder: Path, room: Room, api: str, faults: Faults) -> None:
        self.folder, self.room, self.people, self.faults = folder, room, People(room), faults
        self.stderr = folder / "stderr.log"
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.listen = f"127.0.0.1:{free.getsockname()[1]}"
        self.url = f"http://{self.listen}/hook"
        self.polling = {"JIAOLIAN_TOKEN": "1:test", "JIAOLIAN_API_URL": api, "JIAOLIAN_MESSAGES_PER_SECOND": "0"}
        self.polling["JIAOLIAN_DATABASE_URL"] = "sqlite:///jiaolian.db?timeout=1"  # a lock is told of the sooner
        hook = {"JIAOLIAN_WEBHOOK_URL": self.url, "JIAOLIAN_WEBHOOK_SECRET": SECRET, "JIAOLIAN_LISTEN": self.listen}
        self.webhook = self.polling | hook

    @contextmanager
    def run(self, settings: dict[str, str], before: Sequence[str] = ()) -> Iterator[Child]:
        """`before`: words in front of the command line; without any it is forked."""
        inherited = {name: value for name, value in os.environ.items() if not name.startswith("JIAOLIAN_")}
        environment = inherited | {"PYTHONPATH": str(HOME)} | settings
        child: Child
        if before:
            program = [*before, sys.executable, "-m", "bot", "run"]
            with self.stderr.open("wb") as stderr:
                child = subprocess.Popen(program, cwd=self.folder, env=environment, stderr=stderr)
        else:
            child = Forked(["run"], self.folder, environment, self.stderr)
        try:
            yield child
        finally:
            child.kill()
            child.wait()

    def log(self) -> str:
        """What the bot has logged so far, since it was started last."""
        return self.stderr.read_text(encoding="utf-8")

    def logged(self, event: str) -> int:
        """How often."""
        return len(re.findall(rf" event={event}\b", self.log()))

    def stop(self, child: Child) -> str:
        child.send_signal(signal.SIGTERM)
        assert child.wait(10) == 0
        return self.log()

    def called(self, method: str) -> int:
        return sum(call.method == method for call in self.room.calls)

    def said(self) -> list[str]:
        return [message.text for message in self.room.messages(OFFICE) if message.sender is self.room.bot]

    def post(self, content: object, **headers: str) -> int:
        body = content if isinstance(content, bytes) else json.dumps(content).encode()
        return httpx.post(self.url, content=body, headers=headers or HEADER, trust_env=False, timeout=20).status_code

    def half(self) -> socket.socket:
        """A connection on which half an update was sent."""
        host, _, port = self.listen.partition(":")
        sender = socket.create_connection((host, int(port)))
        head = f"POST /hook HTTP/1.1\r\nHost: bot\r\n{next(iter(HEADER))}: {SECRET}\r\nContent-Length: 99\r\n\r\n{{"
        sender.sendall(head.encode())
        return sender

    def healthy(self) -> bool:
        try:
            return httpx.get(f"http://{self.listen}/healthz", trust_env=False).status_code == 200
        except httpx.TransportError:
            return False
