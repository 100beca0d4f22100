"""Where a clause stands: found again in its edition, with its section, its article, and the edition that it is of."""

import pytest

from store.database import Session, Store
from store.policies import editions, surroundings
from store.policies.clauses import flat
from store.policies.passages import LIMIT, passages
from store.policies.quoting import quote
from store.policies.surroundings import Lines
from tests.store.policy_sample import CHARTER, TITLE, adopt, drafts, publish

LONG = "一、阶段\n1、筹备\n{0}\n2、推进\n{0}".format("逐步推进各项工作。" * 50)


@pytest.fixture
def river(store: Store) -> int:
    river = store.call(adopt, "river")
    store.call(publish, river, CHARTER)
    return river


def lines(store: Store, consortium: int) -> Lines:
    def read(session: Session) -> Lines:
        return surroundings.lines(session, editions.in_force(session, consortium)[0].id)

    return store.call(read)


def at(every: Lines, words: str) -> int:
    return next(place for place, one in enumerate(every) if words in one.words)


def test_an_edition_is_read_line_by_line_as_it_stands_in_the_paper(store: Store, river: int) -> None:
    every = lines(store, river)
    assert [one.words for one in every] == CHARTER.splitlines()
    roots = [place for place, one in enumerate(every) if one.parent is None]
    again = [clause for root in roots for clause in flat((surroundings.draft(every, root),))]
    assert [(one.words, one.path) for one in again] == [(one.words, one.path) for one in flat(drafts(CHARTER))]


def test_whatever_is_quoted_is_found_again(store: Store, river: int) -> None:
    every = lines(store, river)
    for passage in passages(drafts(CHARTER)):
        text = quote(passage, 0)
        place = surroundings.located(every, passage.path, text)
        assert place is not None
        assert text.splitlines()[0] in every[place].words
    assert surroundings.located(every, ("一、总则",), "没有这一句") == at(every, "一、总则")
    assert surroundings.located(every, ("九、没有",), "没有这一句") is None


PREAMBLE = ("为办好河东教联体", "为办好河东教联体")
ORGANS, TEACHERS = ("二、组织机构", "2、成员校教师"), ("教师队伍", "2、成员校教师")
SHARED, STEPS, BEGINNING = (
    ("三、共同工作", "(三)学生成长"),
    ("四、实施步骤", "三校同时挂牌"),
    ("1、筹备启动", "成立筹备组"),
)


@pytest.mark.parametrize(
    ("words", "section", "article"),
    [
        ("为办好河东教联体", PREAMBLE, PREAMBLE),
        ("每月开展", SHARED, SHARED),
        ("交流时间为两年", TEACHERS, ORGANS),
        ("教师队伍", ORGANS, ORGANS),  # itself is shown whole already
        ("成立筹备组", BEGINNING, STEPS),
    ],
)
def test_a_section_is_the_heading_above_and_the_article_the_topmost(
    store: Store, river: int, words: str, section: tuple[str, str], article: tuple[str, str]
) -> None:
    """Each by the words that its first and its last line begin with."""
    every = lines(store, river)
    for taken, (first, last) in (
        (surroundings.section(every, at(every, words)), section),
        (surroundings.article(every, at(every, words)), article),
    ):
        assert taken == range(at(every, first), at(every, last) + 1)


def test_a_clause_longer_than_a_quotation_is_shown_by_what_its_parts_are_called(store: Store, river: int) -> None:
    store.call(publish, river, LONG)
    every = lines(store, river)
    assert sum(len(one.words) for one in every) > LIMIT
    assert surroundings.whole(every, 0) == ["一、阶段", "1、筹备", "2、推进"]
    assert surroundings.section(every, 0) == range(len(every))
    assert len(surroundings.whole(every, 1)) == 2


def test_a_clause_is_traced_to_its_edition_when_that_is_over(store: Store, river: int) -> None:
    old = lines(store, river)[0].number
    store.call(publish, river, LONG)
    found = store.call(surroundings.trace, old)
    assert found is not None
    assert (found.consortium, found.edition.title, found.edition.number) == (river, TITLE, 1)
    assert found.edition.until is not None
    new = store.call(surroundings.trace, lines(store, river)[0].number)
    assert new is not None
    assert (new.edition.number, new.edition.until) == (2, None)
    assert store.call(surroundings.trace, 9999) is None
