"""The three tiers: how sure is sure enough for one answer, what is offered beside it, and an article by its number."""

import pytest

from store.policies.deciding import CHOICES, LIKELY, SURE, Decision, decide
from store.policies.quoting import quote
from store.policies.ranking import Index
from tests.store.made_model import model
from tests.store.policy_sample import index

A_LITTLE = 0.001
CLUBS = """一、书法社
书法社每周三在河东中学活动。
二、合唱团
合唱团每周四在河西小学活动。
三、读书会
各校读书会自定。
四、田径队
田径队、书法社、合唱团的活动器材由各校自备。
五、棋社
棋社活动不限年级。"""
OFFICES = "一、总则\n教联体下设处室4个，统筹管理。\n二、校区\n分校下设处室5个，负责日常。\n三、活动\n各校开展活动。"


def quotes(decision: Decision) -> list[str]:
    return [quote(hit.entry.passage, hit.sentence) for hit in decision.hits]


@pytest.mark.parametrize(
    ("sure", "likely", "tier"),
    [
        (SURE + A_LITTLE, 0.9, "answer"),
        (SURE - A_LITTLE, 0.9, "choices"),
        (0.1, LIKELY + A_LITTLE, "choices"),
        (0.1, LIKELY - A_LITTLE, "none"),
        (0.9, LIKELY - A_LITTLE, "none"),  # none of those that would be offered
    ],
)
def test_the_sure_answer_the_likely_are_offered_the_rest_is_not_decided(sure: float, likely: float, tier: str) -> None:
    decision = decide(index(CLUBS), "书法社周几活动", model(sure, likely))
    assert decision.tier == tier
    assert quotes(decision)[:1] == ([] if tier == "none" else ["书法社每周三在河东中学活动。"])


def test_a_question_that_no_kind_fits_is_answered_too() -> None:
    decision = decide(index(CLUBS), "书法社活动", model())
    assert (decision.tier, quotes(decision)) == ("answer", ["书法社每周三在河东中学活动。"])


def test_at_most_three_are_offered_each_half_as_sure_for_each_unit_that_it_stays_behind() -> None:
    decision = decide(index(CLUBS), "社团活动", model(sure=0.6, apart=1.0))
    assert len(set(quotes(decision))) == len(decision.hits) == CHOICES
    assert [hit.confidence for hit in decision.hits] == pytest.approx([0.6, 0.3, 0.15])


def test_what_one_offered_clause_already_quotes_is_not_offered_again() -> None:
    known = index("一、比赛\n(一)书法比赛每年一次。\n(二)合唱比赛两年一次。\n二、评价\n各校自评。")
    offered = quotes(decide(known, "书法比赛有哪些安排", model(sure=0.5)))
    assert "\n".join(offered).count("书法比赛每年一次") == 1


def test_a_bare_count_is_offered_from_each_that_counts_however_sure_the_first_is() -> None:
    for question in ("一共有几个处室", "教联体一共有几个处室"):  # 教联体 tells nothing
        decision = decide(index(OFFICES), question, model())
        assert decision.tier == "choices"
        assert quotes(decision) == ["教联体下设处室4个，统筹管理。", "分校下设处室5个，负责日常。"]


def test_a_count_that_says_whose_is_answered_with_theirs() -> None:
    decision = decide(index(OFFICES), "分校有几个处室", model())
    assert (decision.tier, quotes(decision)) == ("answer", ["分校下设处室5个，负责日常。"])


def test_a_bare_count_that_one_clause_answers_is_answered_by_it_also_where_hardly_sure() -> None:
    known = index("一、总则\n下设处室4个。\n二、活动\n各处室开展活动。\n三、评价\n各校自评。")
    decision = decide(known, "一共有几个处室", model(sure=0.4))
    assert (decision.tier, quotes(decision)) == ("answer", ["下设处室4个。"])
    assert decision.hits[0].confidence == SURE


def papers(*texts: str) -> Index:
    return Index(tuple(entry for at, text in enumerate(texts) for entry in index(text, f"章程{at}").entries))


LONG = "第三条 " + "各校轮流承办观摩活动，并提前公布安排。" * 40 + "承办学校负责接待。"


@pytest.mark.parametrize(("having", "tier"), [(0, "none"), (1, "answer"), (2, "choices"), (3, "choices")])
def test_an_article_is_quoted_from_each_paper_that_has_it(having: int, tier: str) -> None:
    texts = [
        "第一条 为办好联合体，制定本章程。\n第二条 各校平等。" + f"\n第三条 第{at}份如此。" for at in range(having)
    ]
    decision = decide(papers(*texts, "第一条 各校协商。"), "第三条讲了什么", model(sure=0.01, likely=0.01))
    assert decision.tier == tier
    assert quotes(decision) == [f"第三条 第{at}份如此。" for at in range(having)]


def test_an_article_that_no_paper_has_is_not_decided() -> None:
    assert decide(papers("第一条 各校协商。", "第一条 各校平等。"), "九条是什么", model()) == Decision("none")


def test_of_more_papers_with_the_article_three_are_offered() -> None:
    decision = decide(papers(*(f"第三条 第{at}份如此。" for at in range(5))), "第三条", model())
    assert (decision.tier, len(decision.hits)) == ("choices", CHOICES)


def test_a_long_article_is_quoted_from_its_beginning_and_as_surely_as_an_answer_is() -> None:
    decision = decide(index(LONG), "第三条", model(sure=0.01))
    assert quotes(decision)[0].startswith("第三条")
    assert decision.hits[0].confidence >= SURE
