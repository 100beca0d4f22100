"""Withheld: the fittest passage speaks of the matter and leaves out the very thing that is asked, so it is offered."""

import pytest

from store.policies.deciding import decide
from tests.store.made_model import model
from tests.store.policy_sample import index

PAPER = """一、走教
到河岭小学走教，每人每天补助20元。
河湾小学的教师由学区统一派车接送。
代课每节补助25元，从代课经费里开支。
二、活动
每年举办一次戏剧节，六月演出。
体检的当天视同出勤。
考核结果于12月20日公布。
读书会每月开两次，由各校轮流主持。
三、组织
理事中途出缺的，由原推荐单位在一个月内补推。
由县教育局派人监督，每年换一次。
配育人导师一名，由班主任担任。
裁判抽签产生。
四、筹备
(2027年3月—2027年6月)
挂牌前成立筹备组。"""
KNOWN = index(PAPER)


def tier(question: str) -> str:
    """Of a judgement that is as sure as can be: what is not answered is withheld."""
    return decide(KNOWN, question, model()).tier


@pytest.mark.parametrize(
    ("asked_of_it", "asked_beside_it"),
    [
        ("到河岭小学走教一天补多少钱", "到河湾小学走教一天补多少钱"),
        ("理事中途出缺谁来补推", "监事中途出缺谁来补推"),
        ("监事由谁派", "家长由谁派"),  # 监督 is near to 监事
        ("育人导师由什么人担任", "育人导师要什么证书"),
        ("育人导师由啥人担任", "育人导师要啥证书"),
        ("考核结果几号公布", "戏剧节几号演出"),
        ("戏剧节在几月份", "体检在几月份"),
        ("代课补助多少钱", "代课经费一年多少钱"),
        ("代课一节补多少钱", "明天代课一节补多少钱"),
    ],
)
def test_what_the_passage_leaves_out_is_not_answered_with_it(asked_of_it: str, asked_beside_it: str) -> None:
    assert tier(asked_of_it) == "answer"
    assert tier(asked_beside_it) == "choices"


@pytest.mark.parametrize(
    "question",
    [
        "到河湾小学走教每人每天补助20元吗",  # whether it is that school, one that names another tells
        "到样山小学走教一天补多少钱",  # a school that no paper knows: how sure that is, is learned
        "裁判用什么方式产生",  # a mere asking word, which no clause has to repeat
        "读书会一年开几次",  # only money is meant for a time and for no other
        "挂牌前哪天成立筹备组",  # a stage has its dates
        "裁判抽签",  # asks for nothing in particular
    ],
)
def test_what_is_not_left_out_is_answered(question: str) -> None:
    assert tier(question) == "answer"


@pytest.mark.parametrize(
    ("asked", "said", "expected"),
    [
        ("几月", "九月的周五", "answer"),
        ("哪个月", "秋季的周五", "answer"),
        ("几月", "每学期的周五", "answer"),
        ("几月", "期末的周五", "answer"),
        ("几月", "开学后的周五", "answer"),
        ("月份", "寒假的周五", "answer"),
        ("几月", "每月的周五", "answer"),
        ("几月", "报名月份的周五", "answer"),
        ("几月", "周五", "choices"),
        ("哪个月", "周五", "choices"),
        ("月份", "周五", "choices"),
        ("几号", "九月十日", "answer"),
        ("哪天", "九月8号", "answer"),
        ("哪天", "开学当天", "answer"),
        ("几号", "报名的次日", "answer"),
        ("几号", "九月的周五", "answer"),
        ("几号", "九月的星期五", "answer"),
        ("几号", "六月的期末", "answer"),
        ("哪一天", "九月开学", "answer"),
        ("几号", "九月上旬", "answer"),
        ("几号", "九月", "choices"),
        ("哪天", "九月", "choices"),
        ("哪一天", "九月", "choices"),
        ("几月几号", "九月", "choices"),
    ],
)
def test_a_month_and_a_day_are_answered_by_what_is_as_fine(asked: str, said: str, expected: str) -> None:
    known = index(f"一、活动\n书画展览在{said}举行。\n二、评价\n各校自评。\n三、展览\n展览由各校承办。")
    assert decide(known, f"书画展览{asked}举行", model()).tier == expected


@pytest.mark.parametrize("school", ["河湾小学", "河湾中学", "河湾初中"])
def test_another_school_is_told_from_the_one_that_is_asked(school: str) -> None:
    known = index(f"一、走教\n到河岭小学走教，每人每天补助20元。\n二、接送\n{school}的教师由学区统一派车接送。")
    assert decide(known, f"到{school}走教一天补多少钱", model()).tier == "choices"


@pytest.mark.parametrize("period", ["每天", "每周", "每个月", "每个学期", "一年", "每年", "每学年"])
def test_money_for_one_time_is_not_answered_with_money_for_another(period: str) -> None:
    def tier_of(said: str) -> str:
        known = index(f"一、补助\n走教{said}补助20元。\n二、评价\n各校自评。")
        return decide(known, f"走教{period}补助多少钱", model()).tier

    assert tier_of(period) == "answer"
    assert tier_of("每节") == "choices"
