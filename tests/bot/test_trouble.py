"""Trouble that `jiaolian run` meets: said once, in one line; it goes on when the cause is gone, or ends."""

import os
import resource
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

import pytest

from sandbox.faults import Fault
from tests.bot.life import OFFICE, Life, until
from tests.bot.test_cli import jiaolian

NOTHING_MORE, UNLIMITED = (0, resource.RLIM_INFINITY), (resource.RLIM_INFINITY, resource.RLIM_INFINITY)


def read_until(child: subprocess.Popen[str], event: str) -> list[str]:
    """The log's lines up to the one that names this event."""
    assert child.stderr is not None
    lines: list[str] = []
    for line in child.stderr:
        lines.append(line)
        if f"event={event}" in line:
            return lines
    raise AssertionError(f"no {event} in {lines}")


def lines_of(run: subprocess.CompletedProcess[str]) -> list[str]:
    assert run.returncode == 1
    assert "Traceback" not in run.stderr
    return [line for line in run.stderr.splitlines() if not line.startswith("timestamp=")]


@pytest.mark.skipif(not hasattr(resource, "prlimit"), reason="a limit of a running process is Linux' own")
def test_a_full_disk_is_said_once_and_nothing_is_lost(life: Life) -> None:
    with life.run(life.polling) as child:
        life.people.say(OFFICE, OFFICE, "/help")
        until(lambda: len(life.said()) == 1)
        resource.prlimit(child.pid, resource.RLIMIT_FSIZE, NOTHING_MORE)
        life.people.say(OFFICE, OFFICE, "/help")
        read_until(child, "store_unavailable")
        resource.prlimit(child.pid, resource.RLIMIT_FSIZE, UNLIMITED)
        log = read_until(child, "store_goes_on")
        until(lambda: len(life.said()) == 2)
        log += life.stop(child).splitlines()
    assert not [line for line in log if "store_unavailable" in line or "Traceback" in line]


def test_a_database_that_is_locked_at_the_start_is_waited_for(life: Life) -> None:
    with closing(sqlite3.connect(life.folder / "jiaolian.db", isolation_level=None)) as holder:
        holder.execute("BEGIN EXCLUSIVE")
        with life.run(life.polling) as child:
            life.people.say(OFFICE, OFFICE, "/help")
            read_until(child, "database_locked")
            holder.execute("ROLLBACK")
            until(life.said)
            assert "database_locked" not in life.stop(child)


def test_a_database_that_is_damaged_meanwhile_ends_it_in_one_line(life: Life) -> None:
    file = life.folder / "jiaolian.db"
    with life.run(life.polling) as child:
        life.people.say(OFFICE, OFFICE, "/help")
        until(life.said)
        for damaged in (file, Path(f"{file}-wal")):
            damaged.write_bytes(b"\x5a" * damaged.stat().st_size)
        life.people.say(OFFICE, OFFICE, "/next")
        _, log = child.communicate(timeout=20)
    assert child.returncode == 1
    assert log.splitlines()[-1].startswith("database: ")
    assert "`jiaolian restore` a backup" in log.splitlines()[-1]
    assert "Traceback" not in log


def test_a_newer_database_is_left_alone(life: Life) -> None:
    with closing(sqlite3.connect(life.folder / "jiaolian.db")) as database, database:
        database.execute("UPDATE alembic_version SET version_num = '9999'")
    (line,) = lines_of(jiaolian(life.folder, "run", **life.polling))
    assert line.startswith("database: revision '9999': expected")


def test_a_folder_that_takes_no_file(life: Life) -> None:
    where = {"JIAOLIAN_DATABASE_URL": "sqlite:////proc/jiaolian.db"}  # where root may not write either
    if not os.path.ismount("/proc"):
        pytest.skip("no /proc")
    (line,) = lines_of(jiaolian(life.folder, "run", **life.polling, **where))
    assert line == "database: unable to open database file: expected a database that can be opened and written"


def test_a_token_that_is_refused(life: Life) -> None:
    life.faults.add(Fault("getme", kind="refuse", error="unauthorized", times=-1))
    (line,) = lines_of(jiaolian(life.folder, "run", **life.polling))
    assert line == "JIAOLIAN_TOKEN: expected a token that the Bot API accepts; it refused this one"


def test_a_server_that_is_slow_and_then_away_is_waited_for(life: Life) -> None:
    life.faults.add(Fault("getme", delay=1.0))
    life.faults.add(Fault("getupdates", kind="lose", times=3))
    life.people.say(OFFICE, OFFICE, "/help")
    with life.run(life.polling) as child:
        until(life.said)
        log = life.stop(child)
    assert (log.count("polling_waits"), log.count("polling_goes_on")) == (1, 1)
    assert len(life.said()) == 1
