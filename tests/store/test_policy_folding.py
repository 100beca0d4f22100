"""One spelling for what means one thing; slips of the keyboard; and what must not be mistaken for one."""

import pytest

from store.policies.asking import read
from store.policies.folding import fold
from store.policies.slips import mend
from tests.store.policy_sample import index


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("資源共享", "资源共享"),
        ("ＡＢＣ１２名", "abc12名"),
        ("“三全”育人", "三全育人"),
        ("甲、乙；丙", "甲 乙 丙"),
        ("__市__中学", "市 中学"),
        ("三个一体", "三一体"),
        ("两个校区", "二校区"),
        ("处室4个", "处室四个"),
        ("联合体的老师", "教联体的教师"),
        ("零\u200b宽", "零宽"),
    ],
)
def test_one_spelling(written: str, folded: str) -> None:
    assert fold(written) == folded


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("联合教严几次", "联合教研几次"), ("课例站评", "课例展评"), ("跟港学习", "跟岗学习"), ("阅读结", "阅读节")],
)
def test_a_character_of_the_same_sound_is_set_right(typed: str, meant: str) -> None:
    known = index()
    assert mend(fold(typed), known.sounds, known.characters) == fold(meant)


@pytest.mark.parametrize("typed", ["五共", "三共", "联合教研是几次", "工资", "红烧肉"])
def test_numbers_other_words_and_what_is_right_are_left_alone(typed: str) -> None:
    known = index()
    assert mend(fold(typed), known.sounds, known.characters) == fold(typed)


@pytest.mark.parametrize(
    ("question", "stage"),
    [
        ("第一阶段做什么", "筹备启动"),
        ("最后那个阶段什么时候", "全面铺开"),
        ("第二步", "全面铺开"),
        ("第五步", "第五"),
        ("When does the first phase begin?", "筹备启动"),
    ],
)
def test_a_stage_may_be_called_by_its_place(question: str, stage: str) -> None:
    assert stage in " ".join(read(question, index()).spans)


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("联合教研多久一次", "frequency"),
        ("交流几年", "years"),
        ("教几年级", "grade"),
        ("哪天挂牌", "day"),
        ("副理事长几个人", "people"),
        ("谁负责解释", "who"),
        ("绩效怎么算", "method"),
        ("代课费多少钱", "money"),
        ("有哪些节日", "list"),
        ("跟岗学习", ""),
    ],
)
def test_what_kind_of_thing_is_asked_for(question: str, kind: str) -> None:
    found = read(question, index()).kind
    assert (found.name if found else "") == kind


@pytest.mark.parametrize(
    ("words", "somebody"),
    [("班会每周召开一次", False), ("进教室听课", False), ("理事会每月召开", True)],
)
def test_who_does_it_stands_in_the_clause(words: str, somebody: bool) -> None:
    who = read("班会谁来开", index()).kind
    assert who is not None
    assert who.proves(words) is somebody


@pytest.mark.parametrize("words", ["最高时速不得超过80公里", "年龄在60周岁以下", "室温不低于18度", "载重2吨"])
def test_any_measure_is_an_amount(words: str) -> None:
    amount = read("联合教研的茶叶是多少", index()).kind
    assert amount is not None
    assert amount.name == "amount"
    assert amount.proves(words)
