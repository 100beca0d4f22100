"""Groups that we come into, leave and follow; people who let us in or out."""

from collections.abc import Callable
from datetime import datetime
from typing import TypeVar

import pytest

from handlers.membership import (
    Arrive,
    Depart,
    GroupJoined,
    Hear,
    Join,
    Migrate,
    Mute,
    Reach,
    arrive,
    depart,
    hear,
    join,
    migrate,
    mute,
    reach,
)
from store import accounts, chats, silences
from store.accounts import KnownAccount
from store.chats import Place, Silence
from store.database import Session, Store
from tests.handlers.event_sample import LI, NOBODY, School, begin

R = TypeVar("R")
TEACHING, STRANGE = Place("telegram", "-1001"), Place("telegram", "-77")


@pytest.fixture
def school(store: Store) -> School:
    return begin(store)


def silently(school: School, use_case: Callable[[Session, R, datetime], None], request: R) -> None:
    school.store.call(use_case, request, school.now)


def teaching(school: School) -> tuple[str | None, bool]:
    """Its address, and whether it is closed."""

    def found(session: Session) -> tuple[str | None, bool]:
        chat = chats.by_keys(session, 1)["teaching"]
        return chat.address, chat.closed_at is not None

    return school.store.call(found)


def reachable(session: Session, account: accounts.Account) -> bool | None:
    row = session.get(KnownAccount, accounts.id_of(session, account) or 0)
    return row.reachable if row else None


def test_a_group_says_whose_it_is_or_that_it_is_to_be_bound(school: School) -> None:
    assert school.take(join, Join(TEACHING, "群")) == GroupJoined("群", "样例教联体")
    assert school.take(join, Join(STRANGE, "群")) == GroupJoined("群", None)


def test_out_of_a_group_it_is_closed_and_open_again_inside(school: School) -> None:
    silently(school, depart, Depart(TEACHING))
    assert teaching(school) == ("-1001", True)
    school.take(join, Join(TEACHING, "群"))
    assert teaching(school) == ("-1001", False)


def test_what_is_said_again_of_a_group_is_no_news(school: School) -> None:
    for now, news in ((school.now, 1), (school.now, 0), (None, 1), (None, 0)):
        assert school.store.call(chats.close, "telegram", "-1001", now) == news


def test_a_closed_topic_is_silent_until_something_arrives_in_itself(school: School) -> None:
    topic = Place("telegram", "-1001", 42)
    heads = school.ask(lambda session: chats.by_keys(session, 1)["heads"].id or 0)
    school.store.call(chats.bind, heads, topic)

    def still() -> list[str]:
        return school.ask(lambda session: [chat.key for chat in silences.silent(session)])

    silently(school, mute, Mute(TEACHING, Silence.MUTED))
    silently(school, mute, Mute(topic, Silence.TOPIC))
    assert still() == ["teaching", "heads"]
    silently(school, arrive, Arrive(TEACHING))
    assert still() == ["heads"]
    silently(school, arrive, Arrive(topic))
    assert still() == []


def test_whoever_is_heard_in_a_group_shows_that_we_are_in_it(school: School) -> None:
    silently(school, depart, Depart(TEACHING))
    silently(school, hear, Hear(TEACHING))
    assert teaching(school) == ("-1001", False)


def test_a_supergroup_inherits_the_groups_chats_and_is_open(school: School) -> None:
    silently(school, depart, Depart(TEACHING))  # Telegram may say this first
    silently(school, migrate, Migrate(TEACHING, "-1009"))
    assert teaching(school) == ("-1009", False)
    silently(school, migrate, Migrate(TEACHING, "-1009"))
    assert teaching(school) == ("-1009", False)


@pytest.mark.parametrize("account", [LI, NOBODY])
def test_whether_a_private_message_arrives_is_remembered(school: School, account: accounts.Account) -> None:
    silently(school, reach, Reach(account, reachable=True))
    assert school.store.call(reachable, account) is True
    silently(school, reach, Reach(account, reachable=False))
    assert school.store.call(reachable, account) is False
