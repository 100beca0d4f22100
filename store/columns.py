"""Column kinds, and names for constraints (an unnamed one cannot be dropped in SQLite's batch mode)."""

from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, Enum, Index, MetaData, UniqueConstraint, event
from sqlmodel import SQLModel

SQLModel.metadata.naming_convention = {
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Table(SQLModel):
    """What every table is one of: where it is defined, the names of constraints are known.

    Rows are made of what was checked before. So pydantic builds no checks for them, which took 50 ms of each start.
    """

    model_config = {"defer_build": True}


def one_of(members: type[StrEnum]) -> Any:
    """Values as text with a CHECK, not member names: a renamed member breaks no old row."""
    return Enum(
        members,
        values_callable=lambda kind: [member.value for member in kind],
        native_enum=False,
        create_constraint=True,
        length=24,
        name=members.__name__.lower(),
    )


def of_some_rows(name: str, *columns: Any, only: Any, unique: bool = False) -> Index:
    """An index of the rows that `only` holds for."""
    return Index(name, *columns, unique=unique, sqlite_where=only, info={"only": only})


@event.listens_for(SQLModel.metadata, "before_create")
def tell_postgresql(metadata: MetaData, connection: Connection, **_: object) -> None:
    """Not at the definition: to name an option of a dialect loads the dialect, 40 ms of each command on SQLite."""
    if connection.dialect.name == "postgresql":
        for index in (one for table in metadata.tables.values() for one in table.indexes if "only" in one.info):
            index.dialect_options["postgresql"]["where"] = index.info["only"]


def unique(*columns: str) -> UniqueConstraint:
    return UniqueConstraint(*columns)
