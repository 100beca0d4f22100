"""`jiaolian run` in trouble, as a child process: said once, nothing harmed, and on it goes when the cause is gone."""

import os
import resource
import shutil
import signal
import socket
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from time import sleep

import pytest

from sandbox.faults import Fault
from sandbox.server import create, served
from tests.bot.life import OFFICE, Life, until

GREETED = ("answered", "getme")
OTHER = 700000099
NO_ROOT_POWER = ("setpriv", "--bounding-set=-dac_override,-dac_read_search")  # root writes where it may not


class Holder:
    """Another program, which locks the database."""

    def __init__(self, folder: Path) -> None:
        self.driver = sqlite3.connect(folder / "jiaolian.db", isolation_level=None, check_same_thread=False)

    def lock(self) -> None:
        self.driver.execute("BEGIN EXCLUSIVE")

    def release(self) -> None:
        self.driver.execute("ROLLBACK")


@pytest.fixture
def holder(life: Life) -> Iterator[Holder]:
    holder = Holder(life.folder)
    yield holder
    holder.driver.close()


def alter(folder: Path, statement: str) -> None:
    with closing(sqlite3.connect(folder / "jiaolian.db")) as driver:
        driver.execute(statement)
        driver.commit()


def refused(life: Life, settings: dict[str, str], *before: str) -> str:
    """The one line with which the run ends, exit 1."""
    with life.run(settings | {"JIAOLIAN_LANGUAGE": "en"}, before) as child:
        assert child.wait(15) == 1
    lines = [line for line in life.log().splitlines() if not line.startswith("timestamp=")]
    assert len(lines) == 1, life.log()
    return lines[0]


@pytest.mark.parametrize("way", ["polling", "webhook"])
def test_it_is_told_to_stop_again_and_again(life: Life, way: str) -> None:
    """Until the process is gone: while it closes, and while Python itself does."""
    with life.run(getattr(life, way)) as child:
        until(lambda: life.logged("running"))
        while child.poll() is None:
            child.send_signal(signal.SIGTERM)
            sleep(0.001)
        assert child.returncode == 0
    assert life.logged("stopped") == 1


def test_a_wrong_token(life: Life) -> None:
    life.room.token = "1:test"
    line = refused(life, life.polling | {"JIAOLIAN_TOKEN": "1:another"})
    assert line == "JIAOLIAN_TOKEN: expected a token that the Bot API accepts; it refused this one"


def test_a_newer_database(life: Life) -> None:
    alter(life.folder, "UPDATE alembic_version SET version_num = '9999'")
    assert refused(life, life.polling).startswith("database: revision '9999': expected ")


def test_a_database_and_its_folder_that_cannot_be_written(life: Life) -> None:
    if os.getuid() == 0 and shutil.which("setpriv") is None:
        pytest.skip("root writes everywhere, and setpriv (util-linux) is not there to take that away")
    shut = life.folder / "shut"
    shut.mkdir()
    file = (life.folder / "jiaolian.db").rename(shut / "jiaolian.db")
    before, modes = file.read_bytes(), ((file, 0o444), (shut, 0o555))
    for path, mode in modes:
        path.chmod(mode)
    words = NO_ROOT_POWER if os.getuid() == 0 else ()
    settings = life.polling | {"JIAOLIAN_DATABASE_URL": f"sqlite:///{file}"}
    assert refused(life, settings, *words).startswith("database: attempt to write a readonly database: expected ")
    assert file.read_bytes() == before
    shut.chmod(0o755)


