"""Schools (学校): the core school and its members."""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum

from sqlmodel import Field, Session, select

from store import blueprint
from store.columns import Table, one_of, unique
from store.retiring import keep_named


class SchoolRole(StrEnum):
    """核心校 and 成员校."""

    CORE = "core"
    MEMBER = "member"


class School(Table, table=True):
    __table_args__ = (unique("consortium_id", "key"),)
    id: int | None = Field(default=None, primary_key=True)
    consortium_id: int = Field(foreign_key="consortium.id")
    key: str
    name: str
    role: SchoolRole = Field(sa_type=one_of(SchoolRole))
    place: str | None = None
    retired_at: datetime | None = None


def by_keys(session: Session, consortium: int) -> dict[str, School]:
    """Every school of the consortium, retired ones too."""
    return {school.key: school for school in session.exec(select(School).where(School.consortium_id == consortium))}


def name_of(session: Session, school: int | None) -> str | None:
    return None if school is None else session.get_one(School, school).name


def match(session: Session, consortium: int, named: Sequence[blueprint.School], now: datetime) -> dict[str, int]:
    """The rows as a consortium file has them, retired where it names them no longer. The ids of those named, by key."""
    rows = by_keys(session, consortium)
    for school in named:
        role = SchoolRole(school.role)
        row = rows.setdefault(school.key, School(consortium_id=consortium, key=school.key, name=school.name, role=role))
        row.name, row.role, row.place = school.name, role, school.place
    return keep_named(session, rows, {school.key for school in named}, now)
