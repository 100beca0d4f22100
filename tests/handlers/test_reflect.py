"""反思: asked in private of those who attended, a draft until it is handed in, for one's own school unless shared."""


import pytest

from bot.voice import Voice
from handlers.answer_prompt import AnswerPrompt, NothingAsked, answer_prompt
from handlers.event import ReflectionAsked, ReflectionNudged
from handlers.participants import NotInvited, NotLinked
from handlers.reflect import (
    ReflectionDrafted,
    ReflectionMissing,
    ReflectionStarted,
    ReflectionStep,
    ReflectionSubmitted,
    ReflectionTooLong,
    StartReflection,
    StepReflection,
    start_reflection,
    step_reflection,
)
from store import audit, reflections
from store.audit import AuditFact
from store.database import Session, Store
from store.reflections import Visibility
from tests.handlers.event_sample import (
    LI,
    NOBODY,
    OFFICE,
    RESEARCH,
    WANG,
    ZHAO,
    Said,
    School,
    attend,
    begin,
    local,
)

TITLE, DUE = "共创式主题教研", local("10-17 16:00")
TEXT = "样例反思：提问要留出等待的时间。"
SUBMIT, EDIT, SHARE, KEEP = ReflectionStep


@pytest.fixture
def research(after: School) -> int:
    return after.occurrence("research", "10-14 14:30")


def kept(school: School, research: int) -> tuple[str, Visibility, bool]:
    def read(session: Session) -> tuple[str, Visibility, bool]:
        row = reflections.of(session, research, 1)
        assert row is not None
        return row.text, row.visibility, row.submitted_at is not None

    return school.ask(read)


def test_those_who_checked_in_are_asked_and_nobody_else(school: School) -> None:
    research = school.occurrence("research", "10-14 14:30")
    attend(school, LI, WANG)
    asked = [one for one in school.said if isinstance(one.outcome, ReflectionAsked)]
    assert asked == [
        Said("li", ReflectionAsked(research, "样李芳", TITLE, DUE, ()), edited=False),
        Said("wang", ReflectionAsked(research, "样王强", TITLE, DUE, ()), edited=False),
    ]


def test_what_is_written_next_is_the_draft_and_handed_in_by_a_press(after: School, research: int) -> None:
    drafted = after.take(answer_prompt, AnswerPrompt(LI, TEXT))
    assert drafted == ReflectionDrafted(research, TITLE, len(TEXT), Visibility.SCHOOL)
    assert kept(after, research) == (TEXT, Visibility.SCHOOL, False)
    done = after.take(step_reflection, StepReflection(research, LI, SUBMIT))
    assert done == ReflectionSubmitted(research, TITLE, Visibility.SCHOOL, late=False, again=False)
    assert kept(after, research) == (TEXT, Visibility.SCHOOL, True)
    assert after.take(answer_prompt, AnswerPrompt(LI, "每月教研几次？")) == NothingAsked()


def test_handed_in_twice_is_handed_in_once(after: School, research: int) -> None:
    after.take(answer_prompt, AnswerPrompt(LI, TEXT))
    after.take(step_reflection, StepReflection(research, LI, SUBMIT))
    again = after.take(step_reflection, StepReflection(research, LI, SUBMIT))
    assert again == ReflectionSubmitted(research, TITLE, Visibility.SCHOOL, late=False, again=True)


def test_it_is_shared_only_by_a_press_and_the_press_can_be_taken_back(after: School, research: int) -> None:
    after.take(answer_prompt, AnswerPrompt(LI, TEXT))
    for step, visibility in ((SHARE, Visibility.CONSORTIUM), (KEEP, Visibility.SCHOOL), (SHARE, Visibility.CONSORTIUM)):
        drafted = after.take(step_reflection, StepReflection(research, LI, step))
        assert drafted == ReflectionDrafted(research, TITLE, len(TEXT), visibility)
    assert kept(after, research) == (TEXT, Visibility.CONSORTIUM, False)


def test_who_sees_it_may_be_changed_after_it_was_handed_in(after: School, research: int) -> None:
    after.take(answer_prompt, AnswerPrompt(LI, TEXT))
    after.take(step_reflection, StepReflection(research, LI, SUBMIT))
    shared = after.take(step_reflection, StepReflection(research, LI, SHARE))
    assert shared == ReflectionSubmitted(research, TITLE, Visibility.CONSORTIUM, late=False, again=True)
    assert kept(after, research) == (TEXT, Visibility.CONSORTIUM, True)


def test_a_change_asks_for_the_text_again_and_makes_it_a_draft(after: School, research: int) -> None:
    after.take(answer_prompt, AnswerPrompt(LI, TEXT))
    after.take(step_reflection, StepReflection(research, LI, SUBMIT))
    assert after.take(step_reflection, StepReflection(research, LI, EDIT)) == ReflectionStarted(TITLE, DUE, ())
    after.take(answer_prompt, AnswerPrompt(LI, "改过的样例"))
    assert kept(after, research) == ("改过的样例", Visibility.SCHOOL, False)


