"""Who reads whose reflections: an approver those of the own school, an organiser what is shared, nobody else any."""

from collections.abc import Iterator

import pytest

from handlers.answer_prompt import AnswerPrompt, answer_prompt
from handlers.leave_reflection import RemoveReflection, remove_reflection
from handlers.participants import OccurrenceGone
from handlers.read_reflections import (
    ListReflected,
    Readers,
    ReadingRefused,
    ReadReflections,
    ReflectedEvent,
    ReflectedListed,
    ReflectionsRead,
    ReflectionText,
    list_reflected,
    read_reflections,
)
from handlers.reflect import ReflectionStep, StartReflection, StepReflection, start_reflection, step_reflection
from store import persons, schools
from store.accounts import Account
from store.database import Session
from tests.databases import Databases, Prepared
from tests.handlers.conftest import announced, reached
from tests.handlers.event_sample import LI, NOBODY, OFFICE, QIAN, WANG, ZHAO, ZHOU, School, attend, local

TITLE, AT, WRITTEN = "共创式主题教研", local("10-14 14:30"), "10-14 16:06"
SUBMIT, SHARE, KEEP = ReflectionStep.SUBMIT, ReflectionStep.CONSORTIUM, ReflectionStep.SCHOOL
TEXTS = {LI: "中心校的样例", WANG: "东校王的样例", ZHAO: "东校赵的样例"}


def write(school: School) -> None:
    """李芳 of core, 王强 and 赵敏 of east: all handed in, 赵敏 shares."""
    attend(school, LI, WANG, ZHAO)
    research = school.occurrence("research", "10-14 14:30")
    for who, text in TEXTS.items():
        school.take(answer_prompt, AnswerPrompt(who, text))
        school.take(step_reflection, StepReflection(research, who, SUBMIT))
    school.take(step_reflection, StepReflection(research, ZHAO, SHARE))


@pytest.fixture
def after(databases: Databases, prepared: Prepared) -> Iterator[School]:
    with reached(databases, prepared, WRITTEN, lambda store: write(announced(store))) as school:
        yield school


@pytest.fixture
def research(after: School) -> int:
    return after.occurrence("research", "10-14 14:30")


def first(school: School, account: Account, readers: Readers) -> int:
    listed = school.take(list_reflected, ListReflected(account, readers, 1))
    assert isinstance(listed, ReflectedListed)
    return listed.events[0].first


def read(school: School, account: Account, readers: Readers) -> tuple[ReflectionText, ...]:
    listed = school.take(list_reflected, ListReflected(account, readers, 1))
    assert isinstance(listed, ReflectedListed)
    if not listed.events:
        return ()
    found = school.take(read_reflections, ReadReflections(account, readers, listed.events[0].first))
    assert isinstance(found, ReflectionsRead)
    assert len(found.texts) == listed.events[0].count
    return found.texts


EAST = (ReflectionText("样例东校", "样王强", TEXTS[WANG]), ReflectionText("样例东校", "样赵敏", TEXTS[ZHAO]))
SHARED = ReflectionText("样例东校", None, TEXTS[ZHAO])


def test_an_approver_reads_all_of_the_own_school_with_names(after: School) -> None:
    listed = after.take(list_reflected, ListReflected(ZHOU, Readers.SCHOOL, 1))
    number = first(after, ZHOU, Readers.SCHOOL)
    assert listed == ReflectedListed(Readers.SCHOOL, (ReflectedEvent(TITLE, AT, 2, number),), 1, more=False)
    assert read(after, ZHOU, Readers.SCHOOL) == EAST


def test_an_organiser_reads_what_is_shared_without_names(after: School) -> None:
    assert read(after, OFFICE, Readers.CONSORTIUM) == (SHARED,)


@pytest.mark.parametrize(
    ("account", "readers"),
    [(one, readers) for one in (LI, WANG, ZHAO, QIAN, NOBODY) for readers in Readers]
    + [(ZHOU, Readers.CONSORTIUM), (OFFICE, Readers.SCHOOL)],
)
def test_nobody_else_reads_anything(after: School, account: Account, readers: Readers) -> None:
    for number in range(1, 4):
        assert after.take(read_reflections, ReadReflections(account, readers, number)) == ReadingRefused()
    assert after.take(list_reflected, ListReflected(account, readers, 1)) == ReadingRefused()


def test_the_number_of_one_that_may_not_be_read_opens_nothing(after: School) -> None:
    ours = {number for number in range(1, 4) if opened(after, ZHOU, Readers.SCHOOL, number)}
    shared = {number for number in range(1, 4) if opened(after, OFFICE, Readers.CONSORTIUM, number)}
    assert (len(ours), len(shared)) == (2, 1)
    assert shared < ours


def opened(school: School, account: Account, readers: Readers, number: int) -> bool:
    found = school.take(read_reflections, ReadReflections(account, readers, number))
    assert isinstance(found, ReflectionsRead | OccurrenceGone)
    return isinstance(found, ReflectionsRead)


def test_a_draft_is_read_by_nobody(after: School, research: int) -> None:
    after.take(start_reflection, StartReflection(research, WANG))
    after.take(answer_prompt, AnswerPrompt(WANG, "还没写完"))
    assert read(after, ZHOU, Readers.SCHOOL) == EAST[1:]


def test_what_is_shared_no_longer_or_taken_out_is_gone_at_once(after: School, research: int) -> None:
    number = first(after, OFFICE, Readers.CONSORTIUM)
    after.take(step_reflection, StepReflection(research, ZHAO, KEEP))
    assert read(after, OFFICE, Readers.CONSORTIUM) == ()
    assert after.take(read_reflections, ReadReflections(OFFICE, Readers.CONSORTIUM, number)) == OccurrenceGone()
    after.take(remove_reflection, RemoveReflection(research, ZHAO, sure=True))
    assert read(after, ZHOU, Readers.SCHOOL) == EAST[:1]


def test_whoever_has_changed_schools_is_read_where_the_text_was_written(after: School) -> None:
    after.store.call(move, "zhao", "core")
    assert read(after, ZHOU, Readers.SCHOOL) == EAST


def move(session: Session, who: str, school: str) -> None:
    moved, to = persons.by_keys(session, 1)[who], schools.by_keys(session, 1)[school].id
    assert to is not None
    moved.school_id = to
    session.add(moved)


def test_an_approver_who_has_changed_schools_reads_the_new_one(after: School) -> None:
    after.store.call(move, "zhou", "core")
    assert read(after, ZHOU, Readers.SCHOOL) == (ReflectionText("样例中心校", "样李芳", TEXTS[LI]),)


def test_what_one_message_does_not_hold_follows_by_a_press(after: School, research: int) -> None:
    for who in (WANG, ZHAO):
        after.take(start_reflection, StartReflection(research, who))
        after.take(answer_prompt, AnswerPrompt(who, "字" * 1_900))
        after.take(step_reflection, StepReflection(research, who, SUBMIT))
    begin = ReadReflections(ZHOU, Readers.SCHOOL, first(after, ZHOU, Readers.SCHOOL))
    one = after.store.call(read_reflections, begin, after.now)
    assert isinstance(one, ReflectionsRead)
    assert [text.author for text in one.texts] == ["样王强"]
    assert one.following is not None
    two = after.store.call(read_reflections, ReadReflections(ZHOU, Readers.SCHOOL, one.following), after.now)
    assert isinstance(two, ReflectionsRead)
    assert [text.author for text in two.texts] == ["样赵敏"]
    assert two.following is None
