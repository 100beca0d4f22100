"""What is asked is counted, waits where nothing was found, and is answered at once when the office has settled it."""

import pytest
from msgspec.structs import replace
from sqlmodel import SQLModel, select

from bot.voice import Voice
from handlers.also_asked import (
    AlsoAdded,
    AlsoShown,
    AlsoTooLong,
    BankShown,
    ListBank,
    QuestionGone,
    QuestionRemoved,
    RemoveQuestion,
    ShowAlso,
    list_bank,
    remove_question,
    show_also,
)
from handlers.answer_prompt import AnswerPrompt, answer_prompt
from handlers.ask import Answered, Choices, Undecided
from handlers.asked_counts import CountsShown, ShowCounts, show_counts
from handlers.consult import Consult, ConsultOutcome, consult
from handlers.noting import Question, noted
from handlers.queue import (
    DenyQueued,
    LinkQueued,
    ListQueue,
    OpenQueued,
    QueuedDenied,
    QueuedGone,
    QueuedLinked,
    QueuedOpened,
    QueueItem,
    QueueListed,
    deny_queued,
    link_queued,
    list_queue,
    open_queued,
)
from handlers.sections import ListSections, SectionsListed, list_sections
from handlers.thumb import PressThumb, ThumbKept, ThumbUseless, press_thumb
from store import personal
from store.accounts import Account
from store.chats import Place
from store.database import Session, Store
from store.policies import editions, unanswered
from store.policies.asked import AskedQuestion, Thumb, forget
from store.policies.bank import LONGEST
from store.policies.remarks import SetAsked
from store.policies.unanswered import KEPT_FOR, Reason
from tests.handlers.event_sample import LI, NOBODY, OFFICE, WANG, School, begin
from tests.store.policy_sample import CHARTER, TITLE, publish

TEACHING = Place("telegram", "-1001")
UNKNOWN = "大伙儿多久聚一回？"
CLEAR = "联合教研多久一次？"


@pytest.fixture
def school(store: Store) -> School:
    school = begin(store)
    store.call(publish, 1, CHARTER)
    return school


def asked(school: School, text: str, account: Account | None = LI, place: Place | None = None) -> ConsultOutcome:
    return school.take(consult, Consult(account, place, text, asks=True))


def queue(school: School) -> tuple[QueueItem, ...]:
    found = school.take(list_queue, ListQueue(OFFICE, 1))
    assert isinstance(found, QueueListed)
    return found.items


def passage(school: School, queued: int, name: str) -> int:
    """Looked for heading by heading."""
    listed = school.take(list_sections, ListSections(OFFICE, queued))
    for _ in range(9):
        assert isinstance(listed, SectionsListed)
        one = next(one for one in listed.sections if name in one.name or one.name == "三、共同工作")
        if one.depth == 0:
            return one.passage
        listed = school.take(list_sections, ListSections(OFFICE, queued, one.passage, one.depth))
    raise AssertionError(name)


def waiting(school: School) -> int:
    assert isinstance(asked(school, UNKNOWN), Undecided)
    (item,) = queue(school)
    return item.number


def test_what_found_no_clause_waits_once_however_it_is_spelt(school: School) -> None:
    for text, account, place in ((UNKNOWN, LI, None), ("请问大伙儿多久聚一回", WANG, TEACHING), (UNKNOWN, LI, None)):
        asked(school, text, account, place)
    assert [(one.question, one.times, one.reason) for one in queue(school)] == [(UNKNOWN, 3, Reason.NONE)]


@pytest.mark.parametrize(
    ("text", "account", "place"),
    [
        (UNKNOWN, NOBODY, TEACHING),
        (UNKNOWN, NOBODY, None),
        (UNKNOWN, None, TEACHING),
        ("样王强家住哪里？", LI, None),
        ("样王强家住哪里？", LI, TEACHING),
        ("长" * (LONGEST + 1), LI, None),
        ("？！", LI, None),
        (CLEAR, LI, None),
    ],
)
def test_strangers_and_questions_about_people_never_wait(
    school: School, text: str, account: Account | None, place: Place | None
) -> None:
    asked(school, text, account, place)
    assert queue(school) == ()


