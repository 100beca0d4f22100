"""Duties (应做事项): what a paper asks for so often, or of so many people, in the words that it has for it."""

import pytest

from store.policies.clauses import tree
from store.policies.duties import Duty, Side, duties
from store.policies.importing import paper
from store.policies.margins import Line
from tests.conftest import HOME

CORE, MEMBERS, EACH = Side.CORE, Side.MEMBERS, Side.EACH_MEMBER


def of(text: str) -> list[Duty]:
    return list(duties(tree([Line("一、措施", 1), Line(text, 2)])))


@pytest.mark.parametrize(
    ("text", "rhythm", "count", "words"),
    [
        ("每月开展一次共创式主题教研活动。", "month", 1, "每月开展一次"),
        ("每学期联合开展两次优质课竞赛活动。", "term", 2, "每学期联合开展两次"),
        ("教学督导与检查每学年开展一次。", "school_year", 1, "每学年开展一次"),
        ("做到一周一班会。", "week", 1, "一周一班会"),
        ("做到一天一夕会。", "day", 1, "一天一夕会"),
    ],
)
def test_how_often_something_is_due(text: str, rhythm: str, count: int, words: str) -> None:
    [duty] = of(text)
    assert (duty.rhythm, duty.count, duty.words, duty.sentence, duty.path) == (
        rhythm,
        count,
        words,
        text,
        ("一、措施",),
    )


def test_a_theme_of_the_month_is_met_by_no_event() -> None:
    assert [(one.words, one.monthly_theme) for one in of("一月一主题、一周一班会。")] == [
        ("一月一主题", True), ("一周一班会", False)
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "count", "posts", "giver", "taker"),
    [
        ("核心校选派30名教师分别到两所成员校任教，均任教七年级。", 30, (), CORE, MEMBERS),
        ("甲校、乙校各选派15名教师到核心校任教。", 15, (), EACH, CORE),
        ("__校区择优15名教师到主校区任教。", 15, (), MEMBERS, CORE),
        ("主校区拟派15名教学骨干到__校区任教。", 15, (), CORE, MEMBERS),
        ("核心校安排两位班子成员，分别到两所成员校任执行副校长。", 2, ("执行副校长",), CORE, MEMBERS),
        ("成员校分别安排两位班子成员到核心校跟岗学习。", 2, ("跟岗学习",), EACH, CORE),
        ("教联体设1名总校长。", 1, ("总校长",), None, None),
        ("设6名副校级干部。", 6, ("副校级干部", "副校长"), None, None),
        ("执行副校长1名。", 1, ("执行副校长",), None, None),
    ],
)
def test_how_many_people_are_due(
    text: str, count: int, posts: tuple[str, ...], giver: Side | None, taker: Side | None
) -> None:
    [duty] = of(text)
    assert (duty.rhythm, duty.count, duty.posts, duty.giver, duty.taker) == ("standing", count, posts, giver, taker)


def test_beside_an_exchange_stands_how_long_it_lasts() -> None:
    [duty] = of("核心校选派30名教师到成员校任教。此事重要。交流时间为三年。")
    assert duty.sentence == "核心校选派30名教师到成员校任教。交流时间为三年。"
    [post] = of("设1名总校长。交流时间为三年。")
    assert post.sentence == "设1名总校长。"


def test_15_each_is_never_made_a_sum() -> None:
    assert [one.count for one in of("核心校选派30名教师到成员校任教，成员校各选派15名教师到核心校任教。")] == [30, 15]


@pytest.mark.parametrize(
    "text",
    [
        "视导诊断形成常态化的制度。",
        "分三个阶段实施。",
        "交流时间为三年。",
        "四季八节丰富多彩。",
        "下设处室5个。",
        "__名教师到核心校任教。",
    ],
)
def test_what_is_no_duty_is_not_made_one(text: str) -> None:
    assert of(text) == []


def test_a_charter_that_names_no_frequency_has_none() -> None:
    drafts = {one: paper(HOME / "samples" / f"{one}-charter.txt").drafts for one in ("lianheti", "xiaoxue", "chuzhong")}
    assert {key: len(list(duties(each))) for key, each in drafts.items()} == {
        "lianheti": 0,
        "xiaoxue": 6,
        "chuzhong": 10,
    }
    assert {one.rhythm for one in duties(drafts["xiaoxue"])} == {"standing"}
