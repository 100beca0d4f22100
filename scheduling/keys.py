"""Keys: a consortium's rows by the keys of its file."""

from collections.abc import Mapping
from dataclasses import dataclass

from store import activities, chats, classes, persons, schools
from store.consortiums import Consortium
from store.database import Session
from store.retiring import Retirable


@dataclass(frozen=True, slots=True)
class Keys:
    """Ids by key."""

    activities: dict[str, int]
    schools: dict[str, int]
    classes: dict[str, int]
    persons: dict[str, int]
    chats: dict[str, int]


def keys_of(session: Session, consortium: Consortium) -> Keys:
    assert consortium.id is not None
    return Keys(
        ids(activities.by_keys(session, consortium.id)),
        ids(schools.by_keys(session, consortium.id)),
        ids(classes.by_keys(session, consortium.id)),
        ids(persons.by_keys(session, consortium.id)),
        ids(chats.by_keys(session, consortium.id)),
    )


def ids(found: Mapping[str, Retirable]) -> dict[str, int]:
    return {key: row.id for key, row in found.items() if row.id is not None}