def test_what_waits_stands_on_one_line_in_its_order_and_no_mark_in_a_name_hides_it(school: School) -> None:
    asked(school, "\u202e大伙儿\u200b多久\x00\n聚一回？\u202c")
    asked(school, "样李\u200b芳家住哪里？", WANG)
    assert [one.question for one in queue(school)] == ["大伙儿多久 聚一回？"]


def test_what_is_met_with_the_set_that_was_meant_waits_for_nobody(school: School) -> None:
    papers = school.ask(lambda session: tuple(editions.in_force(session, 1)))
    met = Undecided(papers, sets=(SetAsked("六统一", 2, ("甲", "乙"), "五统一"),))
    school.store.call(noted, Question(1, "五统一是什么？", LI, kept=True, keeper=False), met, school.now)
    assert queue(school) == ()


def test_what_is_no_question_by_its_form_is_not_kept(school: School) -> None:
    school.take(consult, Consult(LI, None, "孩子发烧了"))
    assert queue(school) == ()
    shown = school.take(show_counts, ShowCounts(OFFICE, 1))
    assert isinstance(shown, CountsShown)
    assert shown.month.total == 0


def test_words_that_are_not_kept_are_answered_and_rated_all_the_same(school: School) -> None:
    for words in ("联合教研多久一次", "样李芳说联合教研多久一次？"):
        card = school.take(consult, Consult(WANG, None, words, asks="？" in words))
        assert isinstance(card, Answered)
        kept = school.take(press_thumb, PressThumb(WANG, card.asked, up=False))
        assert isinstance(kept, ThumbKept)
        assert not kept.queued
    shown = school.take(show_counts, ShowCounts(OFFICE, 1))
    assert isinstance(shown, CountsShown)
    assert (shown.month.answered, shown.month.questions, shown.month.down, queue(school)) == (2, (), 1, ())


def test_a_linked_question_is_answered_at_once_and_the_link_is_taken_back(school: School) -> None:
    number = waiting(school)
    linked = school.take(link_queued, LinkQueued(OFFICE, number, passage(school, number, "联合教研")))
    assert isinstance(linked, QueuedLinked)
    answer = asked(school, "大伙儿多久聚一回", WANG, TEACHING)
    assert isinstance(answer, Answered)
    assert "每月开展一次联合教研" in answer.citations[0].text
    assert (queue(school), answer.blank, answer.passage) == ((), False, 0)
    opened = school.take(open_queued, OpenQueued(OFFICE, number, again=True))
    assert isinstance(opened, QueuedOpened)
    assert isinstance(asked(school, UNKNOWN), Undecided)
    assert len(queue(school)) == 1


def test_what_the_office_says_is_not_decided_is_said_so_and_taken_back(school: School) -> None:
    number = waiting(school)
    assert school.take(deny_queued, DenyQueued(OFFICE, number)) == QueuedDenied(number, 1, UNKNOWN)
    answer = asked(school, UNKNOWN)
    assert isinstance(answer, Undecided)
    assert (answer.settled, queue(school)) == (True, ())
    school.take(open_queued, OpenQueued(OFFICE, number, again=True))
    answer = asked(school, UNKNOWN)
    assert isinstance(answer, Undecided)
    assert not answer.settled


def test_a_button_of_an_edition_that_is_over_links_nothing(school: School) -> None:
    number = waiting(school)
    old = passage(school, number, "联合教研")
    school.store.call(publish, 1, CHARTER.replace("每月", "每周"))
    assert school.take(link_queued, LinkQueued(OFFICE, number, old)) == QueuedGone()
    assert school.take(link_queued, LinkQueued(OFFICE, number, 999_999_999)) == QueuedGone()
    assert school.take(show_also, ShowAlso(OFFICE, old)) == QuestionGone()
    assert len(queue(school)) == 1


def test_the_queue_forgets_what_nobody_asks_any_more(school: School) -> None:
    waiting(school)
    school.store.call(unanswered.forget, school.now + KEPT_FOR / 2)
    assert len(queue(school)) == 1
    school.store.call(unanswered.forget, school.now + KEPT_FOR * 2)
    assert queue(school) == ()


