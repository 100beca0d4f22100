"""`jiaolian run` on a PostgreSQL server that lets it in by no means, or is not there: as with SQLite's troubles."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from socketserver import BaseRequestHandler, ThreadingTCPServer
from threading import Thread

import pytest
from sqlalchemy import URL, create_engine, make_url, text

from tests.bot.life import OFFICE, Life, until
from tests.bot.test_trouble import goes_on, refused
from tests.databases import Server, name_of


@pytest.fixture
def database(postgresql: Server) -> Iterator[URL]:
    """An empty one; `run` makes the tables."""
    url = postgresql.new()
    yield make_url(url)
    postgresql.drop([name_of(url)])


@contextmanager
def with_password(database: URL) -> Iterator[URL]:
    """The address of a user whom the server asks for a password, as one from the package index does of nobody."""
    name = f"{database.database}_user"
    engine = create_engine(database, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"CREATE ROLE {name} LOGIN PASSWORD 'right'"))
        rules = Path(str(connection.execute(text("SHOW hba_file")).scalar()))
        before = rules.read_text() if rules.exists() else None  # of a server elsewhere: it asks by itself
        if before is not None:
            rules.write_text(f"local all {name} scram-sha-256\n{before}")
        connection.execute(text("SELECT pg_reload_conf()"))
        try:
            yield database.set(username=name, password="wrong")
        finally:
            if before is not None:
                rules.write_text(before)
            connection.execute(text("SELECT pg_reload_conf()"))
            connection.execute(text(f"DROP ROLE {name}"))
    engine.dispose()


def running_on(life: Life, database: URL) -> dict[str, str]:
    return life.polling | {"JIAOLIAN_DATABASE_URL": database.render_as_string(hide_password=False)}


class Relay(ThreadingTCPServer):
    """A port of our own that leads to the server, wherever that listens."""

    allow_reuse_address = daemon_threads = True

    def __init__(self, port: int, database: URL) -> None:
        super().__init__(("127.0.0.1", port), Handed)
        self.folder, self.host, self.behind = database.query.get("host"), database.host, database.port or 5432

    def connected(self) -> socket.socket:
        if self.host is not None:
            return socket.create_connection((self.host, self.behind))
        there = socket.socket(socket.AF_UNIX)
        there.connect(f"{self.folder}/.s.PGSQL.{self.behind}")
        return there


class Handed(BaseRequestHandler):
    server: Relay

    def handle(self) -> None:
        with self.server.connected() as there:
            back = Thread(target=pump, args=(there, self.request), daemon=True)
            back.start()
            pump(self.request, there)
            back.join()


def pump(source: socket.socket, target: socket.socket) -> None:
    """Until one of them ends; then the other is ended, too."""
    try:
        while chunk := source.recv(65536):
            target.sendall(chunk)
        target.shutdown(socket.SHUT_WR)
    except OSError:
        pass


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def test_a_wrong_password_ends_the_run_with_one_line(life: Life, database: URL) -> None:
    with with_password(database) as shut:
        line = refused(life, running_on(life, shut))
    assert "password authentication failed" in line
    assert line.endswith(": expected a database that can be opened and written")
    assert "wrong" not in line


def test_a_socket_that_is_not_there_yet_is_waited_for_too(life: Life, database: URL) -> None:
    nowhere = database.set(host=None, port=None, query={"host": str(life.folder)})
    with life.run(running_on(life, nowhere)) as child:
        until(lambda: life.logged("store_unavailable"))
        life.stop(child)


def test_a_server_that_is_not_up_yet_is_said_once_and_waited_for(life: Life, database: URL) -> None:
    port = free_port()
    life.people.say(OFFICE, OFFICE, "/help")
    with life.run(running_on(life, database.set(host="127.0.0.1", port=port, query={}))) as child:
        until(lambda: life.logged("store_unavailable"))
        assert not life.called("getme")
        with Relay(port, database) as relay:
            Thread(target=relay.serve_forever, daemon=True).start()
            goes_on(life)
            life.stop(child)
            relay.shutdown()
