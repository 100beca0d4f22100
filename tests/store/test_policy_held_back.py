"""What is offered and not answered, however sure the judgement is: no number by the thing that is asked for, a second
question, a matter of every day that the clause does not speak of, or another clause that says otherwise."""

import pytest

from store.policies.deciding import CLOSE, EVEN, decide
from tests.store.made_model import model
from tests.store.policy_sample import index

READING = """一、读书会
读书会由教研组长牵头，每月两次。每本书写不少于八百字的心得。
二、师徒
师徒结对由教务处安排。每学期互相听课六节。
三、后勤
食堂配保洁，与各校食堂轮流互查，灭火器五个。
门卫室的保安应当备足六个。
夜间由各校轮流巡查校园，手电五个，记入台账。夜间保安三名。
四、校庆
校庆由河东中学筹办。各校派出方阵。场地提前布置。当天请毕业生回校。共需两万元。
五、观摩
观摩活动由各校轮流承办，准时到会。
六、田径
田径联赛共五所学校参赛。"""
KNOWN = index(READING)


def tier(question: str) -> str:
    """Of a judgement that is as sure as can be."""
    return decide(KNOWN, question, model()).tier


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("读书会每月几次", "answer"),
        ("读书会心得写多少字", "answer"),
        ("师徒结对听课几节", "answer"),  # in the sentence behind the one that speaks of them
        ("师徒结对多久一次", "none"),  # a frequency stands right there, or it is another thing's
        ("校庆要多少钱", "choices"),  # further on in the passage
        ("校庆要几小时", "none"),
    ],
)
def test_a_number_is_answered_with_the_clause_that_holds_one_where_it_speaks_of_the_matter(
    question: str, expected: str
) -> None:
    assert tier(question) == expected


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("食堂配几个保洁", "choices"),  # the five are of another thing
        ("门卫室要几个保安", "answer"),
        ("夜间轮流巡查校园有几个保安", "answer"),  # in the next sentence of the same clause
        ("田径联赛参赛的有几所", "answer"),  # names no thing beside which it would stand
    ],
)
def test_how_many_of_a_thing_is_answered_only_by_a_number_beside_it(question: str, expected: str) -> None:
    assert tier(question) == expected


@pytest.mark.parametrize(
    ("question", "expected"), [("观摩活动谁来承办", "answer"), ("观摩活动迟到谁来承办", "choices")]
)
def test_a_matter_of_every_day_is_answered_only_by_a_clause_that_speaks_of_it(question: str, expected: str) -> None:
    assert tier(question) == expected


@pytest.mark.parametrize(
    ("further", "expected"),
    [
        ("", "answer"),
        ("？心得写多少字", "answer"),
        ("？归谁牵头", "answer"),
        ("？有哪些书", "answer"),
        ("？算工作量吗", "choices"),
        ("？说说看", "choices"),
    ],
)
def test_a_second_question_is_answered_where_it_asks_for_a_number_a_person_or_a_list(
    further: str, expected: str
) -> None:
    assert tier("读书会每月几次" + further) == expected


def shared_by(first: str, second: str) -> str:
    return f"一、上课\n{first}的老师都来上课。\n二、听课\n{second}的老师都来听课。"


@pytest.mark.parametrize(
    ("first", "second", "apart", "expected"),
    [
        ("样江小学、样河小学", "样山小学、样海小学", EVEN / 2, "choices"),
        ("样江小学、样河小学", "样山小学、样海小学", EVEN * 2, "answer"),
        ("样江小学、样河小学", "样江小学、样河小学", EVEN / 2, "answer"),
        ("各小学", "各小学", EVEN / 2, "choices"),  # too little to be one and the same thing
    ],
)
def test_two_clauses_as_fit_are_both_offered_where_they_name_other_things(
    first: str, second: str, apart: float, expected: str
) -> None:
    assert decide(index(shared_by(first, second)), "哪些学校的老师都来", model(apart=apart)).tier == expected


@pytest.mark.parametrize(("apart", "expected"), [(CLOSE / 2, "choices"), (CLOSE * 2, "none")])
def test_a_clause_with_the_number_is_offered_behind_one_without_where_it_is_as_likely_meant(
    apart: float, expected: str
) -> None:
    known = index("一、读书会\n读书会书香班级评选办法由各校自定。\n二、名额\n书香班级每校两名。\n三、评价\n各校自评。")
    assert decide(known, "读书会书香班级评选几名", model(apart=apart)).tier == expected
