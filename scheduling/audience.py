"""Who is expected at an occurrence (参加对象), by the consortium file alone."""

from scheduling.occurrences import CLASS_MEETING, Planned
from store import audiences
from store.blueprint import Activity, Blueprint, Person


def of(blueprint: Blueprint, activity: Activity, planned: Planned) -> list[Person]:
    """In the file's order: a class meeting's head teacher, else everyone of the roles, schools and subjects asked for.

    An exchanged teacher (交流教师) counts where the work is now.
    """
    if planned.kind == CLASS_MEETING:
        return [person for person in blueprint.person if person.key == planned.head_teacher]
    return [
        person for person in blueprint.person if audiences.fits(activity, person.roles, person.school, person.subject)
    ]
