"""Withheld: the fittest passage speaks of the matter and leaves out the very thing that is asked."""

import pytest

from store.policies.asking import read
from store.policies.evidence import candidates
from store.policies.judging import ranked, shipped
from store.policies.withholding import withheld
from tests.store.policy_sample import index

PAPER = """一、走教
到河岭小学走教，每人每天补助20元。
河湾小学的教师由学区统一派车接送。
代课每节补助25元，从代课经费里开支。
二、活动
每年举办一次戏剧节，六月演出。
体检的当天视同出勤。
考核结果于12月20日公布。
三、组织
理事中途出缺的，由原推荐单位在一个月内补推。
配育人导师一名，由班主任担任。"""
KNOWN = index(PAPER)


def left_out(text: str) -> bool:
    question = read(text, KNOWN)
    best = ranked(candidates(KNOWN, question), shipped().wording, shipped().fitness)[0]
    return withheld(KNOWN, question, best)


@pytest.mark.parametrize(
    ("asked_of_it", "asked_beside_it"),
    [
        ("到河岭小学走教一天补多少钱", "到河湾小学走教一天补多少钱"),
        ("理事中途出缺谁来补推", "监事中途出缺谁来补推"),
        ("育人导师由什么人担任", "育人导师要什么证书"),
        ("考核结果几号公布", "戏剧节几号演出"),
        ("戏剧节在几月份", "体检在几月份"),
        ("代课补助多少钱", "代课经费一年多少钱"),
        ("代课一节补多少钱", "明天代课一节补多少钱"),
    ],
)
def test_what_the_passage_leaves_out_is_not_answered_with_it(asked_of_it: str, asked_beside_it: str) -> None:
    assert not left_out(asked_of_it)
    assert left_out(asked_beside_it)


def test_whether_it_is_that_school_is_answered_by_what_names_another() -> None:
    assert not left_out("到河湾小学走教每人每天补助20元吗")
