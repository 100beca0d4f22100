"""请假: asked and told in private, decided once, by an approver of the school where the person works now."""

import pytest

from handlers.answer_prompt import AnswerPrompt, answer_prompt
from handlers.leave import (
    DecideLeave,
    LeaveAsked,
    LeaveDecidedAlready,
    LeaveReasonAsked,
    LeaveRequested,
    LeaveResult,
    LeaveSettled,
    LeaveTakenBack,
    MayNotDecide,
    NothingToLeave,
    StartLeave,
    decide_leave,
    start_leave,
)
from handlers.participants import NotInvited, NotLinked, OccurrenceGone
from handlers.respond import Respond, respond
from handlers.start import Unlinked
from store import accounts, leaves, responses
from store.accounts import Account
from store.database import Session
from store.leaves import LeaveState
from store.occurrences import Occurrence, OccurrenceState
from store.responses import ParticipationStatus
from tests.handlers.event_sample import LI, NOBODY, OFFICE, QIAN, WANG, ZHAO, ZHOU, Said, School, local

TITLE, STARTS, ENDS = "共创式主题教研", local("10-14 14:30"), local("10-14 16:00")
REASON = "样例事由：去医院复查"


def ask(school: School, who: Account, research: int, reason: str = REASON) -> LeaveAsked:
    assert school.take(start_leave, StartLeave(who, research)) == LeaveReasonAsked(TITLE, STARTS)
    said = school.take(answer_prompt, AnswerPrompt(who, reason))
    assert isinstance(said, LeaveAsked)
    return said


def leave_of(school: School, research: int, key: str) -> int:
    person = school.person(key)
    return school.ask(lambda session: next(row.id or 0 for row in [leaves.of(session, research, person)] if row))


def state_of(school: School, leave: int) -> LeaveState:
    return school.ask(lambda session: next(row.state for row in [leaves.get(session, leave)] if row))


def private(said: list[Said]) -> list[Said]:
    """Cards aside."""
    return [one for one in said if not one.edited]


def test_an_exchanged_teacher_asks_the_school_worked_at_now_and_not_the_home_school(
    school: School, research: int
) -> None:
    assert ask(school, WANG, research) == LeaveAsked(TITLE, STARTS, approvers=1)
    leave = leave_of(school, research, "wang")
    requested = LeaveRequested(leave, "样王强", TITLE, STARTS, ENDS, REASON)
    assert private(school.until("10-08 09:05")) == [Said("zhou", requested, edited=False)]


def test_the_decision_reaches_the_teacher(school: School, research: int) -> None:
    ask(school, WANG, research)
    leave = leave_of(school, research, "wang")
    settled = school.take(decide_leave, DecideLeave(leave, ZHOU, approve=True))
    assert settled == LeaveSettled("样王强", TITLE, LeaveState.APPROVED, False, "样周明", school.now)
    result = LeaveResult("样王强", TITLE, STARTS, LeaveState.APPROVED)
    assert private(school.until("10-08 09:05")) == [Said("wang", result, edited=False)]


def test_it_is_decided_once(school: School, research: int) -> None:
    ask(school, WANG, research)
    leave = leave_of(school, research, "wang")
    school.take(decide_leave, DecideLeave(leave, ZHOU, approve=False))
    again = school.take(decide_leave, DecideLeave(leave, ZHOU, approve=True))
    assert again == LeaveSettled("样王强", TITLE, LeaveState.REFUSED, True, "样周明", school.now)
    assert len([one for one in private(school.until("10-08 09:05")) if one.to == "wang"]) == 1


def test_where_a_school_has_no_approver_its_principal_decides(school: School, research: int) -> None:
    assert ask(school, LI, research).approvers == 1
    leave = leave_of(school, research, "li")
    assert [one.to for one in private(school.until("10-08 09:05"))] == ["qian"]
    assert isinstance(school.take(decide_leave, DecideLeave(leave, QIAN, approve=True)), LeaveSettled)


def test_nobody_decides_their_own_leave(school: School, research: int) -> None:
    assert ask(school, ZHOU, research).approvers == 0
    leave = leave_of(school, research, "zhou")
    assert school.take(decide_leave, DecideLeave(leave, ZHOU, approve=True)) == MayNotDecide()
    assert state_of(school, leave) is LeaveState.PENDING
    assert private(school.until("10-08 09:05")) == []


