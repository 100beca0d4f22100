"""请假 from an event: asked and told in private, decided once, by an approver of the school worked at now."""

from collections.abc import Callable

import pytest

from handlers.absence import Absence
from handlers.answer_prompt import AnswerPrompt, answer_prompt
from handlers.decide_leave import DecideLeave, LeaveSettled, MayNotDecide, decide_leave
from handlers.leave import (
    ChooseKind,
    LeaveAsked,
    LeaveDecidedAlready,
    LeaveKindAsked,
    LeaveReasonAsked,
    LeaveStepPassed,
    NothingToLeave,
    SkipReason,
    StartLeave,
    choose_kind,
    skip_reason,
    start_leave,
)
from handlers.leave_notice import LeaveRequested, LeaveResult, LeaveTakenBack
from handlers.participants import NotInvited, NotLinked, OccurrenceGone
from handlers.respond import Respond, respond
from handlers.start import Unlinked
from store import accounts, audit, leaves
from store.accounts import Account
from store.database import Session
from store.leaves import LeaveKind, LeaveState
from store.occurrences import Occurrence, OccurrenceState
from store.persons import Person
from store.responses import ParticipationStatus
from tests.handlers.event_sample import LI, NOBODY, OFFICE, QIAN, WANG, ZHAO, ZHOU, Said, School, local

TITLE, STARTS, ENDS = "共创式主题教研", local("10-14 14:30"), local("10-14 16:00")
ABOUT = Absence(TITLE, STARTS.date(), STARTS.date(), STARTS, ENDS, 7)
REASON = "样例事由：去医院复查"


def ask(
    school: School, who: Account, research: int, reason: str = REASON, kind: LeaveKind | None = None
) -> LeaveAsked:
    assert school.take(start_leave, StartLeave(who, research)) == LeaveKindAsked(research, ABOUT, "")
    if kind is not None:
        asked = school.take(choose_kind, ChooseKind(who, research, kind))
        assert asked == LeaveReasonAsked(research, ABOUT, kind)
    said = school.take(answer_prompt, AnswerPrompt(who, reason))
    assert isinstance(said, LeaveAsked)
    return said


def state_of(school: School, leave: int) -> LeaveState:
    return school.ask(lambda session: next(row.state for row in [leaves.get(session, leave)] if row))


def private(said: list[Said]) -> list[Said]:
    """Cards aside."""
    return [one for one in said if not one.edited]


def traces(school: School, research: int, key: str) -> list[tuple[str, int | None, str, str]]:
    """Fact, actor, before and after."""
    person = school.person(key)

    def told(session: Session) -> list[tuple[str, int | None, str, str]]:
        return [(one.fact.value, one.actor_id, one.was, one.became) for one in audit.of(session, research, person)]

    return school.ask(told)


def test_an_exchanged_teacher_asks_the_school_worked_at_now_and_not_the_home_school(
    school: School, research: int
) -> None:
    asked = ask(school, WANG, research, kind=LeaveKind.SICK)
    assert asked == LeaveAsked(asked.leave, ABOUT, approvers=1)
    requested = LeaveRequested(asked.leave, "样王强", ABOUT, LeaveKind.SICK, REASON, after=False, again=False)
    assert private(school.until("10-08 09:05")) == [Said("zhou", requested, edited=False)]


def test_who_has_moved_to_another_school_since_is_decided_on_there(school: School, research: int) -> None:
    def move(session: Session) -> None:
        session.get_one(Person, wang).school_id = session.get_one(Person, li).school_id

    wang, li = school.person("wang"), school.person("li")
    leave = ask(school, WANG, research).leave
    school.ask(move)
    assert private(school.until("10-08 09:05")) == []  # the reason is no longer this approver's to read
    assert school.take(decide_leave, DecideLeave(leave, ZHOU, approve=True)) == MayNotDecide()
    assert isinstance(school.take(decide_leave, DecideLeave(leave, QIAN, approve=True)), LeaveSettled)


def test_neither_kind_nor_reason_need_be_said(school: School, research: int) -> None:
    school.take(start_leave, StartLeave(WANG, research))
    asked = school.take(skip_reason, SkipReason(WANG, research))
    assert isinstance(asked, LeaveAsked)
    (said,) = private(school.until("10-08 09:05"))
    assert isinstance(said.outcome, LeaveRequested)
    assert (said.outcome.kind, said.outcome.reason) == (None, "")


