"""Whoever edits the message that a reflection was taken from edits the reflection, and nothing else is edited so."""


import pytest

from handlers.answer_prompt import AnswerPrompt, answer_prompt
from handlers.leave_reflection import RemoveReflection, remove_reflection
from handlers.reflect import (
    ReflectionDrafted,
    ReflectionStep,
    ReflectionTooLong,
    StartReflection,
    StepReflection,
    start_reflection,
    step_reflection,
)
from handlers.rewrite_reflection import (
    NothingRewritten,
    ReflectionRewritten,
    RewriteOutcome,
    RewriteReflection,
    rewrite_reflection,
)
from store import reflections
from store.accounts import Account
from store.audit import AuditFact
from store.database import Session
from store.reflections import Visibility
from tests.handlers.event_sample import LI, WANG, School

TITLE = "共创式主题教研"


@pytest.fixture
def research(after: School) -> int:
    """李芳 has written in message 41."""
    after.take(answer_prompt, AnswerPrompt(LI, "样例", message="41"))
    return after.occurrence("research", "10-14 14:30")


def rewrite(school: School, text: str, message: str = "41", account: Account = LI) -> RewriteOutcome:
    return school.take(rewrite_reflection, RewriteReflection(account, message, text))


def text(school: School, research: int) -> tuple[str, bool]:
    def read(session: Session) -> tuple[str, bool]:
        row = reflections.of(session, research, 1)
        assert row is not None
        return row.text, row.submitted_at is not None

    return school.ask(read)


def test_a_draft_is_edited(after: School, research: int) -> None:
    assert rewrite(after, "改过的样例") == ReflectionDrafted(research, TITLE, 5, Visibility.SCHOOL)
    assert text(after, research) == ("改过的样例", False)


def test_what_was_handed_in_stays_so_and_as_open_as_it_was(after: School, research: int) -> None:
    after.take(step_reflection, StepReflection(research, LI, ReflectionStep.SUBMIT))
    after.take(step_reflection, StepReflection(research, LI, ReflectionStep.CONSORTIUM))
    assert rewrite(after, "改过的样例") == ReflectionRewritten(research, TITLE, 5, Visibility.CONSORTIUM)
    assert text(after, research) == ("改过的样例", True)
    trace = after.trace(AuditFact.REFLECTION, research, 1)
    assert trace == [("draft", "submitted"), ("school", "consortium"), ("submitted", "submitted")]


@pytest.mark.parametrize(("message", "account"), [("42", LI), ("41", WANG)])
def test_another_message_or_anothers_edits_nothing(
    after: School, research: int, message: str, account: Account
) -> None:
    assert rewrite(after, "改过的样例", message, account) == NothingRewritten()
    assert text(after, research) == ("样例", False)


def test_the_same_words_again_are_no_news(after: School) -> None:
    assert rewrite(after, "样例") == NothingRewritten()


def test_a_text_that_is_too_long_leaves_the_old_one(after: School, research: int) -> None:
    assert rewrite(after, "字" * 2_001) == ReflectionTooLong(2_001, 2_000)
    assert text(after, research) == ("样例", False)


def test_the_message_before_the_last_is_none_of_it_any_more(after: School, research: int) -> None:
    after.take(start_reflection, StartReflection(research, LI))
    after.take(answer_prompt, AnswerPrompt(LI, "第二版", message="43"))
    assert rewrite(after, "改过的样例", "41") == NothingRewritten()
    assert isinstance(rewrite(after, "改过的样例", "43"), ReflectionDrafted)


def test_what_was_taken_out_does_not_come_back(after: School, research: int) -> None:
    after.take(remove_reflection, RemoveReflection(research, LI, sure=True))
    assert rewrite(after, "改过的样例") == NothingRewritten()
    assert text(after, research) == ("", False)
