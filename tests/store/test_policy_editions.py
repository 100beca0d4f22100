"""Editions: a new text is a new edition, the same text is none, and one alone is in force."""

import pytest

from store.database import DatabaseError, Store
from store.policies import editions
from store.policies.clauses import flat
from store.policies.editions import Published, Unchanged, compare
from tests.store.policy_sample import CHARTER, TITLE, adopt, drafts, publish


@pytest.fixture
def river(store: Store) -> int:
    return store.call(adopt, "river")


def test_the_first_edition_adds_every_clause(store: Store, river: int) -> None:
    number = len(list(flat(drafts(CHARTER))))
    assert store.call(publish, river, CHARTER) == Published(TITLE, 1, number, number, 0, 0)


def test_the_same_text_again_is_no_edition(store: Store, river: int) -> None:
    store.call(publish, river, CHARTER)
    again = store.call(publish, river, CHARTER)
    assert again == Unchanged(TITLE, 1, len(list(flat(drafts(CHARTER)))))


def test_a_changed_clause_makes_the_second_edition_which_alone_is_in_force(store: Store, river: int) -> None:
    store.call(publish, river, CHARTER)
    answer = store.call(publish, river, CHARTER.replace("交流时间为两年", "交流时间为三年"))
    assert isinstance(answer, Published)
    assert (answer.edition, answer.added, answer.changed, answer.removed) == (2, 0, 1, 0)
    assert [(each.document, each.number) for each in store.call(editions.in_force, river)] == [(TITLE, 2)]


def test_an_earlier_text_that_comes_back_is_an_edition_of_its_own(store: Store, river: int) -> None:
    store.call(publish, river, CHARTER)
    store.call(publish, river, CHARTER + "\n六、补充\n另行通知。")
    answer = store.call(publish, river, CHARTER)
    assert isinstance(answer, Published)
    assert (answer.edition, answer.removed) == (3, 2)


def test_the_database_itself_refuses_two_editions_in_force(store: Store, river: int) -> None:
    store.call(publish, river, CHARTER)
    store.call(publish, river, CHARTER + "\n六、补充")
    with pytest.raises(DatabaseError, match=r"(?i)unique"):
        store.call(lambda session: session.connection().exec_driver_sql("UPDATE edition SET in_force = (1 = 1)"))


def test_what_was_published_is_read_back_as_it_was(store: Store, river: int) -> None:
    store.call(publish, river, CHARTER)
    edition = store.call(editions.in_force, river)[0]
    assert store.call(editions.clauses, edition.id) == drafts(CHARTER)


def test_a_title_belongs_to_its_consortium(store: Store, river: int) -> None:
    hill = store.call(adopt, "hill")
    store.call(publish, river, CHARTER)
    answer = store.call(publish, hill, "另一份章程的正文。")
    assert answer.edition == 1
    assert [each.number for each in store.call(editions.in_force, river)] == [1]


def test_a_trial_leaves_nothing(store: Store, river: int) -> None:
    store.try_out(publish, river, CHARTER)
    assert store.call(editions.in_force, river) == []


def test_a_clause_put_in_between_changes_no_other() -> None:
    old = list(flat(drafts("一、甲\n正文一。\n正文三。")))
    new = list(flat(drafts("一、甲\n正文一。\n正文二。\n正文三。")))
    assert compare(old, new) == (1, 0, 0)
    assert compare(new, old) == (0, 0, 1)
