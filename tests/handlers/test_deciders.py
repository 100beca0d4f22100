"""The roster changes while a request for leave is open: who may decide now is asked, who may no longer is told so."""

from typing import Any

from handlers.apply import Applied, Apply, apply
from handlers.decide_leave import DecideLeave, LeaveSettled, WithdrawLeave, decide_leave, withdraw_leave
from handlers.leave_days import LeaveDaysAsked, StartLeaveDays, start_leave_days
from handlers.leave_notice import LeavePassedOn, LeaveRequested, LeaveTakenBack
from handlers.privacy import Erased, EraseMe, erase_me
from store import audit
from store.blueprint import Blueprint
from store.database import Session
from store.leaves import LeaveKind
from tests.handlers.event_sample import FILE, LI, QIAN, RESEARCH, WANG, ZHAO, ZHOU, Said, School, local
from tests.handlers.test_leave import ABOUT, REASON, ask

PASSED_ON = LeavePassedOn("样王强", ABOUT)


def roster(school: School, *left: str, **changed: dict[str, Any]) -> None:
    """The file again: without those who `left`, others with what `changed` by their keys."""
    people = tuple(one | changed.get(one["key"], {}) for one in FILE["person"] if one["key"] not in left)
    classes = tuple(one for one in FILE["class_"] if one["head_teacher"] not in left)
    file = FILE | {"person": people, "class_": classes, "activity": (RESEARCH,)}
    assert isinstance(school.take(apply, Apply(Blueprint.model_validate(file))), Applied)


def requests(said: list[Said]) -> list[tuple[str, object, bool]]:
    """To whom, what, and whether it changed an earlier message; cards of the event left out."""
    kinds = LeaveRequested | LeaveTakenBack | LeavePassedOn
    return [(one.to, one.outcome, one.edited) for one in said if isinstance(one.outcome, kinds)]


def requested(leave: int, *, again: bool = False) -> LeaveRequested:
    return LeaveRequested(leave, "样王强", ABOUT, LeaveKind.SICK, REASON, after=False, again=again)


def test_a_new_approver_is_asked_and_the_one_before_sees_the_reason_no_more(school: School, research: int) -> None:
    leave = ask(school, WANG, research, kind=LeaveKind.SICK).leave
    school.until("10-08 09:10")
    roster(school, zhou={"roles": ("teacher",)}, zhao={"roles": ("teacher", "approver")})
    told = requests(school.until("10-08 09:20"))
    assert sorted(told, key=str) == [("7011", PASSED_ON, True), ("zhao", requested(leave), False)]
    assert isinstance(school.take(decide_leave, DecideLeave(leave, ZHAO, approve=True)), LeaveSettled)


def test_an_approver_who_joins_is_asked_beside_the_first_and_reminded_with_him(school: School, research: int) -> None:
    leave = ask(school, WANG, research, kind=LeaveKind.SICK).leave
    school.until("10-08 09:10")
    roster(school, zhao={"roles": ("approver",)})
    roster(school, zhao={"roles": ("approver",)})
    assert requests(school.until("10-08 09:20")) == [("zhao", requested(leave), False)]
    reminded = requests(school.until("10-14 15:00"))
    assert reminded == [(one, requested(leave, again=True), False) for one in ("zhou", "zhao")]


def test_with_the_teacher_the_request_goes_to_the_new_school(school: School, research: int) -> None:
    leave = ask(school, WANG, research, kind=LeaveKind.SICK).leave
    school.until("10-08 09:10")
    roster(school, wang={"school": "core"})
    told = requests(school.until("10-08 09:20"))
    assert sorted(told, key=str) == [("7011", PASSED_ON, True), ("qian", requested(leave), False)]
    assert isinstance(school.take(decide_leave, DecideLeave(leave, QIAN, approve=True)), LeaveSettled)


def test_an_approver_who_has_left_sees_it_too_and_one_who_comes_back_is_asked_again(
    school: School, research: int
) -> None:
    leave = ask(school, WANG, research, kind=LeaveKind.SICK).leave
    school.until("10-08 09:10")
    roster(school, "zhou")
    assert requests(school.until("10-08 09:20")) == [("7011", PASSED_ON, True)]
    roster(school)
    assert requests(school.until("10-08 09:30")) == [("zhou", requested(leave), False)]


def test_nobody_decides_for_a_teacher_who_has_left(school: School, research: int) -> None:
    ask(school, WANG, research, kind=LeaveKind.SICK)
    school.until("10-08 09:10")
    roster(school, "wang")
    assert requests(school.until("10-08 09:20")) == [("7011", PASSED_ON, True)]


def test_in_quiet_hours_nobody_is_woken_by_a_new_roster(school: School, research: int) -> None:
    leave = ask(school, WANG, research, kind=LeaveKind.SICK).leave
    school.until("10-08 21:00")
    roster(school, zhao={"roles": ("approver",)})
    assert requests(school.until("10-09 07:29")) == []
    assert requests(school.until("10-09 07:30")) == [("zhao", requested(leave), False)]


def test_days_pass_on_and_are_taken_back_like_an_event(school: School) -> None:
    days = StartLeaveDays(WANG, local("10-20 12:00").date(), local("10-22 12:00").date(), LeaveKind.SICK, REASON)
    asked = school.take(start_leave_days, days)
    assert isinstance(asked, LeaveDaysAsked)
    school.until("10-08 09:10")
    roster(school, zhao={"roles": ("approver",)})
    school.until("10-08 09:20")
    school.take(withdraw_leave, WithdrawLeave(asked.leave, WANG, several=True))
    taken_back = LeaveTakenBack("样王强", asked.absence)
    told = requests(school.until("10-08 09:30"))
    assert sorted(told, key=str) == [("7003", taken_back, True), ("7011", taken_back, True)]


def test_a_request_for_days_without_an_event_leaves_its_trace(school: School) -> None:
    wang, zhou = school.person("wang"), school.person("zhou")
    days = StartLeaveDays(WANG, local("10-20 12:00").date(), local("10-22 12:00").date(), LeaveKind.SICK, REASON)
    asked = school.take(start_leave_days, days)
    assert isinstance(asked, LeaveDaysAsked)
    school.take(decide_leave, DecideLeave(asked.leave, ZHOU, approve=True, several=True))
    school.take(decide_leave, DecideLeave(asked.leave, ZHOU, approve=False, several=True, change=True))

    def told(session: Session) -> list[tuple[int | None, str, str]]:
        return [(one.actor_id, one.was, one.became) for one in audit.of_days(session, asked.leave)]

    traces = school.ask(told)
    assert traces == [(wang, "", "pending"), (zhou, "pending", "approved"), (zhou, "approved", "refused")]


def test_whoever_asks_oneself_decides_nothing_of_it_as_a_new_approver(school: School, research: int) -> None:
    ask(school, LI, research, kind=LeaveKind.SICK)
    school.until("10-08 09:10")
    roster(school, li={"roles": ("teacher", "approver")})
    assert requests(school.until("10-08 09:20")) == []


def test_with_the_teachers_data_the_reason_is_gone_from_the_approvers_chat(school: School, research: int) -> None:
    ask(school, WANG, research, kind=LeaveKind.SICK)
    school.until("10-08 09:10")
    erased = school.take(erase_me, EraseMe(WANG, sure=True))
    assert isinstance(erased, Erased)
    (pseudonym,) = erased.pseudonyms
    assert requests(school.until("10-08 09:20")) == [("7011", LeavePassedOn(pseudonym, ABOUT), True)]
