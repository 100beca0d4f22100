"""Leave for days, on both databases: it covers what is announced later, turns as one, and keeps its traces."""

from datetime import date

from handlers.answer_prompt import AnswerPrompt, answer_prompt
from handlers.decide_leave import DecideLeave, decide_leave
from handlers.leave_days import StartLeaveDays, start_leave_days
from store import audit, leave_spans, leaves
from store.database import Session, Store
from store.leaves import LeaveState
from store.responses import ParticipationStatus
from tests.handlers.event_sample import MEETING, RESEARCH, WANG, ZHOU, School, begin


def asked(store: Store) -> School:
    school = begin(store, RESEARCH, MEETING, until="10-08 09:00")
    school.take(start_leave_days, StartLeaveDays(WANG, date(2026, 10, 13), date(2026, 10, 23)))
    school.take(answer_prompt, AnswerPrompt(WANG, "样例事由"))
    return school


def states(school: School) -> list[LeaveState]:
    def found(session: Session) -> list[LeaveState]:
        span = leave_spans.get(session, 1)
        assert span is not None
        return [LeaveState(leave.state) for leave in leave_spans.covered(session, span)]

    return school.ask(found)


def test_days_cover_what_is_announced_later_and_turn_as_one(store: Store) -> None:
    school = asked(store)
    assert states(school) == [LeaveState.PENDING]
    school.until("10-19 12:00")
    assert states(school) == [LeaveState.PENDING] * 2
    school.take(decide_leave, DecideLeave(1, ZHOU, approve=True, several=True))
    assert states(school) == [LeaveState.APPROVED] * 2
    meeting, wang = school.occurrence("meeting", "10-21 09:00"), school.person("wang")
    traces = school.ask(lambda session: [(one.fact, one.was, one.became) for one in audit.of(session, meeting, wang)])
    assert traces == [
        (audit.AuditFact.LEAVE, "", "pending"),
        (audit.AuditFact.RESPONSE, "", "declined"),
        (audit.AuditFact.LEAVE, "pending", "approved"),
    ]
    assert school.answer("wang", meeting) is ParticipationStatus.DECLINED


def test_a_closed_leave_is_withdrawn_with_a_trace_and_once(store: Store) -> None:
    school = asked(store)
    research, wang = school.occurrence("research", "10-14 14:30"), school.person("wang")
    school.until("10-09 09:00")
    for _ in range(2):
        school.ask(lambda session: leaves.close(session, research, school.now))
    assert states(school) == [LeaveState.WITHDRAWN]
    traces = school.ask(lambda session: [(one.fact, one.became) for one in audit.of(session, research, wang)])
    assert [became for fact, became in traces if fact is audit.AuditFact.LEAVE] == ["pending", "withdrawn"]
