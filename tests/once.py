"""What many tests begin from is reached once: SQLite's bytes are kept, and copied into the next store that stands as
the first one stood. A test that patches something reaches it by itself, and so does each on PostgreSQL."""

import sqlite3
from collections.abc import Callable
from hashlib import blake2b
from typing import Any, TypeVar, cast

import pytest

from store.database import Store

T = TypeVar("T")
Key = tuple[bytes, str]
MOST = 100  # of half a megabyte each


class Kept:
    def __init__(self) -> None:
        self.states: dict[Key, tuple[sqlite3.Connection, Any]] = {}
        self.patched = False


KEPT = Kept()


def pytest_runtest_setup(item: pytest.Item) -> None:
    KEPT.patched = "monkeypatch" in getattr(item, "fixturenames", ())


def once(store: Store, what: str, act: Callable[[], T]) -> T:
    """What `act`, which changes nothing but the store, returns; `what` says all that its outcome hangs on beside that
    store. It is taken anew only where this was not yet done to the same bytes."""
    if KEPT.patched or store.engine.dialect.name != "sqlite":
        return act()
    pooled = store.engine.raw_connection()
    try:
        driver = cast(sqlite3.Connection, pooled.driver_connection)
        key = blake2b(driver.serialize()).digest(), what
        if key not in KEPT.states:
            done, state = act(), sqlite3.connect(":memory:", check_same_thread=False)
            driver.backup(state)
            if len(KEPT.states) == MOST:
                KEPT.states.pop(next(iter(KEPT.states)))[0].close()
            KEPT.states[key] = state, done
            return done
        state, found = KEPT.states[key]
        state.backup(driver)
        return cast(T, found)
    finally:
        pooled.close()
