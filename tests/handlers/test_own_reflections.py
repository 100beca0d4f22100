"""/reflect: what one wrote and may write still, with its text for its author alone."""

import pytest

from handlers.answer_prompt import AnswerPrompt, answer_prompt
from handlers.correct import Correct, correct
from handlers.leave_reflection import RemoveReflection, SkipReflection, remove_reflection, skip_reflection
from handlers.own_reflections import (
    NothingToReflect,
    ReflectionPending,
    ReflectionShown,
    ReflectionsShown,
    ShowReflection,
    ShowReflections,
    show_reflection,
    show_reflections,
)
from handlers.participants import NotInvited, NotLinked
from handlers.reflect import ReflectionStarted, ReflectionStep, StartReflection, StepReflection, start_reflection
from handlers.reflect import step_reflection as step
from handlers.start import Unlinked
from store.accounts import Account
from store.database import Store
from store.reflections import ReflectionState, Visibility
from store.statuses import AttendanceStatus
from tests.handlers.event_sample import CLASSES, LI, MEETING, NOBODY, OFFICE, RESEARCH, WANG, ZHOU, School, begin, local

TEXT = "样例反思"


@pytest.fixture
def school(store: Store) -> School:
    return begin(store, RESEARCH, MEETING, CLASSES, until="10-15 09:00")


@pytest.fixture
def research(school: School) -> int:
    return school.occurrence("research", "10-14 14:30")


@pytest.fixture
def meeting(school: School) -> int:
    return school.occurrence("meeting", "10-21 09:00")


def write(school: School, occurrence: int, account: Account = LI) -> None:
    school.take(start_reflection, StartReflection(occurrence, account))
    school.take(answer_prompt, AnswerPrompt(account, TEXT))


def listed(school: School, account: Account = LI, page: int = 1) -> list[tuple[int, ReflectionState]]:
    shown = school.take(show_reflections, ShowReflections(account, page))
    assert isinstance(shown, ReflectionsShown)
    return [(one.occurrence, one.state) for one in shown.items]


def test_the_only_one_that_may_be_written_is_asked_for_at_once(school: School, research: int) -> None:
    pending = ReflectionPending("共创式主题教研", f"reflect_{research}")
    assert school.take(show_reflections, ShowReflections(LI)) == pending


def test_nobody_is_asked_who_is_known_to_have_been_elsewhere(school: School, research: int) -> None:
    school.take(correct, Correct(OFFICE, research, school.person("li"), AttendanceStatus.OFFICIAL, "监考"))
    assert school.take(show_reflections, ShowReflections(LI)) == NothingToReflect()


def test_each_event_has_its_state_and_the_newest_is_first(school: School, research: int, meeting: int) -> None:
    school.until("10-21 10:00")
    assert listed(school) == [(meeting, ReflectionState.MISSING), (research, ReflectionState.MISSING)]
    write(school, research)
    assert listed(school)[1] == (research, ReflectionState.DRAFT)
    school.take(step, StepReflection(research, LI, ReflectionStep.SUBMIT))
    school.take(skip_reflection, SkipReflection(meeting, LI))
    assert listed(school) == [(meeting, ReflectionState.SKIPPED), (research, ReflectionState.SUBMITTED)]
    school.take(remove_reflection, RemoveReflection(research, LI, sure=True))
    assert listed(school)[1] == (research, ReflectionState.REMOVED)
    assert listed(school, WANG) == [(meeting, ReflectionState.MISSING), (research, ReflectionState.MISSING)]


def test_what_was_written_stays_in_the_list_and_what_was_not_goes_after_two_weeks(
    school: School, research: int
) -> None:
    write(school, research)
    school.until("11-05 09:00")
    assert listed(school) == [(research, ReflectionState.DRAFT)]
    assert school.take(show_reflections, ShowReflections(WANG)) == NothingToReflect()
    assert school.take(show_reflections, ShowReflections(NOBODY)) == Unlinked()


def test_its_author_reads_the_text(school: School, research: int) -> None:
    write(school, research)
    about = research, "共创式主题教研", local("10-14 14:30"), TEXT
    shown = school.take(show_reflection, ShowReflection(research, LI))
    assert shown == ReflectionShown(*about, ReflectionState.DRAFT, Visibility.SCHOOL)
    school.take(step, StepReflection(research, LI, ReflectionStep.SUBMIT))
    school.take(step, StepReflection(research, LI, ReflectionStep.CONSORTIUM))
    shown = school.take(show_reflection, ShowReflection(research, LI))
    assert shown == ReflectionShown(*about, ReflectionState.SUBMITTED, Visibility.CONSORTIUM)


def test_where_nothing_is_written_it_is_asked_for(school: School, research: int) -> None:
    write(school, research)
    asked = ReflectionStarted("共创式主题教研", local("10-17 16:00"), ())
    assert school.take(show_reflection, ShowReflection(research, WANG)) == asked
    assert school.take(show_reflection, ShowReflection(research, NOBODY)) == NotLinked("共创式主题教研")
    assert school.take(show_reflection, ShowReflection(research, OFFICE)) == NotInvited("共创式主题教研")


@pytest.mark.parametrize(("account", "reader"), [(ZHOU, (True, False)), (OFFICE, (False, True))])
def test_who_reads_others_is_led_on(school: School, account: Account, reader: tuple[bool, bool]) -> None:
    shown = school.take(show_reflections, ShowReflections(account))
    assert isinstance(shown, ReflectionsShown)
    assert (shown.approver, shown.organiser) == reader


def test_a_long_list_has_pages(store: Store) -> None:
    weekly = RESEARCH | {"every": "week", "on": "wednesday"}
    school = begin(store, weekly)
    for day in ("09-23", "09-30", "10-14", "10-21", "10-28", "11-04", "11-11", "11-18", "11-25"):
        school.until(f"{day} 17:00")
        write(school, school.occurrence("research", f"{day} 14:30"))
    newest = school.occurrence("research", "11-25 14:30")
    assert [len(listed(school, page=page)) for page in (1, 2, 3)] == [8, 1, 0]
    assert listed(school)[0] == (newest, ReflectionState.DRAFT)
