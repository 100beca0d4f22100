"""Column kinds, and names for constraints (an unnamed one cannot be dropped in SQLite's batch mode)."""

from enum import StrEnum
from typing import Any

from sqlalchemy import Enum, UniqueConstraint
from sqlmodel import SQLModel

SQLModel.metadata.naming_convention = {
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


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


def unique(*columns: str) -> UniqueConstraint:
    return UniqueConstraint(*columns)
