"""Who runs against whom, each a process of its own: `jiaolian run`, the stock bot, and a bare client.

Each is brought to where it polls and rests, with a card to press, before a measurement begins.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.request import Request, urlopen

from sqlalchemy import update
from sqlmodel import col

from benchmarks.counting_server import ACCOUNTS, FIRST, GROUP, HOME, Server
from store.database import Session, Store
from store.reminders import Reminder, ReminderKind

PEOPLE = 400
TOKEN = "1:bench"
OURS = ("bot", "run")
CARD = 1  # the number of the first message in the group
REST = 2.0  # seconds, until it polls: a poll that waits is in no log yet
TICKS = os.sysconf("SC_CLK_TCK")


class Bot:
    """A process that is at rest when it is handed out."""

    def __init__(self, child: "subprocess.Popen[bytes]", folder: Path, database: str = "") -> None:
        self.child, self.folder, self.database = child, folder, database

    def cpu(self) -> float:
        """Seconds of the processor that it has had."""
        fields = Path(f"/proc/{self.child.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / TICKS

    def make_due(self) -> None:
        """Of ours: the nudge that is planned for a later day is due now, for everybody who has not answered."""
        store = Store(self.database)
        assert store.call(nudge_now) == 1
        store.close()


def nudge_now(session: Session) -> int:
    due = update(Reminder).where(col(Reminder.kind) == ReminderKind.NUDGE).values(at=datetime.now(UTC))
    return session.connection().execute(due).rowcount


def consortium(people: int, holidays: str = "none") -> str:
    """One event, announced in a group at once; who does not answer is nudged two days before its deadline."""
    today = datetime.now(UTC).date()
    day = today + timedelta(days=14)
    day += timedelta(days=max(0, 7 - day.weekday()) if day.weekday() > 4 else 0)
    each = "".join(
        f'[[person]]\nkey = "t{n}"\nname = "样教师{n}"\nschool = "core"\nroles = ["teacher"]\ntelegram = {FIRST + n}\n'
        for n in range(people)
    )
    return (
        f'[consortium]\nkey = "k"\nname = "样例"\ntimezone = "UTC"\npublic_holidays = "{holidays}"\n'
        '[[school]]\nkey = "core"\nname = "样例学校"\nrole = "core"\n'
        f'[[term]]\nkey = "t"\nname = "学期"\nfirst_day = {today - timedelta(days=30)}\n'
        f"last_day = {today + timedelta(days=60)}\n"
        f'[[chat]]\nkey = "g"\ntitle = "群"\nplatform = "telegram"\naddress = {GROUP}\n{each}'
        f'[[activity]]\nkey = "e"\nkind = "meeting"\ntitle = "共创式主题教研"\nchat = "g"\nevery = "once"\non = {day}\n'
        'at = "12:00"\nlasts = "60m"\nannounce = "30d"\nrespond_by = "1d"\nnudge = ["3d"]\n'
    )


@contextmanager
def ours(
    server: Server,
    people: int = PEOPLE,
    pace: int = 0,
    program: Sequence[str] = OURS,
    holidays: str = "none",
    flags: Sequence[str] = (),
    database: str = "",
    nodes: int = 1,
) -> Iterator[Bot]:
    """`pace`: messages a second, 0: as fast as it can. `program`: a module that is `jiaolian run`, and its words.
    `flags`: Python's. `database`: an address, "": SQLite's, `nodes`: of so many, the first is handed out."""
    with tempfile.TemporaryDirectory(prefix="bench-") as name:
        folder = Path(name)
        (folder / "file.toml").write_text(consortium(people, holidays), encoding="utf-8")
        settings = os.environ | {
            "JIAOLIAN_API_URL": server.address,
            "JIAOLIAN_TOKEN": TOKEN,
            "JIAOLIAN_DATABASE_URL": database or f"sqlite:///{folder}/jiaolian.db",
            "JIAOLIAN_MESSAGES_PER_SECOND": str(pace),
        }
        apply = [sys.executable, "-m", "bot", "apply", str(folder / "file.toml")]
        subprocess.run(apply, cwd=HOME, env=settings, check=True, stdout=subprocess.DEVNULL)
        with ExitStack() as all_of_them:
            words = [*flags, "-m", *program]
            bots = [all_of_them.enter_context(running(words, folder, settings)) for _ in range(nodes)]
            server.wait("sendmessage", 1)
            time.sleep(REST)
            yield bots[0]


@contextmanager
def stock(server: Server, people: int = PEOPLE, sends: int = 0) -> Iterator[Bot]:
    """`sends`: so many messages are due a second after its start."""
    put_card(server)
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        words = ["-m", "benchmarks.stock_bot", server.address, TOKEN, folder, str(people), str(sends)]
        with running(words, Path(folder), dict(os.environ)) as bot:
            server.wait("getme", 1)
            time.sleep(0 if sends else REST)
            yield bot


@contextmanager
def bare(server: Server, sends: int = 0) -> Iterator[Bot]:
    """Sends so many messages at once, or answers presses as they come, and does nothing else."""
    put_card(server)
    words = ["-m", "benchmarks.bare_client", server.address, TOKEN, str(ACCOUNTS), str(sends)]
    with running(words, HOME, dict(os.environ)) as bot:
        time.sleep(0 if sends else REST)
        yield bot


@contextmanager
def running(words: Sequence[str], folder: Path, settings: dict[str, str]) -> Iterator[Bot]:
    null = subprocess.DEVNULL
    child = subprocess.Popen([sys.executable, *words], cwd=HOME, env=settings, stdout=null, stderr=null)
    try:
        yield Bot(child, folder, settings.get("JIAOLIAN_DATABASE_URL", ""))
    finally:
        child.terminate()
        child.wait()


def put_card(server: Server) -> None:
    """A message in the group with a button on it, where no announcement comes."""
    markup = json.dumps({"inline_keyboard": [[{"text": "参加", "callback_data": "accepted"}]]})
    body = json.dumps({"chat_id": str(GROUP), "text": "样例", "reply_markup": markup}).encode()
    urlopen(
        Request(f"{server.address}/bot{TOKEN}/sendMessage", body, {"Content-Type": "application/json"})
    ).close()
