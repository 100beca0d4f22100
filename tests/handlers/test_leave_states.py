"""What becomes of a request for leave: states × who × when; one reminder, a remark, and who is nudged meanwhile."""

import pytest

from handlers.answer_prompt import AnswerPrompt, NothingAsked, answer_prompt
from handlers.check_in import CheckIn, check_in
from handlers.decide_leave import (
    DecideLeave,
    LeaveRemarked,
    LeaveRemarkSkipped,
    LeaveSettled,
    LeaveWithdrawn,
    MayNotDecide,
    SkipRemark,
    WithdrawLeave,
    decide_leave,
    skip_remark,
    withdraw_leave,
)
from handlers.event import Nudged, ReflectionAsked
from handlers.leave import LeaveAsked, LeaveDecidedAlready, StartLeave, start_leave
from handlers.leave_notice import LeaveRequested, LeaveResult, LeaveTakenBack
from handlers.respond import Respond, respond
from store import attendance, responses
from store.accounts import Account
from store.database import Store
from store.leaves import LeaveState
from store.persons import PersonRole, Role
from store.responses import ParticipationStatus
from tests.handlers.event_sample import LI, MEETING, NOBODY, OFFICE, QIAN, WANG, ZHAO, ZHOU, School, begin, local
from tests.handlers.test_leave import ABOUT, REASON, ask, state_of, traces

PENDING, APPROVED, REFUSED, WITHDRAWN = LeaveState


def brought(school: School, research: int, state: LeaveState) -> int:
    """A leave of 样王强 in that state."""
    leave = ask(school, WANG, research).leave
    if state in (APPROVED, REFUSED):
        school.take(decide_leave, DecideLeave(leave, ZHOU, approve=state is APPROVED))
    elif state is WITHDRAWN:
        school.take(withdraw_leave, WithdrawLeave(leave, WANG))
    assert state_of(school, leave) is state
    return leave


@pytest.mark.parametrize("when", ["10-09 09:00", "10-14 15:00", "10-16 09:00"])
@pytest.mark.parametrize("state", LeaveState)
@pytest.mark.parametrize("who", [WANG, ZHOU, QIAN, OFFICE, LI, NOBODY])
def test_only_the_person_withdraws_and_only_until_it_is_decided(
    school: School, research: int, who: Account, state: LeaveState, when: str
) -> None:
    leave = brought(school, research, state)
    school.now = local(when)
    said = school.take(withdraw_leave, WithdrawLeave(leave, who))
    if who != WANG:
        assert said == MayNotDecide()
    else:
        expected = LeaveDecidedAlready if state in (APPROVED, REFUSED) else LeaveWithdrawn
        assert isinstance(said, expected)
    withdrawn = who == WANG and state is PENDING
    assert state_of(school, leave) is (WITHDRAWN if withdrawn else state)


@pytest.mark.parametrize("when", ["10-09 09:00", "10-16 09:00"])
@pytest.mark.parametrize("state", LeaveState)
@pytest.mark.parametrize("approve", [True, False])
@pytest.mark.parametrize("who", [ZHOU, QIAN, WANG, OFFICE])
def test_what_was_decided_an_approver_alone_changes(
    school: School, research: int, who: Account, approve: bool, state: LeaveState, when: str
) -> None:
    leave = brought(school, research, state)
    school.now = local(when)
    said = school.take(decide_leave, DecideLeave(leave, who, approve, change=True))
    became = APPROVED if approve else REFUSED
    changed = who == ZHOU and state in (APPROVED, REFUSED) and state is not became
    assert state_of(school, leave) is (became if changed else state)
    if who != ZHOU:
        assert said == MayNotDecide()
    elif state in (APPROVED, REFUSED):
        assert isinstance(said, LeaveSettled)
        assert said.again is not changed
    else:
        assert isinstance(said, LeaveTakenBack)


def test_a_change_is_told_and_keeps_the_old_value(school: School, research: int) -> None:
    leave = brought(school, research, APPROVED)
    school.until("10-08 09:05")
    school.take(decide_leave, DecideLeave(leave, ZHOU, approve=False, change=True))
    told = [one.outcome for one in school.until("10-08 09:10") if one.to == "wang"]
    assert told == [LeaveResult("样王强", ABOUT, REFUSED, "")]
    mine = [one for one in traces(school, research, "wang") if one[0] == "leave"]
    assert mine[-1] == ("leave", school.person("zhou"), "approved", "refused")


