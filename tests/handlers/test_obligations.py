"""Proposals (识别出的要求): accepted, changed or declined by presses, kept, taken back."""

import pytest

from handlers.amend import AmendmentGone, AmendmentUndone, DecideAmendment, decide_amendment
from handlers.apply import Apply, apply
from handlers.obligations import (
    ActivityChoice,
    NoProposals,
    ProposalGone,
    ProposalOpened,
    ProposalSettled,
    ProposalShown,
    SettleProposal,
    ShowProposal,
    settle_proposal,
    show_proposal,
)
from handlers.proposals import proposals
from store import consortiums
from store.blueprint import Blueprint, Obligation
from store.database import Session, Store
from tests.handlers.event_sample import CLASSES, FILE, OFFICE, RESEARCH, School, begin
from tests.store.policy_sample import TITLE, publish

EXCHANGES = "核心校选派30名教师分别到成员校任教，各成员校各选派15名教师到核心校任教。"
CHARTER = f"一、措施\n每月开展一次共创式主题教研活动。\n{EXCHANGES}"
FILE_OF = Blueprint.model_validate(FILE | {"activity": (RESEARCH, CLASSES)})


@pytest.fixture
def plan(store: Store) -> School:
    school = begin(store, RESEARCH, CLASSES)
    store.call(publish, 1, CHARTER)
    return school


def held(school: School) -> tuple[Obligation, ...]:
    def read(session: Session) -> tuple[Obligation, ...]:
        row = consortiums.get(session, 1)
        assert row is not None
        return consortiums.blueprint(row).obligation

    return school.ask(read)


def shown(school: School) -> ProposalShown:
    found = school.take(show_proposal, ShowProposal(OFFICE))
    assert isinstance(found, ProposalShown)
    return found


def settled(school: School, number: int, choice: str) -> object:
    return school.take(settle_proposal, SettleProposal(OFFICE, number, choice))


def test_what_a_paper_asks_for_is_proposed_with_its_sentence_and_what_meets_it(plan: School) -> None:
    found = shown(plan)
    assert (found.title, found.rhythm, found.count, found.left) == ("共创式主题教研", "month", 1, 3)
    assert (found.document, found.clause) == (TITLE, "一、措施")
    assert (found.sentence, found.met_by) == ("每月开展一次共创式主题教研活动。", ("共创式主题教研",))


def test_15_each_is_proposed_for_each_school_and_never_as_a_sum(plan: School) -> None:
    def read(session: Session) -> list[tuple[int, object, object]]:
        found = proposals(session, 1, FILE_OF)[1:]
        return [(one.obligation.count, one.obligation.from_, one.obligation.to) for one in found]

    assert plan.ask(read) == [(30, ("core",), ("east",)), (15, ("east",), ("core",))]


def test_what_is_accepted_holds_and_a_later_file_does_not_undo_it(plan: School) -> None:
    number = shown(plan).proposal
    done = settled(plan, number, "take")
    assert isinstance(done, ProposalSettled)
    assert (done.declined, done.left) == (False, 2)
    assert [(one.key, one.activities) for one in held(plan)] == [(f"p{number}", ("research",))]
    assert isinstance(settled(plan, number, "take"), ProposalGone)  # a press twice is a press once
    later = FILE_OF.model_copy(update={"consortium": FILE_OF.consortium.model_copy(update={"name": "样例新名"})})
    plan.take(apply, Apply(later))
    assert [one.key for one in held(plan)] == [f"p{number}"]
    gone = later.model_copy(update={"activity": FILE_OF.activity[1:]})
    plan.take(apply, Apply(gone))
    assert [(one.key, one.activities) for one in held(plan)] == [(f"p{number}", None)]


def test_what_is_declined_is_not_proposed_again(plan: School) -> None:
    for left in (2, 1, 0):
        done = settled(plan, shown(plan).proposal, "decline")
        assert isinstance(done, ProposalSettled)
        assert (done.declined, done.left) == (True, left)
    assert plan.take(show_proposal, ShowProposal(OFFICE)) == NoProposals()
    assert {one.declined for one in held(plan)} == {True}


def test_what_is_pressed_by_mistake_is_taken_back(plan: School) -> None:
    done = settled(plan, shown(plan).proposal, "decline")
    assert isinstance(done, ProposalSettled)
    assert plan.take(decide_amendment, DecideAmendment(OFFICE, done.amendment, "undo")) == AmendmentUndone()
    assert (held(plan), shown(plan).left) == ((), 3)


@pytest.mark.parametrize("choice", ["undo", "take", "drop"])
def test_a_button_that_is_pressed_again_changes_nothing(plan: School, choice: str) -> None:
    done = settled(plan, shown(plan).proposal, "decline")
    assert isinstance(done, ProposalSettled)
    plan.take(decide_amendment, DecideAmendment(OFFICE, done.amendment, "undo"))
    assert plan.take(decide_amendment, DecideAmendment(OFFICE, done.amendment, choice)) == AmendmentGone()
    assert (held(plan), shown(plan).left) == ((), 3)


def test_count_rhythm_and_activities_are_changed_press_by_press(plan: School) -> None:
    number = shown(plan).proposal
    for choice in ("open", "plus", "week", "2"):
        settled(plan, number, choice)
    opened = settled(plan, number, "1")
    assert isinstance(opened, ProposalOpened)
    assert opened.activities == (ActivityChoice(1, "共创式主题教研", False), ActivityChoice(2, "主题班会", True))
    [one] = held(plan)
    assert (one.count, one.rhythm, one.activities) == (2, "week", ("classes",))
    settled(plan, number, "minus")
    settled(plan, number, "minus")
    assert held(plan)[0].count == 1  # never none
    settled(plan, number, "99")  # a forged press
    assert held(plan)[0].activities == ("classes",)


def test_class_meetings_meet_what_is_due_each_week_alone(plan: School) -> None:
    number = shown(plan).proposal
    for choice in ("open", "2"):  # it is of the month, and the second activity is a class meeting
        opened = settled(plan, number, choice)
    assert isinstance(opened, ProposalOpened)
    assert [one.number for one in opened.activities] == [1]
    for choice in ("week", "2", "month"):
        settled(plan, number, choice)
    assert held(plan)[0].activities == ("research",)


def test_of_people_only_the_count_is_changed(plan: School) -> None:
    settled(plan, shown(plan).proposal, "take")
    number = shown(plan).proposal
    for choice in ("open", "minus", "month", "1"):
        opened = settled(plan, number, choice)
    assert isinstance(opened, ProposalOpened)
    assert (opened.count, opened.rhythm, opened.by_people, opened.activities) == (29, "standing", True, ())


def test_what_the_file_has_in_its_own_words_is_not_proposed(store: Store) -> None:
    monthly = {"key": "m", "title": "教研", "clause": "一、措施", "rhythm": "month", "activities": ("research",)}
    school = begin(store, RESEARCH, obligation=(monthly,))
    store.call(publish, 1, CHARTER)
    assert shown(school).count == 30
