"""Migrations: an older database is brought up to date when it is opened, a newer one is refused."""

from typing import TYPE_CHECKING

from sqlalchemy import Connection, Engine, inspect, text

from store.complaint import Complaint
from store.database import Store

if TYPE_CHECKING:
    from alembic.config import Config

OURS = 20261014  # names the lock under which a PostgreSQL database is migrated
HEAD = "0002"  # a test holds this against the scripts: reading them costs every command a quarter of a second


def upgrade(store: Store) -> None:
    """To HEAD. Raises Complaint for a database of a newer version, or of another program."""
    found = revision(store.engine)
    if found == HEAD:
        return
    if found is not None and found not in known():
        raise Complaint("database", f"revision {found!r}", f"{HEAD!r} or older: it was written by a newer version")
    from alembic import command

    config = configured()
    with store.engine.connect() as connection, connection.begin():
        alone(connection)
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def alone(connection: Connection) -> None:
    """Whoever comes second waits, and finds nothing to do. On SQLite the transaction itself keeps others out."""
    if connection.dialect.name == "postgresql":
        connection.execute(text(f"SELECT pg_advisory_xact_lock({OURS})"))


def revision(engine: Engine) -> str | None:
    with engine.connect() as connection:
        tables = inspect(connection).get_table_names()
        if "alembic_version" not in tables:
            if tables:
                raise Complaint("database", f"tables {', '.join(sorted(tables)[:3])} …", "an empty or a jiaolian one")
            return None
        return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


def known() -> set[str]:
    from alembic.script import ScriptDirectory

    return {script.revision for script in ScriptDirectory.from_config(configured()).walk_revisions()}


def configured() -> "Config":
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", "store:migrations")
    return config
