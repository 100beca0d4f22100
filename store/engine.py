"""An engine with the pragmas our promises need, and the one upsert that both dialects know."""

import sqlite3
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from functools import lru_cache
from importlib import import_module
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import quote

from sqlalchemy import (
    URL,
    ColumnElement,
    Connection,
    Engine,
    ExceptionContext,
    bindparam,
    create_engine,
    event,
    literal,
    make_url,
)
from sqlalchemy.exc import ArgumentError, OperationalError
from sqlalchemy.pool import StaticPool
from sqlmodel import Session, SQLModel

from store.complaint import Complaint
from store.condition import Damaged, is_damage, sqlstate
from store.prepared import Prepared

T = TypeVar("T")

# synchronous=FULL: a commit has reached the disk when it returns, also where the power fails. For a lock the driver
# waits five seconds, unless the address says otherwise (?timeout=…).
LOCK_WAIT = "5s"  # the same on PostgreSQL, which would wait for ever for somebody who went home in the middle of psql
ADDRESS = "sqlite:///file or postgresql://user@host/name"
READS = "jiaolian_reads"  # an option of a connection
READ_ONLY = "25006"  # PostgreSQL: read_only_sql_transaction; to its driver no OperationalError
PRAGMAS: tuple[str, ...] = ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "secure_delete=ON")
PATIENCE = 200  # milliseconds


def connect(url: str) -> Engine:
    """Raises Complaint for an address that nothing here can open."""
    try:
        address = read(url)
        served = address.get_backend_name() != "sqlite"  # a server may have thrown us out meanwhile: asked before use
        # an error's words reach logs, a value may be a reason
        engine = create_engine(address, hide_parameters=True, pool_pre_ping=served)
    except ImportError:
        mend = "its driver beside it: pip install 'jiaolian[postgres]'"
        raise Complaint("JIAOLIAN_DATABASE_URL", "postgresql", mend) from None
    except ArgumentError:
        raise Complaint("JIAOLIAN_DATABASE_URL", "", ADDRESS) from None
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", set_pragmas)
        event.listen(engine, "begin", begin_immediate)
        event.listen(engine, "handle_error", name_file)
    else:
        event.listen(engine, "connect", bound_waits)
        event.listen(engine, "handle_error", name_no_value)
        event.listen(engine, "handle_error", name_read_only, retval=True)
    event.listen(engine, "handle_error", name_damage, retval=True)
    return engine


def connect_to_read(url: str) -> Engine:
    """As `connect`; of SQLite no byte is changed, and no file made beside it that can be done without."""
    address = read(url)
    if address.get_backend_name() != "sqlite" or not address.database:
        return connect(url)
    file = Path(address.database)
    engine = create_engine(address, creator=lambda: opened_to_read(file), hide_parameters=True)
    event.listen(engine, "begin", begin_reading)
    return engine


def opened_to_read(file: Path) -> sqlite3.Connection:
    """A reader of a database in WAL mode makes -wal and -shm where they are not, and leaves them behind.

    Where there is no log nobody has the database open: it stands still (immutable), and neither is needed. Where there
    is one, its index (-shm) is SQLite's to keep; the log and the database stay as they are.
    """
    still = "" if any(file.with_name(file.name + end).exists() for end in ("-wal", "-journal")) else "&immutable=1"
    address = f"file:{quote(str(file))}?mode=ro{still}"
    return sqlite3.connect(address, uri=True, timeout=1, isolation_level=None, check_same_thread=False)


