"""每月小结: what took place in a chat's activities, in numbers."""

from datetime import date, datetime

import pytest

from handlers.answer_prompt import AnswerPrompt, answer_prompt
from handlers.check_in import CheckIn, check_in
from handlers.decide_leave import DecideLeave, decide_leave
from handlers.digest import DigestEvent, MonthDigested, SchoolTotal
from handlers.leave import StartLeave, start_leave
from handlers.quotations import Quotation
from handlers.record import Record, record
from handlers.reflect import ReflectionStep, StepReflection, step_reflection
from store.class_records import RecordStatus
from store.database import Store
from store.shared_texts import SchoolCount
from tests.handlers.event_sample import CLASSES, LI, MEETING, RESEARCH, WANG, ZHAO, ZHOU, School, begin, local


def digests(school: School) -> dict[str, MonthDigested]:
    return {one.to: one.outcome for one in school.said if isinstance(one.outcome, MonthDigested)}


def test_the_month_is_told_on_the_first_school_day_of_the_next(school: School, research: int) -> None:
    school.until("10-08 10:00")
    school.take(start_leave, StartLeave(WANG, research))
    school.take(answer_prompt, AnswerPrompt(WANG, "样例事由"))
    school.take(decide_leave, DecideLeave(1, ZHOU, approve=True))
    for moment, who in (("14:20", LI), ("14:45", ZHAO)):
        school.until(f"10-14 {moment}")
        school.take(check_in, CheckIn(research, who))
    school.until("10-14 16:05")
    for who in (LI, ZHAO):
        school.take(answer_prompt, AnswerPrompt(who, "样例反思"))
        school.take(step_reflection, StepReflection(research, who, ReflectionStep.SUBMIT))
    school.take(step_reflection, StepReflection(research, LI, ReflectionStep.CONSORTIUM))
    school.until("11-02 08:29")
    assert digests(school) == {}
    school.until("11-02 08:30")
    schools = SchoolTotal("样例中心校", 1, 1), SchoolTotal("样例东校", 1, 4)
    held = DigestEvent("共创式主题教研", date(2026, 10, 14), "样例东校", "作业设计", 5, 2, 1, 1, schools)
    written = SchoolCount("样例中心校", 1, 1), SchoolCount("样例东校", 1, 0)
    said = (Quotation("样例中心校", "样例反思"),)
    assert digests(school)["teaching"] == MonthDigested(
        2026, 10, (held,), 0, 0, (), written, said, "共创式主题教研", local("11-11 14:30")
    )


def test_class_meetings_are_counted_together(heads: School) -> None:
    heads.until("10-12 17:00")
    heads.take(record, Record(heads.occurrence("classes", "10-12 15:50", "c701"), LI, RecordStatus.HELD))
    heads.until("11-02 09:00")
    told = digests(heads)["heads"]
    assert told.events == ()
    assert (told.class_meetings, told.class_records) == (9, 1)  # three Mondays from the 12th on, three classes
    assert told.class_schools == (SchoolTotal("样例中心校", 1, 6), SchoolTotal("样例东校", 0, 3))


def test_nobody_is_said_to_have_been_where_nobody_checks_in(store: Store) -> None:
    school = begin(store, MEETING | {"on": date(2026, 10, 20)}, until="11-02 08:30")
    [(told,)] = (one.events for one in digests(school).values())
    assert (told.expected, told.present, told.schools) == (7, None, ())


def test_a_chat_hears_of_its_own_activities_only(store: Store) -> None:
    school = begin(store, RESEARCH, CLASSES, until="11-02 09:00")
    told = digests(school)
    assert sorted(told) == ["heads", "teaching"]
    assert (told["teaching"].class_meetings, told["heads"].events) == (0, ())


@pytest.mark.parametrize(("day", "told"), [(2, local("12-02 09:00")), (4, None)])
def test_the_next_event_is_told_where_it_is_within_a_month(store: Store, day: int, told: datetime | None) -> None:
    """However far ahead the plans happen to reach."""
    meeting = MEETING | {"on": date(2026, 12, day), "chat": "heads", "announce": "60d"}
    school = begin(store, meeting, CLASSES, until="11-02 08:30")
    assert digests(school)["heads"].next_at == told
