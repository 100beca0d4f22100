"""What the bot costs at rest: its start, memory, processor, how late it is, how long it holds the loop, its commands.

`python -m benchmarks.idle [--rounds N] [--seconds N]` (make bench): beside the seconds of each start and command stand
those of a bare `import sqlmodel, telegram.ext`, and of `import sqlmodel`, in the same run: below them no such program
comes. Seconds "of processor" do not count what the machine did besides.
"""

import argparse
import json
import os
import resource
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

from benchmarks import pressing
from benchmarks.claiming import database
from benchmarks.contenders import PEOPLE, REST, TOKEN, Bot, consortium, ours, running
from benchmarks.counting_server import FIRST, HOME, Server, serving
from benchmarks.measured import middle, share

COMMANDS = ("--help", "status", "plan --from 2026-09-01 --to 2027-01-31", "doctor")
LIBRARIES = ("import sqlmodel", "import sqlmodel, telegram.ext")
DUE_EVERY = 0.4  # seconds, between two messages
GIVEN = "dedup_key, person_id, due_at, expires_at, occurrence_id"
ALIKE = "kind, subject, state, attempts, perhaps_twice, error"


def timed(work: Callable[[], object]) -> tuple[float, float]:
    """Seconds, and those of the processor, of a child that it waits for."""
    began, before = time.monotonic(), resource.getrusage(resource.RUSAGE_CHILDREN)
    work()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.monotonic() - began, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def applied(folder: str, api_url: str = "") -> dict[str, str]:
    """The settings of a bot with 400 people in a new database."""
    settings = os.environ | {"JIAOLIAN_DATABASE_URL": f"sqlite:///{folder}/jiaolian.db", "JIAOLIAN_TOKEN": TOKEN}
    settings |= {"JIAOLIAN_API_URL": api_url} if api_url else {}
    Path(folder, "file.toml").write_text(consortium(PEOPLE), encoding="utf-8")
    call(["-m", "bot", "apply", f"{folder}/file.toml"], settings)
    return settings


def call(words: list[str], settings: dict[str, str]) -> None:
    null = subprocess.DEVNULL  # `doctor` finds that the token is nobody's
    subprocess.run([sys.executable, *words], cwd=HOME, env=settings, check=False, stdout=null, stderr=null)


def started() -> tuple[float, float]:
    """From the command to the end of the first getUpdates, which finds something and ends at once; seconds, and those
    of the processor."""
    with serving() as server, tempfile.TemporaryDirectory(prefix="bench-") as folder:
        settings = applied(folder, server.address)
        server.act({"do": "say", "user_id": FIRST, "chat_id": FIRST, "text": "/next"})
        began = time.monotonic()
        with running(["-m", "bot", "run"], Path(folder), settings) as bot:
            found = server.wait("getupdates", 1)
            return found["first"] - began, bot.cpu()


def at_rest(seconds: int) -> str:
    """With mainland China's holidays, as most files have them, by hand and as the unit and the image run it."""
    lines = ""
    for how, flags in (("by hand", ()), ("as deployed", ("-OO",))):
        with serving() as server, ours(server, holidays="cn", flags=flags) as bot:
            lines += f"at rest, {how}: {resting(bot, seconds)}\n"
    with database("postgresql") as url, serving() as server:
        flags = ("-OO",)
        with ours(server, holidays="cn", flags=flags, database=url) as bot:
            return lines + f"at rest, as deployed, on PostgreSQL: {resting(bot, seconds)}\n"


def resting(bot: Bot, seconds: int) -> str:
    time.sleep(5)  # the menu is published, the first plan is made
    before = bot.cpu()
    time.sleep(seconds)
    share_of_cpu = 100 * (bot.cpu() - before) / seconds
    status = Path(f"/proc/{bot.child.pid}/status").read_text()
    memory = next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS"))
    return f"{memory / 1024:.0f} MB, {share_of_cpu:.2f} % of a processor"


def late(server: Server, bot: Bot, messages: int) -> str:
    """One message at a time; from the moment that it was due to the server."""
    clock, after = time.time() - time.monotonic(), server.count()["all"]
    begin = datetime.now(UTC).replace(tzinfo=None) + timedelta(seconds=REST)
    moments = [begin + timedelta(seconds=DUE_EVERY * number) for number in range(messages)]
    with closing(sqlite3.connect(bot.folder / "jiaolian.db", timeout=30)) as file, file:
        (first,) = file.execute("SELECT min(id) FROM person").fetchone()
        (event,) = file.execute("SELECT min(id) FROM occurrence").fetchone()
        of = [(f"bench:{n}", first + n, str(at), str(at + timedelta(days=1)), event) for n, at in enumerate(moments)]
        values = "?, ?, ?, ?, ?, 'nudge', '', 'pending', 0, 0, ''"
        file.executemany(f"INSERT INTO delivery ({GIVEN}, {ALIKE}) VALUES ({values})", of)
    server.wait("sendmessage", messages, after)
    arrived = sorted(call["at"] for call in server.calls("sendmessage", after))
    due = [moment.replace(tzinfo=UTC).timestamp() - clock for moment in moments]
    waited = sorted(1_000 * (at - moment) for at, moment in zip(arrived, due, strict=True))
    return f"late, of {messages}: p50 {share(waited, 0.5):.0f} ms, p99 {share(waited, 0.99):.0f} ms\n"


def blocked(presses: int) -> str:
    """The longest callback in a storm of presses, of the loop's own processor time."""
    with tempfile.NamedTemporaryFile(suffix=".json") as file:
        pressing.by_ours(presses, ("benchmarks.watched", "blocks", file.name))
        seen = json.loads(Path(file.name).read_text(encoding="utf-8"))
    lines = "".join(f"  {1_000 * took:.1f} ms {what}\n" for took, what in seen[:3])
    return f"the loop was held for {1_000 * seen[0][0]:.1f} ms at most, in a storm of {presses}:\n{lines}"


def commands(rounds: int) -> str:
    found: dict[str, list[tuple[float, float]]] = {}
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        settings = applied(folder)
        programs = {name: ["-m", "bot", *name.split()] for name in COMMANDS} | {one: ["-c", one] for one in LIBRARIES}
        for _ in range(rounds):
            for name, words in programs.items():
                found.setdefault(name, []).append(timed(lambda words=words: call(words, settings)))  # type: ignore[misc]
    return "".join(f"{name}: {two(taken)}\n" for name, taken in found.items())


def two(taken: list[tuple[float, float]]) -> str:
    return f"{middle([one for one, _ in taken], 2)} s, {statistics.median(cpu for _, cpu in taken):.2f} s of processor"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=int, default=30)
    asked = parser.parse_args()
    out = sys.stdout.write
    out(commands(asked.rounds))
    out(f"start to the first poll: {two([started() for _ in range(asked.rounds)])}\n")
    out(at_rest(asked.seconds))
    with serving() as server, ours(server) as bot:
        out(late(server, bot, 100))
    out(blocked(1_000))


if __name__ == "__main__":
    main()
