"""Several days at a time: one request and one decision, for events announced already and announced later."""

from datetime import date, timedelta

import pytest

from bot.voice import Voice
from handlers.absence import Absence
from handlers.answer_prompt import AnswerPrompt, answer_prompt
from handlers.apply import Apply, apply
from handlers.correct import Correct, Corrected, correct
from handlers.decide_leave import DecideLeave, LeaveSettled, LeaveWithdrawn, WithdrawLeave, decide_leave, withdraw_leave
from handlers.event import Nudged
from handlers.leave import LeaveKindAsked, LeaveReasonAsked, LeaveStepPassed
from handlers.leave_days import (
    ChooseDaysKind,
    LeaveDaysAsked,
    SkipDaysReason,
    StartLeaveDays,
    choose_days_kind,
    skip_days_reason,
    start_leave_days,
)
from handlers.leave_notice import LeaveRequested, LeaveResult
from handlers.privacy import EraseMe, PrivacyShown, ShowPrivacy, erase_me, show_privacy
from handlers.respond import Respond, respond
from handlers.start import Unlinked
from store import attendance, audit, leave_spans, leaves, personal, rehearsals
from store.accounts import Account
from store.blueprint import Blueprint
from store.database import Session, Store
from store.leaves import LeaveKind, LeaveState
from store.persons import Person
from store.responses import ParticipationStatus
from store.statuses import AttendanceStatus
from tests.handlers.event_sample import (
    CLASSES,
    FILE,
    MEETING,
    NOBODY,
    OFFICE,
    QIAN,
    RESEARCH,
    SHANGHAI,
    WANG,
    ZHAO,
    ZHOU,
    School,
    begin,
    local,
)

REASON = "样例事由：住院手术"
FIRST, LAST = date(2026, 10, 13), date(2026, 10, 23)
DAYS = Absence("", FIRST, LAST)
PENDING, APPROVED, REFUSED, WITHDRAWN = LeaveState


@pytest.fixture
def term(store: Store) -> School:
    """8 October: the research event of the 14th is announced, the meeting of the 21st is not; class meetings on
    Mondays."""
    return begin(store, RESEARCH, MEETING | {"respond_by": "2h", "nudge": ("1d",)}, CLASSES, until="10-08 09:00")


def ask(school: School, who: Account = WANG, days: tuple[date, date] = (FIRST, LAST)) -> LeaveDaysAsked:
    school.take(start_leave_days, StartLeaveDays(who, *days))
    said = school.take(answer_prompt, AnswerPrompt(who, REASON))
    assert isinstance(said, LeaveDaysAsked)
    return said


def states(school: School, key: str = "wang") -> dict[str, str]:
    """By the activity."""
    numbers = {"research": school.occurrence("research", "10-14 14:30")}
    numbers["meeting"] = school.occurrence("meeting", "10-21 09:00")
    person = school.person(key)

    def found(session: Session) -> dict[str, str]:
        rows = {name: leaves.of(session, number, person) for name, number in numbers.items()}
        return {name: row.state.value for name, row in rows.items() if row}

    return school.ask(found)


def traces(school: School, occurrence: int) -> list[tuple[int | None, str, str]]:
    """Of 样王强's leave: actor, before and after."""
    wang = school.person("wang")

    def told(session: Session) -> list[tuple[int | None, str, str]]:
        found = audit.of(session, occurrence, wang)
        return [(one.actor_id, one.was, one.became) for one in found if one.fact is audit.AuditFact.LEAVE]

    return school.ask(told)


def test_days_are_asked_from_by_kind_and_reason(term: School) -> None:
    asked = term.take(start_leave_days, StartLeaveDays(WANG, FIRST, LAST))
    assert asked == LeaveKindAsked(20261013, DAYS, "")
    kind = term.take(choose_days_kind, ChooseDaysKind(WANG, 20261013, LeaveKind.SICK))
    assert kind == LeaveReasonAsked(20261013, DAYS, LeaveKind.SICK)
    said = term.take(answer_prompt, AnswerPrompt(WANG, REASON))
    assert said == LeaveDaysAsked(1, DAYS, events=1, approvers=1, over=False)
    (requested,) = [one.outcome for one in term.until("10-08 09:05") if one.to == "zhou"]
    assert requested == LeaveRequested(1, "样王强", DAYS, LeaveKind.SICK, REASON, after=False, again=False)


