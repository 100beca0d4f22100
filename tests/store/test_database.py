"""The store's doors: shared commits, each caller undone by itself, and nobody told before the disk has it."""

import asyncio
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from time import sleep

import pytest
from sqlalchemy import Engine, delete, event, text
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlmodel import select

from store import accounts, beats, lanes
from store.accounts import Account, KnownAccount
from store.database import Session, Store, Unavailable
from store.migrating import upgrade
from tests.conftest import START
from tests.databases import DURABLE, ON_SQLITE, name_of


def add(session: Session, address: str) -> str:
    session.add(KnownAccount(platform="telegram", address=address))
    session.flush()
    return address


def stumble(session: Session, address: str) -> str:
    add(session, address)
    raise LookupError(address)


def count(session: Session) -> int:
    return len(session.exec(select(KnownAccount)).all())


def known(store: Store, address: str) -> bool:
    return store.call(accounts.id_of, Account("telegram", address)) is not None


def files_with(store: Store, words: bytes) -> list[str]:
    """Those of the database, the log among them."""
    file = Path(name_of(str(store.engine.url)))
    return [one.name for one in sorted(file.parent.glob(f"{file.name}*")) if words in one.read_bytes()]


@contextmanager
def at_commit(engine: Engine, act: Callable[[object], None]) -> Iterator[None]:
    event.listen(engine, "commit", act)
    yield
    event.remove(engine, "commit", act)


async def test_an_exception_undoes_its_own_call_and_no_other(store: Store) -> None:
    assert await store.run(add, "here before") == "here before"
    calls = [store.run(stumble if number % 3 == 1 else add, str(number)) for number in range(30)]
    found = await asyncio.gather(*calls, store.run(add, "here before"), return_exceptions=True)
    assert isinstance(found.pop(), IntegrityError)
    for number, outcome in enumerate(found):
        assert isinstance(outcome, LookupError) is (number % 3 == 1)
        assert known(store, str(number)) is (number % 3 != 1)


@ON_SQLITE
async def test_those_who_wait_share_a_commit_and_a_group_is_bounded(store: Store) -> None:
    narrow, commits = Store(str(store.engine.url), group=10), list[object]()
    with at_commit(narrow.engine, commits.append):
        await asyncio.gather(*(narrow.run(add, str(number)) for number in range(100)))
    narrow.close()
    assert 10 <= len(commits) <= 20  # the writer may take the first ones before the others stand in the queue


@ON_SQLITE
async def test_nobody_is_answered_before_the_commit(store: Store) -> None:
    """At each commit a second connection sees at least what callers have been told of, and never what is under way."""
    answered: list[str] = []
    seen: list[tuple[int, int]] = []
    other = Store(str(store.engine.url))
    reader = other.engine.connect().execution_options(isolation_level="AUTOCOMMIT")

    def look(_connection: object) -> None:
        driver = reader.connection.driver_connection
        assert driver is not None
        rows = driver.execute("SELECT count(*) FROM account").fetchone()[0]
        seen.append((len(answered), rows))

    async def one(number: int) -> None:
        answered.append(await store.run(add, str(number)))

    with at_commit(store.engine, look):
        await asyncio.gather(*(one(number) for number in range(20)))
    reader.close()
    other.close()
    assert len(answered) == 20
    assert seen[0] == (0, 0)
    assert all(told <= rows < 20 for told, rows in seen)


async def test_a_failing_commit_fails_its_whole_group_and_the_writer_lives_on(store: Store) -> None:
    def full(_connection: object) -> None:
        raise OperationalError("COMMIT", {}, Exception("disk full"))

    with at_commit(store.engine, full):
        found = await asyncio.gather(*(store.run(add, str(n)) for n in range(5)), return_exceptions=True)
    assert [type(outcome) for outcome in found] == [OperationalError] * 5
    assert store.call(count) == 0
    assert await store.run(add, "9") == "9"


@ON_SQLITE
async def test_where_the_whole_transaction_is_lost_every_call_is_taken_again_by_itself(store: Store) -> None:
    """SQLite may undo everything by itself: a full disk. What was undone with the loser is not told as done."""

    def lose(session: Session) -> None:
        driver = session.connection().connection.driver_connection
        assert driver is not None
        driver.execute("ROLLBACK")
        raise OperationalError("INSERT", {}, Exception("disk full"))

    hold = asyncio.create_task(store.run(lambda _session: sleep(0.05)))
    await asyncio.sleep(0.01)  # the writer is busy: the next three stand in one group
    found = await asyncio.gather(
        store.run(add, "before"), store.run(lose), store.run(add, "behind"), return_exceptions=True
    )
    await hold
    assert [type(outcome) for outcome in found] == [str, OperationalError, str]
    assert known(store, "before")
    assert known(store, "behind")
    assert await store.run(add, "later") == "later"


