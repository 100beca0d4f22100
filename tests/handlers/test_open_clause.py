"""A clause opened from a card: the clause, its section, its article, page by page, in the edition that was quoted."""

import pytest

from bot.voice import Voice
from handlers.ask import Answered, Choices, Overtaken, Quoted, Undecided
from handlers.consult import Consult, ConsultOutcome, consult
from handlers.fill_slot import BlanksListed, ListBlanks, list_blanks
from handlers.open_clause import (
    MOST_PAGES,
    PAGE,
    ClauseGone,
    ClauseInPrivate,
    ClauseShown,
    OpenClause,
    View,
    open_clause,
)
from handlers.participants import NotLinked
from handlers.start import Unlinked
from handlers.text_units import units
from store.accounts import Account
from store.chats import Place
from store.database import Store
from store.policies import editions, history, slots, surroundings
from store.policies.asked_sets import asked_sets, miscounted
from store.policies.passages import passages
from store.policies.ranking import Entry, Index
from store.policies.remarks import SetAsked
from tests.handlers.event_sample import FILE, LI, NOBODY, OFFICE, School, begin
from tests.store.policy_sample import CHARTER, TITLE, drafts, publish

QUESTION = "联合教研多久开展一次？"
TEACHING, STRANGE = Place("telegram", "-1001"), Place("telegram", "-77")
ELSEWHERE = Account("telegram", "8001")
SHARED = "三、共同工作"


@pytest.fixture
def school(store: Store) -> School:
    """Two consortiums; only the first has a paper."""
    school = begin(store)
    person = {"key": "x", "name": "样邻", "school": "core", "roles": ("teacher",), "telegram": 8001}
    begin(store, consortium=FILE["consortium"] | {"key": "other"}, person=(person,), class_=(), chat=())
    store.call(publish, 1, CHARTER)
    return school


def asked(school: School, text: str, card: int | None = None, place: Place | None = None) -> ConsultOutcome:
    return school.take(consult, Consult(LI, place, text, card=card))


def cited(school: School, text: str = QUESTION) -> Quoted:
    outcome = asked(school, text)
    assert isinstance(outcome, Answered)
    return outcome.citations[0]


def clause_with(school: School, words: str) -> int:
    """The number of the first clause in force that holds these words."""
    edition = school.ask(lambda session: editions.in_force(session, 1))[0].id
    return next(
        one.number for one in school.ask(lambda session: surroundings.lines(session, edition)) if words in one.words
    )


def opened(school: School, clause: int, view: View = View.CLAUSE, page: int = 1) -> ClauseShown:
    outcome = school.store.call(open_clause, OpenClause(LI, None, clause, view, page), school.now)
    assert isinstance(outcome, ClauseShown)
    return outcome


def lines_of(text: str, first: str, last: str) -> list[str]:
    every = text.splitlines()
    start = next(at for at, line in enumerate(every) if line.startswith(first))
    return every[start : next(at for at, line in enumerate(every) if line.startswith(last)) + 1]


def test_an_answer_says_since_when_it_is_in_force_by_the_consortiums_calendar(school: School) -> None:
    one = cited(school)
    assert (one.document, one.edition, f"{one.since}") == (TITLE, 1, "2026-09-01")
    assert "每月开展一次联合教研" in opened(school, one.clause).citation.text


def test_the_article_is_all_that_stands_under_the_topmost_heading(school: School) -> None:
    clause = clause_with(school, "交流时间为两年")
    section, article = opened(school, clause, View.SECTION), opened(school, clause, View.ARTICLE)
    assert section.citation.section
    assert section.citation.text.splitlines() == lines_of(CHARTER, "教师队伍", "2、成员校教师")
    assert article.citation.text.splitlines() == lines_of(CHARTER, "二、组织机构", "2、成员校教师")
    assert (section.citation.path, article.citation.path) == (("二、组织机构", "教师队伍"), ("二、组织机构",))
    assert article.overtaken is None


def test_where_the_section_is_the_whole_article_only_one_is_offered(school: School) -> None:
    one = cited(school)
    assert not one.section
    assert (
        opened(school, one.clause, View.SECTION).citation.text == opened(school, one.clause, View.ARTICLE).citation.text
    )


