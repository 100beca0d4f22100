"""Audiences (参加对象): whom an activity is meant for."""

from collections.abc import Collection

from msgspec import Struct
from sqlalchemy import ColumnElement
from sqlmodel import Session, col, select

from store import classes, persons
from store.blueprint import Activity
from store.persons import Person
from store.schools import School


class Meant(Struct, frozen=True):
    """`subject`: what the person teaches."""

    id: int
    school_id: int
    name: str
    subject: str | None


def of(session: Session, consortium: int, activity: Activity, class_key: str | None = None) -> list[Meant]:
    """The people meant by the roster as it is now; for a class meeting its head teacher (班主任), if there is one."""
    if activity.kind == "class_meeting":
        return head_teacher(session, consortium, class_key or "")
    found = meant(session, Person.consortium_id == consortium)
    roles = persons.roles(session, [one.id for one, _ in found])
    return [one for one, school in found if fits(activity, roles[one.id], school, one.subject)]


def meant(session: Session, which: ColumnElement[bool] | bool) -> list[tuple[Meant, str]]:
    """With the key of the school; retired ones left out."""
    rows = (  # five columns: SQLModel's types know four
        select(Person.id, Person.school_id, Person.name, col(Person.subject), School.key)  # type: ignore[call-overload]
        .join(School, col(School.id) == Person.school_id)
        .where(which, col(Person.retired_at).is_(None))
        .order_by(col(Person.id))
    )
    return [(Meant(*person), school) for *person, school in session.exec(rows)]


def fits(activity: Activity, roles: Collection[str], school: str, subject: str | None) -> bool:
    """An exchanged teacher (交流教师) counts where the work is now: `school` is that school's key."""
    asked = activity.audience
    return asked is None or (
        (asked.roles is None or not set(asked.roles).isdisjoint(roles))
        and (asked.schools is None or school in asked.schools)
        and (asked.subjects is None or subject in asked.subjects)
    )


def head_teacher(session: Session, consortium: int, class_key: str) -> list[Meant]:
    found = classes.by_keys(session, consortium).get(class_key)
    if found is None or found.head_teacher_id is None:
        return []
    return [one for one, _ in meant(session, Person.id == found.head_teacher_id)]
