"""Migrations: one way up and down, the models' own tables at the end, and foreign databases left alone."""

import json
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Enum, Inspector, inspect, text

from store import migrating
from store.beats import Beat, beat
from store.complaint import Complaint
from store.database import Store
from store.schema import TABLES
from tests.conftest import START
from tests.databases import Databases
from tests.forked import Forked

METADATA = Beat.metadata
SCRIPTS = ScriptDirectory.from_config(migrating.configured())


@pytest.fixture
def empty(databases: Databases) -> Iterator[Store]:
    store = Store(databases.new())
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


def test_up_down_and_up_again_one_by_one(empty: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ScriptDirectory, "from_config", lambda _config: SCRIPTS)  # read once, not at each step
    steps = [script.revision for script in reversed(list(SCRIPTS.walk_revisions()))]
    for revision in steps:
        for act, target in ((command.upgrade, revision), (command.downgrade, "-1"), (command.upgrade, revision)):
            with configured(empty) as config:
                act(config, target)
    assert tables(empty) == {table.__tablename__ for table in TABLES}
    with configured(empty) as config:
        command.downgrade(config, "base")
    assert tables(empty) == set()


@pytest.fixture
def scripted(empty: Store) -> Store:
    """Made by the scripts, one after the other, as an old database was."""
    with configured(empty) as config:
        command.upgrade(config, "head")
    return empty


def test_the_scripts_make_what_the_models_say(scripted: Store) -> None:
    with scripted.engine.connect() as connection:
        assert drift(connection) == []


def test_what_is_made_at_once_is_what_the_scripts_make(scripted: Store, store: Store) -> None:
    """Alembic compares no CHECK, no condition of an index and no default."""
    assert shape(scripted) == shape(store)


def shape(store: Store) -> dict[str, object]:
    with store.engine.connect() as connection:
        found = inspect(connection)
        return {table: shape_of(found, table) for table in found.get_table_names()} | autoincremented(connection)


def shape_of(found: Inspector, table: str) -> object:
    columns = {(one["name"], str(one["type"]), one["nullable"], one["default"]) for one in found.get_columns(table)}
    checks = {(one["name"], *sorted(members(one["sqltext"]))) for one in found.get_check_constraints(table)}
    others = found.get_pk_constraint, found.get_foreign_keys, found.get_unique_constraints, found.get_indexes
    return columns, checks, *[sorted(json.dumps(one, default=str) for one in listed(read(table))) for read in others]


def listed(read: object) -> list[object]:
    return list(read) if isinstance(read, list) else [read]


def autoincremented(connection: Connection) -> dict[str, object]:
    """SQLite's tables whose numbers are never given again."""
    if connection.dialect.name != "sqlite":
        return {}
    named = connection.execute(text("SELECT name FROM sqlite_master WHERE sql LIKE '%AUTOINCREMENT%'"))
    return {"AUTOINCREMENT": sorted(named.scalars())}


def test_a_drift_is_seen(store: Store) -> None:
    execute(store, "DROP TABLE beat")
    with store.engine.connect() as connection:
        assert len(drift(connection)) == 1


def test_the_scripts_allow_every_member_of_every_enum(scripted: Store) -> None:
    """Alembic compares no CHECK: a new member would be refused by an old database only."""
    with scripted.engine.connect() as connection:
        for table in METADATA.sorted_tables:
            checks = [check["sqltext"] for check in inspect(connection).get_check_constraints(table.name)]
            allowed = {check.strip("(").split()[0].split(":")[0].strip(")"): members(check) for check in checks}
            named = {column.name: column.type.enums for column in table.columns if isinstance(column.type, Enum)}
            assert {name: set(enums) for name, enums in named.items()}.items() <= allowed.items(), table.name


def members(check: str) -> set[str]:
    """The words in quotes: `state IN ('waiting', 'done')`, or PostgreSQL's `ANY (ARRAY['waiting'::…`."""
    return set(re.findall(r"'([^']*)'", check))


def test_an_old_database_is_taken_along(empty: Store) -> None:
    """The number of a claim that is gone is not given again: a button under an old message has it, and SQLite makes the
    table anew. Of old deliveries it is known which were the plan's."""
    claim = "INSERT INTO claim (consortium_id, account_id, shown, state, guesses, met_at)"
    claim += " VALUES (1, 1, '', 'met', 0, '2026-09-01 00:00:00')"
    owed = "INSERT INTO delivery (dedup_key, kind, subject, due_at, expires_at, state, attempts, perhaps_twice, error)"
    owed += " VALUES ('{}', 'remind', '', '2026-09-01 00:00:00', '2026-09-02 00:00:00', 'pending', 0, false, '')"
    keys = "k:remind:m@2026-09-01:7d:>person1", "minutes:1>person1", "nudge:asked:1:20260901T0800:1"
    with configured(empty) as config:
        command.upgrade(config, "0006")
    execute(empty, "INSERT INTO consortium VALUES (1, 'k', '', 'UTC', '', '2026-09-01 00:00:00')")
    execute(empty, "INSERT INTO account (id, platform, address) VALUES (1, 'telegram', '1')")
    for statement in (claim, "DELETE FROM claim", *map(owed.format, keys)):
        execute(empty, statement)
    migrating.upgrade(empty)
    execute(empty, claim)
    with empty.engine.connect() as connection:
        assert connection.execute(text("SELECT id FROM claim")).scalars().all() == [2]
        planned = connection.execute(text("SELECT dedup_key FROM delivery WHERE planned")).scalars().all()
    assert planned == [keys[0]]


def test_two_that_start_at_once_migrate_once(empty: Store, tmp_path: Path) -> None:
    url = empty.engine.url.render_as_string(hide_password=False)
    settings, stderr = os.environ | {"JIAOLIAN_DATABASE_URL": url}, [tmp_path / str(node) for node in range(3)]
    nodes = [Forked(["status", "--json"], tmp_path, settings, file, tmp_path / "out") for file in stderr]
    assert [(node.wait(60), file.read_text()) for node, file in zip(nodes, stderr, strict=True)] == [(0, "")] * 3
    assert migrating.revision(empty.engine) == migrating.HEAD


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