def test_what_is_said_along_is_asked_no_more(school: School, research: int) -> None:
    started = StartLeave(WANG, research, reason=REASON)
    assert school.take(start_leave, started) == LeaveKindAsked(research, ABOUT, REASON)
    assert isinstance(school.take(choose_kind, ChooseKind(WANG, research, LeaveKind.OTHER)), LeaveAsked)
    again = StartLeave(ZHAO, research, LeaveKind.SICK, REASON)
    assert isinstance(school.take(start_leave, again), LeaveAsked)
    requested = [one.outcome for one in private(school.until("10-08 09:05"))]
    assert [(one.kind, one.reason) for one in requested if isinstance(one, LeaveRequested)] == [
        (LeaveKind.OTHER, REASON), (LeaveKind.SICK, REASON),
    ]  # fmt: skip


def test_a_button_of_a_step_that_is_over_does_nothing(school: School, research: int) -> None:
    ask(school, WANG, research, kind=LeaveKind.SICK)
    passed = LeaveStepPassed()
    assert school.take(choose_kind, ChooseKind(WANG, research, LeaveKind.OTHER)) == passed
    assert school.take(skip_reason, SkipReason(WANG, research)) == passed
    assert school.take(skip_reason, SkipReason(NOBODY, research)) == passed
    kept = school.ask(lambda session: [(row.kind, row.reason) for row in [leaves.get(session, 1)] if row])
    assert kept == [(LeaveKind.SICK, REASON)]


def test_the_decision_reaches_the_teacher_and_leaves_its_trace(school: School, research: int) -> None:
    leave = ask(school, WANG, research).leave
    settled = school.take(decide_leave, DecideLeave(leave, ZHOU, approve=True))
    told = LeaveState.APPROVED, False, "样周明", school.now, False
    assert settled == LeaveSettled(leave, "样王强", ABOUT, *told)
    result = LeaveResult("样王强", ABOUT, LeaveState.APPROVED, "")
    assert private(school.until("10-08 09:05")) == [Said("wang", result, edited=False)]
    wang, zhou = school.person("wang"), school.person("zhou")
    mine = [one for one in traces(school, research, "wang") if one[0] == "leave"]
    assert mine == [("leave", wang, "", "pending"), ("leave", zhou, "pending", "approved")]


def test_it_is_decided_once(school: School, research: int) -> None:
    leave = ask(school, WANG, research).leave
    school.take(decide_leave, DecideLeave(leave, ZHOU, approve=False))
    again = school.take(decide_leave, DecideLeave(leave, ZHOU, approve=True))
    told = LeaveState.REFUSED, True, "样周明", school.now, False
    assert again == LeaveSettled(leave, "样王强", ABOUT, *told)
    assert len([one for one in private(school.until("10-08 09:05")) if one.to == "wang"]) == 1


def test_where_a_school_has_no_approver_its_principal_decides(school: School, research: int) -> None:
    asked = ask(school, LI, research)
    assert asked.approvers == 1
    assert [one.to for one in private(school.until("10-08 09:05"))] == ["qian"]
    assert isinstance(school.take(decide_leave, DecideLeave(asked.leave, QIAN, approve=True)), LeaveSettled)


def test_nobody_decides_their_own_leave(school: School, research: int) -> None:
    asked = ask(school, ZHOU, research)
    assert asked.approvers == 0
    for change in (False, True):
        decide = DecideLeave(asked.leave, ZHOU, approve=True, change=change)
        assert school.take(decide_leave, decide) == MayNotDecide()
    assert state_of(school, asked.leave) is LeaveState.PENDING
    assert private(school.until("10-08 09:05")) == []


def test_an_approver_whom_nobody_reaches_is_not_counted_and_not_forgotten(school: School, research: int) -> None:
    school.ask(lambda session: accounts.mark(session, ZHOU, reachable=False))
    assert ask(school, WANG, research).approvers == 0
    assert private(school.until("10-08 09:05")) == []
    school.ask(lambda session: accounts.mark(session, ZHOU, reachable=True))
    assert [one.to for one in private(school.until("10-08 09:10"))] == ["zhou"]


