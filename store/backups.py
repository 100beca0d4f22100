"""Backups: everything that the database holds, in one file that either kind of database can be filled from.

A zip of `manifest.json` (format, schema revision, rows and SHA-256 of each table) and a `<table>.jsonl` for each table,
a row a line. Instants are UTC. A file of an older revision is restored at that revision and brought up to date.
"""

import hashlib
import json
import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from datetime import date, datetime, time
from enum import Enum
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from msgspec import Struct
from sqlalchemy import Connection, MetaData, Table, func, inspect, select, text

from store import migrating
from store.complaint import Complaint
from store.database import Store
from store.engine import copied
from store.schema import TABLES

FORMAT, MANIFEST = "jiaolian-backup-1", "manifest.json"
KINDS: dict[str, type[date] | type[time]] = {
    "DATE": date,
    "TIME": time,
    "DATETIME": datetime,
    "TIMESTAMP": datetime,
}  # of reflected columns
BATCH = 500  # rows that are inserted at a time


class Backup(Struct, frozen=True):
    """A file that was read as a whole and found good: the rows of each table, as they were spelt."""

    revision: str
    rows: Mapping[str, list[dict[str, Any]]]


def write(store: Store, file: Path) -> int:
    """A snapshot, while others go on writing; how many rows. The file is there whole, or as it was before.

    Raises Complaint where something else stands there.
    """
    half = file.with_name(f"{file.name}.half")
    try:
        if file.exists() and not is_one(file):
            raise Complaint(str(file), "a file that is no backup", "a new name, or an older backup to be replaced")
        with closing(os.fdopen(os.open(half, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600), "wb")) as raw:
            count = dump(store, raw)
            raw.flush()
            os.fsync(raw.fileno())
        half.replace(file)
    except OSError as error:
        raise Complaint(str(file), error.strerror or str(error), "a file that can be written") from None
    finally:
        with suppress(OSError):  # a folder that nothing can be written in, a name that is too long
            half.unlink()
    return count


def dump(store: Store, raw: Any) -> int:
    tables: dict[str, dict[str, Any]] = {}
    with snapshot(store) as connection, ZipFile(raw, "w", ZIP_DEFLATED) as archive:
        for table in TABLES[0].metadata.sorted_tables:
            lines = [json.dumps(row, ensure_ascii=False, default=plain) for row in all_of(connection, table)]
            content = "".join(f"{line}\n" for line in lines).encode()
            archive.writestr(f"{table.name}.jsonl", content)
            tables[table.name] = {"rows": len(lines), "sha256": hashlib.sha256(content).hexdigest()}
        manifest = {"format": FORMAT, "revision": migrating.HEAD, "tables": tables}
        archive.writestr(MANIFEST, json.dumps(manifest, indent=1))
    return sum(table["rows"] for table in tables.values())


@contextmanager
def snapshot(store: Store) -> Iterator[Connection]:
    """SQLite's is a copy in memory: a reader's transaction of ours is a writer's, and would hold up presses."""
    sqlite = store.engine.dialect.name == "sqlite"
    engine = copied(store.engine) if sqlite else store.engine.execution_options(isolation_level="REPEATABLE READ")
    with engine.connect() as connection:
        yield connection
    if sqlite:
        engine.dispose()


def all_of(connection: Connection, table: Table) -> Iterator[dict[str, Any]]:
    rows = connection.execute(select(table).order_by(*table.primary_key.columns))
    return (dict(row) for row in rows.mappings())


def plain(value: object) -> str:
    if isinstance(value, Enum):
        return str(value.value)
    if isinstance(value, date | time):
        return value.isoformat()
    raise TypeError(type(value).__name__)


def is_one(file: Path) -> bool:
    try:
        read(file)
    except Complaint:
        return False
    return True


def read(file: Path) -> Backup:
    """Raises Complaint for a file that cannot be read, is damaged, of another program or of a newer version."""
    expected = "a file that `jiaolian backup` wrote"
    try:
        return whole(file)
    except Complaint:
        raise
    except OSError as error:
        raise Complaint(str(file), error.strerror or str(error), expected) from None
    except Exception as error:  # whatever zip, deflate and JSON make of damaged bytes
        raise Complaint(str(file), f"not whole ({error})", expected) from None


def whole(file: Path) -> Backup:
    with ZipFile(file) as archive:
        manifest = json.loads(archive.read(MANIFEST))
        found, revision = manifest["format"], manifest["revision"]
        if found != FORMAT:
            raise Complaint(str(file), repr(found), FORMAT)
        rows = {name: checked(archive.read(f"{name}.jsonl"), told) for name, told in manifest["tables"].items()}
    if revision not in migrating.known():
        expected = f"{migrating.HEAD!r} or older: it was written by a newer version"
        raise Complaint(str(file), f"revision {revision!r}", expected)
    return Backup(revision, rows)


def checked(content: bytes, told: Mapping[str, Any]) -> list[dict[str, Any]]:
    if hashlib.sha256(content).hexdigest() != told["sha256"]:
        raise ValueError("its checksum is another")
    rows = [json.loads(line) for line in content.splitlines()]
    if not all(isinstance(row, dict) for row in rows):
        raise TypeError("a row that is none")
    return rows


def restore(store: Store, backup: Backup, *, replace: bool) -> int:
    """Fill the database, in one transaction; how many rows. Raises Complaint where it holds anything (`replace`: then
    that is gone)."""
    with migrating.rebuilding(store.engine) as connection:
        migrating.readable(connection)  # what is another program's, or a newer version's, is not ours to give up
        if not replace and (held := holding(connection)):
            raise Complaint("database", f"rows in {held}", "an empty one, or --replace")
        migrating.migrate(connection, "base")
        migrating.migrate(connection, backup.revision)
        count = fill(connection, backup)
        migrating.migrate(connection, migrating.HEAD)
    return count


def holding(connection: Connection) -> str:
    """The first table that has a row; "" where none has."""
    tables = MetaData()
    tables.reflect(connection)
    names = (table for table in tables.sorted_tables if table.name != "alembic_version")
    return next((table.name for table in names if connection.execute(select(table).limit(1)).first()), "")


def fill(connection: Connection, backup: Backup) -> int:
    """The tables as they were at the backup's revision: the models may be newer."""
    tables, count = MetaData(), 0
    tables.reflect(connection)
    for table in tables.sorted_tables:
        rows = backup.rows.get(table.name, [])
        for start in range(0, len(rows), BATCH):
            values = [spelt(table, row) for row in rows[start : start + BATCH]]
            connection.execute(table.insert(), values)
        count += len(rows)
    if connection.dialect.name == "postgresql":
        count_on(connection, tables.sorted_tables)
    return count


def spelt(table: Table, row: Mapping[str, Any]) -> dict[str, Any]:
    kinds = {column.name: KINDS.get(str(column.type).split("(", maxsplit=1)[0].split()[0]) for column in table.columns}
    return {
        name: kind.fromisoformat(value) if value is not None and (kind := kinds.get(name)) else value
        for name, value in row.items()
    }


def count_on(connection: Connection, tables: Iterable[Table]) -> None:
    """The next number of each table comes after those that were brought along."""
    for table in tables:
        key = table.primary_key.columns
        if list(key.keys()) == ["id"] and inspect(connection).get_columns(table.name)[0]["autoincrement"]:
            highest = connection.execute(select(func.max(key["id"]))).scalar()
            if highest is not None:
                words = text("SELECT setval(pg_get_serial_sequence(:name, 'id'), :highest)")
                connection.execute(words, {"name": f'"{table.name}"', "highest": highest})