def test_what_stands_under_no_heading_is_read_with_the_paragraphs_beside_it(school: School, store: Store) -> None:
    store.call(publish, 1, "联合体由河东中学牵头组建。\n联合体每月出一期简报。\n一、总则\n各校平等协商。")
    article = opened(school, clause_with(school, "简报"), View.ARTICLE)
    assert article.citation.text == "联合体由河东中学牵头组建。\n联合体每月出一期简报。"
    assert article.citation.path == ()


def test_every_line_of_a_long_article_can_be_read_page_by_page(school: School, store: Store) -> None:
    lines = [
        "一、教研",
        "每月开展一次联合教研。",
        "😀" * 2 * PAGE,
        *(f"第{number}组由各校轮流牵头。" for number in range(400)),
    ]
    store.call(publish, 1, "\n".join(lines))
    clause = clause_with(school, "每月开展")
    first = opened(school, clause, View.ARTICLE)
    pages = [opened(school, clause, View.ARTICLE, page) for page in range(1, first.pages + 1)]
    assert all(units(page.citation.text) <= PAGE for page in pages)
    assert "".join(page.citation.text for page in pages).replace("\n", "") == "".join(lines)
    assert opened(school, clause, View.ARTICLE, 99).page == first.pages


def test_an_article_without_end_says_on_its_last_page_where_the_rest_is(school: School, store: Store) -> None:
    store.call(publish, 1, "一、教研\n每月开展一次联合教研。\n" + "长" * PAGE * MOST_PAGES)
    clause = clause_with(school, "每月开展")
    before, last = (opened(school, clause, View.ARTICLE, page) for page in (MOST_PAGES - 1, MOST_PAGES))
    assert [last.page, last.pages, last.cut] == [MOST_PAGES, MOST_PAGES, True]
    said, told = Voice("zh").say(before), Voice("zh").say(last)
    assert "全文请向教联体办公室要" in told.text
    assert "全文" not in said.text
    assert [[one.data for one in row][-1] for row in (said.buttons[0], told.buttons[0])] == [
        f"clause_article:{clause}:{page}" for page in (MOST_PAGES, MOST_PAGES - 1)
    ]


def test_a_card_keeps_to_the_edition_that_it_quotes(school: School, store: Store) -> None:
    old = cited(school).clause
    store.call(publish, 1, CHARTER.replace("每月开展一次联合教研", "每学期开展一次联合教研"))
    shown = opened(school, old)
    assert "每月开展一次联合教研" in shown.citation.text
    assert shown.overtaken == Overtaken(TITLE, 1, 2)
    assert "每学期开展一次联合教研" in opened(school, shown.current).citation.text
    assert opened(school, shown.current).overtaken is None
    reply = asked(school, QUESTION, card=old)
    assert isinstance(reply, Answered)
    assert reply.overtaken == Overtaken(TITLE, 1, 2)
    assert "每学期" in reply.citations[0].text
    undecided = asked(school, "请假找谁批", card=old, place=TEACHING)
    assert isinstance(undecided, Undecided)
    assert (undecided.group, undecided.overtaken) == (True, Overtaken(TITLE, 1, 2))


def test_a_clause_that_is_gone_from_the_edition_in_force_is_looked_for_no_further(school: School, store: Store) -> None:
    old = cited(school).clause
    store.call(publish, 1, "一、总则\n各校平等协商。")
    assert opened(school, old).current == 0


def test_of_a_paper_that_was_withdrawn_the_card_says_so(school: School, store: Store) -> None:
    old = cited(school).clause
    store.call(lambda session: history.withdraw(session, 1, school.now))
    shown = opened(school, old, View.ARTICLE)
    assert (shown.overtaken, shown.current) == (Overtaken(TITLE, 1, None), 0)
    assert SHARED in shown.citation.text


def test_a_blank_is_filled_beside_whatever_shows_it(school: School, store: Store) -> None:
    slot = school.take(list_blanks, ListBlanks(OFFICE, 1))
    assert isinstance(slot, BlanksListed)
    number = next(one.slot for one in slot.blanks if "年__月" in one.around)
    store.call(slots.fill, number, "2026年9月", "", 1, school.now)
    stage = clause_with(school, "筹备启动")
    assert opened(school, stage).citation.text.splitlines() == lines_of(CHARTER, "1、筹备启动", "成立筹备组")
    assert opened(school, stage, View.SECTION).citation.text.splitlines()[0] == "四、实施步骤"
    for view in View:
        assert [one.value for one in opened(school, stage, view).filled] == ["2026年9月"]


