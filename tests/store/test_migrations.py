"""Migrations: one way up and down, the models' own tables at the end, and foreign databases left alone."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Enum, inspect, text

from store import migrating
from store.beats import Beat, beat
from store.complaint import Complaint
from store.database import Store
from store.schema import TABLES
from tests.conftest import START

METADATA = Beat.metadata
SCRIPTS = ScriptDirectory.from_config(migrating.configured())


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Store]:
    store = Store(f"sqlite:///{tmp_path}/empty.db")
    yield store
    store.close()


@contextmanager
def configured(store: Store) -> Iterator[Config]:
    config = migrating.configured()
    with store.engine.connect() as connection, connection.begin():
        config.attributes["connection"] = connection
        yield config


def tables(store: Store) -> set[str]:
    with store.engine.connect() as connection:
        return set(inspect(connection).get_table_names()) - {"alembic_version"}


def drift(connection: Connection) -> list[object]:
    return list(compare_metadata(MigrationContext.configure(connection, opts={"compare_type": True}), METADATA))


def execute(store: Store, statement: str) -> None:
    with store.engine.connect() as connection, connection.begin():
        connection.execute(text(statement))


def test_up_down_and_up_again_one_by_one(empty: Store) -> None:
    steps = [script.revision for script in reversed(list(SCRIPTS.walk_revisions()))]
    for revision in steps:
        for act, target in ((command.upgrade, revision), (command.downgrade, "-1"), (command.upgrade, revision)):
            with configured(empty) as config:
                act(config, target)
    assert tables(empty) == {table.__tablename__ for table in TABLES}
    with configured(empty) as config:
        command.downgrade(config, "base")
    assert tables(empty) == set()


def test_the_scripts_make_what_the_models_say(store: Store) -> None:
    with store.engine.connect() as connection:
        assert drift(connection) == []


def test_a_drift_is_seen(store: Store) -> None:
    execute(store, "DROP TABLE beat")
    with store.engine.connect() as connection:
        assert len(drift(connection)) == 1


def test_the_scripts_allow_every_member_of_every_enum(store: Store) -> None:
    """Alembic compares no CHECK: a new member would be refused by an old database only."""
    with store.engine.connect() as connection:
        for table in METADATA.sorted_tables:
            allowed = {check["sqltext"] for check in inspect(connection).get_check_constraints(table.name)}
            named = {column.name: column.type.enums for column in table.columns if isinstance(column.type, Enum)}
            expected = {f"{name} IN ({', '.join(map(repr, members))})" for name, members in named.items()}
            assert expected <= allowed, table.name


def test_the_constant_is_the_newest_script() -> None:
    assert SCRIPTS.get_heads() == [migrating.HEAD]


def test_an_upgrade_twice_changes_nothing(store: Store) -> None:
    store.call(beat, "tick", START)
    migrating.upgrade(store)
    assert migrating.revision(store.engine) == migrating.HEAD
    with store.engine.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM beat")).scalar() == 1


def test_a_newer_database_is_refused_by_its_revision(store: Store) -> None:
    execute(store, "UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(Complaint, match=r"database: revision '9999': expected '\d+' or older"):
        migrating.upgrade(store)


def test_another_programs_database_is_refused_and_untouched(empty: Store) -> None:
    execute(empty, "CREATE TABLE invoice (n INTEGER)")
    with pytest.raises(Complaint, match="database: tables invoice"):
        migrating.upgrade(empty)
    assert tables(empty) == {"invoice"}