def test_a_database_that_gets_damaged_while_the_bot_runs(life: Life) -> None:
    file = life.folder / "jiaolian.db"
    with life.run(life.polling | {"JIAOLIAN_LANGUAGE": "en"}) as child:
        until(lambda: life.logged("running"))
        with file.open("r+b") as content, closing(sqlite3.connect(file)) as driver:
            driver.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            content.seek(4096)
            content.write(b"\xff" * (file.stat().st_size - 4096))
            content.flush()
        life.people.say(OFFICE, OFFICE, "/help")
        assert child.wait(15) == 1
    lines = life.log().splitlines()
    mend = "expected a whole one; put it aside and `jiaolian restore` a backup"
    assert lines[-1] == f"database: database disk image is malformed: {mend}"
    assert not [line for line in lines if "level=error" in line or "Traceback" in line]


def until_it_is(number: int, count: Callable[[], int]) -> None:
    until(lambda: count() == number)


def goes_on(life: Life) -> None:
    """Somebody is answered, and each of the two was said once."""
    until(life.said)
    until(lambda: life.logged("store_goes_on"))
    assert (life.logged("store_unavailable"), life.logged("store_goes_on")) == (1, 1)
    assert "level=error" not in life.log()


def test_a_lock_at_the_start(life: Life, holder: Holder) -> None:
    life.people.say(OFFICE, OFFICE, "/help")
    holder.lock()
    with life.run(life.polling) as child:
        until(lambda: life.logged("store_unavailable"))
        assert not life.called("getme")
        holder.release()
        goes_on(life)
        life.stop(child)


def test_a_lock_behind_the_greeting(life: Life, holder: Holder) -> None:
    """What an earlier life left cannot be taken back, and then not be taken up."""
    life.room.on_call.append(lambda moment, method, _: holder.lock() if (moment, method) == GREETED else None)
    with life.run(life.webhook) as child:
        until(lambda: life.logged("store_unavailable"))
        assert not life.called("setwebhook")
        holder.release()
        until(lambda: life.called("setwebhook"))
        life.people.say(OFFICE, OFFICE, "/help")
        goes_on(life)
        life.stop(child)


def test_a_lock_while_the_bot_runs(life: Life, holder: Holder) -> None:
    with life.run(life.polling) as child:
        until(lambda: life.logged("running"))
        holder.lock()
        life.people.say(OFFICE, OFFICE, "/help")
        until(lambda: life.logged("store_unavailable"))
        holder.release()
        goes_on(life)
        life.stop(child)


def test_a_full_disk_and_room_again(life: Life) -> None:
    with life.run(life.polling) as child:
        until(lambda: life.logged("running"))
        resource.prlimit(child.pid, resource.RLIMIT_FSIZE, (1000, resource.RLIM_INFINITY))
        life.people.say(OFFICE, OFFICE, "/help")
        until(lambda: life.logged("store_unavailable"))
        assert not life.said()
        resource.prlimit(child.pid, resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
        goes_on(life)
        life.stop(child)


def test_a_server_that_is_away_and_back(life: Life) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    settings = life.polling | {"JIAOLIAN_API_URL": f"http://127.0.0.1:{port}"}
    with life.run(settings) as child:
        until(lambda: life.logged("server_unreachable"))
        for number in (1, 2):
            with served(create(life.room), port):
                life.people.say(OFFICE, OFFICE, "/help")
                until_it_is(number, lambda: len(life.said()))
            until_it_is(number, lambda: life.logged("polling_waits"))
        life.stop(child)
    assert (life.logged("server_unreachable"), life.logged("polling_goes_on")) == (1, 1)


def test_a_slow_server_holds_nobody_else_up(life: Life) -> None:
    """What is said to one chat takes its time; another is answered meanwhile."""
    life.room.add_user(OTHER, "样王芳", started=True)
    life.faults.add(Fault("sendmessage", chat=str(OTHER), delay=3, times=1))
    with life.run(life.polling) as child:
        life.people.say(OTHER, OTHER, "/help")
        life.people.say(OFFICE, OFFICE, "/help")
        until(life.said)
        assert not life.room.messages(OTHER)[1:]
        until(lambda: life.room.messages(OTHER)[1:])
        life.stop(child)
    assert life.called("sendmessage") == 2
