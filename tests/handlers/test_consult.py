"""A question in a chat: whose papers are asked, and who gets no answer."""

import pytest

from handlers.ask import Answered, Undecided
from handlers.consult import LONGEST, Consult, ConsultOutcome, PersonalMatter, QuestionMissing, consult
from handlers.next_up import ChatUnbound
from handlers.start import Unlinked
from store.accounts import Account
from store.chats import Place
from store.database import Store
from store.policies import unanswered
from store.policies.remarks import ArticlesHeld, ArticleUnheld
from tests.handlers.event_sample import FILE, LI, NOBODY, OFFICE, VOICES, WANG, School, begin
from tests.store.policy_sample import CHARTER, TITLE, publish

QUESTION = "联合教研多久开展一次？"
TEACHING, STRANGE = Place("telegram", "-1001"), Place("telegram", "-77")
ELSEWHERE = Account("telegram", "8001")


@pytest.fixture
def school(store: Store) -> School:
    """Two consortiums; only the first has a paper."""
    school = begin(store)
    person = {"key": "x", "name": "样邻", "school": "core", "roles": ("teacher",), "telegram": 8001}
    begin(store, consortium=FILE["consortium"] | {"key": "other"}, person=(person,), class_=(), chat=())
    store.call(publish, 1, CHARTER)
    return school


def asked(school: School, text: str, account: Account | None, place: Place | None = None) -> ConsultOutcome:
    return school.take(consult, Consult(account, place, text))


@pytest.mark.parametrize(
    ("account", "place"), [(LI, None), (LI, TEACHING), (NOBODY, TEACHING), (None, TEACHING), (ELSEWHERE, TEACHING)]
)
def test_a_linked_person_and_whoever_asks_in_a_bound_group_are_answered(
    school: School, account: Account | None, place: Place | None
) -> None:
    outcome = asked(school, QUESTION, account, place)
    assert isinstance(outcome, Answered)
    assert "每月开展一次联合教研" in outcome.citations[0].text


def test_nobody_else_reads_a_word_of_the_papers(school: School) -> None:
    assert asked(school, QUESTION, NOBODY) == Unlinked()
    assert asked(school, QUESTION, None) == Unlinked()
    assert asked(school, QUESTION, LI, STRANGE) == ChatUnbound()


def test_another_consortium_is_not_answered_from_these_papers(school: School) -> None:
    assert asked(school, QUESTION, ELSEWHERE) == Undecided(())


def test_without_words_the_question_is_missing_and_a_flood_of_them_is_cut(school: School) -> None:
    assert asked(school, "  ", LI) == QuestionMissing()
    assert isinstance(asked(school, "嗯" * LONGEST + QUESTION, LI), Undecided)


def test_a_stranger_learns_nothing_by_asking_nothing(school: School) -> None:
    assert asked(school, "", NOBODY) == Unlinked()


ABOUT_LI = "样李芳今天请假了吗"


@pytest.mark.parametrize("account", [LI, WANG, OFFICE, NOBODY, None])
def test_of_a_named_person_nothing_is_said_in_a_group(school: School, account: Account | None) -> None:
    asked = school.take(consult, Consult(account, TEACHING, ABOUT_LI, personal=True))
    assert asked == PersonalMatter(group=True, oversees=False)
    assert VOICES[0].say(asked).text.startswith("个人情况不在群里说，")


def test_nor_in_private_to_anybody_but_that_person(school: School) -> None:
    def told(account: Account, text: str = ABOUT_LI) -> ConsultOutcome:
        return school.take(consult, Consult(account, None, text, personal=True))

    assert told(WANG) == PersonalMatter(group=False, oversees=False)
    assert told(OFFICE) == PersonalMatter(group=False, oversees=True)
    assert "/report" in VOICES[0].say(told(OFFICE)).text
    assert isinstance(told(LI), Undecided)
    assert isinstance(told(LI, "我和样王强都请假了"), PersonalMatter)
    assert told(ELSEWHERE) == Undecided(())  # no name of that consortium


def test_a_rule_about_leave_is_asked_as_ever(school: School) -> None:
    asked = school.take(consult, Consult(LI, TEACHING, "请假找谁批", personal=True))
    assert isinstance(asked, Undecided)
    assert isinstance(school.take(consult, Consult(LI, TEACHING, "样李芳说联合教研多久开展一次？")), Answered)


def test_an_article_that_no_paper_has_is_said_not_to_be_and_waits_for_nobody(school: School) -> None:
    school.store.call(publish, 1, "第一条 各校平等。\n第二条 各校协商。")
    held = ArticleUnheld("第九条", (ArticlesHeld(TITLE, "第一条", "第二条"),))
    for text, article, waiting in (("章程第九条讲了什么", held, 0), ("大伙儿多久聚一回？", None, 1)):
        answer = school.take(consult, Consult(LI, None, text, asks=True))
        assert isinstance(answer, Undecided)
        assert answer.article == article
        assert school.ask(lambda session: unanswered.count(session, 1)) == waiting