def test_the_first_of_several_decides_and_the_others_are_told(school: School, research: int) -> None:
    zhao = school.person("zhao")
    school.ask(lambda session: session.add(PersonRole(person_id=zhao, role=Role.APPROVER)))
    leave = ask(school, WANG, research).leave
    assert {one.to for one in school.until("10-08 09:05") if not one.edited} == {"zhou", "zhao"}
    school.take(decide_leave, DecideLeave(leave, ZHAO, approve=True))
    second = school.take(decide_leave, DecideLeave(leave, ZHOU, approve=False))
    assert second == LeaveSettled(leave, "样王强", ABOUT, APPROVED, True, "样赵敏", school.now, False)


def test_an_approver_is_reminded_once_at_the_start(school: School, research: int) -> None:
    ask(school, WANG, research)
    ask(school, WANG, research, "样例事由二")  # told again: still one reminder
    school.until("10-14 14:29")
    said = [one for one in school.until("10-20 09:00") if isinstance(one.outcome, LeaveRequested)]
    assert [(one.to, one.outcome.again) for one in said if isinstance(one.outcome, LeaveRequested)] == [("zhou", True)]


def test_for_leave_asked_afterwards_the_reminder_is_a_day_later(school: School, research: int) -> None:
    school.until("10-15 10:00")
    ask(school, WANG, research)
    school.until("10-16 09:59")
    (again,) = [one.outcome for one in school.until("10-16 10:00") if one.to == "zhou"]
    assert isinstance(again, LeaveRequested)
    assert (again.again, again.after) == (True, True)
    school.take(decide_leave, DecideLeave(again.leave, ZHOU, approve=True))
    result = LeaveResult("样王强", ABOUT, APPROVED, "", over=True)
    assert [one.outcome for one in school.until("10-16 10:01") if one.to == "wang"] == [result]


@pytest.mark.parametrize("state", [APPROVED, REFUSED, WITHDRAWN])
def test_nobody_is_reminded_of_what_is_settled(school: School, research: int, state: LeaveState) -> None:
    brought(school, research, state)
    assert not [one for one in school.until("10-20 09:00") if isinstance(one.outcome, LeaveRequested)]


@pytest.mark.parametrize("state", LeaveState)
def test_who_waits_or_is_on_leave_is_not_nudged_and_who_is_refused_is(
    school: School, research: int, state: LeaveState
) -> None:
    brought(school, research, state)
    nudged = {one.to for one in school.until("10-14 14:00") if isinstance(one.outcome, Nudged)}
    assert ("wang" in nudged) is (state in (REFUSED, WITHDRAWN))
    assert "zhao" in nudged


@pytest.mark.parametrize("state", LeaveState)
def test_nor_is_asked_for_a_reflection_where_nobody_checks_in(store: Store, state: LeaveState) -> None:
    school = begin(store, MEETING, until="10-21 09:30")
    meeting = school.occurrence("meeting", "10-21 09:00")
    school.take(start_leave, StartLeave(WANG, meeting))
    asked = school.take(answer_prompt, AnswerPrompt(WANG, REASON))
    assert isinstance(asked, LeaveAsked)
    if state is WITHDRAWN:
        school.take(withdraw_leave, WithdrawLeave(asked.leave, WANG))
    elif state is not PENDING:
        school.take(decide_leave, DecideLeave(asked.leave, ZHOU, approve=state is APPROVED))
    reflecting = {one.to for one in school.until("10-25 09:00") if isinstance(one.outcome, ReflectionAsked)}
    assert ("wang" in reflecting) is (state in (REFUSED, WITHDRAWN))


def test_who_is_refused_is_asked_again_and_the_card_counts_so(school: School, research: int) -> None:
    leave = ask(school, WANG, research).leave
    counted = [one.declined for one in school.ask(lambda session: responses.tally(session, research))]
    school.take(decide_leave, DecideLeave(leave, ZHOU, approve=False))
    after = [one.declined for one in school.ask(lambda session: responses.tally(session, research))]
    assert (sum(counted), sum(after)) == (1, 0)
    school.take(decide_leave, DecideLeave(leave, ZHOU, approve=True, change=True))
    assert school.answer("wang", research) is ParticipationStatus.DECLINED


