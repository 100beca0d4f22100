"""What stands inside a clause: sets whose count is right, numbers in the paper's own words, blanks."""

import pytest

from store.policies.blanks import blanks
from store.policies.clauses import flat
from store.policies.numbers import NumberKind, numbers, value
from store.policies.sets import sets
from tests.store.policy_sample import drafts

SEASONS = (
    "四季八节。春季有风筝节、旅游节，夏季有艺术节、感恩节，秋季有科技节、体育节，冬季有英语节、读书节等，"
    "借以育人。"
)


@pytest.mark.parametrize(
    ("text", "name", "members"),
    [
        ("推行“六统一”(理念、制度、师资、教研、评价、绩效)。", "六统一", "理念 制度 师资 教研 评价 绩效"),
        ("三个一体：管理一体、研训一体、资源一体。", "三个一体", "管理一体 研训一体 资源一体"),
        ("各校做到三个不变：法人身份不变，拨款渠道不变，编制不变。", "三个不变", "法人身份不变 拨款渠道不变 编制不变"),
        ("举办“三节一营”，即种植节、戏剧节、丰收节和科创营。", "三节一营", "种植节 戏剧节 丰收节 科创营"),
        ("分三个阶段实施：启动、推进、总结。", "三个阶段", "启动 推进 总结"),
        ("先开英语、音乐、美术和科学四门课。", "四门课", "英语 音乐 美术 科学"),
        (SEASONS, "四季八节", "风筝节 旅游节 艺术节 感恩节 科技节 体育节 英语节 读书节"),
    ],
)
def test_a_set_is_named_with_its_members(text: str, name: str, members: str) -> None:
    found = {one.name: one for one in sets(drafts(text)[0])}
    assert list(found[name].members) == members.split()
    assert found[name].count == len(members.split())
    assert all(member in text for member in found[name].members)


def test_clauses_below_a_count_are_its_members() -> None:
    clauses = drafts("第一条　集团遵循下列三项原则：\n（一）公益为先；\n（二）平等协商；\n（三）公开透明。")
    assert [(one.name, one.members) for one in sets(clauses[0])] == [("三项原则", ("公益为先", "平等协商", "公开透明"))]


@pytest.mark.parametrize(
    "text", ["“六统一”(理念、制度、师资)。", "三所学校：一切为了学生。", "每学期召开两次，开学一次，期末一次。"]
)
def test_what_is_counted_wrongly_or_not_named_is_no_set(text: str) -> None:
    assert sets(drafts(text)[0]) == ()


@pytest.mark.parametrize(
    ("text", "kind", "number", "unit"),
    [
        ("每月开展一次联合教研", NumberKind.OFTEN, 1, "次"),
        ("每学期听课不少于二十节", NumberKind.OFTEN, 20, "节"),
        ("交流时间为两年", NumberKind.LONG, 2, "年"),
        ("在十五个工作日内答复", NumberKind.LONG, 15, "工作日"),
        ("不低于百分之十二", NumberKind.SHARE, 12, "%"),
        ("单笔不满3.5万元", NumberKind.MONEY, 35_000, "元"),
        ("设副理事长三名", NumberKind.MANY, 3, "名"),
    ],
)
def test_a_number_is_read_in_its_own_words(text: str, kind: NumberKind, number: float, unit: str) -> None:
    (found,) = numbers(text)
    assert (found.kind, found.number, found.unit) == (kind, number, unit)
    assert found.text in text


def test_who_sends_how_many_to_whom() -> None:
    (found,) = numbers("核心校选派30名教师分别到两所成员校任教。")
    assert (found.kind, found.number, found.giver, found.taker) == (NumberKind.GIVEN, 30, "核心校", "两所成员校")


def test_a_date_and_a_blank_are_no_numbers() -> None:
    assert numbers("2026年9月1日起施行，另发奖金__元") == ()


def test_numbers_in_chinese_are_reckoned() -> None:
    assert [value(spelt) for spelt in ("半", "十", "二十五", "一百二十", "两")] == [0.5, 10, 25, 120, 2]


def test_a_blank_is_known_by_the_words_around_it() -> None:
    found = blanks(drafts("一、路上\n承运单位是____，随车电话是____。\n二、开始\n(20__年__月中旬-20__年__月)"))
    assert [(blank.path, blank.around) for blank in found] == [
        (("路上",), "承运单位是____"),
        (("路上",), "随车电话是____"),
        (("开始",), "(20__年__月中旬-20__年__月)"),
    ]


def test_blanks_of_the_same_words_are_counted_and_a_new_number_above_changes_none() -> None:
    before, after = "一、甲\n电话__。\n电话__。", "一、序\n新的。\n二、甲\n电话__。\n电话__。"
    keys = [[blank.key for blank in blanks(drafts(text))] for text in (before, after)]
    assert keys[0] == keys[1]
    assert len(set(keys[0])) == 2


def test_each_blank_of_the_sample_is_in_its_clause() -> None:
    for clause in flat(drafts("由河东中学牵头，联合__中学、__学校，制定本章程。")):
        assert all(blank.around in clause.text for blank in blanks([clause]))