def test_an_approver_whom_nobody_reaches_is_not_counted_and_not_forgotten(school: School, research: int) -> None:
    school.ask(lambda session: accounts.mark(session, ZHOU, reachable=False))
    assert ask(school, WANG, research).approvers == 0
    assert private(school.until("10-08 09:05")) == []
    school.ask(lambda session: accounts.mark(session, ZHOU, reachable=True))
    assert [one.to for one in private(school.until("10-08 09:10"))] == ["zhou"]


@pytest.mark.parametrize("who", [QIAN, OFFICE, ZHAO, NOBODY])
def test_nobody_else_decides(school: School, research: int, who: Account) -> None:
    ask(school, WANG, research)
    leave = leave_of(school, research, "wang")
    assert school.take(decide_leave, DecideLeave(leave, who, approve=True)) == MayNotDecide()
    assert school.take(decide_leave, DecideLeave(999_999, who, approve=True)) == MayNotDecide()
    assert state_of(school, leave) is LeaveState.PENDING


def test_whoever_asks_for_leave_has_answered(school: School, research: int) -> None:
    ask(school, WANG, research)
    wang = school.person("wang")
    assert wang in school.ask(lambda session: responses.declined(session, research))
    assert "wang" not in {one.to for one in school.until("10-13 12:00")}


def test_leave_asked_for_after_the_start_changes_no_answer(school: School, research: int) -> None:
    school.take(respond, Respond(research, WANG, ParticipationStatus.ACCEPTED))
    school.until("10-14 18:00")
    assert ask(school, WANG, research).approvers == 1
    assert school.ask(lambda session: responses.declined(session, research)) == set()


def test_a_decided_leave_is_not_asked_for_again(school: School, research: int) -> None:
    ask(school, WANG, research)
    leave = leave_of(school, research, "wang")
    school.take(start_leave, StartLeave(WANG, research))
    school.take(decide_leave, DecideLeave(leave, ZHOU, approve=False))
    refused = LeaveDecidedAlready(TITLE, LeaveState.REFUSED, "样周明", school.now)
    assert school.take(answer_prompt, AnswerPrompt(WANG, REASON)) == refused
    assert school.take(start_leave, StartLeave(WANG, research)) == refused


def test_a_request_taken_back_is_not_sent(school: School, research: int) -> None:
    ask(school, WANG, research)
    leave = leave_of(school, research, "wang")
    school.take(respond, Respond(research, WANG, ParticipationStatus.ACCEPTED))
    assert private(school.until("10-08 09:05")) == []
    assert school.take(decide_leave, DecideLeave(leave, ZHOU, approve=True)) == LeaveTakenBack("样王强", TITLE)


def test_a_request_for_an_event_that_is_cancelled_is_not_sent(school: School, research: int) -> None:
    def cancel(session: Session) -> None:
        session.get_one(Occurrence, research).state = OccurrenceState.CANCELLED

    ask(school, WANG, research)
    school.ask(cancel)
    school.send()
    assert private(school.said) == []


def test_a_request_taken_back_can_be_made_again(school: School, research: int) -> None:
    ask(school, WANG, research)
    school.until("10-08 09:05")
    school.take(respond, Respond(research, WANG, ParticipationStatus.ACCEPTED))
    ask(school, WANG, research, "样例事由二")
    again = [one.outcome for one in private(school.until("10-08 09:10"))]
    assert [(type(one), getattr(one, "reason", "")) for one in again] == [(LeaveRequested, "样例事由二")]


def test_the_reason_is_told_to_the_approver_alone(school: School, research: int) -> None:
    ask(school, WANG, research)
    school.until("10-14 18:00")
    told = {one.to for one in school.said if REASON in str(one.outcome)}
    assert told == {"zhou"}


def test_the_command_means_the_next_event_that_was_announced(school: School) -> None:
    assert school.take(start_leave, StartLeave(LI, None)) == LeaveReasonAsked(TITLE, STARTS)
    assert school.take(start_leave, StartLeave(OFFICE, None)) == NothingToLeave()
    assert school.take(start_leave, StartLeave(NOBODY, None)) == Unlinked()
    school.until("10-14 16:01")
    assert school.take(start_leave, StartLeave(LI, None)) == NothingToLeave()


def test_strangers_are_told_what_they_are(school: School, research: int) -> None:
    assert school.take(start_leave, StartLeave(NOBODY, research)) == NotLinked(TITLE)
    assert school.take(start_leave, StartLeave(OFFICE, research)) == NotInvited(TITLE)
    assert school.take(start_leave, StartLeave(LI, 999_999)) == OccurrenceGone()
