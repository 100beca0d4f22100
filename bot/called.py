"""Called: which consortium, and which of its people, the words behind a command's options mean."""

from collections.abc import Iterable

from bot.nearest import nearest
from store import consortiums, persons
from store.complaint import Complaint
from store.consortiums import Consortium
from store.database import Session
from store.persons import Person

FEW = 5  # names that a refusal lists


def consortium_called(session: Session, key: str, where: str = "--consortium") -> Consortium:
    """`where` the key stands. Raises Complaint, which names those that there are."""
    found = consortiums.by_key(session, key)
    if found is None:
        keys = [one.key for one in consortiums.every(session)]
        known = among(key, keys) if keys else " (none is yet: jiaolian apply FILE)"
        raise Complaint(where, repr(key), f"the key of a consortium that was applied{known}")
    return found


def person_called(session: Session, option: str, consortium: Consortium, word: str) -> Person:
    """By key, else by a name that one person has. Raises Complaint."""
    every = persons.by_keys(session, consortium.id or 0)
    people = {key: one for key, one in every.items() if one.retired_at is None}
    if word in people:
        return people[word]
    named = [one for one in people.values() if one.name == word]
    if len(named) == 1:
        return named[0]
    if named:
        raise Complaint(option, repr(word), f"a name that one person has, or one of the keys {', '.join(keys(named))}")
    known = among(word, (*people, *(one.name for one in people.values())))
    raise Complaint(option, repr(word), f"the key or the name of a person of {consortium.key}{known}")


def keys(people: Iterable[Person]) -> list[str]:
    return sorted(one.key for one in people)


def among(word: str, known: Iterable[str]) -> str:
    """The nearest one, else all of them where they are few."""
    every = list(dict.fromkeys(known))
    return nearest(word, every) or (f" ({', '.join(every)})" if len(every) <= FEW else "")
