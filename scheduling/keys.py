"""Keys: a consortium's rows by the keys of its file."""

from msgspec import Struct

from store.activities import Activity
from store.chats import Chat
from store.classes import SchoolClass
from store.consortiums import Consortium
from store.database import Session
from store.keyed import ids
from store.persons import Person
from store.schools import School


class Keys(Struct, frozen=True):
    """Ids by key."""

    activities: dict[str, int]
    schools: dict[str, int]
    classes: dict[str, int]
    persons: dict[str, int]
    chats: dict[str, int]


def keys_of(session: Session, consortium: Consortium) -> Keys:
    assert consortium.id is not None
    return Keys(
        ids(session, Activity, consortium.id),
        ids(session, School, consortium.id),
        ids(session, SchoolClass, consortium.id),
        ids(session, Person, consortium.id),
        ids(session, Chat, consortium.id),
    )
