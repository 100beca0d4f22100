"""活动简报: it goes out once, in the words of an organiser or from the minutes, and follows consent."""

import pytest

from handlers.bulletin import (
    BulletinDrafted,
    BulletinPublished,
    BulletinSent,
    BulletinTooLong,
    BulletinWordsAsked,
    EditBulletin,
    PublishBulletin,
    edit_bulletin,
    publish_bulletin,
)
from handlers.quotations import Quotation
from handlers.reflect import ReflectionStep, StartReflection, StepReflection, start_reflection, step_reflection
from store.accounts import Account
from store.database import Store
from tests.handlers.event_sample import LI, OFFICE, School
from tests.handlers.minutes_sample import minuted, number, told, write, written


@pytest.fixture
def kept(store: Store) -> School:
    return minuted(store)


def shared(school: School, who: Account, text: str) -> None:
    school.take(start_reflection, StartReflection(number(school), who))
    write(school, text, who)
    for step in (ReflectionStep.SUBMIT, ReflectionStep.CONSORTIUM):
        school.take(step_reflection, StepReflection(number(school), who, step))


def test_the_bulletin_goes_out_once_and_follows_consent(kept: School) -> None:
    shared(kept, LI, "样例反思")
    written(kept)
    kept.until("10-14 16:30")
    [(to, draft)] = told(kept, BulletinDrafted)
    assert to == "chen"
    assert draft.content.points == ("作业要分层", "每层有选择")  # who said it stays in the minutes
    assert draft.content.quotations == (Quotation("样例中心校", "样例反思"),)
    for again in (False, True):
        done = kept.take(publish_bulletin, PublishBulletin(OFFICE, number(kept)))
        assert isinstance(done, BulletinPublished)
        assert done.again is again
    kept.until("10-14 17:00")
    [(chat, sent)] = told(kept, BulletinSent)
    assert (chat, sent.content.came, sent.content.expected) == ("teaching", 2, 5)
    kept.take(step_reflection, StepReflection(number(kept), LI, ReflectionStep.SCHOOL))
    kept.until("10-14 17:05")
    assert [one.edited for one in kept.said if isinstance(one.outcome, BulletinSent)] == [False, True]
    assert told(kept, BulletinSent)[-1][1].content.quotations == ()


def test_an_organiser_words_it_and_consent_taken_back_before_it_is_sent_counts(kept: School) -> None:
    shared(kept, LI, "样例反思")
    assert isinstance(kept.take(edit_bulletin, EditBulletin(OFFICE, number(kept))), BulletinWordsAsked)
    assert write(kept, "这次教研很扎实。", OFFICE).content.body == "这次教研很扎实。"
    kept.take(publish_bulletin, PublishBulletin(OFFICE, number(kept)))
    kept.take(step_reflection, StepReflection(number(kept), LI, ReflectionStep.SCHOOL))
    kept.until("10-14 16:30")
    content = told(kept, BulletinSent)[0][1].content
    assert (content.body, content.quotations) == ("这次教研很扎实。", ())


def test_words_too_long_for_the_bulletin_are_refused_with_their_number_and_asked_again(kept: School) -> None:
    kept.take(edit_bulletin, EditBulletin(OFFICE, number(kept)))
    assert write(kept, "长" * 1501, OFFICE) == BulletinTooLong(1501, 1500)
    assert write(kept, "这次教研很扎实。", OFFICE).content.body == "这次教研很扎实。"
