"""The office: what every command finds on its desk (click's context object), made when it is first asked for."""

from collections.abc import Callable
from contextlib import closing
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING, Concatenate, ParamSpec, TypeVar

from bot.settings import Settings, read

if TYPE_CHECKING:
    from store.database import Session, Store

P = ParamSpec("P")
T = TypeVar("T")


class Office:
    """Raises Complaint where a setting or the database is bad."""

    @cached_property
    def settings(self) -> Settings:
        return read()

    @property
    def language(self) -> str:
        return self.settings.language

    def store(self) -> "Store":
        """The store, opened and up to date; made where there is none."""
        from store.database import Store
        from store.migrating import upgrade

        store = Store(self.settings.database_url)
        upgrade(store)
        return store

    def call(self, work: "Callable[Concatenate[Session, P], T]", *args: P.args, **kwargs: P.kwargs) -> T:
        """What `work` returns; the store is closed behind it."""
        with closing(self.store()) as store:
            return store.call(work, *args, **kwargs)

    def now(self) -> datetime:
        from scheduling.clock import WallClock

        return WallClock().now()

    def replan(self, store: "Store") -> None:
        """Occurrences and reminders by the files as they are now."""
        from scheduling import planner

        store.call(planner.plan, self.now())
