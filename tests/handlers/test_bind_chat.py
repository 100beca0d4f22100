"""/bind: which chat of the file a group is, said by an organiser."""

from typing import Any

import pytest

from handlers.bind_chat import (
    AlreadyBound,
    Bind,
    BindChoices,
    BindOutcome,
    BindTaken,
    BindTo,
    Bound,
    NotAGroup,
    NothingToBind,
    NotOrganiser,
    bind,
    bind_to,
)
from store import chats
from store.accounts import Account
from store.chats import Place
from store.database import Session, Store
from tests.handlers.event_sample import FILE, LI, NOBODY, OFFICE, School, begin

HERE, TOPIC, ELSEWHERE = Place("telegram", "-5"), Place("telegram", "-5", 42), Place("telegram", "-6")
TEACHING = {"key": "a", "title": "甲群", "platform": "telegram"}
HEADS = {"key": "b", "title": "乙群", "platform": "telegram"}


def school_with(store: Store, *named: dict[str, Any]) -> School:
    return begin(store, chat=named)


@pytest.fixture
def school(store: Store) -> School:
    return school_with(store, TEACHING, HEADS)


def said(
    school: School, word: str = "", *, title: str = "某群", by: Account = OFFICE, place: Place | None = HERE
) -> BindOutcome:
    return school.take(bind, Bind(by, place, title, word))


def place_of(school: School, key: str) -> Place | None:
    def found(session: Session) -> Place | None:
        chat = chats.by_keys(session, 1)[key]
        return Place(chat.platform, chat.address, chat.thread) if chat.address else None

    return school.store.call(found)


@pytest.mark.parametrize("word", ["a", "A", "甲群"])
def test_a_chat_is_bound_by_its_key_or_title(school: School, word: str) -> None:
    assert said(school, word) == Bound("甲群", "样例教联体")
    assert place_of(school, "a") == HERE


def test_the_only_unbound_chat_needs_no_word(store: Store) -> None:
    school = school_with(store, TEACHING)
    assert said(school) == Bound("甲群", "样例教联体")


def test_a_group_that_is_called_like_a_chat_needs_no_word(school: School) -> None:
    assert said(school, title="乙群") == Bound("乙群", "样例教联体")


def test_where_several_may_be_meant_the_organiser_chooses(school: School) -> None:
    outcome = said(school)
    assert isinstance(outcome, BindChoices)
    assert [choice.title for choice in outcome.choices] == ["甲群", "乙群"]
    assert place_of(school, "a") is None
    chosen = outcome.choices[1].chat
    assert school.take(bind_to, BindTo(OFFICE, HERE, chosen)) == Bound("乙群", "样例教联体")
    assert school.take(bind_to, BindTo(OFFICE, HERE, chosen)) == AlreadyBound("乙群")


def test_a_topic_is_a_place_of_its_own(school: School) -> None:
    said(school, "a", place=TOPIC)
    assert said(school, "b", place=HERE) == Bound("乙群", "样例教联体")
    assert (place_of(school, "a"), place_of(school, "b")) == (TOPIC, HERE)


def test_bound_again_nothing_changes(school: School) -> None:
    said(school, "a")
    assert said(school) == AlreadyBound("甲群")
    assert said(school, "a") == AlreadyBound("甲群")


def test_bound_again_where_we_were_shut_out_it_is_open(school: School) -> None:
    said(school, "a")
    school.store.call(chats.close, "telegram", "-5", school.now)
    assert said(school, "a") == AlreadyBound("甲群")
    assert school.store.call(chats.count_closed, "telegram") == 0


def test_a_group_may_become_another_chat_of_the_same_consortium(school: School) -> None:
    said(school, "a")
    assert said(school, "b") == Bound("乙群", "样例教联体")
    assert (place_of(school, "a"), place_of(school, "b")) == (None, HERE)


def test_a_chat_that_has_its_group_is_not_moved_while_we_are_in_that_group(school: School) -> None:
    said(school, "a")
    assert said(school, "a", place=ELSEWHERE) == BindTaken("甲群")
    school.store.call(chats.close, "telegram", HERE.address, school.now)
    assert said(school, "a", place=ELSEWHERE) == Bound("甲群", "样例教联体")


def test_a_group_of_another_consortium_is_not_taken_over(school: School) -> None:
    people = tuple(one for one in FILE["person"] if one["key"] != "chen")
    theirs = {"key": "z", "title": "丙群", "platform": "telegram", "address": HERE.address}
    begin(school.store, consortium=FILE["consortium"] | {"key": "other"}, person=people, chat=(theirs,))
    assert said(school, "a") == BindTaken("丙群")


def test_unknown_names_and_bound_files_leave_nothing_to_bind(store: Store) -> None:
    school = school_with(store, TEACHING)
    assert said(school, "丁群") == NothingToBind()
    said(school)
    assert said(school, place=ELSEWHERE) == NothingToBind()
    assert school.take(bind_to, BindTo(OFFICE, HERE, 999)) == NothingToBind()


@pytest.mark.parametrize("account", [LI, NOBODY])
def test_only_an_organiser_binds(school: School, account: Account) -> None:
    choices = said(school)
    assert isinstance(choices, BindChoices)
    chat = choices.choices[0].chat
    refused = NotOrganiser(linked=account != NOBODY)
    assert said(school, "a", by=account) == refused
    assert school.take(bind_to, BindTo(account, HERE, chat)) == refused
    assert place_of(school, "a") is None


def test_a_private_chat_cannot_be_bound(school: School) -> None:
    assert said(school, "a", place=None) == NotAGroup(organiser=True, titles=("甲群", "乙群"))
    said(school, "a")
    assert said(school, place=None) == NotAGroup(organiser=True, titles=("乙群",))
    for account in (LI, NOBODY):
        assert said(school, place=None, by=account) == NotAGroup(organiser=False)
