"""Audiences (参加对象): whom an activity is meant for."""

from collections.abc import Collection

from sqlmodel import Session, col, select

from store import classes, persons, schools
from store.blueprint import Activity
from store.persons import Person


def of(session: Session, consortium: int, activity: Activity, class_key: str | None = None) -> list[Person]:
    """The people meant by the roster as it is now; for a class meeting its head teacher (班主任), if there is one."""
    if activity.kind == "class_meeting":
        return head_teacher(session, consortium, class_key or "")
    rows = select(Person).where(Person.consortium_id == consortium, col(Person.retired_at).is_(None))
    people = list(session.exec(rows.order_by(col(Person.id))))
    keys = {school.id: key for key, school in schools.by_keys(session, consortium).items()}
    roles = persons.roles(session, [person.id for person in people if person.id is not None])
    return [
        person for person in people if fits(activity, roles[person.id or 0], keys[person.school_id], person.subject)
    ]


def fits(activity: Activity, roles: Collection[str], school: str, subject: str | None) -> bool:
    """An exchanged teacher (交流教师) counts where the work is now: `school` is that school's key."""
    asked = activity.audience
    return asked is None or (
        (asked.roles is None or not set(asked.roles).isdisjoint(roles))
        and (asked.schools is None or school in asked.schools)
        and (asked.subjects is None or subject in asked.subjects)
    )


def head_teacher(session: Session, consortium: int, class_key: str) -> list[Person]:
    found = classes.by_keys(session, consortium).get(class_key)
    if found is None or found.head_teacher_id is None:
        return []
    person = session.get_one(Person, found.head_teacher_id)
    return [person] if person.retired_at is None else []