def test_who_says_that_he_comes_is_not_made_to_say_otherwise(school: School, research: int) -> None:
    leave = brought(school, research, REFUSED)
    school.take(respond, Respond(research, WANG, ParticipationStatus.ACCEPTED))
    school.take(decide_leave, DecideLeave(leave, ZHOU, approve=True, change=True))
    assert school.answer("wang", research) is ParticipationStatus.ACCEPTED


def test_whoever_is_there_already_is_not_told_that_he_may_come(school: School, research: int) -> None:
    leave = ask(school, WANG, research).leave
    school.until("10-14 14:20")
    school.take(check_in, CheckIn(research, WANG))
    school.take(decide_leave, DecideLeave(leave, ZHOU, approve=True))
    [told] = [one.outcome for one in school.until("10-14 14:25") if isinstance(one.outcome, LeaveResult)]
    assert told == LeaveResult("样王强", ABOUT, APPROVED, "", over=True)


def unused(school: School, research: int) -> bool:
    """样王强's."""
    wang = school.person("wang")
    found = school.ask(lambda session: attendance.of(session, research, wang, school.now))
    return found is not None and found.leave_unused


def test_leave_of_somebody_who_comes_after_all_stays_and_is_unused(school: School, research: int) -> None:
    leave = brought(school, research, APPROVED)
    assert not unused(school, research)
    school.until("10-14 14:20")
    school.take(check_in, CheckIn(research, WANG))
    assert unused(school, research)
    assert state_of(school, leave) is APPROVED
    asked = {one.to for one in school.until("10-16 09:00") if isinstance(one.outcome, ReflectionAsked)}
    assert asked == {"wang"}  # who was there is asked


def test_what_the_approver_says_is_told_to_the_teacher(school: School, research: int) -> None:
    leave = ask(school, WANG, research).leave
    settled = school.take(decide_leave, DecideLeave(leave, ZHOU, approve=False))
    assert isinstance(settled, LeaveSettled)
    assert settled.remark
    said = school.take(answer_prompt, AnswerPrompt(ZHOU, "当天有您的展示课"))
    assert said == LeaveRemarked("样王强", ABOUT, "当天有您的展示课")
    told = [one.outcome for one in school.until("10-08 09:05") if one.to == "wang"]
    assert told == [
        LeaveResult("样王强", ABOUT, REFUSED, ""), LeaveResult("样王强", ABOUT, REFUSED, "当天有您的展示课"),
    ]  # fmt: skip
    assert school.take(answer_prompt, AnswerPrompt(ZHOU, "另一句")) == NothingAsked()


def test_whoever_may_decide_no_more_says_nothing_either(school: School, research: int) -> None:
    """He was asked for a word while he was the approver."""
    leave = ask(school, WANG, research).leave
    school.take(decide_leave, DecideLeave(leave, ZHOU, approve=False))
    zhou = school.person("zhou")
    school.ask(lambda session: session.delete(session.get_one(PersonRole, (zhou, Role.APPROVER))))
    assert school.take(answer_prompt, AnswerPrompt(ZHOU, "当天有您的展示课")) == MayNotDecide()
    school.until("10-08 09:05")
    assert not [one for one in school.said if isinstance(one.outcome, LeaveResult) and one.outcome.remark]


def test_nothing_need_be_said_and_what_comes_later_is_no_remark(school: School, research: int) -> None:
    leave = ask(school, WANG, research).leave
    school.take(decide_leave, DecideLeave(leave, ZHOU, approve=False))
    assert school.take(skip_remark, SkipRemark(ZHOU)) == LeaveRemarkSkipped()
    assert school.take(answer_prompt, AnswerPrompt(ZHOU, "每月几次")) == NothingAsked()
    school.take(decide_leave, DecideLeave(leave, ZHOU, approve=True, change=True))
    school.take(decide_leave, DecideLeave(leave, ZHOU, approve=False, change=True))
    school.until("10-08 09:16")
    assert school.take(answer_prompt, AnswerPrompt(ZHOU, "每月几次")) == NothingAsked()
    assert not [one for one in school.said if isinstance(one.outcome, LeaveResult) and one.outcome.remark]
