"""Groups that we come into, leave and follow; people who let us in or out."""

import pytest

from handlers.membership import Depart, GroupJoined, Join, Migrate, Reach, depart, join, migrate, reach
from store import accounts, chats
from store.accounts import KnownAccount
from store.chats import Chat, Place
from store.database import Session, Store
from tests.handlers.event_sample import LI, NOBODY, School, local, sample

TEACHING, STRANGE = Place("telegram", "-1001"), Place("telegram", "-77")


@pytest.fixture
def school(store: Store) -> School:
    school = School(store, local("09-01 08:00"))
    school.apply(sample())
    return school


def teaching(school: School) -> Chat:
    return school.ask(chats.by_keys, 1)["teaching"]


def reachable(session: Session, account: accounts.Account) -> bool | None:
    row = session.get(KnownAccount, accounts.id_of(session, account) or 0)
    return row.reachable if row else None


def test_a_group_says_whose_it_is_or_that_it_is_to_be_bound(school: School) -> None:
    assert school.take(join, Join(TEACHING, "群")) == GroupJoined("群", "样例教联体")
    assert school.take(join, Join(STRANGE, "群")) == GroupJoined("群", None)


def test_out_of_a_group_it_is_closed_and_open_again_inside(school: School) -> None:
    school.take(depart, Depart(TEACHING))
    assert teaching(school).closed_at == school.now
    school.take(join, Join(TEACHING, "群"))
    assert teaching(school).closed_at is None


def test_a_supergroup_inherits_the_groups_chats_and_is_open(school: School) -> None:
    school.take(depart, Depart(TEACHING))  # Telegram may say this first
    school.take(migrate, Migrate(TEACHING, "-1009"))
    assert (teaching(school).address, teaching(school).closed_at) == ("-1009", None)
    school.take(migrate, Migrate(TEACHING, "-1009"))
    assert teaching(school).address == "-1009"


@pytest.mark.parametrize("account", [LI, NOBODY])
def test_whether_a_private_message_arrives_is_remembered(school: School, account: accounts.Account) -> None:
    school.take(reach, Reach(account, reachable=True))
    assert school.ask(reachable, account) is True
    school.take(reach, Reach(account, reachable=False))
    assert school.ask(reachable, account) is False