@pytest.mark.parametrize("who", [QIAN, OFFICE, ZHAO, WANG, NOBODY])
def test_nobody_else_decides(school: School, research: int, who: Account) -> None:
    leave = ask(school, WANG, research).leave
    assert school.take(decide_leave, DecideLeave(leave, who, approve=True)) == MayNotDecide()
    assert school.take(decide_leave, DecideLeave(999_999, who, approve=True)) == MayNotDecide()
    assert school.take(decide_leave, DecideLeave(leave, who, approve=True, several=True)) == MayNotDecide()
    assert state_of(school, leave) is LeaveState.PENDING


def test_whoever_asks_for_leave_has_answered(school: School, research: int) -> None:
    ask(school, WANG, research)
    assert school.answer("wang", research) is ParticipationStatus.DECLINED
    assert "wang" not in {one.to for one in school.until("10-13 12:00")}


def test_leave_asked_for_after_the_start_is_marked_so_and_changes_no_answer(school: School, research: int) -> None:
    school.take(respond, Respond(research, WANG, ParticipationStatus.ACCEPTED))
    school.until("10-14 18:00")
    assert ask(school, WANG, research).approvers == 1
    assert school.answer("wang", research) is ParticipationStatus.ACCEPTED
    (requested,) = [one.outcome for one in school.until("10-14 18:01") if one.to == "zhou"]
    assert isinstance(requested, LeaveRequested)
    assert requested.after


def test_a_decided_leave_is_not_asked_for_again(school: School, research: int) -> None:
    leave = ask(school, WANG, research).leave
    school.take(start_leave, StartLeave(WANG, research))
    school.take(decide_leave, DecideLeave(leave, ZHOU, approve=False))
    refused = LeaveDecidedAlready(ABOUT, LeaveState.REFUSED, "样周明", school.now)
    assert school.take(answer_prompt, AnswerPrompt(WANG, REASON)) == refused
    assert school.take(start_leave, StartLeave(WANG, research)) == refused


def test_a_request_taken_back_is_not_sent(school: School, research: int) -> None:
    leave = ask(school, WANG, research).leave
    school.take(respond, Respond(research, WANG, ParticipationStatus.ACCEPTED))
    assert private(school.until("10-08 09:05")) == []
    assert school.take(decide_leave, DecideLeave(leave, ZHOU, approve=True)) == LeaveTakenBack("样王强", ABOUT)


def cancel(school: School, research: int) -> None:
    def called_off(session: Session) -> None:
        session.get_one(Occurrence, research).state = OccurrenceState.CANCELLED

    school.ask(called_off)


@pytest.mark.parametrize(
    ("step", "request_"),
    [
        (choose_kind, lambda research: ChooseKind(WANG, research, LeaveKind.OTHER)),
        (skip_reason, lambda research: SkipReason(WANG, research)),
        (answer_prompt, lambda _: AnswerPrompt(WANG, "样例事由")),
    ],
)
def test_of_an_event_that_is_cancelled_meanwhile_no_leave_is_asked(
    school: School, research: int, step: Callable[..., object], request_: Callable[[int], object]
) -> None:
    assert isinstance(school.take(start_leave, StartLeave(WANG, research)), LeaveKindAsked)
    cancel(school, research)
    assert school.take(step, request_(research)) == OccurrenceGone()
    school.send()
    assert private(school.said) == []


def test_a_request_for_an_event_that_is_cancelled_is_not_sent(school: School, research: int) -> None:
    ask(school, WANG, research)
    cancel(school, research)
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
    school.until("10-17 18:00")
    told = {one.to for one in school.said if REASON in str(one.outcome)}
    assert told == {"zhou"}


def test_the_command_means_the_next_event_that_was_announced(school: School, research: int) -> None:
    assert school.take(start_leave, StartLeave(LI, None)) == LeaveKindAsked(research, ABOUT, "")
    assert school.take(start_leave, StartLeave(OFFICE, None)) == NothingToLeave()
    assert school.take(start_leave, StartLeave(NOBODY, None)) == Unlinked()
    school.until("10-14 16:01")
    assert school.take(start_leave, StartLeave(LI, None)) == NothingToLeave()


def test_strangers_are_told_what_they_are(school: School, research: int) -> None:
    assert school.take(start_leave, StartLeave(NOBODY, research)) == NotLinked(TITLE)
    assert school.take(start_leave, StartLeave(OFFICE, research)) == NotInvited(TITLE)
    assert school.take(start_leave, StartLeave(LI, 999_999)) == OccurrenceGone()
