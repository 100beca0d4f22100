"""Whom the words behind a command's options mean: a key, or a name; who is not known is told who is."""

import pytest

from bot.called import consortium_called, person_called
from store import persons
from store.complaint import Complaint
from store.database import Session, Store
from tests.handlers.event_sample import RESEARCH, begin


@pytest.fixture
def begun(store: Store) -> Store:
    begin(store, RESEARCH)
    return store


def called(session: Session, word: str) -> str:
    return person_called(session, "--as", consortium_called(session, "sample"), word).key


def namesakes(session: Session) -> None:
    wu = persons.by_keys(session, 1)["wu"]
    wu.name = persons.by_keys(session, 1)["li"].name
    session.add(wu)


def test_a_person_is_called_by_key_or_by_a_name_that_one_has(begun: Store) -> None:
    assert [begun.call(called, word) for word in ("li", "样李芳")] == ["li", "li"]
    begun.call(namesakes)
    with pytest.raises(Complaint, match=r"'样李芳': expected a name that one person has, or one of the keys li, wu$"):
        begun.call(called, "样李芳")


def test_who_is_unknown_is_told_who_is_known(begun: Store) -> None:
    with pytest.raises(Complaint, match=r"the key or the name of a person of sample; perhaps 样李芳$"):
        begun.call(called, "李芳")
    with pytest.raises(Complaint, match=r"'x': expected the key of a consortium that was applied \(sample\)$"):
        begun.call(consortium_called, "x")


def test_before_the_first_file_it_says_what_comes_first(store: Store) -> None:
    with pytest.raises(Complaint, match=r"that was applied \(none is yet: jiaolian apply FILE\)$"):
        store.call(consortium_called, "sample")
