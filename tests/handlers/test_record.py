"""班会: one notice for the classes of a day, and of each head teacher a record of held, moved or not held."""

from datetime import date

import pytest

from handlers.answer_prompt import AnswerPrompt, NothingAsked, answer_prompt
from handlers.participants import NotInvited, NotLinked, OccurrenceGone
from handlers.record import Record, Recorded, RecordNoted, RecordTooEarly, record
from handlers.school_class import (
    ClassMeetingReminded,
    ClassMeetingsAnnounced,
    RecordAsked,
    RecordNudged,
    SchoolClasses,
)
from store import class_records
from store.accounts import Account
from store.class_records import RecordStatus
from store.database import Session, Store
from tests.handlers.event_sample import CLASSES, LI, NOBODY, WANG, ZHAO, Said, School, begin, local

HELD, MOVED, NOT_HELD = RecordStatus
DUE = local("10-14 16:35")


@pytest.fixture
def c701(heads: School) -> int:
    """李芳's class, 12 October 15:50 to 16:35."""
    return heads.occurrence("classes", "10-12 15:50", "c701")


def kept(heads: School, occurrence: int) -> tuple[RecordStatus, str] | None:
    def read(session: Session) -> tuple[RecordStatus, str] | None:
        row = class_records.of(session, occurrence)
        return (row.status, row.note) if row else None

    return heads.ask(read)


def test_the_classes_of_a_day_are_one_notice_and_each_head_teacher_is_reminded_of_the_own_class(store: Store) -> None:
    school = begin(store, CLASSES)
    school.until("10-10 12:00")
    sunday = school.until("10-11 18:00")
    announced = ClassMeetingsAnnounced(
        "主题班会",
        "爱我家乡",
        False,
        date(2026, 10, 12),
        7,
        (
            SchoolClasses("样例中心校", 2, local("10-12 15:50"), local("10-12 16:35")),
            SchoolClasses("样例东校", 1, local("10-12 16:00"), local("10-12 16:45")),
        ),
    )
    assert [one for one in sunday if one.to == "heads"] == [Said("heads", announced, edited=False)]
    reminded = {one.to: one.outcome.class_name for one in sunday if isinstance(one.outcome, ClassMeetingReminded)}
    assert reminded == {"li": "七(1)班", "zhao": "七(2)班", "wang": "八(1)班"}


def test_after_the_lesson_each_head_teacher_is_asked_and_a_day_before_it_is_due_nudged_once(
    heads: School, c701: int
) -> None:
    afternoon = heads.until("10-12 20:00")
    asked = RecordAsked(c701, "样李芳", "主题班会", "七(1)班", local("10-12 15:50"), DUE)
    assert Said("li", asked, edited=False) in afternoon
    assert sorted(one.to for one in afternoon) == ["li", "wang", "zhao"]
    assert heads.take(record, Record(c701, LI, HELD)) == Recorded("七(1)班", HELD, again=False)
    nudges = heads.until("10-14 20:00")
    assert sorted(one.to for one in nudges) == ["wang", "zhao"]
    assert all(isinstance(one.outcome, RecordNudged) for one in nudges)


def test_the_newest_word_counts(heads: School, c701: int) -> None:
    heads.until("10-12 17:00")
    heads.take(record, Record(c701, LI, HELD))
    assert heads.take(record, Record(c701, LI, HELD)) == Recorded("七(1)班", HELD, again=True)
    assert heads.take(record, Record(c701, LI, MOVED)) == Recorded("七(1)班", MOVED, again=False)
    assert kept(heads, c701) == (MOVED, "")


def test_a_few_lines_are_kept_with_the_record_and_stay_when_the_word_changes(heads: School, c701: int) -> None:
    heads.until("10-12 17:00")
    heads.take(record, Record(c701, LI, NOT_HELD))
    assert heads.take(answer_prompt, AnswerPrompt(LI, " 样例：看了短片 ")) == RecordNoted("七(1)班")
    heads.take(record, Record(c701, LI, HELD))
    assert kept(heads, c701) == (HELD, "样例：看了短片")


def test_the_lines_are_waited_for_two_hours_only(heads: School, c701: int) -> None:
    heads.until("10-12 17:00")
    heads.take(record, Record(c701, LI, HELD))
    heads.until("10-12 19:01")
    assert heads.take(answer_prompt, AnswerPrompt(LI, "每月教研几次？")) == NothingAsked()
    assert kept(heads, c701) == (HELD, "")


def test_there_is_nothing_to_record_before_the_lesson_begins(heads: School, c701: int) -> None:
    assert heads.take(record, Record(c701, LI, HELD)) == RecordTooEarly("七(1)班", local("10-12 15:50"))
    assert kept(heads, c701) is None


@pytest.mark.parametrize(("who", "outcome"), [(WANG, NotInvited), (ZHAO, NotInvited), (NOBODY, NotLinked)])
def test_only_the_head_teacher_records(heads: School, c701: int, who: Account, outcome: type) -> None:
    heads.until("10-12 17:00")
    assert heads.take(record, Record(c701, who, HELD)) == outcome("主题班会")
    assert kept(heads, c701) is None


def test_an_event_that_is_no_class_meeting_has_no_record(school: School, research: int) -> None:
    school.until("10-14 17:00")
    assert school.take(record, Record(research, LI, HELD)) == OccurrenceGone()
