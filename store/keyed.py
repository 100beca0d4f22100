"""Keyed: the ids of a consortium's rows by the keys of its file, nothing else of them, for there may be thousands."""

from sqlalchemy import select as columns
from sqlmodel import Session, col

from store.activities import Activity
from store.chats import Chat
from store.classes import SchoolClass
from store.persons import Person
from store.schools import School

Keyed = type[Activity] | type[Chat] | type[Person] | type[School] | type[SchoolClass]


def ids(session: Session, noun: Keyed, consortium: int) -> dict[str, int]:
    """Of retired ones, too."""
    rows = columns(col(noun.key), col(noun.id)).where(col(noun.consortium_id) == consortium)
    return {key: number for key, number in session.connection().execute(rows).all() if number is not None}
