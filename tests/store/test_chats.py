"""Chats: bound to one place, closed and opened, moved when a group becomes a supergroup."""

import pytest

from store import chats
from store.chats import Place
from store.database import Session, Store
from tests.handlers.event_sample import FILE, School, begin

TEACHING, HEADS = Place("telegram", "-1001"), Place("telegram", "-1002")


@pytest.fixture
def school(store: Store) -> School:
    return begin(store)


def places(session: Session) -> dict[str, tuple[str | None, int]]:
    return {key: (chat.address, chat.thread) for key, chat in chats.by_keys(session, 1).items()}


def numbers(session: Session) -> dict[str, int]:
    return {key: chat.id or 0 for key, chat in chats.by_keys(session, 1).items()}


def test_a_place_holds_one_chat_the_newer_one(school: School) -> None:
    school.store.call(chats.bind, school.ask(numbers)["heads"], TEACHING)
    assert school.ask(places) == {"teaching": (None, 0), "heads": ("-1001", 0)}
    assert school.store.call(chats.count_unbound, "telegram") == 1


def test_topics_of_one_group_are_places_of_their_own(school: School) -> None:
    school.store.call(chats.bind, school.ask(numbers)["heads"], Place("telegram", "-1001", 42))
    assert school.ask(places) == {"teaching": ("-1001", 0), "heads": ("-1001", 42)}
    assert school.store.call(chats.close, "telegram", "-1001", school.now) == 2
    assert school.store.call(chats.count_closed, "telegram") == 2


def test_unbound_chats_do_not_collide(school: School) -> None:
    for number in school.ask(numbers).values():
        school.store.call(chats.bind, number, None)
    assert school.ask(places) == {"teaching": (None, 0), "heads": (None, 0)}


def test_a_supergroup_keeps_the_chat(school: School) -> None:
    assert school.store.call(chats.moved, "telegram", "-1001", "-1001000001001") == 1
    assert school.ask(places)["teaching"] == ("-1001000001001", 0)
    assert school.store.call(chats.consortium_at, TEACHING) is None
    assert school.store.call(chats.consortium_at, Place("telegram", "-1001000001001", 7)) == 1


def test_what_was_bound_meanwhile_in_the_supergroup_stays(school: School) -> None:
    new = Place("telegram", "-1001000001001")
    school.store.call(chats.bind, school.ask(numbers)["heads"], new)
    assert school.store.call(chats.moved, "telegram", "-1001", new.address) == 1
    assert school.ask(places) == {"teaching": (None, 0), "heads": (new.address, 0)}


def test_topics_of_one_group_may_belong_to_two_consortiums(school: School) -> None:
    chat = FILE["chat"][0] | {"key": "x", "address": "-1001", "thread": 42}
    other = FILE["consortium"] | {"key": "other"}
    people = tuple({name: said for name, said in one.items() if name != "telegram"} for one in FILE["person"])
    begin(school.store, consortium=other, person=people, chat=(chat,))
    owners = [school.store.call(chats.consortium_at, Place("telegram", "-1001", topic)) for topic in (0, 42, 7)]
    assert owners == [1, 2, None]


def test_a_chat_that_is_gone_from_the_file_is_nobodys(school: School) -> None:
    begin(school.store, chat=FILE["chat"][:1])
    assert school.store.call(chats.consortium_at, HEADS) is None
    assert school.ask(numbers).keys() == {"teaching", "heads"}
