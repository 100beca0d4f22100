"""Persons and their accounts: who writes, what they may, and whether a message reaches them."""

import pytest

from store import accounts, linked_accounts, persons
from store.accounts import Account
from store.database import Store
from store.persons import Known, Role
from tests.handlers.event_sample import FILE, LI, OFFICE, ZHOU, School, begin

NEW = Account("telegram", "8001")


@pytest.fixture
def school(store: Store) -> School:
    return begin(store)


def known(school: School, account: Account) -> Known | None:
    return school.store.call(persons.of_account, account, 1)


def linked(school: School, key: str, account: Account) -> None:
    number = school.store.call(accounts.remember, account)
    school.store.call(linked_accounts.link, school.person(key), number)


def test_an_account_is_its_person_with_all_roles(school: School) -> None:
    found = known(school, ZHOU)
    assert found is not None
    assert (found.key, set(found.roles)) == ("zhou", {Role.TEACHER, Role.APPROVER})
    assert known(school, NEW) is None
    assert school.store.call(persons.of_account, ZHOU, 2) is None  # of another consortium


def test_an_account_belongs_to_one_person_of_a_consortium(school: School) -> None:
    linked(school, "wu", LI)
    found = known(school, LI)
    assert found is not None
    assert found.key == "wu"
    assert school.store.call(linked_accounts.of, school.person("li")) is None


def test_who_is_gone_from_the_file_is_a_stranger_and_comes_back_as_the_same(school: School) -> None:
    before = known(school, LI)
    again = begin(school.store, person=tuple(one for one in FILE["person"] if one["key"] != "li"), class_=())
    assert known(again, LI) is None
    assert school.store.call(persons.membership, before.id if before else 0) is None
    begin(school.store)
    assert known(school, LI) == before


def test_roles_are_those_of_the_last_file(school: School) -> None:
    people = tuple(one | ({"roles": ("organiser",)} if one["key"] == "li" else {}) for one in FILE["person"])
    begin(school.store, person=people)
    found = known(school, LI)
    assert found is not None
    assert found.roles == {Role.ORGANISER}
    assert school.store.call(persons.in_role, LI, Role.ORGANISER) == [1]
    assert school.store.call(persons.in_role, OFFICE, Role.TEACHER) == []


def test_a_role_is_looked_for_at_one_school(school: School) -> None:
    zhou = known(school, ZHOU)
    assert zhou is not None
    assert school.store.call(persons.with_role, 1, Role.APPROVER, zhou.school_id) == [zhou.id]
    assert school.store.call(persons.with_role, 1, Role.APPROVER, zhou.school_id + 99) == []
    assert school.store.call(persons.with_role, 1, Role.PRINCIPAL) == [school.person("qian")]


def test_who_is_out_of_reach_is_counted(school: School) -> None:
    everybody = [school.person(key) for key in ("li", "wang", "wu")]
    assert school.store.call(linked_accounts.out_of_reach, everybody) == (1, 0)
    school.store.call(accounts.mark, LI, reachable=False)
    assert school.store.call(linked_accounts.out_of_reach, everybody) == (1, 1)
    assert school.store.call(linked_accounts.among, everybody) == everybody[:2]
    assert school.store.call(accounts.count_unreachable, "telegram") == 1


def test_news_of_an_account_is_told_from_what_was_known(school: School) -> None:
    assert school.store.call(accounts.mark, NEW, reachable=True)
    assert not school.store.call(accounts.mark, NEW, reachable=True)
    assert school.store.call(accounts.mark, NEW, reachable=False)
    assert school.store.call(accounts.remember, NEW) == school.store.call(accounts.id_of, NEW)
