"""Consortiums (教联体): the schools that are joined under one plan, and the file applied last."""

from datetime import datetime
from functools import cache, lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import bindparam, func
from sqlalchemy import select as columns
from sqlmodel import Field, Session, col, select

from store.blueprint import Blueprint, Keep
from store.columns import Table

ALONE = 20261015  # names a lock on PostgreSQL


class Consortium(Table, table=True):
    """`applied` is the JSON of the file applied last, `amended` that of the same with what was set in the chat, where
    anything was; about what began before `since` nothing is sent."""

    id: int | None = Field(default=None, primary_key=True)
    key: str = Field(unique=True)
    name: str
    timezone: str
    applied: str
    amended: str | None = None
    since: datetime


def by_key(session: Session, key: str) -> Consortium | None:
    return session.exec(select(Consortium).where(Consortium.key == key)).first()


def get(session: Session, consortium: int) -> Consortium | None:
    return session.get(Consortium, consortium)


def zone(session: Session, consortium: int) -> ZoneInfo:
    """Of a consortium that there is, without its file."""
    return ZoneInfo(session.connection().execute(zones(), {"consortium": consortium}).scalar_one())


@cache
def zones() -> Any:
    return columns(col(Consortium.timezone)).where(col(Consortium.id) == bindparam("consortium"))


def alone(session: Session) -> None:
    """Whoever else would apply a file, or plan by one, waits from here on, also for a consortium that has no row yet.

    SQLite has one writer anyway.
    """
    if session.get_bind().dialect.name == "postgresql":
        session.exec(select(func.pg_advisory_xact_lock(ALONE)))


def undisturbed(session: Session) -> bool:
    """The same for who does not want to wait: False where somebody else applies a file, plans by one, or asked this."""
    if session.get_bind().dialect.name != "postgresql":
        return True
    return bool(session.exec(select(func.pg_try_advisory_xact_lock(ALONE))).one())


def every(session: Session) -> list[Consortium]:
    """All of them, by key."""
    return list(session.exec(select(Consortium).order_by(col(Consortium.key))))


def blueprint(consortium: Consortium) -> Blueprint:
    """What holds: the file applied last, and what was set in the chat."""
    return read(consortium.amended or consortium.applied)


def prompts(session: Session, consortium: int, activity: str) -> tuple[str, ...]:
    """What a reflection (反思) on that activity may be about."""
    return blueprint(session.get_one(Consortium, consortium)).prompts(activity)


def kept_for(session: Session, consortium: int) -> Keep:
    """How long what is private is kept (保存期限)."""
    return blueprint(session.get_one(Consortium, consortium)).consortium.keep or Keep()


def applied(consortium: Consortium) -> Blueprint:
    """The file applied last, as it was."""
    return read(consortium.applied)


@lru_cache(maxsize=64)
def read(applied: str) -> Blueprint:
    """Read once a version: it is asked for at every tick, and frozen."""
    return Blueprint.model_validate_json(applied)


def put(session: Session, file: Blueprint, amended: Blueprint, now: datetime) -> int:
    """The consortium as the file has it, and as it holds; `since` is when it was first applied."""
    named = file.consortium
    row = by_key(session, named.key) or Consortium(key=named.key, name="", timezone="", applied="", since=now)
    row.name, row.timezone, row.applied = named.name, named.timezone, spelt(file)
    row.amended = None if amended == file else spelt(amended)
    session.add(row)
    session.flush()
    assert row.id is not None
    return row.id


def amend(session: Session, consortium: Consortium, amended: Blueprint) -> None:
    """What holds from now on; the file's own word stays."""
    consortium.amended = None if amended == applied(consortium) else spelt(amended)
    session.add(consortium)
    session.flush()


def spelt(blueprint: Blueprint) -> str:
    return blueprint.model_dump_json(exclude_none=True)