def test_a_day_before_it_is_due_only_those_are_nudged_who_have_not_handed_in(after: School, research: int) -> None:
    after.take(answer_prompt, AnswerPrompt(LI, TEXT))
    nudges = after.until("10-16 16:00")
    assert nudges == [
        Said("li", ReflectionNudged(research, "样李芳", TITLE, DUE, drafted=True), edited=False),
        Said("wang", ReflectionNudged(research, "样王强", TITLE, DUE, drafted=False), edited=False),
    ]
    assert isinstance(after.take(answer_prompt, AnswerPrompt(WANG, TEXT)), ReflectionDrafted)


def test_whoever_has_handed_in_is_not_nudged(after: School, research: int) -> None:
    after.take(answer_prompt, AnswerPrompt(LI, TEXT))
    after.take(step_reflection, StepReflection(research, LI, SUBMIT))
    assert [one.to for one in after.until("10-17 18:00")] == ["wang"]


def test_after_it_was_due_it_is_still_taken_and_late(after: School, research: int) -> None:
    after.until("10-18 09:00")
    assert after.take(start_reflection, StartReflection(research, LI)) == ReflectionStarted(TITLE, DUE, ())
    after.take(answer_prompt, AnswerPrompt(LI, TEXT))
    done = after.take(step_reflection, StepReflection(research, LI, SUBMIT))
    assert done == ReflectionSubmitted(research, TITLE, Visibility.SCHOOL, late=True, again=False)


def test_what_it_may_be_about_stands_in_the_request(store: Store) -> None:
    asking = RESEARCH | {"reflect": {"due": "3d", "prompts": ("有什么收获", "还有什么困惑？")}}
    school = begin(store, asking)
    attend(school, LI)
    [asked] = [one.outcome for one in school.said if isinstance(one.outcome, ReflectionAsked)]
    assert asked.prompts == ("有什么收获", "还有什么困惑？")
    assert "可以说说：\n· 有什么收获\n· 还有什么困惑？\n直接回复" in Voice("zh").say(asked).text
    research = school.occurrence("research", "10-14 14:30")
    assert school.take(start_reflection, StartReflection(research, LI)) == ReflectionStarted(TITLE, DUE, asked.prompts)


def test_each_step_has_its_trace_and_no_text(after: School, research: int) -> None:
    after.take(answer_prompt, AnswerPrompt(LI, TEXT))
    for step in (SHARE, SHARE, SUBMIT, SUBMIT, KEEP):
        after.take(step_reflection, StepReflection(research, LI, step))
    after.take(step_reflection, StepReflection(research, LI, EDIT))
    after.take(answer_prompt, AnswerPrompt(LI, "改过的样例"))
    rows = after.ask(lambda session: [one.model_dump() for one in audit.of(session, research, 1)])
    trace = [row for row in rows if row["fact"] is AuditFact.REFLECTION]
    assert [(one["was"], one["became"]) for one in trace] == [
        ("school", "consortium"),
        ("draft", "submitted"),
        ("consortium", "school"),
        ("submitted", "draft"),
    ]
    assert {(one["actor_id"], one["person_id"]) for one in trace} == {(1, 1)}
    assert "样例" not in str(rows)


def test_whoever_was_expected_may_write_without_having_checked_in(after: School, research: int) -> None:
    assert after.take(start_reflection, StartReflection(research, ZHAO)) == ReflectionStarted(TITLE, DUE, ())
    assert isinstance(after.take(answer_prompt, AnswerPrompt(ZHAO, TEXT)), ReflectionDrafted)


def test_a_text_that_is_too_long_is_not_kept_and_the_question_stays_open(after: School, research: int) -> None:
    assert after.take(answer_prompt, AnswerPrompt(LI, "字" * 2_001)) == ReflectionTooLong(2_001, 2_000)
    assert after.ask(lambda session: reflections.of(session, research, 1)) is None
    assert isinstance(after.take(answer_prompt, AnswerPrompt(LI, "字" * 2_000)), ReflectionDrafted)


@pytest.mark.parametrize("step", list(ReflectionStep))
def test_a_press_before_anything_is_written_leads_to_the_question(
    after: School, research: int, step: ReflectionStep
) -> None:
    missing = ReflectionMissing(TITLE, f"reflect_{research}")
    assert after.take(step_reflection, StepReflection(research, LI, step)) == missing


def test_strangers_are_told_what_they_are(after: School, research: int) -> None:
    assert after.take(start_reflection, StartReflection(research, NOBODY)) == NotLinked(TITLE)
    assert after.take(step_reflection, StepReflection(research, OFFICE, SUBMIT)) == NotInvited(TITLE)


def test_no_message_to_anybody_holds_the_text(after: School, research: int) -> None:
    drafted = after.take(answer_prompt, AnswerPrompt(LI, TEXT))
    after.take(step_reflection, StepReflection(research, LI, SHARE))
    after.until("11-02 10:00")
    assert TEXT not in str([drafted, after.said])
