"""The store's door: `call` for who waits (a command), `run` for the event loop (shared commits, see `lanes`)."""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from typing import Concatenate, ParamSpec, TypeVar

from sqlalchemy.exc import DatabaseError, OperationalError
from sqlmodel import Session

from store.condition import Condition, Damaged
from store.engine import connect, connect_to_read, copied, empty_log, reading
from store.lanes import Pool, Writer

# for the rooms above, which import no sqlmodel
__all__ = ["Damaged", "DatabaseError", "Session", "Store", "Unavailable"]

P = ParamSpec("P")
T = TypeVar("T")
Unavailable = OperationalError  # locked, full, gone away: worth another try, unlike a bug


PAUSE = 1.0  # seconds between two tries


class RolledBack(Exception):
    """Raised inside `Store.try_out` to undo what was tried."""


class Store:
    """`group`: so many calls at most share a commit (SQLite); `pool`: transactions side by side (PostgreSQL).

    `untouched`: it is only read, and SQLite's file stays as it is.
    """

    def __init__(self, url: str, group: int = 64, pool: int = 8, *, untouched: bool = False) -> None:
        self.engine = (connect_to_read if untouched else connect)(url)
        self.group, self.pool = group, pool
        self.lane: Writer | Pool | None = None  # a command needs none
        self.condition = Condition()

    def call(self, work: Callable[Concatenate[Session, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """One transaction in this thread."""
        with Session(self.engine) as session, session.begin():
            return work(session, *args, **kwargs)

    def read(self, work: Callable[Concatenate[Session, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """One transaction in this thread that only reads: one state, and no press waits for it."""
        with Session(reading(self.engine)) as session, session.begin():
            return work(session, *args, **kwargs)

    def try_out(self, work: Callable[Concatenate[Session, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """What `work` returns, with all that it wrote undone.

        On SQLite it works on a copy in memory: a writer that takes its time would hold up a running bot's presses.
        """
        answer: list[T] = []
        engine = copied(self.engine) if self.engine.dialect.name == "sqlite" else self.engine
        try:
            with suppress(RolledBack), Session(engine) as session, session.begin():
                answer.append(work(session, *args, **kwargs))
                raise RolledBack
        finally:
            if engine is not self.engine:
                engine.dispose()
        return answer[0]

    async def run(self, work: Callable[Concatenate[Session, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """What `work` returned, once it is committed; what it raised, once it is undone.

        It may be taken twice where a neighbour in its group fails: it does nothing but read and write the store.
        """
        if self.lane is None:
            sqlite = self.engine.dialect.name == "sqlite"
            self.lane = Writer(self.engine, self.group) if sqlite else Pool(self.call, self.pool)
        answer: list[T] = []
        try:
            await self.lane.take(lambda session: answer.append(work(session, *args, **kwargs)))
        except Unavailable as error:
            self.condition.failed(error)
            raise
        return answer[-1]

    async def insist(self, work: Callable[Concatenate[Session, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """The same, again and again while the database cannot be had. Raises Damaged: that never passes."""
        while True:
            try:
                return await self.run(work, *args, **kwargs)
            except Damaged:
                raise
            except Unavailable:
                await asyncio.sleep(PAUSE)

    def empty_log(self) -> None:
        """What is deleted, or has become something else, is in no file any more."""
        empty_log(self.engine)

    def close(self) -> None:
        if self.lane is not None:
            self.lane.close()
        self.engine.dispose()
