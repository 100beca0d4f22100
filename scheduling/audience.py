"""Who is expected at an occurrence (参加对象), by the consortium file alone."""

from store.blueprint import Activity, Blueprint, Person
from scheduling.occurrences import CLASS_MEETING, Planned


def of(blueprint: Blueprint, activity: Activity, planned: Planned) -> list[Person]:
    """In the file's order: a class meeting's head teacher, else everyone of the roles, schools and subjects asked for.

    An exchanged teacher (交流教师) counts where the work is now.
    """
    if planned.kind == CLASS_MEETING:
        return [person for person in blueprint.person if person.key == planned.head_teacher]
    return [person for person in blueprint.person if expected(activity, person)]


def expected(activity: Activity, person: Person) -> bool:
    asked = activity.audience
    return asked is None or (
        (asked.roles is None or not set(asked.roles).isdisjoint(person.roles))
        and (asked.schools is None or person.school in asked.schools)
        and (asked.subjects is None or person.subject in asked.subjects)
    )
