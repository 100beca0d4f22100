"""A checkup of the database that changes nothing in it: no file is made, nothing is migrated."""

import os
import shutil
import sqlite3
from contextlib import closing
from enum import StrEnum
from pathlib import Path

from sqlalchemy.exc import DatabaseError

from store import migrating
from store.complaint import Complaint
from store.engine import connect_to_read, opened_to_read, read


class DatabaseState(StrEnum):
    """OLDER: brought up to date at the next start. MISSING: made by the first `apply`."""

    FINE = "fine"
    OLDER = "older"
    MISSING = "missing"
    NEWER = "newer"
    FOREIGN = "foreign"
    DAMAGED = "damaged"
    LOCKED = "locked"
    READ_ONLY = "read_only"
    UNREACHABLE = "unreachable"


USABLE = (DatabaseState.FINE, DatabaseState.OLDER)
SAID = {  # fragments of SQLite's own words
    "locked": DatabaseState.LOCKED,
    "malformed": DatabaseState.DAMAGED,
    "not a database": DatabaseState.DAMAGED,
    "readonly": DatabaseState.READ_ONLY,
    "unable to open": DatabaseState.UNREACHABLE,
}


def checkup(url: str) -> DatabaseState:
    """Raises Complaint for an address that nothing can open."""
    address = read(url)
    if address.get_backend_name() == "sqlite" and address.database:
        state = of_file(Path(address.database))
        if state is not DatabaseState.FINE:
            return state
    return of_revision(url)


def of_file(file: Path) -> DatabaseState:
    """SQLite: whether it can be written, and whether every page of it can be read."""
    if not file.exists():
        writable = file.parent.is_dir() and os.access(file.parent, os.W_OK)
        return DatabaseState.MISSING if writable else DatabaseState.READ_ONLY
    if not os.access(file, os.W_OK) or not os.access(file.parent, os.W_OK):
        return DatabaseState.READ_ONLY
    try:
        with closing(opened_to_read(file)) as driver:
            found = driver.execute("PRAGMA quick_check(1)").fetchone()
    except sqlite3.DatabaseError as error:
        return said(error)
    return DatabaseState.FINE if found == ("ok",) else DatabaseState.DAMAGED


def of_revision(url: str) -> DatabaseState:
    engine = connect_to_read(url)
    try:
        found = migrating.revision(engine)
    except Complaint:
        return DatabaseState.FOREIGN
    except DatabaseError as error:
        return said(error)
    finally:
        engine.dispose()
    if found == migrating.HEAD:
        return DatabaseState.FINE
    return DatabaseState.OLDER if found is None or found in migrating.known() else DatabaseState.NEWER


def said(error: Exception) -> DatabaseState:
    return next((state for words, state in SAID.items() if words in str(error).lower()), DatabaseState.UNREACHABLE)


def room_left(url: str) -> int | None:
    """Bytes that are free where SQLite writes; None for a server's database."""
    address = read(url)
    if address.get_backend_name() != "sqlite" or not address.database:
        return None
    folder = Path(address.database).absolute().parent
    return shutil.disk_usage(folder).free if folder.is_dir() else None