@pytest.mark.parametrize("over", [False, True])
@pytest.mark.parametrize(("last", "ends"), [(FIRST, ("13 23:59", "14 00:00")), (LAST, ("23 23:59", "24 00:00"))])
def test_of_days_that_are_past_nothing_more_is_promised(
    term: School, last: date, ends: tuple[str, str], *, over: bool
) -> None:
    """With events in them, and without."""
    term.until(f"10-{ends[over]}")
    said = ask(term, days=(FIRST, last))
    assert (said.events > 0, said.over) == (last == LAST, over)
    assert ("之后通知的" in Voice("zh").say(said).text) is not over


def test_there_need_be_no_reason_and_a_step_that_is_over_does_nothing(term: School) -> None:
    term.take(start_leave_days, StartLeaveDays(WANG, FIRST, LAST))
    assert term.take(skip_days_reason, SkipDaysReason(WANG, 20261014)) == LeaveStepPassed()
    assert isinstance(term.take(skip_days_reason, SkipDaysReason(WANG, 20261013)), LeaveDaysAsked)
    for late in (WANG, NOBODY):
        assert term.take(skip_days_reason, SkipDaysReason(late, 20261013)) == LeaveStepPassed()
        passed = term.take(choose_days_kind, ChooseDaysKind(late, 20261013, LeaveKind.SICK))
        assert passed == LeaveStepPassed()
    assert term.take(start_leave_days, StartLeaveDays(NOBODY, FIRST, LAST)) == Unlinked()


def test_one_day_with_one_event_is_leave_from_that_event(term: School) -> None:
    day = date(2026, 10, 14)
    asked = term.take(start_leave_days, StartLeaveDays(WANG, day, day))
    assert isinstance(asked, LeaveKindAsked)
    assert asked.absence.title == "共创式主题教研"
    quiet = term.take(start_leave_days, StartLeaveDays(WANG, FIRST, FIRST))
    assert quiet == LeaveKindAsked(20261013, Absence("", FIRST, FIRST), "")


def leave_of(term: School, occurrence: int, person: int) -> LeaveState | None:
    def found(session: Session) -> LeaveState | None:
        row = leaves.of(session, occurrence, person)
        return row.state if row else None

    return term.ask(found)


def test_one_decision_covers_what_is_announced_now_and_later(term: School) -> None:
    asked = ask(term)
    assert states(term) == {"research": "pending"}
    settled = term.take(decide_leave, DecideLeave(asked.leave, ZHOU, approve=True, several=True))
    told = APPROVED, False, "样周明", term.now, False
    assert settled == LeaveSettled(asked.leave, "样王强", DAYS, *told)
    results = [one.outcome for one in term.until("10-20 12:00") if isinstance(one.outcome, LeaveResult)]
    assert results == [LeaveResult("样王强", DAYS, APPROVED, "")]
    assert states(term) == {"research": "approved", "meeting": "approved"}
    meeting, wang = term.occurrence("meeting", "10-21 09:00"), term.person("wang")
    assert leave_of(term, meeting, wang) is APPROVED
    assert term.answer("wang", meeting) is ParticipationStatus.DECLINED


def test_what_is_announced_while_nobody_has_decided_waits_too_and_is_decided_with_it(term: School) -> None:
    asked = ask(term)
    term.until("10-20 12:00")
    assert states(term) == {"research": "pending", "meeting": "pending"}
    term.take(decide_leave, DecideLeave(asked.leave, ZHOU, approve=False, several=True))
    assert states(term) == {"research": "refused", "meeting": "refused"}
    term.take(decide_leave, DecideLeave(asked.leave, ZHOU, approve=True, several=True, change=True))
    assert states(term) == {"research": "approved", "meeting": "approved"}


@pytest.mark.parametrize("approve", [True, False])
def test_nobody_is_nudged_for_days_of_leave_and_who_is_refused_is(term: School, approve: bool) -> None:
    asked = ask(term)
    term.take(decide_leave, DecideLeave(asked.leave, ZHOU, approve=approve, several=True))
    nudged = [one for one in term.until("10-21 08:59") if isinstance(one.outcome, Nudged) and one.to == "wang"]
    assert len(nudged) == (0 if approve else 2)


