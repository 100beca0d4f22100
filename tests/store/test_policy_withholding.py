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