def test_a_thumb_counts_once_and_the_last_word_holds(school: School) -> None:
    card = asked(school, CLEAR)
    assert isinstance(card, Answered)
    presses = [
        school.take(press_thumb, PressThumb(by, card.asked, up))
        for by, up in ((LI, True), (LI, True), (LI, False), (WANG, True), (NOBODY, True))
    ]
    assert presses == [
        *(ThumbKept(up=True, again=False, queued=False), ThumbKept(up=True, again=True, queued=False)),
        *(ThumbKept(up=False, again=False, queued=True), ThumbKept(up=True, again=False, queued=False)),
        ThumbUseless(),
    ]
    shown = school.take(show_counts, ShowCounts(OFFICE, 1))
    assert isinstance(shown, CountsShown)
    assert (shown.month.up, shown.month.down) == (1, 1)


def test_what_did_not_help_waits_with_what_was_answered(school: School) -> None:
    card = asked(school, CLEAR)
    assert isinstance(card, Answered)
    school.take(press_thumb, PressThumb(LI, card.asked, up=False))
    (item,) = queue(school)
    opened = school.take(open_queued, OpenQueued(OFFICE, item.number))
    assert isinstance(opened, QueuedOpened)
    assert (opened.reason, opened.answer) == (Reason.UNHELPFUL, f"{TITLE} › 三、共同工作 › (一)教研联动")
    assert opened.candidates


def test_a_thumb_that_is_turned_again_and_again_waits_once_and_taken_back_no_more(school: School) -> None:
    card = asked(school, CLEAR)
    assert isinstance(card, Answered)

    def press(by: Account, *ups: bool) -> list[tuple[int, Reason]]:
        for up in ups:
            school.take(press_thumb, PressThumb(by, card.asked, up))
        return [(one.times, one.reason) for one in queue(school)]

    assert press(LI, False, True, False, True, False) == [(1, Reason.UNHELPFUL)]
    assert press(WANG, False, True, False) == [(2, Reason.UNHELPFUL)]
    assert press(LI, True) == [(1, Reason.UNHELPFUL)]
    assert press(WANG, True) == []


def test_a_thumb_taken_back_leaves_what_the_office_has_settled_before(school: School) -> None:
    number = waiting(school)
    before = school.store.call(unanswered.get, number)
    assert before is not None
    school.take(link_queued, LinkQueued(OFFICE, number, passage(school, number, "联合教研")))
    card = asked(school, UNKNOWN)
    assert isinstance(card, Answered)
    school.take(press_thumb, PressThumb(LI, card.asked, up=False))
    assert [(one.times, one.reason) for one in queue(school)] == [(2, Reason.UNHELPFUL)]
    school.take(press_thumb, PressThumb(LI, card.asked, up=True))
    assert queue(school) == ()
    assert school.store.call(unanswered.get, number) == replace(before, last_at=school.now, closed=True)


def test_where_none_of_the_offered_clauses_helped_the_question_waits_without_an_answer(school: School) -> None:
    offered = school.store.call(noted, Question(1, UNKNOWN, LI, kept=True, keeper=False), Choices(()), school.now)
    assert isinstance(offered, Choices)
    kept = school.take(press_thumb, PressThumb(LI, offered.asked, up=False))
    assert kept == ThumbKept(up=False, again=False, queued=True)
    (item,) = queue(school)
    opened = school.take(open_queued, OpenQueued(OFFICE, item.number))
    assert isinstance(opened, QueuedOpened)
    assert (opened.reason, opened.answer) == (Reason.UNHELPFUL, "")
    assert "当时只给了可能相关的条款" in Voice("zh").say(opened).text


def test_the_counts_name_a_question_only_when_two_have_asked_it(school: School) -> None:
    def told() -> CountsShown:
        shown = school.take(show_counts, ShowCounts(OFFICE, 1))
        assert isinstance(shown, CountsShown)
        return shown

    for _ in range(3):
        asked(school, CLEAR, LI)
    assert told().month.questions == ()
    asked(school, CLEAR, WANG)
    asked(school, UNKNOWN, WANG)
    counts = told().term
    assert counts.questions == ((CLEAR, 4),)
    assert counts.clauses == ((TITLE, ("三、共同工作", "(一)教研联动"), 4),)
    assert (counts.answered, counts.choices, counts.undecided, told().waiting) == (4, 0, 1, 1)


