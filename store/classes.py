"""Classes (班级) and who heads them (班主任)."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlmodel import Field, Session, col, select

from store import blueprint
from store.columns import Table, unique
from store.retiring import keep_named


class SchoolClass(Table, table=True):
    __tablename__ = "school_class"
    __table_args__ = (unique("consortium_id", "key"),)
    id: int | None = Field(default=None, primary_key=True)
    consortium_id: int = Field(foreign_key="consortium.id")
    key: str
    school_id: int = Field(foreign_key="school.id")
    name: str
    head_teacher_id: int | None = Field(default=None, foreign_key="person.id")
    retired_at: datetime | None = None


def by_keys(session: Session, consortium: int) -> dict[str, SchoolClass]:
    """Every class of the consortium, retired ones too."""
    found = session.exec(select(SchoolClass).where(SchoolClass.consortium_id == consortium))
    return {school_class.key: school_class for school_class in found}


def name_of(session: Session, room: int | None) -> str | None:
    return None if room is None else session.get_one(SchoolClass, room).name


def match(
    session: Session,
    consortium: int,
    named: Sequence[blueprint.SchoolClass],
    schools: Mapping[str, int],
    persons: Mapping[str, int],
    now: datetime,
) -> dict[str, int]:
    """The rows as a consortium file has them, retired where it names them no longer. The ids of those named, by key."""
    rows = by_keys(session, consortium)
    for room in named:
        new = SchoolClass(consortium_id=consortium, key=room.key, school_id=schools[room.school], name=room.name)
        row = rows.setdefault(room.key, new)
        row.school_id, row.name = schools[room.school], room.name
        row.head_teacher_id = persons[room.head_teacher] if room.head_teacher else None
    return keep_named(session, rows, {room.key for room in named}, now)


def has_head(session: Session, person: int) -> bool:
    """Whether the person is the head teacher (班主任) of a class that is not retired."""
    theirs = select(SchoolClass.id).where(SchoolClass.head_teacher_id == person, col(SchoolClass.retired_at).is_(None))
    return session.exec(theirs).first() is not None
