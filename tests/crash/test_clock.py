"""`jiaolian run` under load while its clock is set back and forth: the Bot API server, which has its own, judges."""

import random
import signal
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.file import consortium_file
from handlers.apply import Apply, apply
from sandbox.faults import Fault
from sandbox.people import People
from sandbox.server import create, served
from sandbox.state import Room
from store.database import Store
from store.migrating import upgrade
from tests.conftest import HOME
from tests.crash.kills import Pressed, effects_lacking, missing, presses, said, school, set_up, wait_until
from tests.crash.small_consortium import EVENTS, GROUPS, weekday, written
from tests.databases import DIALECTS, Databases

AHEAD, LATER = 3, timedelta(hours=2)  # what is due later is so by a clock that is ahead
SEED = 20261130


class Clocked:
    """A bot from nothing, whose machine's clock can be `set`; what only measures how long something takes goes on."""

    def __init__(self, environment: dict[str, str]) -> None:
        words = [sys.executable, "-m", "tests.crash.clocked", "run"]
        self.child = subprocess.Popen(words, cwd=HOME, env=environment, stdin=subprocess.PIPE)

    def set(self, hours: int) -> None:
        """Ahead of the world by so many, or behind."""
        assert self.child.stdin is not None
        self.child.stdin.write(f"{hours}\n".encode())
        self.child.stdin.flush()


@contextmanager
def clocked(environment: dict[str, str]) -> Iterator[Clocked]:
    bot = Clocked(environment)
    try:
        yield bot
    finally:
        bot.child.kill()
        bot.child.communicate()


def owed(file: Path, url: str) -> None:
    """A thousand messages at once, and one that is due in two hours."""
    now = datetime.now(UTC)
    due = now + LATER
    day = weekday((due + timedelta(days=14)).date())
    ahead = (day - due.date()).days
    later = f'[[activity]]\nkey = "later"\nkind = "meeting"\ntitle = "活动{EVENTS}号"\nchat = "g0"\nevery = "once"\n'
    later += f'on = {day}\nat = "{due:%H:%M}"\nlasts = "60m"\nannounce = "{ahead}d"\nrespond_by = "1d"\nnudge = []\n'
    file.write_text(written(now.date(), EVENTS) + later, encoding="utf-8")
    store = Store(url)
    upgrade(store)
    store.call(apply, Apply(consortium_file.read(file)), now)
    store.close()


def old(room: Room, pressed: dict[str, Pressed]) -> list[str]:
    """Cards that do not show yet how many are coming."""
    coming: dict[tuple[int, int], set[int]] = defaultdict(set)
    for press in pressed.values():
        if press.label == "参加":
            coming[press.chat, press.card].add(press.person)
    shown = {about: room.chats[about[0]].messages[about[1]].text for about in coming}
    return [text for about, text in shown.items() if f"已回复 {len(coming[about])}/" not in text]


def of_later(room: Room) -> list[str]:
    return [one for one in said(room)[str(GROUPS[0])] if f"活动{EVENTS}号" in one]


@pytest.mark.parametrize("dialect", DIALECTS)
def test_a_clock_that_is_set_back_and_forth_loses_and_repeats_nothing(tmp_path: Path, databases: Databases) -> None:
    url, room, chance = databases.new(), school(), random.Random(SEED)
    people, pressed, app = People(room), dict[str, Pressed](), create(room)
    app.state.api.faults.add(Fault("sendmessage", delay=0.2, times=-1))  # a thousand messages last for all the turns
    owed(tmp_path / "file.toml", url)
    with served(app) as address, clocked(set_up(address, url, {})) as bot:
        child = bot.child
        wait_until(lambda: ["a card"] * (not said(room)), child)
        for hours in (-6, 1, -30, 0, AHEAD):
            pressed |= presses(room, people, chance)
            time.sleep(chance.uniform(0.3, 0.8))
            assert missing(room, pressed), "all was said before: it proves nothing"
            assert not of_later(room), "sooner than any clock said"
            bot.set(hours)
        wait_until(lambda: ["it is announced"] * (not of_later(room)), child)
        bot.set(-6)
        pressed |= presses(room, people, chance)
        wait_until(lambda: missing(room, pressed) + old(room, pressed), child)
        child.send_signal(signal.SIGTERM)
        assert child.wait(10) == 0
    assert effects_lacking(room, pressed, url) == []
    assert [one for texts in said(room).values() for one in set(texts) if texts.count(one) > 1] == []
    assert len(of_later(room)) == 1
