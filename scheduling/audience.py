"""Who is expected at an occurrence (参加对象), by the consortium file alone."""

from scheduling.occurrences import CLASS_MEETING, Planned
from store import audiences
from store.blueprint import Activity, Blueprint


def of(blueprint: Blueprint, activity: Activity, planned: Planned) -> list[str]:
    """Keys, in the file's order: a class meeting's head teacher, else everyone whom the activity's audience holds.

    An exchanged teacher (交流教师) counts where the work is now.
    """
    if planned.kind == CLASS_MEETING:
        return [planned.head_teacher] if planned.head_teacher else []
    people = blueprint.person
    return [one.key for one in people if audiences.fits(activity, one.roles, one.school, one.subject)]
