"""The condition of the database, for a program that goes on: told once when it cannot be had, and once when it can."""

import logging
import sqlite3

from sqlalchemy.exc import OperationalError

DAMAGED = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)
DAMAGED_PAGES = ("XX001", "XX002")  # PostgreSQL: data_corrupted, index_corrupted
BUSY = (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
PASSING = (*BUSY, sqlite3.SQLITE_FULL)
LOCKED = "55P03"  # PostgreSQL: lock_not_available
# PostgreSQL: what the driver says of a server that is not there (yet); it has no code for what fails before the login
AWAY = ("refused", "no such file", "timed out", "timeout expired", "unreachable", "no route", "starting up", "shutting")
log = logging.getLogger(__name__)


class Damaged(OperationalError):
    """What is in the file is not whole. No further try helps."""


def is_damage(error: object) -> bool:
    return code(error) in DAMAGED or sqlstate(error) in DAMAGED_PAGES


def is_passing(error: OperationalError) -> bool:
    """Worth waiting for at the start, where any other trouble (a wrong path, no right to write) ends the program."""
    said = error.orig
    away = type(said).__module__.startswith("psycopg") and any(words in str(said).lower() for words in AWAY)
    return code(said) in PASSING or away or sqlstate(said) == LOCKED


def is_busy(error: BaseException) -> bool:
    """Somebody else holds SQLite's lock: nothing of this transaction was tried."""
    return isinstance(error, OperationalError) and code(error.orig) in BUSY


def code(error: object) -> int:
    """SQLite's primary result code; 0 where it is none of SQLite's."""
    return int(getattr(error, "sqlite_errorcode", 0)) & 0xFF


def sqlstate(error: object) -> str | None:
    """PostgreSQL's code; None where it is none of PostgreSQL's, or the login failed."""
    return getattr(error, "sqlstate", None)


class Condition:
    """`damage` is kept for whoever ends the program."""

    def __init__(self) -> None:
        self.away = False
        self.damage: Damaged | None = None

    def failed(self, error: OperationalError) -> None:
        if isinstance(error, Damaged):
            self.damage = error
        elif not self.away:
            log.warning("store_unavailable", extra={"error": str(error.orig)})
        self.away = True

    def works(self) -> None:
        """Something was written: that reading works says little, a full disk can still be read."""
        if self.away:
            log.info("store_goes_on")
        self.away = False