def begin_reading(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN")  # the driver begins nothing by itself: one state, whatever is asked


def read(url: str) -> URL:
    """Raises Complaint, without the address: it may hold a password."""
    try:
        return make_url(url)
    except (ArgumentError, ValueError):
        raise Complaint("JIAOLIAN_DATABASE_URL", "", ADDRESS) from None


def copied(engine: Engine) -> Engine:
    """The same SQLite database as it is now, in memory."""
    memory = sqlite3.connect(":memory:", check_same_thread=False)
    with engine.connect() as connection:
        connection.connection.driver_connection.backup(memory)  # type: ignore[union-attr]
    copy = create_engine("sqlite://", creator=lambda: memory, poolclass=StaticPool, hide_parameters=True)
    event.listen(copy, "connect", set_pragmas)
    event.listen(copy, "begin", begin_immediate)
    return copy


def empty_log(engine: Engine) -> None:
    """SQLite keeps in its log (-wal), too, what has been overwritten in the file. It is left to the next time where
    somebody reads or writes just then; writers wait for it no longer than `PATIENCE`."""
    if engine.dialect.name != "sqlite":
        return
    with engine.connect() as connection, suppress(sqlite3.DatabaseError):  # what is wrong, the next call says
        driver: Any = connection.connection.driver_connection
        ((before,),) = driver.execute("PRAGMA busy_timeout")
        driver.execute(f"PRAGMA busy_timeout={PATIENCE}")
        try:
            driver.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        finally:
            driver.execute(f"PRAGMA busy_timeout={before}")


def name_damage(context: ExceptionContext) -> Damaged | None:
    """To the drivers it is an error like any other."""
    error = context.original_exception
    return Damaged(context.statement, None, error, hide_parameters=True) if is_damage(error) else None


def name_file(context: ExceptionContext) -> None:
    """SQLite does not say which file it cannot open or write: a note at the driver's error does."""
    if context.engine is not None and context.engine.url.database:
        context.original_exception.add_note(str(Path(context.engine.url.database).absolute()))


def name_no_value(context: ExceptionContext) -> None:
    """PostgreSQL quotes the row that a constraint refused in the lines behind the first."""
    error, told = context.original_exception, context.sqlalchemy_exception
    error.args = (str(error).partition("\n")[0],)
    if told is not None:
        told.args = (str(told.args[0]).partition("\n")[0],)


def name_read_only(context: ExceptionContext) -> OperationalError | None:
    """A server that another has taken over from (a failover) only reads, which passes: at the next connection."""
    error = context.original_exception
    if sqlstate(error) != READ_ONLY:
        return None
    context.is_disconnect = True
    return OperationalError(context.statement, None, error, hide_parameters=True)


def set_pragmas(driver: Any, _record: object) -> None:
    driver.isolation_level = None  # the driver begins nothing by itself: `begin_immediate` does
    cursor = driver.cursor()
    for pragma in PRAGMAS:
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def bound_waits(driver: Any, _record: object) -> None:
    driver.autocommit = True
    cursor = driver.cursor()
    cursor.execute(f"SET lock_timeout = '{LOCK_WAIT}'")
    cursor.close()
    driver.autocommit = False


def begin_immediate(connection: Connection) -> None:
    # A deferred transaction that reads first and writes later fails as "locked" when two come together.
    only_reads = connection.get_execution_options().get(READS)
    connection.exec_driver_sql("BEGIN" if only_reads else "BEGIN IMMEDIATE")


def reading(engine: Engine) -> Engine:
    """The same, for transactions that only read: each sees one state, however long it takes, and holds up no writer."""
    if engine.dialect.name == "sqlite":
        return engine.execution_options(**{READS: True})
    return engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)


def inserting(session: Session, table: type[SQLModel]) -> Any:
    return insert_of(session.get_bind().dialect.name, table)


def insert_of(dialect: str, table: type[SQLModel]) -> Any:
    """The dialect's own INSERT, which knows ON CONFLICT; that of the other one is not loaded."""
    return import_module(f"sqlalchemy.dialects.{dialect}").insert(table)


Guard = Callable[[Any], ColumnElement[bool]]


def upsert(
    session: Session,
    table: type[SQLModel],
    key: Mapping[str, object],
    values: Mapping[str, object],
    only_if: Guard | None = None,
) -> bool:
    """Insert, or change the row of this unique key; False where nothing was written.

    `only_if`: where the row is there, it is changed only if this holds of it and of the values that would be inserted.
    """
    dialect = session.get_bind().dialect.name
    statement = upserting(dialect, table, tuple(key), tuple(values), only_if)
    # RETURNING, not `rowcount`: that is -1 on PostgreSQL, where SQLAlchemy asks for the key by itself.
    return statement.first(session, {**key, **values}) is not None


@lru_cache(maxsize=256)  # building a statement takes longer than executing it
def upserting(
    dialect: str, table: type[SQLModel], key: tuple[str, ...], values: tuple[str, ...], only_if: Guard | None
) -> Prepared:
    insert = insert_of(dialect, table).values({name: bindparam(name) for name in (*key, *values)})
    guard = only_if(insert.excluded) if only_if else None
    change = {name: insert.excluded[name] for name in values}
    kept = insert.on_conflict_do_update(index_elements=list(key), set_=change, where=guard)
    return Prepared(kept.returning(literal(1)))


def insert_new(session: Session, table: type[SQLModel], rows: Sequence[Mapping[str, object]], *key: str) -> int:
    """Insert those rows whose unique key is not there yet; how many were."""
    if not rows:
        return 0
    insert = inserting(session, table).on_conflict_do_nothing(index_elements=list(key)).returning(literal(1))
    return len(session.connection().execute(insert, list(rows)).all())


def slices(rows: Sequence[T], size: int) -> list[Sequence[T]]:
    """SQLite bounds the number of variables in a statement."""
    return [rows[start : start + size] for start in range(0, len(rows), size)]
