"""What a digest says of reflections: numbers by school, and what is shared, as it is shared now."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from handlers.answer_prompt import AnswerPrompt, answer_prompt
from handlers.digest import MonthDigested
from handlers.leave_reflection import RemoveReflection, remove_reflection
from handlers.privacy import EraseMe, erase_me
from handlers.quotations import LONGEST, MOST, Quotation, quotation
from handlers.reflect import ReflectionStep, StartReflection, StepReflection, start_reflection, step_reflection
from handlers.rewrite_reflection import RewriteReflection, rewrite_reflection
from store import outbox
from store.accounts import Account
from store.deliveries import DeliveryState
from store.outbox import Settled
from store.shared_texts import SchoolCount, Told
from tests.databases import Databases, Prepared
from tests.handlers.conftest import announced, reached
from tests.handlers.event_sample import LI, WANG, ZHAO, ZHOU, School, attend

SUBMIT, SHARE, KEEP = ReflectionStep.SUBMIT, ReflectionStep.CONSORTIUM, ReflectionStep.SCHOOL
CORE, EAST = "样例中心校", "样例东校"


def digested(school: School) -> School:
    """Four have shared theirs, and the digest of 2 November has quoted some."""
    everybody = {LI: "中心校李", WANG: "东校王", ZHAO: "东校赵", ZHOU: "东校周"}
    attend(school, *everybody)
    research = school.occurrence("research", "10-14 14:30")
    for who, text in everybody.items():
        school.take(answer_prompt, AnswerPrompt(who, text, message="41"))
        for step in (SUBMIT, SHARE):
            school.take(step_reflection, StepReflection(research, who, step))
    school.until("11-02 09:00")
    return school


@pytest.fixture
def after(databases: Databases, prepared: Prepared) -> Iterator[School]:
    with reached(databases, prepared, "11-02 09:00", lambda store: digested(announced(store))) as school:
        yield school


@pytest.fixture
def research(after: School) -> int:
    return after.occurrence("research", "10-14 14:30")


def told(school: School, moment: str = "11-02 09:10") -> tuple[str, ...] | None:
    """What the digest quotes after it was edited; None: it was not."""
    edits = [one.outcome for one in school.until(moment) if one.edited and isinstance(one.outcome, MonthDigested)]
    return tuple(one.text for one in edits[-1].quotations) if edits else None


def test_the_schools_take_turns_and_few_are_quoted(databases: Databases, prepared: Prepared) -> None:
    with reached(databases, prepared, "10-08 09:00", announced) as school:
        digest = next(one.outcome for one in digested(school).said if isinstance(one.outcome, MonthDigested))
    assert MOST == 3
    assert digest.quotations == (Quotation(CORE, "中心校李"), Quotation(EAST, "东校王"), Quotation(EAST, "东校赵"))
    assert digest.reflections == (SchoolCount(CORE, 1, 1), SchoolCount(EAST, 3, 3))


def test_what_is_shared_no_longer_leaves_the_digest_that_was_sent(after: School, research: int) -> None:
    after.take(step_reflection, StepReflection(research, WANG, KEEP))
    assert told(after) == ("中心校李", "东校赵", "东校周")


def test_so_does_what_was_taken_out_and_the_count_stays(after: School, research: int) -> None:
    after.take(remove_reflection, RemoveReflection(research, WANG, sure=True))
    [edit] = [one.outcome for one in after.until("11-02 09:10") if isinstance(one.outcome, MonthDigested)]
    assert [one.text for one in edit.quotations] == ["中心校李", "东校赵", "东校周"]
    assert edit.reflections == (SchoolCount(CORE, 1, 1), SchoolCount(EAST, 3, 2))


def test_so_does_what_is_written_anew_until_it_is_handed_in(after: School, research: int) -> None:
    after.take(start_reflection, StartReflection(research, WANG))
    after.take(answer_prompt, AnswerPrompt(WANG, "新的一版", message="42"))
    assert told(after) == ("中心校李", "东校赵", "东校周")
    after.take(step_reflection, StepReflection(research, WANG, SUBMIT))
    assert told(after, "11-02 09:20") == ("中心校李", "新的一版", "东校赵")


def test_what_is_edited_is_quoted_as_it_is_now(after: School, research: int) -> None:
    after.take(rewrite_reflection, RewriteReflection(WANG, "41", "改过的"))
    assert told(after) == ("中心校李", "改过的", "东校赵")


def test_whoever_is_erased_is_quoted_no_longer(after: School) -> None:
    after.take(erase_me, EraseMe(WANG, sure=True))
    assert told(after) == ("中心校李", "东校赵", "东校周")


@pytest.mark.parametrize(("step", "who"), [(SHARE, WANG), (SUBMIT, WANG)])
def test_a_press_that_changes_nothing_edits_nothing(
    after: School, research: int, step: ReflectionStep, who: Account
) -> None:
    after.take(step_reflection, StepReflection(research, who, step))
    assert told(after) is None


def quoted(text: str) -> str:
    return quotation(Told(1, 1, CORE, "样李芳", text)).text


def test_a_quotation_is_whole_sentences_on_one_line() -> None:
    assert quoted("提问要等。\n\n学生才会想。") == "提问要等。 学生才会想。"
    first, second = "一" * 30 + "。", "二" * 40 + "。"
    assert quoted(first + second) == first + "…"
    assert quoted("字" * LONGEST) == "字" * LONGEST
    assert quoted("字" * (LONGEST + 1)) == "字" * (LONGEST - 1) + "…"


def test_an_edit_that_is_on_the_wire_is_owed_again_and_settled_by_its_own_attempt(
    after: School, research: int
) -> None:
    after.take(step_reflection, StepReflection(research, WANG, KEEP))
    after.now += timedelta(seconds=10)
    [sending] = after.store.call(outbox.claim, after.now, timedelta(minutes=10), 10)
    after.take(step_reflection, StepReflection(research, ZHAO, KEEP))
    after.store.call(outbox.settle, [Settled(sending, DeliveryState.SENT)])
    assert told(after) == ("中心校李", "东校周")
