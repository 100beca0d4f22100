"""Until an event begins, who leaves is expected no more, who comes back is again; what has begun stays as it was."""

from typing import Any

import pytest

from handlers.apply import Applied, Apply, apply
from handlers.event import ReflectionAsked
from handlers.record import Record, Recorded, record
from handlers.school_class import RecordAsked
from store import attendance, attendees
from store.audit import AuditFact
from store.blueprint import Blueprint
from store.class_records import RecordStatus
from store.database import Store
from store.statuses import AttendanceStatus
from tests.handlers.event_sample import CLASSES, FILE, LI, MEETING, ZHAO, School, begin
from tests.handlers.test_deciders import roster


def expected(school: School, occurrence: int) -> set[str]:
    people = {school.person(one["key"]): one["key"] for one in FILE["person"]}
    return {people[one] for one in school.ask(lambda session: attendees.of(session, occurrence))}


def heads_of(school: School, **heads: str) -> None:
    """The file of class meetings again, with other head teachers of these classes."""
    rooms = tuple(one | {"head_teacher": heads.get(one["key"], one["head_teacher"])} for one in FILE["class_"])
    file = Blueprint.model_validate(FILE | {"class_": rooms, "activity": (CLASSES,)})
    assert isinstance(school.take(apply, Apply(file)), Applied)


def test_who_leaves_between_notice_and_event_is_not_absent_there(school: School, research: int) -> None:
    wu = school.person("wu")
    roster(school, "wu")
    school.until("10-14 17:00")
    assert expected(school, research) == {"li", "wang", "zhao", "zhou"}
    assert school.ask(lambda session: attendance.of(session, research, wu, school.now)) is None
    assert school.trace(AuditFact.ATTENDANCE, research, wu) == [("expected", "not_expected")]


def test_who_was_left_out_by_mistake_is_expected_as_before(school: School, research: int) -> None:
    before = expected(school, research)
    roster(school, "wu")
    school.until("10-08 09:10")
    roster(school)
    assert expected(school, research) == before
    assert school.trace(AuditFact.ATTENDANCE, research, school.person("wu")) == [
        ("expected", "not_expected"),
        ("not_expected", "expected"),
    ]


def test_who_was_gone_before_the_notice_is_a_newcomer(school: School, research: int) -> None:
    roster(school, "wu")
    school.until("11-05 09:00")
    november = school.occurrence("research", "11-11 14:30")
    roster(school)
    assert "wu" not in expected(school, november)


def test_who_leaves_after_an_event_stays_counted_there(school: School, research: int) -> None:
    school.until("10-14 17:00")
    before = expected(school, research)
    roster(school, "wu")
    assert expected(school, research) == before
    found = school.ask(lambda session: attendance.of(session, research, school.person("wu"), school.now))
    assert found is not None
    assert found.status is AttendanceStatus.ABSENT_PENDING


@pytest.mark.parametrize(
    ("activity", "begun", "asked"),
    [
        (MEETING | {"announce": None}, "10-21 09:00", {"li", "wang", "zhao", "zhou", "qian", "chen"}),
        (MEETING | {"announce": None, "audience": {"schools": ("core",)}}, "10-21 09:30", {"li", "qian", "chen"}),
        (CLASSES | {"announce": None, "remind": (), "classes": ("c701", "c702")}, "10-19 15:50", {"li", "zhao"}),
    ],
)
def test_what_is_taken_out_of_the_file_after_it_has_begun_is_still_asked_about(
    store: Store, activity: dict[str, Any], begun: str, asked: set[str]
) -> None:
    """It takes place, and keeps its figures: who took part is asked for a reflection or a record, also where that is
    the first that is said of it. They are those whom the file meant under which it began."""
    school = begin(store, activity, until=begun)
    begin(store, at=begun)  # a file without it
    said = school.until(f"{begun[:5]} 18:00")
    assert {one.to for one in said if isinstance(one.outcome, ReflectionAsked | RecordAsked)} == asked


def test_of_what_was_to_begin_later_and_is_taken_out_nobody_is_asked(store: Store) -> None:
    school = begin(store, MEETING | {"announce": None}, until="10-21 08:59")
    begin(store, at="10-21 08:59")
    assert school.until("10-21 18:00") == []
    assert expected(school, school.occurrence("meeting", "10-21 09:00")) == set()


def test_a_new_head_teacher_takes_over_a_meeting_that_was_announced(heads: School) -> None:
    meeting = heads.occurrence("classes", "10-12 15:50", "c701")
    heads_of(heads, c701="zhao")
    assert expected(heads, meeting) == {"zhao"}
    heads.until("10-12 17:00")
    assert isinstance(heads.take(record, Record(meeting, ZHAO, RecordStatus.HELD)), Recorded)
    assert not isinstance(heads.take(record, Record(meeting, LI, RecordStatus.HELD)), Recorded)


def test_a_new_head_teacher_changes_nothing_about_a_meeting_that_was_held(heads: School) -> None:
    meeting = heads.occurrence("classes", "10-12 15:50", "c701")
    heads.until("10-12 17:00")
    heads_of(heads, c701="zhao")
    assert expected(heads, meeting) == {"li"}
    assert isinstance(heads.take(record, Record(meeting, LI, RecordStatus.HELD)), Recorded)