def test_a_group_reads_long_passages_in_private(school: School) -> None:
    clause = cited(school).clause
    for view in (View.SECTION, View.ARTICLE):
        outcome = school.take(open_clause, OpenClause(LI, TEACHING, clause, view))
        assert outcome == ClauseInPrivate(f"{view}_{clause}")
    assert isinstance(school.take(open_clause, OpenClause(NOBODY, TEACHING, clause, View.ARTICLE)), NotLinked)
    assert isinstance(school.take(open_clause, OpenClause(NOBODY, TEACHING, clause)), ClauseShown)


def test_nobody_else_opens_a_clause(school: School) -> None:
    clause = cited(school).clause
    assert school.take(open_clause, OpenClause(NOBODY, None, clause)) == Unlinked()
    for forged in (OpenClause(ELSEWHERE, None, clause), OpenClause(LI, STRANGE, clause), OpenClause(LI, None, 9999)):
        assert school.take(open_clause, forged) == ClauseGone()
    assert school.take(consult, Consult(ELSEWHERE, None, QUESTION, card=clause)) == Undecided(())


def test_each_of_several_clauses_can_be_opened(school: School, store: Store) -> None:
    store.call(publish, 1, "一、总则\n各校自定办学特色。\n二、活动\n共同开展特色活动。")
    outcome = asked(school, "特色")
    assert isinstance(outcome, Answered | Choices)
    for one in outcome.citations:
        assert opened(school, one.clause).citation.text == one.text


SIX = ("理念", "制度", "师资", "教研", "考核", "分配")
ONES = "1.三个一体：教学管理一体、教师研训一体、课程资源一体。"
FEASTS = "2.四季八节。春季有风筝节、旅游节，夏季有艺术节、感恩节，秋季有科技节、体育节，冬季有英语节、读书节等。"
THREE = ("共备课", "共上课", "共评课")


def test_a_set_that_is_asked_for_by_its_name_is_counted(school: School) -> None:
    outcome = asked(school, "“三共”是哪三个？")
    assert isinstance(outcome, Answered | Choices)
    assert outcome.sets == (SetAsked("三共", 3, THREE, ""),)


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("三个共是哪些", SetAsked("三共", 3, THREE, "")),
        ("4共是哪四个？", SetAsked("三共", 3, THREE, "四共")),
        ("共有几个", None),
        ("每月几次", None),
    ],
)
def test_a_wrong_count_is_met_with_what_the_paper_says(question: str, said: SetAsked | None) -> None:
    assert asked_sets(question, drafts(CHARTER), "") == ((said,) if said else ())


@pytest.mark.parametrize(
    ("question", "name", "instead"),
    [
        ("五统一是什么", "六统一", "五统一"),
        ("四个一体包括什么？", "三个一体", "四一体"),
        ("五季十节都有啥", "四季八节", "五季十节"),
        ("六统一何时废止", "", ""),
        ("三楼会议室怎么借", "", ""),
    ],
)
def test_what_nothing_answers_is_met_with_the_set_that_is_called_nearly_so(
    question: str, name: str, instead: str
) -> None:
    paper = passages(drafts(f"一、管理\n实行“六统一”：{'、'.join(SIX)}。\n{ONES}\n{FEASTS}\n"))
    said = miscounted(question, Index(tuple(Entry(one, TITLE, 1) for one in paper)))
    assert [(one.name, one.instead) for one in said] == ([(name, instead)] if name else [])
    assert all(len(one.members) == one.count for one in said)


@pytest.mark.parametrize(("question", "instead"), [("六统一有哪些", ""), ("五统一是哪五个", "五统一")])
def test_members_that_have_a_line_each_are_not_said_twice(question: str, instead: str) -> None:
    six = ("规划", "管理", "师资", "教学", "评价", "招生")
    paper = drafts("一、办学体制\n实行“六统一”，即" + "、".join(f"统一{one}" for one in six) + "。")
    (whole,) = asked_sets(question, paper, "办学体制")
    assert (whole.name, whole.count, len(whole.members), whole.instead) == ("六统一", 6, 6, instead)
    (short,) = asked_sets(question, paper, "\n".join(["六统一", *(f"统一{one}" for one in six)]))
    assert (short.count, short.members) == (6, ())
