"""Prepared: the few statements that every press asks, SQLAlchemy's own, put into words once and run by SQLite's driver.

SQLAlchemy takes 60 to 110 µs for a statement that it has built and compiled before; SQLite takes 5 to 10 of them. What
its types make of values, on the way in and out, is what they make of them here. PostgreSQL is asked the usual way.
"""

import sqlite3
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from msgspec import Struct
from sqlalchemy import Connection, Dialect
from sqlmodel import Session

Change = Callable[[Any], Any] | None


class Words(Struct, frozen=True):
    """`given`: of each `?` the name, the value where it is a constant, and what is made of it."""

    sql: str
    given: tuple[tuple[str, Any, Change], ...]
    taken: tuple[tuple[int, Callable[[Any], Any]], ...]


class Prepared:
    """What cannot be put into words once (a list, a default that is found for each row) is asked the usual way."""

    def __init__(self, statement: Any) -> None:
        self.statement = statement
        self.words: Words | None = None
        self.tried = False

    def first(self, session: Session, values: Mapping[str, Any]) -> tuple[Any, ...] | None:
        """The first row, of a statement whose rows are few: all of them are fetched. None where it gives none."""
        found = self.each(session, [values])
        return found[0] if found else None

    def each(self, session: Session, rows: Sequence[Mapping[str, Any]]) -> list[tuple[Any, ...]]:
        """The statement for each of these values; all the rows that it gives. For more than one: of a change."""
        if not rows:
            return []
        connection = session.connection()
        words = self.words_for(connection.dialect)
        if words is None:
            return self.usual(connection, rows)
        driver: Any = connection.connection.driver_connection
        found: list[tuple[Any, ...]] = []
        for values in rows:
            given = [
                change(values.get(name, constant)) if change else values.get(name, constant)
                for name, constant, change in words.given
            ]
            try:
                said = driver.execute(words.sql, given).fetchall()
            except sqlite3.Error:  # it did nothing; SQLAlchemy says the same in the words that all wait for
                found += self.usual(connection, [values])
            else:
                found += [changed(row, words.taken) for row in said]
        return found

    def usual(self, connection: Connection, rows: Sequence[Mapping[str, Any]]) -> list[tuple[Any, ...]]:
        result = connection.execute(self.statement, rows)
        return [tuple(row) for row in result] if result.returns_rows else []

    def words_for(self, dialect: Dialect) -> Words | None:
        """None: it is asked the usual way."""
        if dialect.name != "sqlite":
            return None
        if not self.tried:
            self.words, self.tried = worded(self.statement, dialect), True
        return self.words


def changed(row: tuple[Any, ...], taken: tuple[tuple[int, Callable[[Any], Any]], ...]) -> tuple[Any, ...]:
    values = list(row)
    for place, change in taken:
        values[place] = change(values[place])
    return tuple(values)


def worded(statement: Any, dialect: Dialect) -> Words | None:
    compiled = statement.compile(dialect=dialect)
    defaults = {column.key: column.default for column in (*compiled.insert_prefetch, *compiled.update_prefetch)}
    binds = [(name, compiled.binds[name]) for name in compiled.positiontup or []]
    if any(bind.expanding for _, bind in binds) or not all(default.is_scalar for default in defaults.values()):
        return None
    constants = {name: bind.effective_value for name, bind in binds} | {key: one.arg for key, one in defaults.items()}
    given = tuple((name, constants[name], bound(bind.type, dialect)) for name, bind in binds)
    types = [one.type for one in statement.exported_columns]
    changes = ((place, one.dialect_impl(dialect).result_processor(dialect, None)) for place, one in enumerate(types))
    return Words(str(compiled), given, tuple((place, change) for place, change in changes if change is not None))


def bound(kind: Any, dialect: Dialect) -> Change:
    change: Change = kind.dialect_impl(dialect).bind_processor(dialect)
    return change