def test_class_meetings_and_other_days_are_not_covered(term: School) -> None:
    ask(term, days=(date(2026, 10, 5), date(2026, 10, 13)))
    term.until("10-20 12:00")
    wang = term.person("wang")
    assert states(term) == {}
    ask(term, days=(date(2026, 10, 12), date(2026, 10, 19)))
    term.until("10-20 13:00")
    assert states(term) == {"research": "pending"}
    classes = term.occurrence("classes", "10-19 16:00", "c801")
    assert term.ask(lambda session: leaves.of(session, classes, wang)) is None


def test_days_are_withdrawn_as_a_whole_or_one_event_by_coming(term: School) -> None:
    asked = ask(term)
    research = term.occurrence("research", "10-14 14:30")
    term.take(respond, Respond(research, WANG, ParticipationStatus.ACCEPTED))
    assert states(term) == {"research": "withdrawn"}
    term.until("10-20 12:00")
    said = term.take(withdraw_leave, WithdrawLeave(asked.leave, WANG, several=True))
    assert said == LeaveWithdrawn(0, DAYS)
    assert states(term) == {"research": "withdrawn", "meeting": "withdrawn"}
    meeting = term.occurrence("meeting", "10-21 09:00")
    assert term.answer("wang", meeting) is None


def test_what_was_decided_for_one_event_stays(term: School) -> None:
    first = ask(term, days=(FIRST, date(2026, 10, 15)))
    term.take(decide_leave, DecideLeave(first.leave, ZHOU, approve=False, several=True))
    ask(term)
    assert states(term) == {"research": "refused"}


def test_days_that_are_granted_hold_for_what_was_refused_in_them_before(term: School) -> None:
    first = ask(term)
    term.take(decide_leave, DecideLeave(first.leave, ZHOU, approve=False, several=True))
    fewer = ask(term, days=(date(2026, 10, 14), date(2026, 10, 15)))
    term.take(decide_leave, DecideLeave(fewer.leave, ZHOU, approve=True, several=True))
    research, zhou = term.occurrence("research", "10-14 14:30"), term.person("zhou")
    assert states(term) == {"research": "approved"}
    assert traces(term, research)[-1] == (zhou, "refused", "approved")
    assert term.answer("wang", research) is ParticipationStatus.DECLINED
    change = DecideLeave(fewer.leave, ZHOU, approve=False, several=True, change=True)
    term.take(decide_leave, change)
    assert states(term) == {"research": "refused"}


def replanned(term: School, **told: object) -> None:
    """The research event of the 14th: as the file says it now, and told."""
    detail = {"activity": "research", "date": date(2026, 10, 14)} | told
    activities = (RESEARCH, MEETING | {"respond_by": "2h", "nudge": ("1d",)}, CLASSES)
    term.now += timedelta(minutes=1)
    term.take(apply, Apply(Blueprint.model_validate(FILE | {"activity": activities, "occurrence": (detail,)})))
    term.until(f"{(term.now + timedelta(minutes=5)).astimezone(SHANGHAI):%m-%d %H:%M}")


def test_who_comes_to_an_event_that_moved_into_the_days_stays_so(term: School) -> None:
    days = date(2026, 10, 15), date(2026, 10, 16)
    ask(term, days=days)
    replanned(term, held_on=days[0])
    moved = term.occurrence("research", "10-15 14:30")
    term.take(respond, Respond(moved, WANG, ParticipationStatus.ACCEPTED))
    edited = [one for one in term.until("10-08 09:30") if one.edited]
    assert edited  # its card is told anew
    assert leave_of(term, moved, term.person("wang")) is WITHDRAWN
    assert term.answer("wang", moved) is ParticipationStatus.ACCEPTED


def test_days_of_leave_hold_for_an_event_that_takes_place_after_all(term: School) -> None:
    asked = ask(term)
    term.take(decide_leave, DecideLeave(asked.leave, ZHOU, approve=True, several=True))
    replanned(term, cancelled=True)
    assert states(term) == {"research": "withdrawn"}
    replanned(term)
    assert states(term) == {"research": "approved"}


def test_who_is_made_expected_on_days_of_leave_is_on_leave(term: School) -> None:
    term.take(start_leave_days, StartLeaveDays(OFFICE, FIRST, LAST, LeaveKind.SICK, REASON))
    term.take(decide_leave, DecideLeave(1, QIAN, approve=True, several=True))
    research, chen = term.occurrence("research", "10-14 14:30"), term.person("chen")
    made = term.take(correct, Correct(OFFICE, research, chen, AttendanceStatus.EXPECTED, ""))
    assert isinstance(made, Corrected)
    assert states(term, "chen")["research"] == "approved"
    term.until("10-14 16:30")
    found = term.ask(lambda session: attendance.of(session, research, chen, term.now))
    assert found is not None
    assert found.status is AttendanceStatus.LEAVE


