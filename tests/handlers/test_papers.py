"""An organiser's papers in the chat: what answers, what is left blank and filled in, and what is withdrawn."""

import pytest

from handlers.answer_prompt import AnswerPrompt, NothingAsked, answer_prompt
from handlers.ask import Answered, Undecided
from handlers.consult import Consult, ConsultOutcome, QuestionMissing, consult
from handlers.fill_slot import (
    AskSlot,
    BlanksListed,
    ClearSlot,
    ListBlanks,
    NoBlanks,
    SlotAsked,
    SlotCleared,
    SlotFilled,
    SlotTooLong,
    ask_slot,
    clear_slot,
    list_blanks,
)
from handlers.papers import (
    OpenPaper,
    PaperGone,
    PaperItem,
    PaperOpened,
    PaperWithdrawalAsked,
    PaperWithdrawn,
    WithdrawPaper,
    open_paper,
    withdraw_paper,
)
from handlers.respond_for import OrganisersOnly
from store import personal
from store.accounts import Account
from store.database import Store
from store.policies.slots import LONGEST
from tests.handlers.event_sample import FILE, LI, OFFICE, School, begin
from tests.store.policy_sample import CHARTER, TITLE, publish

QUESTION = "筹备启动是什么时候？"
AROUND = "(20__年__月—20__年__月)"
VALUE = "2026年9月至10月"
ELSEWHERE = Account("telegram", "8001")


@pytest.fixture
def school(store: Store) -> School:
    """Two consortiums, each with its organiser; only the first has a paper."""
    school = begin(store)
    person = {"key": "x", "name": "样邻", "school": "core", "roles": ("organiser",), "telegram": 8001}
    begin(store, consortium=FILE["consortium"] | {"key": "other"}, person=(person,), class_=(), chat=())
    store.call(publish, 1, CHARTER)
    return school


def asked(school: School, text: str, account: Account = LI) -> ConsultOutcome:
    return school.take(consult, Consult(account, None, text))


def slot(school: School) -> int:
    """Of the first stage's dates."""
    found = school.take(list_blanks, ListBlanks(OFFICE, 1))
    assert isinstance(found, BlanksListed)
    return next(one.slot for one in found.blanks if one.around == AROUND)


def filled(school: School, text: str = VALUE) -> object:
    assert isinstance(school.take(ask_slot, AskSlot(OFFICE, slot(school))), SlotAsked)
    return school.take(answer_prompt, AnswerPrompt(OFFICE, text))


def test_an_organiser_sees_the_papers_and_a_teacher_does_not(school: School) -> None:
    assert asked(school, "", OFFICE) == QuestionMissing((PaperItem(1, TITLE, 1),), 0, 1)
    assert asked(school, "", LI) == QuestionMissing()
    assert asked(school, "", ELSEWHERE) == QuestionMissing((), 0, 2)


def test_a_paper_is_opened_with_its_blanks_counted(school: School) -> None:
    filled(school)
    opened = school.take(open_paper, OpenPaper(OFFICE, 1))
    assert isinstance(opened, PaperOpened)
    assert (opened.title, opened.edition, opened.blanks, opened.filled) == (TITLE, 1, 5, 1)
    assert opened.since.utcoffset() is not None


def test_what_is_filled_in_stands_beside_the_quotation_and_never_in_it(school: School) -> None:
    assert filled(school, f"{VALUE}\n理事会纪要") == SlotFilled(slot(school), 1, TITLE, AROUND, VALUE, "理事会纪要")
    answer = asked(school, QUESTION)
    assert isinstance(answer, Answered)
    assert answer.blank
    assert [(one.around, one.value, one.source, one.by) for one in answer.filled] == [
        (AROUND, VALUE, "理事会纪要", "样陈静")
    ]
    assert all(VALUE not in citation.text for citation in answer.citations)
    assert school.take(answer_prompt, AnswerPrompt(OFFICE, "还有")) == NothingAsked()


def test_a_filled_blank_is_emptied_again(school: School) -> None:
    filled(school)
    assert school.take(clear_slot, ClearSlot(OFFICE, slot(school))) == SlotCleared(1, TITLE, AROUND)
    answer = asked(school, QUESTION)
    assert isinstance(answer, Answered)
    assert answer.filled == ()


def test_what_is_too_long_is_asked_for_again(school: School) -> None:
    assert filled(school, "长" * (LONGEST + 1)) == SlotTooLong(LONGEST)
    assert isinstance(school.take(answer_prompt, AnswerPrompt(OFFICE, VALUE)), SlotFilled)


def test_a_withdrawn_paper_answers_no_more(school: School) -> None:
    assert school.take(withdraw_paper, WithdrawPaper(OFFICE, 1, sure=False)) == PaperWithdrawalAsked(1, TITLE, 1)
    assert isinstance(asked(school, QUESTION), Answered)
    assert school.take(withdraw_paper, WithdrawPaper(OFFICE, 1, sure=True)) == PaperWithdrawn(TITLE, 1)
    assert asked(school, QUESTION) == Undecided(())
    assert school.take(withdraw_paper, WithdrawPaper(OFFICE, 1, sure=True)) == PaperGone()


@pytest.mark.parametrize(("account", "refusal"), [(LI, OrganisersOnly()), (ELSEWHERE, PaperGone())])
def test_nobody_else_opens_fills_or_withdraws_a_paper(school: School, account: Account, refusal: object) -> None:
    number = slot(school)
    assert school.take(open_paper, OpenPaper(account, 1)) == refusal
    assert school.take(withdraw_paper, WithdrawPaper(account, 1, sure=True)) == refusal
    assert school.take(list_blanks, ListBlanks(account, 1)) == refusal
    assert school.take(ask_slot, AskSlot(account, number)) == refusal
    assert school.take(clear_slot, ClearSlot(account, number)) == refusal
    assert isinstance(asked(school, QUESTION), Answered)


def test_a_paper_without_blanks_says_so(school: School) -> None:
    school.store.call(publish, 1, "一、总则\n每月教研一次。")
    assert school.take(list_blanks, ListBlanks(OFFICE, 1)) == NoBlanks(TITLE)
    assert school.take(ask_slot, AskSlot(OFFICE, 9_999)) == PaperGone()


def test_what_somebody_filled_in_is_in_the_copy(school: School) -> None:
    filled(school)
    (kept,) = school.store.call(personal.kept, school.person("chen"))["Slot"]
    assert (kept["document"], kept["around"], kept["value"]) == (TITLE, AROUND, VALUE)
