"""Responses and check-ins: a press twice is a press once, and what stands is told apart from what is news."""

import pytest

from store import audit, check_ins, prompts, responses
from store.check_ins import CheckInMethod
from store.database import Session, Store
from store.prompts import Asks, Open
from store.responses import ParticipationStatus, SchoolTally
from tests.handlers.event_sample import MEETING, School, begin
from tests.store.post_sample import HOUR, MINUTE

YES, NO = ParticipationStatus.ACCEPTED, ParticipationStatus.DECLINED


@pytest.fixture
def school(store: Store) -> School:
    """The meeting is announced: everybody of the file is expected."""
    return begin(store, MEETING, until="10-19 10:00")


@pytest.fixture
def meeting(school: School) -> int:
    return school.occurrence("meeting", "10-21 09:00")


def test_an_answer_is_news_once_and_seen_takes_nothing_back(school: School, meeting: int) -> None:
    li, call = school.person("li"), school.store.call
    assert call(responses.see, meeting, li, school.now)
    assert li in call(responses.unanswered, meeting)  # 收到 alone is no answer
    news = [call(responses.record, meeting, li, status, school.now, late=False) for status in (YES, YES, NO, NO)]
    assert news == [True, False, True, False]
    assert not call(responses.see, meeting, li, school.now + HOUR)
    assert school.answer("li", meeting) is NO
    assert li not in call(responses.unanswered, meeting)


def test_counts_go_by_school_in_the_files_order(school: School, meeting: int) -> None:
    call = school.store.call
    call(responses.record, meeting, school.person("li"), YES, school.now, late=False)
    call(responses.record, meeting, school.person("wang"), NO, school.now, late=True)
    call(responses.see, meeting, school.person("zhao"), school.now)
    assert call(responses.tally, meeting) == [
        SchoolTally("样例中心校", expected=3, accepted=1, declined=0, seen=0),
        SchoolTally("样例东校", expected=4, accepted=0, declined=1, seen=1),
    ]


def test_the_first_check_in_stands(school: School, meeting: int) -> None:
    li, call = school.person("li"), school.store.call
    assert call(check_ins.record, meeting, li, school.now, CheckInMethod.CODE, late=True)
    assert not call(check_ins.record, meeting, li, school.now + MINUTE, CheckInMethod.BUTTON, late=False)
    assert call(check_ins.people, meeting) == [li]


def test_the_newest_question_is_the_open_one_until_it_expires(school: School, meeting: int) -> None:
    call = school.store.call
    call(prompts.ask, 1, Asks.LEAVE_REASON, meeting, school.now + HOUR)
    call(prompts.ask, 1, Asks.REFLECTION, meeting, school.now + HOUR)
    call(prompts.drop, 1, Asks.LEAVE_REASON, meeting)  # no longer open: nothing happens
    assert call(prompts.open_for, 1, school.now) == Open(Asks.REFLECTION, meeting, "")
    assert call(prompts.open_for, 2, school.now) is None
    assert call(prompts.open_for, 1, school.now + HOUR) is None
    call(prompts.close, 1)
    assert call(prompts.open_for, 1, school.now) is None


def test_what_was_asked_and_not_answered_in_time_is_forgotten(school: School, meeting: int) -> None:
    call = school.store.call
    call(prompts.ask, 1, Asks.LEAVE_REASON, meeting, school.now + HOUR, "sick:样例事由")
    call(prompts.forget, school.now + HOUR - MINUTE)
    assert call(prompts.open_for, 1, school.now) is not None
    call(prompts.forget, school.now + HOUR)
    assert call(prompts.open_for, 1, school.now) is None


def test_on_another_day_no_answer_counts_and_each_leaves_a_trace(school: School, meeting: int) -> None:
    li, wang, call = school.person("li"), school.person("wang"), school.store.call
    call(responses.record, meeting, li, YES, school.now, late=True, by=wang)
    call(responses.remark, meeting, li, "样例说明")
    call(responses.see, meeting, wang, school.now)
    moved = school.now + HOUR
    call(responses.ask_again, meeting, moved, moved)

    def stands(session: Session) -> tuple[object, ...]:
        row = responses.of(session, meeting, li)
        assert row is not None
        return row.status, row.answered_at, row.late, row.answered_by, row.note

    def traces(session: Session, person: int) -> list[tuple[object, ...]]:
        return [(row.at, row.actor_id, row.was, row.became) for row in audit.of(session, meeting, person)]

    assert call(stands) == (None, None, False, None, "")
    assert call(traces, li) == [(moved, None, "accepted", "")]
    assert call(traces, wang) == []
