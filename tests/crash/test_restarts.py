"""`jiaolian run` under load while its database goes away and comes back: the long-lived Bot API server judges."""

import random
import signal
import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import NullPool, create_engine, make_url, text

from sandbox.faults import Fault
from sandbox.people import People
from sandbox.server import create, served
from sandbox.state import Room
from tests.crash.kills import (
    TITLE,
    Pressed,
    effects_lacking,
    flagged,
    lives,
    missing,
    more_to_say,
    presses,
    said,
    school,
    wait_until,
)
from tests.crash.small_consortium import EVENTS
from tests.databases import Databases

TURNS, SEED = 5, 20261129


def restarted(url: str) -> None:
    """To whoever is connected it is what a restart is: all are thrown out, and for a while nobody is let in. The server
    itself serves other tests."""
    there = make_url(url)
    engine = create_engine(there.set(database="postgres"), isolation_level="AUTOCOMMIT", poolclass=NullPool)
    out = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = :name"
    with engine.connect() as connection:
        connection.execute(text(f"ALTER DATABASE {there.database} ALLOW_CONNECTIONS false"))
        connection.execute(text(out), {"name": there.database})
        time.sleep(1)
        connection.execute(text(f"ALTER DATABASE {there.database} ALLOW_CONNECTIONS true"))


def locked(url: str) -> None:
    """By another program, for longer than a statement waits at a time."""
    with closing(sqlite3.connect(make_url(url).database or "", isolation_level=None, timeout=30)) as other:
        other.execute("BEGIN EXCLUSIVE")
        time.sleep(1.5)
        other.execute("ROLLBACK")


AWAY: dict[str, Callable[[str], None]] = {"postgresql": restarted, "sqlite": locked}


def unmarked(room: Room, marked: set[tuple[str, str]]) -> list[str]:
    """What came twice, and is not known for it."""
    twice = ((chat, one) for chat, texts in said(room).items() for one in set(texts) if texts.count(one) > 1)
    return [f"{one!r} to {chat}" for chat, one in twice if (chat, TITLE.findall(one)[0]) not in marked]


@pytest.mark.parametrize("dialect", list(AWAY))
def test_a_database_that_goes_away_again_and_again_loses_nothing(
    tmp_path: Path, databases: Databases, dialect: str
) -> None:
    url, room, chance = databases.new(), school(), random.Random(SEED)
    people, pressed, app = People(room), dict[str, Pressed](), create(room)
    app.state.api.faults.add(Fault("sendmessage", delay=0.2, times=-1))  # a thousand messages last for all the turns
    more_to_say(tmp_path / "file.toml", url, EVENTS)
    with served(app) as address, lives(address, url, {}) as child:
        wait_until(lambda: ["a card"] * (not said(room)), child)
        for _ in range(TURNS):
            pressed |= presses(room, people, chance)
            time.sleep(chance.uniform(0.05, 0.8))
            AWAY[dialect](url)
        assert missing(room, pressed), "all was said before: it proves nothing"
        wait_until(lambda: missing(room, pressed), child)
        child.send_signal(signal.SIGTERM)
        assert child.wait(10) == 0
    assert effects_lacking(room, pressed, url) == []
    assert unmarked(room, flagged(url)) == []
