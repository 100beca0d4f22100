"""这次不写 and 删除: nobody is asked again, nobody is blamed, and a text that is taken out is nowhere any more."""


import pytest

from handlers.answer_prompt import AnswerPrompt, NothingAsked, answer_prompt
from handlers.event import ReflectionNudged
from handlers.leave_reflection import (
    ReflectionRemovalAsked,
    ReflectionRemoved,
    ReflectionSkipped,
    RemoveReflection,
    SkipReflection,
    remove_reflection,
    skip_reflection,
)
from handlers.participants import NotInvited, NotLinked
from handlers.privacy import ExportMine, PrivacyShown, ShowPrivacy, export_mine, show_privacy
from handlers.reflect import (
    ReflectionDrafted,
    ReflectionMissing,
    ReflectionStarted,
    ReflectionStep,
    ReflectionSubmitted,
    StartReflection,
    StepReflection,
    start_reflection,
    step_reflection,
)
from store import reflections, updates
from store.audit import AuditFact
from store.database import Session
from store.reflections import Visibility
from store.updates import Raw, WorkedOff
from tests.handlers.event_sample import LI, NOBODY, OFFICE, Said, School, local

TITLE, DUE, TEXT = "共创式主题教研", local("10-17 16:00"), "样例反思：提问要留出等待的时间。"


@pytest.fixture
def research(after: School) -> int:
    return after.occurrence("research", "10-14 14:30")


def trace(school: School, research: int) -> list[tuple[str, str]]:
    return school.trace(AuditFact.REFLECTION, research, 1)


def hand_in(school: School, research: int) -> None:
    school.take(answer_prompt, AnswerPrompt(LI, TEXT))
    school.take(step_reflection, StepReflection(research, LI, ReflectionStep.SUBMIT))


def test_who_writes_none_this_time_is_not_asked_again(after: School, research: int) -> None:
    assert after.take(skip_reflection, SkipReflection(research, LI)) == ReflectionSkipped(TITLE, drafted=False)
    assert after.take(answer_prompt, AnswerPrompt(LI, "每月教研几次？")) == NothingAsked()
    assert [one.to for one in after.until("10-17 18:00")] == ["wang"]
    assert after.take(skip_reflection, SkipReflection(research, LI)) == ReflectionSkipped(TITLE, drafted=False)
    assert trace(after, research) == [("missing", "skipped")]


def test_it_may_be_written_all_the_same(after: School, research: int) -> None:
    after.take(skip_reflection, SkipReflection(research, LI))
    assert after.take(start_reflection, StartReflection(research, LI)) == ReflectionStarted(TITLE, DUE, ())
    hand_in(after, research)
    assert trace(after, research) == [("missing", "skipped"), ("skipped", "draft"), ("draft", "submitted")]


def test_a_draft_that_is_left_so_is_kept_and_not_asked_for(after: School, research: int) -> None:
    after.take(answer_prompt, AnswerPrompt(LI, TEXT))
    assert after.take(skip_reflection, SkipReflection(research, LI)) == ReflectionSkipped(TITLE, drafted=True)
    assert [one.to for one in after.until("10-17 18:00")] == ["wang"]
    assert isinstance(
        after.take(step_reflection, StepReflection(research, LI, ReflectionStep.SUBMIT)), ReflectionSubmitted
    )


def test_what_was_handed_in_is_not_skipped(after: School, research: int) -> None:
    hand_in(after, research)
    done = ReflectionSubmitted(research, TITLE, Visibility.SCHOOL, late=False, again=True)
    assert after.take(skip_reflection, SkipReflection(research, LI)) == done


def test_a_nudge_that_waits_while_somebody_skips_is_not_sent(after: School, research: int) -> None:
    after.take(skip_reflection, SkipReflection(research, LI))
    after.take(start_reflection, StartReflection(research, LI))
    assert after.until("10-16 16:00") == [
        Said("wang", ReflectionNudged(research, "样王强", TITLE, DUE, drafted=False), edited=False)
    ]


def test_a_text_is_taken_out_by_two_presses(after: School, research: int) -> None:
    hand_in(after, research)
    asked = after.take(remove_reflection, RemoveReflection(research, LI, sure=False))
    assert asked == ReflectionRemovalAsked(research, TITLE, handed_in=True)
    assert after.ask(lambda session: texts(session, research)) == [TEXT]
    removed = after.take(remove_reflection, RemoveReflection(research, LI, sure=True))
    assert removed == ReflectionRemoved(TITLE, handed_in=True)
    assert after.ask(lambda session: texts(session, research)) == [""]
    missing = ReflectionMissing(TITLE, f"reflect_{research}")
    assert after.take(remove_reflection, RemoveReflection(research, LI, sure=True)) == missing
    assert trace(after, research) == [("draft", "submitted"), ("submitted", "removed")]


def texts(session: Session, research: int) -> list[str]:
    row = reflections.of(session, research, 1)
    return [] if row is None else [row.text]


def test_the_count_stays_and_nobody_is_asked_for_another(after: School, research: int) -> None:
    hand_in(after, research)
    after.take(remove_reflection, RemoveReflection(research, LI, sure=True))
    assert [one.to for one in after.until("10-17 18:00")] == ["wang"]
    shown = after.take(show_privacy, ShowPrivacy(LI))
    assert isinstance(shown, PrivacyShown)
    assert shown.kept[0].reflections == 1
    assert TEXT not in str(after.take(export_mine, ExportMine(LI)))


def test_one_that_was_skipped_is_no_reflection(after: School, research: int) -> None:
    after.take(skip_reflection, SkipReflection(research, LI))
    shown = after.take(show_privacy, ShowPrivacy(LI))
    assert isinstance(shown, PrivacyShown)
    assert shown.kept[0].reflections == 0


def test_a_new_one_may_be_written_after_it(after: School, research: int) -> None:
    hand_in(after, research)
    after.take(step_reflection, StepReflection(research, LI, ReflectionStep.CONSORTIUM))
    after.take(remove_reflection, RemoveReflection(research, LI, sure=True))
    after.take(start_reflection, StartReflection(research, LI))
    drafted = after.take(answer_prompt, AnswerPrompt(LI, "新写的"))
    assert drafted == ReflectionDrafted(research, TITLE, 3, Visibility.SCHOOL)  # consent went with the text


def test_updates_that_were_set_aside_keep_no_word_of_it(after: School, research: int) -> None:
    payload = f'{{"message": {{"from": {{"id": {LI.address}}}, "text": "{TEXT}"}}}}'
    after.store.call(updates.keep, [Raw(1, payload)], after.now)
    after.store.call(updates.settle, [WorkedOff(1, "ValueError")])
    hand_in(after, research)
    after.take(remove_reflection, RemoveReflection(research, LI, sure=True))
    assert TEXT not in after.ask(payloads)


def payloads(session: Session) -> str:
    return str(session.connection().exec_driver_sql("SELECT payload FROM inbox_update").all())


def test_strangers_are_told_what_they_are(after: School, research: int) -> None:
    for account, stranger in ((NOBODY, NotLinked(TITLE)), (OFFICE, NotInvited(TITLE))):
        assert after.take(skip_reflection, SkipReflection(research, account)) == stranger
        assert after.take(remove_reflection, RemoveReflection(research, account, sure=True)) == stranger
