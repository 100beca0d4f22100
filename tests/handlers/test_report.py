"""The report: a record for each person and event, as it stood when the term closed, and what changed since."""

from datetime import UTC, date, datetime

import pytest

from handlers.answer_prompt import AnswerPrompt, answer_prompt
from handlers.apply import Applied, Apply, apply
from handlers.correct import Correct, Corrected, correct
from handlers.decide_leave import DecideLeave, decide_leave
from handlers.later_changes import ChangedBy
from handlers.reflect import ReflectionStep, StartReflection, StepReflection, start_reflection, step_reflection
from handlers.report import Report, report
from handlers.report_facts import Participation
from handlers.roll import RollShown, ShowRoll, show_roll
from store import consortiums, leaves
from store.audit import AuditFact
from store.blueprint import Blueprint
from store.database import Session
from store.leaves import LeaveState
from store.responses import ParticipationStatus
from store.statuses import AttendanceStatus as Status
from tests.handlers.event_sample import FILE, LI, OFFICE, RESEARCH, ZHAO, ZHOU, School
from tests.handlers.report_sample import play

TERM = date(2026, 9, 1), date(2027, 1, 22)
YEAR_LATER = datetime(2028, 2, 20, 1, tzinfo=UTC)


def told(school: School, of: str | None = None, days: tuple[date, date] = TERM) -> Report:
    def asked(session: Session) -> Report:
        row = consortiums.by_key(session, "sample")
        assert row is not None
        return report(session, row, days, school.now, of)

    return school.ask(asked)


def people(found: Report) -> dict[str, Participation]:
    """Of the event of 14 October, by key."""
    return {one.person: one for event in found.events if event.date == date(2026, 10, 14) for one in event.people}


@pytest.fixture
def played(school: School, research: int) -> School:
    return play(school, research)


def test_there_is_a_record_for_each_person_and_event(played: School, research: int) -> None:
    found = told(played)
    assert [(one.activity, one.date, one.class_) for one in found.events] == [("research", date(2026, 10, 14), None)]
    known = people(found)
    li, wang, zhao = known["li"], known["wang"], known["zhao"]
    assert (li.attendance, li.late_minutes, li.reflected) == (Status.LATE, 17, True)
    assert (wang.attendance, wang.leave, wang.response) == (
        Status.LEAVE_PENDING, LeaveState.PENDING, ParticipationStatus.DECLINED,
    )  # fmt: skip
    assert (zhao.attendance, zhao.response, zhao.reflected) == (
        Status.ABSENT_PENDING, ParticipationStatus.ACCEPTED, False,
    )  # fmt: skip
    shown = played.take(show_roll, ShowRoll(OFFICE, research))
    assert isinstance(shown, RollShown)
    assert (dict(shown.counts), shown.expected) == (dict(found.events[0].counts), len(found.events[0].expected))


def test_what_has_not_begun_and_what_lies_outside_is_not_in_it(played: School) -> None:
    assert told(played, days=(date(2026, 10, 15), TERM[1])).events == ()
    assert len(told(played, days=(date(2026, 10, 14), date(2026, 10, 14))).events) == 1


def test_the_schools_add_up_to_the_whole(played: School) -> None:
    whole, parts = told(played), [told(played, key) for key in ("core", "east")]
    assert sum((part.events[0].counts for part in parts), type(whole.events[0].counts)()) == whole.events[0].counts
    assert [set(part.schools) for part in parts] == [{"core"}, {"east"}]


def test_a_term_that_is_closed_stays_as_it_was_and_what_changed_is_told_apart(played: School, research: int) -> None:
    played.until("12-31 12:00")
    played.now = datetime(2027, 1, 29, 15, 59, tzinfo=UTC)  # a minute before it closes
    open_still = told(played)
    assert (open_still.changes, [one.closed for one in open_still.terms]) == ((), [False])
    played.now = YEAR_LATER
    before = told(played)
    assert people(before) == people(open_still)
    wang = played.person("wang")

    def number(session: Session) -> int:
        found = leaves.of(session, research, wang)
        return (found.id or 0) if found else 0

    played.take(decide_leave, DecideLeave(played.ask(number), ZHOU, approve=True))
    zhao, chen = played.person("zhao"), played.person("chen")
    for person, status in ((zhao, Status.PRESENT), (zhao, Status.EXCUSED), (chen, Status.EXPECTED)):
        outcome = played.take(correct, Correct(OFFICE, research, person, status, "补登"))
        assert isinstance(outcome, Corrected)
    after = told(played)
    assert after.events == before.events
    rows = [(one.person, one.fact, one.was, one.became, one.by, one.why_given) for one in after.changes]
    assert rows == [
        ("wang", AuditFact.LEAVE, "pending", "approved", ChangedBy.APPROVER, False),
        ("zhao", AuditFact.ATTENDANCE, "absent_pending", "present", ChangedBy.ORGANISER, True),
        ("zhao", AuditFact.ATTENDANCE, "present", "excused", ChangedBy.ORGANISER, True),
        ("chen", AuditFact.ATTENDANCE, "not_expected", "expected", ChangedBy.ONESELF, True),
    ]


def test_the_file_of_the_next_year_moves_no_figure(played: School) -> None:
    """Its term is another, 样赵敏 works elsewhere, 样王强 is gone."""
    played.now = YEAR_LATER
    before = told(played)
    people_now = [row | {"school": "core"} if row["key"] == "zhao" else row for row in FILE["person"]]
    file = FILE | {
        "person": [row for row in people_now if row["key"] != "wang"],
        "class_": (),
        "term": ({"key": "u", "name": "下一年", "first_day": date(2027, 9, 1), "last_day": date(2028, 1, 21)},),
        "activity": [RESEARCH | {"key": "other"}],
    }
    assert isinstance(played.take(apply, Apply(Blueprint.model_validate(file))), Applied)
    after = told(played)
    assert (after.events, [one.key for one in after.terms]) == (before.events, ["t"])


def test_a_reflection_counts_where_it_had_been_handed_in_by_then(played: School, research: int) -> None:
    """样李芳 takes hers up again afterwards, and 样赵敏 hands in a first one."""
    played.take(correct, Correct(OFFICE, research, played.person("zhao"), Status.PRESENT, "样例：补签"))
    played.now = YEAR_LATER
    before = told(played)
    for account in (LI, ZHAO):
        played.take(start_reflection, StartReflection(research, account))
        played.take(answer_prompt, AnswerPrompt(account, "样例：再想一想", message="10"))
    assert told(played).events == before.events
    for account in (LI, ZHAO):
        played.take(step_reflection, StepReflection(research, account, ReflectionStep.SUBMIT))
    after = told(played)
    assert after.events == before.events
    assert {one.person for one in after.changes if one.fact is AuditFact.REFLECTION} >= {"zhao"}
    assert "再想一想" not in repr(after)
