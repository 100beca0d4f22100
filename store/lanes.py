"""How calls from the event loop reach the database.

SQLite has one writer, and a commit is an fsync: the calls that wait are committed in one group, and nobody is answered
before the commit. Where one of them raises, the group is undone and each is taken again by itself, so that a bug undoes
itself only; that is rare, and cheaper than a savepoint for each. PostgreSQL groups commits by itself: a few threads, a
plain transaction each.
"""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from queue import Empty, SimpleQueue
from threading import Lock, Thread
from time import sleep

from msgspec import Struct
from sqlalchemy import Engine
from sqlalchemy.exc import OperationalError
from sqlmodel import Session

from store.condition import is_busy, sqlstate

Job = Callable[[Session], None]
COLLISIONS = ("40001", "40P01")  # PostgreSQL: serialization failure, deadlock
TRIES = 5
GATHER = 0.005  # seconds; in a crowd a commit waits for those whom the last one let go on: fewer, larger groups


class Call(Struct, eq=False):
    job: Job
    done: asyncio.Future[None]
    error: BaseException | None = None


class Writer:
    """One thread; at most `group` calls share a commit."""

    def __init__(self, engine: Engine, group: int) -> None:
        self.engine, self.group = engine, group
        self.queue: SimpleQueue[Call | None] = SimpleQueue()
        self.gate, self.closed = Lock(), False
        self.thread = Thread(target=self.work, name="store-writer", daemon=True)
        self.thread.start()

    def take(self, job: Job) -> asyncio.Future[None]:
        call = Call(job, asyncio.get_running_loop().create_future())
        with self.gate:  # nothing is put behind the end mark: it would wait for ever
            if self.closed:
                raise RuntimeError("the store is closed")
            self.queue.put(call)
        return call.done

    def close(self) -> None:
        """What was taken is finished first."""
        with self.gate:
            if not self.closed:
                self.queue.put(None)
            self.closed = True
        self.thread.join()

    def work(self) -> None:
        while calls := self.next_group():
            error = together(self.engine, calls)
            if error is not None and len(calls) > 1 and not is_busy(error):
                for call in calls:
                    call.error = together(self.engine, [call])
            else:  # of a lock all learn at once: each would wait for it as long again
                for call in calls:
                    call.error = error
            for loop in {call.done.get_loop() for call in calls}:
                with suppress(RuntimeError):  # a closed loop: nobody is there to be told
                    loop.call_soon_threadsafe(tell, [call for call in calls if call.done.get_loop() is loop])
            if len(calls) > 1:
                sleep(GATHER)

    def next_group(self) -> list[Call]:
        """Waits for one call and takes what stands behind it; empty at the end mark."""
        found = [self.queue.get()]
        with suppress(Empty):
            while found[-1] is not None and len(found) < self.group:
                found.append(self.queue.get_nowait())
        if found[-1] is None and len(found) > 1:
            self.queue.put(None)  # the next round finds it again
        return [call for call in found if call is not None]


def together(engine: Engine, calls: list[Call]) -> BaseException | None:
    """One transaction for all of them; what was raised, by a call or by the commit, with everything undone."""
    try:
        with Session(engine) as session, session.begin():
            for call in calls:
                call.job(session)
                if session.identity_map or session.new:  # it took rows as objects; a press takes none
                    session.flush()
                    session.expunge_all()  # the next call reads what it needs anew, as in a session of its own
    except BaseException as error:
        return carried(error)
    return None


def carried(error: BaseException) -> BaseException:
    """A future cannot carry StopIteration."""
    return RuntimeError(repr(error)) if isinstance(error, StopIteration) else error


def tell(calls: list[Call]) -> None:
    for call in calls:
        if call.done.done():  # cancelled meanwhile
            continue
        if call.error is None:
            call.done.set_result(None)
        else:
            call.done.set_exception(call.error)


class Pool:
    """`size` threads, a transaction each. Two that stand in each other's way are told apart by trying again."""

    def __init__(self, call: Callable[[Job], None], size: int) -> None:
        self.call, self.threads, self.closed = call, ThreadPoolExecutor(size, "store"), False

    def take(self, job: Job) -> asyncio.Future[None]:
        if self.closed:
            raise RuntimeError("the store is closed")
        return asyncio.get_running_loop().run_in_executor(self.threads, self.work, job)

    def work(self, job: Job) -> None:
        for left in reversed(range(TRIES)):
            try:
                return self.call(job)
            except OperationalError as error:
                if not left or sqlstate(error.orig) not in COLLISIONS:
                    raise
            except StopIteration as error:
                raise carried(error) from None
        return None

    def close(self) -> None:
        """What was taken is finished first."""
        self.closed = True
        self.threads.shutdown()
