"""Migrations: an older database is brought up to date when it is opened, a newer one is refused."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from sqlalchemy import Connection, Engine, inspect, text

from store.complaint import Complaint
from store.database import Store

if TYPE_CHECKING:
    from alembic.config import Config

OURS = 20261014  # names the lock under which a PostgreSQL database is migrated
HEAD = "0024"  # a test holds this against the scripts: reading them costs every command a quarter of a second


def upgrade(store: Store) -> None:
    """To HEAD. Raises Complaint for a database of a newer version, or of another program."""
    with store.engine.connect() as connection:
        found = readable(connection)
    if found == HEAD:
        return
    with rebuilding(store.engine) as connection:
        if written(connection) is None:
            make(connection)
        else:
            migrate(connection, HEAD)


def make(connection: Connection) -> None:
    """An empty database is made from the models at once: all scripts, one after the other, take twenty times as long.

    A test holds the two against each other.
    """
    from store.schema import TABLES

    TABLES[0].metadata.create_all(connection)
    named = "CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)"  # as Alembic makes it
    connection.execute(text(f"CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL, {named})"))
    connection.execute(text("INSERT INTO alembic_version VALUES (:head)"), {"head": HEAD})


def readable(connection: Connection) -> str | None:
    """The revision, of a version that this one knows; None where there is none yet. Raises Complaint for any other."""
    found = written(connection)
    if found not in (None, HEAD) and found not in known():
        raise Complaint("database", f"revision {found!r}", f"{HEAD!r} or older: it was written by a newer version")
    return found


@contextmanager
def rebuilding(engine: Engine) -> Iterator[Connection]:
    """One transaction, alone, in which tables may be made anew; who comes second waits, however long, and finds nothing
    to do."""
    with engine.connect() as connection, unreferenced(connection), connection.begin():
        if connection.dialect.name == "postgresql":
            connection.execute(text("SET LOCAL lock_timeout = 0"))
            connection.execute(text(f"SELECT pg_advisory_xact_lock({OURS})"))
        yield connection
        if connection.dialect.name == "sqlite":
            check_references(connection)


@contextmanager
def unreferenced(connection: Connection) -> Iterator[None]:
    """SQLite makes a table anew that changes, and would meanwhile miss the rows that others point at."""
    driver = connection.connection.driver_connection
    if not isinstance(driver, sqlite3.Connection):
        yield
        return
    driver.execute("PRAGMA foreign_keys=OFF")  # means nothing inside a transaction
    try:
        yield
    finally:
        driver.execute("PRAGMA foreign_keys=ON")


def check_references(connection: Connection) -> None:
    broken = connection.exec_driver_sql("PRAGMA foreign_key_check").first()
    if broken is not None:
        raise Complaint("database", f"row {broken[1]} of {broken[0]}", f"the row of {broken[2]} that it points at")


def migrate(connection: Connection, target: str) -> None:
    """Up to a revision, or down to "base"."""
    from alembic import command

    config = configured()
    config.attributes["connection"] = connection
    (command.downgrade if target == "base" else command.upgrade)(config, target)


def revision(engine: Engine) -> str | None:
    with engine.connect() as connection:
        return written(connection)


def written(connection: Connection) -> str | None:
    """The revision that the database says it has. Raises Complaint for another program's."""
    refuse_foreign(connection)
    if not inspect(connection).has_table("alembic_version"):
        return None
    found: str | None = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    return found


def refuse_foreign(connection: Connection) -> None:
    tables = inspect(connection).get_table_names()
    if tables and "alembic_version" not in tables:
        raise Complaint("database", f"tables {', '.join(sorted(tables)[:3])} …", "an empty or a jiaolian one")


def known() -> set[str]:
    from alembic.script import ScriptDirectory

    return {script.revision for script in ScriptDirectory.from_config(configured()).walk_revisions()}


def configured() -> "Config":
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", "store:migrations")
    return config
