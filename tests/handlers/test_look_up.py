"""Inline mode: a few words looked up by linked people alone, in their own consortium's papers."""

import pytest

from handlers.ask import Answered
from handlers.choose_consortium import ChooseConsortium, ConsortiumToChoose, choose_consortium
from handlers.fill_slot import BlanksListed, ListBlanks, list_blanks
from handlers.look_up import MOST, LookedUp, LookUp, LookUpOutcome, look_up
from handlers.start import Unlinked
from store.accounts import Account
from store.database import Store
from store.policies import slots
from tests.handlers.event_sample import FILE, LI, NOBODY, OFFICE, School, begin
from tests.store.policy_sample import CHARTER, TITLE, publish

WORDS, RULE = "联合教研多久开展一次？", "每月开展一次联合教研"
ELSEWHERE = Account("telegram", "8001")


def started(store: Store, **consortium: object) -> School:
    """Two consortiums; only the first has a paper."""
    school = begin(store, consortium=FILE["consortium"] | consortium)
    person = {"key": "x", "name": "样邻", "school": "core", "roles": ("teacher",), "telegram": 8001}
    begin(store, consortium=FILE["consortium"] | {"key": "other"}, person=(person,), class_=(), chat=())
    store.call(publish, 1, CHARTER)
    return school


@pytest.fixture
def school(store: Store) -> School:
    return started(store)


def looked_up(school: School, text: str, account: Account = LI, personal: bool = False) -> LookUpOutcome:
    return school.take(look_up, LookUp(account, text, personal))


def results(school: School, text: str, **more: object) -> tuple[Answered, ...]:
    outcome = looked_up(school, text, **more)  # type: ignore[arg-type]
    assert isinstance(outcome, LookedUp)
    return outcome.results


def test_what_answers_comes_first_and_other_clauses_with_the_words_behind_it(school: School) -> None:
    first = results(school, WORDS)[0].citations[0]
    assert RULE in first.text
    assert (first.document, first.edition, first.path) == (TITLE, 1, ("三、共同工作", "(一)教研联动"))
    found = [one.citations[0] for one in results(school, "教师")]
    assert 0 < len(found) <= MOST
    assert len({one.clause for one in found}) == len(found)
    assert all("教师" in one.text for one in found)
    assert not [one for one in found for other in found if one is not other and one.text in other.text]


def test_each_line_of_a_result_is_the_papers_own(school: School) -> None:
    for text in ("教师", "开展", "招生 组织", WORDS):
        for one in results(school, text):
            assert all(line in CHARTER for line in one.citations[0].text.splitlines())


def test_a_letter_or_nothing_finds_nothing(school: School) -> None:
    assert [results(school, text) for text in ("", "  ", "教")] == [()] * 3


def test_nobody_looks_into_papers_that_are_not_his(school: School) -> None:
    assert looked_up(school, WORDS, NOBODY) == Unlinked()
    assert looked_up(school, WORDS, ELSEWHERE) == LookedUp(())


def test_of_several_consortiums_the_chosen_one_answers(school: School, store: Store) -> None:
    person = {"key": "y", "name": "样李芳", "school": "core", "roles": ("teacher",), "telegram": 7001}
    begin(store, consortium=FILE["consortium"] | {"key": "third"}, person=(person,), class_=(), chat=())
    assert isinstance(looked_up(school, WORDS), ConsortiumToChoose)
    for consortium, found in ((1, True), (3, False)):
        school.take(choose_consortium, ChooseConsortium(LI, consortium))
        assert bool(results(school, WORDS)) is found


def test_a_consortiums_file_switches_it_off(store: Store) -> None:
    assert results(started(store, inline=False), WORDS) == ()


def test_of_a_named_person_nothing_is_found(school: School) -> None:
    for words in ("样王强 联合教研请假了吗", "样王\u200b强 联合教研请假了吗"):
        assert results(school, words, personal=True) == ()
    assert results(school, "联合教研", personal=True) != ()


def test_what_stands_for_a_blank_goes_along(school: School, store: Store) -> None:
    listed = school.take(list_blanks, ListBlanks(OFFICE, 1))
    assert isinstance(listed, BlanksListed)
    number = next(one.slot for one in listed.blanks if "年__月" in one.around)
    store.call(slots.fill, number, "2026年9月", "", 1, school.now)
    (one,) = (one for one in results(school, "筹备启动") if "20__年" in one.citations[0].text)
    assert [filled.value for filled in one.filled] == ["2026年9月"]
