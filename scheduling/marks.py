"""Marks: what an occurrence and its reminders follow from, in a few characters; the same mark, nothing to plan anew."""

from datetime import date
from functools import lru_cache
from hashlib import blake2b
from importlib.metadata import version

from scheduling.keys import Keys
from scheduling.occurrences import Planned
from store.blueprint import Activity, Blueprint

REMEMBERED = 32_768  # occurrences in reach, such as the class meetings of 2,400 classes; of more, each is reckoned anew


class Marks:
    """Of a consortium's plan by one blueprint; what lies beyond `reach` has no reminders yet.

    Of the version, too: another one may plan otherwise.
    """

    def __init__(self, blueprint: Blueprint, keys: Keys, reach: date) -> None:
        self.keys, self.reach = keys, reach
        exams = [exam.model_dump_json() for exam in blueprint.exam]
        self.common = repr((version("jiaolian"), blueprint.consortium.model_dump_json(), exams))
        self.activities = {one.key: self.of_activity(one) for one in blueprint.activity}

    def of_activity(self, activity: Activity) -> str:
        return short(repr((self.common, activity.model_dump_json(), self.keys.chats.get(activity.chat or ""))))

    def of(self, one: Planned) -> str:
        persons, keys = self.keys.persons.get, self.keys
        people = persons(one.head_teacher or ""), persons(one.speaker or ""), persons(one.recorder or "")
        places = keys.schools.get(one.host or ""), keys.classes.get(one.class_ or "")
        return mark(one, self.activities[one.activity], people, places, near=one.date <= self.reach)


@lru_cache(maxsize=REMEMBERED)
def mark(
    one: Planned,
    activity: str,
    people: tuple[int | None, ...],
    places: tuple[int | None, ...],
    *,
    near: bool,
) -> str:
    held = one.date.toordinal(), one.starts_at.timestamp(), one.ends_at.timestamp()
    told = one.week, one.theme, one.place, one.lesson, one.bring, one.leads, one.moved_by_hand
    return short(repr((activity, list(people), places, held, told, near)))


def short(text: str) -> str:
    return blake2b(text.encode(), digest_size=9).hexdigest()