def test_words_right_under_a_heading_are_a_choice_beside_its_only_section(store: Store) -> None:
    school = begin(store)
    store.call(publish, 1, "样例章程\n一、教研\n教研由中心校统筹。\n(一)主题教研\n每月开展一次联合教研。\n")
    queued = waiting(school)
    listed = school.take(list_sections, ListSections(OFFICE, queued))
    assert isinstance(listed, SectionsListed)
    below = listed.sections[-1]
    listed = school.take(list_sections, ListSections(OFFICE, queued, below.passage, below.depth))
    assert isinstance(listed, SectionsListed)
    assert listed.path == (TITLE, "一、教研")
    assert [one.name for one in listed.sections] == ["教研由中心校统筹。", "每月开展一次联合教研。"]


def test_counts_and_thumbs_are_kept_for_a_year(school: School) -> None:
    card = asked(school, CLEAR)
    assert isinstance(card, Answered)
    school.take(press_thumb, PressThumb(LI, card.asked, up=True))
    for year, kept in ((1, 1), (2, 0)):
        school.store.call(forget, school.now.replace(year=school.now.year + year))
        assert [school.store.call(rows, table) for table in (AskedQuestion, Thumb)] == [kept, kept]


def rows(session: Session, table: type[SQLModel]) -> int:
    return len(session.exec(select(table)).all())


def test_an_organiser_gives_a_clause_more_questions_and_removes_one(school: School) -> None:
    card = asked(school, CLEAR, OFFICE)
    assert isinstance(card, Answered)
    assert isinstance(school.take(show_also, ShowAlso(OFFICE, card.passage)), AlsoShown)
    too_long = school.take(answer_prompt, AnswerPrompt(OFFICE, "几时碰头？\n" + "长" * (LONGEST + 1)))
    assert isinstance(too_long, AlsoTooLong)
    added = school.take(answer_prompt, AnswerPrompt(OFFICE, f"{UNKNOWN}\n\n几时碰头？"))
    assert isinstance(added, AlsoAdded)
    assert (added.questions, added.moved) == ((UNKNOWN, "几时碰头？"), 0)
    assert isinstance(asked(school, "几时碰头"), Answered)
    shown = school.take(show_also, ShowAlso(OFFICE, card.passage))
    assert isinstance(shown, AlsoShown)
    assert [one.question for one in shown.questions] == [UNKNOWN, "几时碰头？"]
    gone = shown.questions[0].number
    assert school.take(remove_question, RemoveQuestion(OFFICE, gone)) == QuestionRemoved(1, UNKNOWN)
    assert school.take(remove_question, RemoveQuestion(OFFICE, gone)) == QuestionGone()
    listed = school.take(list_bank, ListBank(OFFICE, 1))
    assert isinstance(listed, BankShown)
    assert [one.question for one in listed.items] == ["几时碰头？"]


def test_thumbs_and_questions_of_the_bank_are_in_the_copy_and_thumbs_are_erased(school: School) -> None:
    card = asked(school, CLEAR)
    assert isinstance(card, Answered)
    school.take(press_thumb, PressThumb(LI, card.asked, up=True))
    number = waiting(school)
    school.take(deny_queued, DenyQueued(OFFICE, number))
    kept = school.store.call(personal.kept, school.person("li"))
    assert kept["Thumb"] == [{"question": CLEAR, "helpful": True}]
    (written,) = school.store.call(personal.kept, school.person("chen"))["BankQuestion"]
    assert written["question"] == UNKNOWN
    school.store.call(personal.erase, school.person("li"), "T-1", school.now)
    shown = school.take(show_counts, ShowCounts(OFFICE, 1))
    assert isinstance(shown, CountsShown)
    assert (shown.month.up, shown.month.answered) == (0, 1)
