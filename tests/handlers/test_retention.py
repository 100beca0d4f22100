"""Retention (保存期限): what has had its time is gone from the tables, and what is counted stays."""

from collections.abc import Collection
from datetime import date, datetime

import pytest

from handlers.answer_prompt import AnswerPrompt, answer_prompt
from handlers.apply import Apply, apply
from handlers.check_in import CheckIn, check_in
from handlers.correct import Correct, correct
from handlers.leave import StartLeave, start_leave
from handlers.leave_days import StartLeaveDays, start_leave_days
from handlers.reflect import ReflectionStep, StepReflection, step_reflection
from scheduling import retention
from store import attendance, audit, updates
from store.audit import AuditFact
from store.blueprint import Blueprint
from store.leaves import LeaveKind
from store.statuses import AttendanceStatus
from store.updates import Raw, WorkedOff
from tests.handlers.event_sample import FILE, LI, OFFICE, RESEARCH, SHANGHAI, WANG, ZHAO, ZHOU, School
from tests.store.test_backups import everything

REASON, REFLECTION, WHY = "样例事由", "样例反思", "样例说明"
EVERY = (REASON, REFLECTION, WHY)


def local(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


@pytest.fixture
def term(school: School, research: int) -> School:
    """李芳 asks for leave, 赵敏 for that day and for one after the term. The approver says why 赵敏 counts as on leave,
    and then no longer; the office why 李芳 counts as 免到. 王强 comes and hands a reflection in."""
    school.take(start_leave, StartLeave(LI, research, LeaveKind.SICK, REASON))
    for day in ("2026-10-14", "2027-03-02"):
        only = date.fromisoformat(day)
        school.take(start_leave_days, StartLeaveDays(ZHAO, only, only, LeaveKind.SICK, f"{REASON}{day}"))
    school.until("10-14 14:20")
    school.take(check_in, CheckIn(research, WANG))
    school.until("10-14 16:05")
    school.take(answer_prompt, AnswerPrompt(WANG, REFLECTION))
    school.take(step_reflection, StepReflection(research, WANG, ReflectionStep.SUBMIT))
    zhao, li = school.person("zhao"), school.person("li")
    school.take(correct, Correct(ZHOU, research, zhao, AttendanceStatus.LEAVE, WHY))
    school.take(correct, Correct(ZHOU, research, zhao, AttendanceStatus.LEFT_EARLY, WHY))
    school.take(correct, Correct(OFFICE, research, li, AttendanceStatus.EXCUSED, WHY))
    return school


def kept(school: School, at: str, words: Collection[str] = EVERY) -> set[str]:
    """Where the words still stand, once what has had its time by then is gone."""
    school.store.call(retention.forget, local(at))
    rows = ((name, row) for name, every in everything(school.store).items() for row in every)
    cells = ((f"{name}.{column}", str(value)) for name, row in rows for column, value in row.items())
    return {place for place, cell in cells if any(word in cell for word in words)}


def counted(school: School, occurrence: int) -> dict[AttendanceStatus, int]:
    at = local("2027-02-01")
    return school.store.call(lambda session: attendance.counts(attendance.standings(session, [occurrence], at)))


def test_reasons_go_with_the_term_and_reflections_with_the_next_school_year(term: School, research: int) -> None:
    before = counted(term, research)
    assert kept(term, "2027-01-22 23:59") == {"Leave.reason", "LeaveSpan.reason", "Correction.why", "Reflection.text"}
    assert kept(term, "2027-01-23 00:00") == {"LeaveSpan.reason", "Reflection.text"}  # of days that are still to come
    assert kept(term, "2027-01-23 00:00", [f"{REASON}2026"]) == set()
    assert counted(term, research) == before
    assert kept(term, "2028-08-31 23:59", [REFLECTION]) == {"Reflection.text"}
    assert kept(term, "2028-09-01 00:00") == set()
    assert not counted(term, research)


def test_a_term_is_over_on_its_day_though_a_newer_file_names_the_next_one_alone(term: School) -> None:
    following = {"key": "b", "name": "第二学期", "first_day": date(2027, 2, 22), "last_day": date(2027, 7, 2)}
    file = Blueprint.model_validate(FILE | {"activity": (RESEARCH,), "term": (following,)})
    term.store.call(apply, Apply(file), local("2027-01-12 09:00"))
    assert "Leave.reason" in kept(term, "2027-01-22 23:59")
    assert kept(term, "2027-01-23 00:00", [f"{REASON}2026", WHY]) == set()


def test_a_word_about_leave_goes_from_the_trace_too_where_an_earlier_version_left_it(
    term: School, research: int
) -> None:
    about = AuditFact.ATTENDANCE, research, term.person("li"), term.now
    for was, became, why in (("absent_pending", "excused", REASON), ("leave", "present", REASON), ("", "truant", WHY)):
        term.store.call(audit.note, *about, by=None, was=was, became=became, why=why)
    assert "Audit.why" in kept(term, "2027-01-22 23:59", [REASON])
    assert "Audit.why" not in kept(term, "2027-01-23 00:00", [REASON])
    assert "Audit.why" in kept(term, "2027-01-23 00:00", [WHY])


def test_what_was_set_aside_is_emptied_with_the_reasons_of_the_term_in_which_it_came(school: School) -> None:
    for number, came, error in ((5, "22 20:00", "bug"), (6, "22 20:00", ""), (7, "23 00:00", "bug")):
        school.store.call(updates.keep, [Raw(number, f"{REASON}{number}")], local(f"2027-01-{came}"))
        school.store.call(updates.settle, [WorkedOff(number, error)] if error else [])
    assert kept(school, "2027-01-22 23:59", [f"{REASON}5"]) == {"InboxUpdate.payload"}
    assert kept(school, "2027-01-23 00:00", [f"{REASON}5"]) == set()
    for number in (6, 7):  # waits to be worked off; came after the term
        assert kept(school, "2027-01-23 00:00", [f"{REASON}{number}"]) == {"InboxUpdate.payload"}


def test_another_consortiums_time_is_not_ours(term: School) -> None:
    """One whose terms are over, beside one whose term goes on."""
    over = {"key": "t", "name": "上学期", "first_day": date(2026, 2, 23), "last_day": date(2026, 7, 3)}
    other = {"consortium": FILE["consortium"] | {"key": "other"}, "school": FILE["school"], "term": (over,)}
    term.take(apply, Apply(Blueprint.model_validate(other)))
    assert "Leave.reason" in kept(term, "2026-12-01")
