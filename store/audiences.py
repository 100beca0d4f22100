"""Audiences (参加对象): whom an activity is meant for, by the roster as it is now."""

from sqlmodel import Session, col, select

from store import classes, persons, schools
from store.blueprint import Activity
from store.persons import Person


def of(session: Session, consortium: int, activity: Activity, class_key: str | None = None) -> list[Person]:
    """The people meant, retired ones left out; for a class meeting its head teacher (班主任), if there is one."""
    if activity.kind == "class_meeting":
        return head_teacher(session, consortium, class_key or "")
    everybody = select(Person).where(Person.consortium_id == consortium, col(Person.retired_at).is_(None))
    people = list(session.exec(everybody.order_by(col(Person.id))))
    audience = activity.audience
    if audience is None:
        return people
    keys = {school.id: key for key, school in schools.by_keys(session, consortium).items()}
    roles = persons.roles(session, [person.id for person in people if person.id is not None])
    return [
        person
        for person in people
        if (audience.roles is None or roles.get(person.id or 0, set()) & set(audience.roles))
        and (audience.schools is None or keys[person.school_id] in audience.schools)
        and (audience.subjects is None or person.subject in audience.subjects)
    ]


def head_teacher(session: Session, consortium: int, class_key: str) -> list[Person]:
    found = classes.by_keys(session, consortium).get(class_key)
    if found is None or found.head_teacher_id is None:
        return []
    person = session.get_one(Person, found.head_teacher_id)
    return [person] if person.retired_at is None else []