async def test_close_finishes_what_was_taken_and_takes_no_more(store: Store) -> None:
    calls = [asyncio.create_task(store.run(add, str(number))) for number in range(50)]
    await asyncio.sleep(0)
    store.close()
    assert await asyncio.gather(*calls) == [str(number) for number in range(50)]
    with pytest.raises(RuntimeError, match="closed"):
        await store.run(add, "late")


async def test_a_caller_that_was_cancelled_disturbs_nobody(store: Store) -> None:
    calls = [asyncio.create_task(store.run(add, str(number))) for number in range(4)]
    await asyncio.sleep(0)
    calls[1].cancel()
    found = await asyncio.gather(*calls, return_exceptions=True)
    assert isinstance(found[1], asyncio.CancelledError)
    assert [found[0], *found[2:]] == ["0", "2", "3"]


async def test_a_stop_iteration_reaches_its_caller_as_an_error(store: Store) -> None:
    """A future cannot carry one: the writer would never answer."""
    with pytest.raises(RuntimeError, match="StopIteration"):
        await store.run(lambda _session: next(iter(())))


@pytest.mark.parametrize("dialect", ["postgresql"])
async def test_two_that_stand_in_each_others_way_are_both_done(store: Store) -> None:
    """Each has one row and wants the other's: PostgreSQL ends one of them (deadlock), which is taken again."""
    store.call(add, "a")
    store.call(add, "b")
    both = threading.Barrier(2)

    def crossing(session: Session, first: str, second: str) -> str:
        accounts.mark(session, Account("telegram", first), reachable=True)
        with suppress(threading.BrokenBarrierError):
            both.wait(5)
            both.abort()  # at the second try nobody else comes
        accounts.mark(session, Account("telegram", second), reachable=False)
        return first

    found = await asyncio.gather(store.run(crossing, "a", "b"), store.run(crossing, "b", "a"))
    assert sorted(found) == ["a", "b"]


def test_what_is_tried_out_is_answered_and_undone(store: Store) -> None:
    store.call(add, "1")

    def trial(session: Session) -> int:
        add(session, "2")
        return count(session)

    assert store.try_out(trial) == 2
    assert not known(store, "2")
    with pytest.raises(LookupError):
        store.try_out(stumble, "3")


def test_a_trial_takes_no_lock(store: Store) -> None:
    """A rehearsal takes its time; the presses of a running bot do not wait for it."""

    def trial(session: Session) -> bool:
        add(session, "tried")
        return store.call(add, "pressed") == "pressed"

    assert store.try_out(trial)
    assert (known(store, "tried"), known(store, "pressed")) == (False, True)


def test_who_only_reads_sees_one_state_and_holds_up_nobody(store: Store) -> None:
    """A report takes its time, too."""

    def look(session: Session) -> tuple[int, int]:
        before = count(session)
        store.call(add, "pressed")
        return before, count(session)

    assert store.read(look) == (0, 0)
    assert known(store, "pressed")


def test_a_commit_has_reached_the_disk_and_references_hold(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("store.engine.PRAGMAS", DURABLE)
    store = Store(f"sqlite:///{tmp_path}/a.db")
    with store.engine.connect() as connection:
        names = ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        found = [connection.execute(text(f"PRAGMA {name}")).scalar() for name in names]
    store.close()
    assert found == ["wal", 2, 1, 5000]


@ON_SQLITE
def test_what_is_no_more_is_in_no_file_once_the_log_is_emptied_which_a_reader_puts_off(store: Store) -> None:
    store.call(add, "a private word")
    with closing(sqlite3.connect(name_of(str(store.engine.url)), isolation_level=None)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM account").fetchone()
        store.call(lambda session: session.connection().execute(delete(KnownAccount)))
        store.empty_log()
        assert files_with(store, b"a private word")
    store.call(add, "somebody else")  # as before: nothing of the connection has changed
    store.empty_log()
    assert files_with(store, b"a private word") == []
    assert files_with(store, b"somebody else") == [Path(name_of(str(store.engine.url))).name]


async def test_a_lock_is_waited_for_once_by_all_who_wait(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    attempts: list[int] = []

    def counted(engine: Engine, calls: list[lanes.Call]) -> BaseException | None:
        attempts.append(len(calls))
        return together(engine, calls)

    together = lanes.together
    store = Store(f"sqlite:///{tmp_path}/locked.db?timeout=0.2")
    upgrade(store)
    with closing(sqlite3.connect(tmp_path / "locked.db", isolation_level=None)) as holder:
        holder.execute("BEGIN EXCLUSIVE")
        monkeypatch.setattr(lanes, "together", counted)
        waiting = [store.run(beats.beat, str(number), START) for number in range(10)]
        found = await asyncio.gather(*waiting, return_exceptions=True)
    store.close()
    assert all(isinstance(one, Unavailable) for one in found)
    assert sum(attempts) == len(found)
    assert len(attempts) <= 2  # the first may have gone alone
