"""The office: what every command finds on its desk (click's context object), made when it is first asked for."""

from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING

from bot.settings import Settings, read

if TYPE_CHECKING:
    from store.database import Store


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

    def now(self) -> datetime:
        from scheduling.clock import WallClock

        return WallClock().now()

    def replan(self, store: "Store") -> None:
        """Occurrences and reminders by the files as they are now."""
        from scheduling import planner

        store.call(planner.plan, self.now())
