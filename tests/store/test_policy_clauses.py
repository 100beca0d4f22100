"""The clause tree: nesting, paths, and every word of a paper in exactly one place."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.policies.clauses import ClauseDraft, flat, tree
from store.policies.margins import Line
from tests.conftest import SHARED
from tests.store.policy_sample import CHARTER, drafts

PLANS = sorted((SHARED / "policy").glob("plan*.txt"))


def plain(text: str) -> str:
    return re.sub(r"\s", "", text)


def words(clauses: tuple[ClauseDraft, ...]) -> str:
    return plain("".join((clause.label or "") + clause.text for clause in flat(clauses)))


def path_of(opening: str) -> tuple[str, ...]:
    return next(clause.path for clause in flat(drafts(CHARTER)) if clause.text.startswith(opening))


def test_what_stands_before_the_first_heading_has_no_path() -> None:
    assert path_of("为办好") == ()


def test_a_paragraph_has_the_headings_above_it_as_they_stand() -> None:
    assert path_of("坚持以") == ("一、总则",)
    assert path_of("成立筹备组") == ("四、实施步骤", "1、筹备启动")


def test_unnumbered_headings_stand_side_by_side_under_the_main_heading() -> None:
    assert path_of("设理事长") == ("二、组织机构", "理事会")
    assert path_of("河东中学选派") == ("二、组织机构", "教师队伍")


def test_unnumbered_headings_hold_numbers_where_a_paper_has_no_main_numbers() -> None:
    clauses = drafts("序言。\n目标\n(一)起步。先做准备。\n原则\n(一)公平。一视同仁。")
    assert [clause.path for clause in flat(clauses)] == [
        (),
        ("目标",),
        ("目标", "(一)起步"),
        ("原则",),
        ("原则", "(一)公平"),
    ]


def test_a_main_number_leaves_an_unnumbered_heading() -> None:
    clauses = drafts("序言。\n前言\n说明文字。\n一、总则\n正文。")
    assert [clause.path for clause in clauses] == [(), ("前言",), ("一、总则",)]


def test_opening_words_head_their_clause_and_stay_in_its_text() -> None:
    found = next(clause for clause in flat(drafts(CHARTER)) if clause.heading == "教研联动")
    assert (found.label, found.path) == ("(一)", ("三、共同工作", "(一)教研联动"))
    assert found.text.startswith("教研联动。每月")


def test_a_numbered_sentence_is_no_heading() -> None:
    found = next(clause for clause in flat(drafts(CHARTER)) if clause.text.startswith("成员校教师"))
    assert (found.label, found.heading) == ("2、", None)


def test_a_stage_with_its_dates_in_the_heading_is_a_heading() -> None:
    clauses = tree([Line("(一)准备阶段(20__年__月—20__年__月)。", 1), Line("做好准备工作。", 2)])
    assert clauses[0].heading == clauses[0].text == "准备阶段(20__年__月—20__年__月)。"
    assert clauses[0].children[0].path == ("(一)准备阶段(20__年__月—20__年__月)。",)


def test_levels_that_the_file_marks_nest_above_numbers() -> None:
    clauses = tree([Line("总则", 1, 1), Line("适用", 2, 2), Line("一、范围", 3), Line("附则", 4, 1)])
    assert [clause.path for clause in flat(clauses)] == [
        ("总则",),
        ("总则", "适用"),
        ("总则", "适用", "一、范围"),
        ("附则",),
    ]


def test_a_blank_is_noticed_in_its_clause_only() -> None:
    blanks = [clause.text[:4] for clause in flat(drafts(CHARTER)) if clause.blank]
    assert blanks == ["为办好河", "坚持以_", "(20_"]


def test_every_word_of_the_sample_is_held_once_and_in_order() -> None:
    assert words(drafts(CHARTER)) == plain(CHARTER)


@pytest.mark.skipif(not PLANS, reason="the three plans are not here: ../shared/policy is absent")
def test_every_word_of_the_three_plans_is_held_once_and_in_order() -> None:
    for plan in PLANS:
        text = plan.read_text(encoding="utf-8")
        assert words(drafts(text)) == plain(text), plan.name


pieces = st.sampled_from(["一、", "(二)", "3、", "（4）", "第五条", "⑥", "总则", "20__年", "。", "，", "  ", "甲乙"])
mixed = st.lists(pieces, min_size=1, max_size=6).map("".join)
lines = st.lists(st.one_of(mixed, st.text(min_size=1, max_size=30)), max_size=12)


@given(lines)
def test_the_tree_of_any_text_holds_every_word_once_and_in_order(texts: list[str]) -> None:
    kept = [line for text in texts for line in text.splitlines() if line.strip()]
    assert words(tree([Line(text, at) for at, text in enumerate(kept, 1)])) == plain("".join(kept))