def test_told_again_it_is_one_request(term: School) -> None:
    assert ask(term).leave == ask(term).leave


def test_the_reminder_comes_on_the_first_morning_and_once(term: School) -> None:
    ask(term)
    term.until("10-13 07:59")
    (again,) = [one.outcome for one in term.until("10-20 12:00") if isinstance(one.outcome, LeaveRequested)]
    assert again == LeaveRequested(1, "样王强", DAYS, None, REASON, after=False, again=True)


def test_every_event_leaves_its_trace(term: School) -> None:
    asked = ask(term)
    term.take(decide_leave, DecideLeave(asked.leave, ZHOU, approve=True, several=True))
    term.until("10-20 12:00")
    wang, zhou = term.person("wang"), term.person("zhou")
    research, meeting = term.occurrence("research", "10-14 14:30"), term.occurrence("meeting", "10-21 09:00")

    assert traces(term, research) == [(wang, "", "pending"), (zhou, "pending", "approved")]
    assert traces(term, meeting) == [(None, "", "approved")]


def test_an_event_that_moves_within_the_days_is_covered_still(term: School) -> None:
    ask(term)
    off = {"date": date(2026, 10, 14), "kind": "off"}
    begin(term.store, RESEARCH, MEETING, CLASSES, at="10-08 10:00", day=(off,))
    term.now = local("10-08 10:00")
    term.until("10-20 12:00")
    wang = term.person("wang")

    def found(session: Session) -> list[tuple[date, str]]:
        events = leave_spans.events(session, wang, FIRST, LAST)
        rows = [(event.date, leaves.of(session, event.id or 0, wang)) for event in events]
        return [(day, row.state.value) for day, row in rows if row]

    assert term.ask(found) == [(date(2026, 10, 15), "pending"), (date(2026, 10, 21), "pending")]
    research = term.occurrence("research", "10-15 14:30")
    again = [(None, "pending", "withdrawn"), (None, "withdrawn", "pending")]
    assert traces(term, research) == [(wang, "", "pending"), *again]
    assert term.answer("wang", research) is ParticipationStatus.DECLINED


def test_a_rehearsal_forgets_the_days_though_their_trace_stays(term: School) -> None:
    ask(term)
    wang = term.person("wang")

    def forgotten(session: Session) -> tuple[object, ...]:
        rehearsals.forget_answers(session, session.get_one(Person, wang).consortium_id)
        span = leave_spans.get(session, 1)
        assert span is not None
        return span.state, leave_spans.covered(session, span)

    assert term.ask(forgotten) == (LeaveState.WITHDRAWN, [])


def test_a_copy_has_the_days_and_erasure_empties_them(term: School) -> None:
    ask(term)
    wang = term.person("wang")
    facts = term.ask(lambda session: personal.kept(session, wang))
    (span,) = facts["LeaveSpan"]
    shown = term.take(show_privacy, ShowPrivacy(WANG))
    assert isinstance(shown, PrivacyShown)
    assert [one.spans for one in shown.kept] == [1]
    assert (span["reason"], span["first_day"], span["state"]) == (REASON, "2026-10-13", "pending")
    term.take(start_leave_days, StartLeaveDays(WANG, FIRST, FIRST, reason=REASON))
    waiting = term.ask(lambda session: personal.kept(session, wang))["Prompt"]
    assert [(one["asks"], REASON in one["words"]) for one in waiting] == [("leave_reason", True)]
    term.take(erase_me, EraseMe(WANG, sure=True))
    left = term.ask(lambda session: [(row.reason, row.kind) for row in [leave_spans.get(session, 1)] if row])
    assert left == [("", None)]
    term.until("10-20 12:00")
    assert [one for one in term.said if isinstance(one.outcome, LeaveRequested)] == []


def test_the_reason_of_days_is_told_to_the_approver_alone(term: School) -> None:
    ask(term, ZHAO)
    term.take(decide_leave, DecideLeave(1, ZHOU, approve=True, several=True))
    ask(term, WANG)
    term.until("10-25 12:00")
    assert {one.to for one in term.said if REASON in str(one.outcome)} == {"zhou"}
