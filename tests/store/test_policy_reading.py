"""Read in a question and in a clause: amounts and ranges, articles by number, blanks, rows that belong together."""

import math

import pytest
from msgspec.structs import replace

from store.policies.articles import unheld
from store.policies.asking import read
from store.policies.clauses import tree
from store.policies.deciding import Decision, decide
from store.policies.leaving import left_blank
from store.policies.margins import Line
from store.policies.passages import passages
from store.policies.ranges import amounts, ranged, ranges
from store.policies.ranking import Entry, Index
from store.policies.remarks import ArticlesHeld, ArticleUnheld

TABLE = """一、请假
表一 假别
假别：事假（一天以内）；天数：每月一次；批准人：级长
假别：事假（三天以上）；天数：每年五天；批准人：校长，并报中心备案
假别：护理假；天数：每年__天；批准人：校长
假别：公假；天数：按通知；批准人：处室"""
ARTICLES = """第一条　中心由四校组成。
第二条　合唱节每年举办一次。承办学校由____担任。
第三条　有下列情形之一的，不安排值夜：
（一）怀孕的；
（二）五十五岁以上的。"""


def index(text: str) -> Index:
    lines = [Line(line, at, row=line.startswith("假别：")) for at, line in enumerate(text.split("\n"), 1)]
    return Index(tuple(Entry(passage, "样", 1) for passage in passages(tree(lines))))


@pytest.mark.parametrize(
    ("question", "much"),
    [
        ("请十天事假谁批", ("days", 10.0)),
        ("病半个月", ("days", 15.0)),
        ("一个钟头", ("minutes", 60.0)),
        ("三万块找谁签", ("money", 30_000.0)),
        ("初二写多久作业", ("grades", 8.0)),
    ],
)
def test_an_amount_is_read_in_the_measure_of_its_kind(question: str, much: tuple[str, float]) -> None:
    assert amounts(question) == (much,)


def test_a_date_and_a_rhythm_are_no_amounts() -> None:
    assert amounts("2026年9月1日每月两次") == ()


@pytest.mark.parametrize(
    ("clause", "drawn"),
    [
        ("事假(一天至三天)", ("days", 1.0, 3.0)),
        ("一万元以上不满五万元的", ("money", 10_000.0, 50_000.0)),
        ("迟到30分钟以上", ("minutes", 30.0, math.inf)),
        ("孩子未满一周岁的", ("years", 0.0, 1.0)),
        ("不超过七天", ("days", 0.0, 7.0)),
    ],
)
def test_a_range_is_read_with_both_its_ends(clause: str, drawn: tuple[str, float, float]) -> None:
    assert ranges(clause) == (drawn,)


def test_an_amount_outside_every_range_of_its_kind_speaks_against_a_clause() -> None:
    asked = amounts("请十天事假")
    assert ranged(asked, ("三天以上",))["range_in"] == 1.0
    assert ranged(asked, ("一天至三天",))["range_out"] == 1.0
    assert not any(ranged(asked, ("迟到30分钟以上",))[fact] for fact in ("range_in", "range_out"))


def test_rows_that_share_a_cell_are_one_passage() -> None:
    together = [[part[0].text for part in each.passage.body] for each in index(TABLE).entries if each.passage.together]
    rows = TABLE.split("\n")[2:]
    assert rows[:2] in together  # both are 事假
    assert rows[1:3] in together  # 校长, and 校长 with more behind
    assert rows not in together


def test_a_blank_in_a_row_is_that_of_its_column() -> None:
    known = index(TABLE)
    row = next(each for each in known.entries if each.text.startswith("假别 护理假"))
    assert left_blank(read("护理假几天", known), row, 0)
    assert not left_blank(read("护理假谁批", known), row, 0)


def test_a_blank_in_the_sentence_behind_is_noted_where_it_says_more_of_the_question() -> None:
    known = index(ARTICLES)
    second = next(each for each in known.entries if each.text.startswith("第二条"))
    assert left_blank(read("合唱节的承办学校由谁担任", known), second, 0)
    assert not left_blank(read("合唱节谁报名", known), second, 0)


@pytest.mark.parametrize("question", ["第三条", "3条讲了什么"])
def test_an_article_that_is_named_is_quoted(question: str) -> None:
    decision = decide(index(ARTICLES), question)
    assert decision.tier == "answer"
    assert decision.hits[0].entry.text.startswith("第三条")


@pytest.mark.parametrize(
    ("question", "named"),
    [
        ("第二条措施是什么", 0),
        ("三条原则分别是啥", 0),  # without 第, too
        ("第二条要求是什么", 0),
        ("第二条建议，怎么落实", 0),
        ("2条讲了什么", 2),
        ("第十二条措施", 0),
        ("第二条要求什么", 2),
        ("第二条要求学校做什么", 2),
        ("第二条建议各校怎么做", 2),
        ("第二条建议我们怎么做", 2),
        ("按第二条规定谁承办", 2),
        ("第二条的要求", 2),
    ],
)
def test_what_is_counted_by_the_same_word_is_no_article(question: str, named: int) -> None:
    assert read(question, index(ARTICLES)).article == named


@pytest.mark.parametrize("text", [ARTICLES, ARTICLES.replace("条　", "条")])
def test_an_article_that_no_paper_has_is_not_made_up_and_what_there_is_is_told(text: str) -> None:
    """Also of a paper that has no space behind the number."""
    known = index(text)
    for question, asked in {
        "第九条": "第九条",
        "章程第九条是什么": "第九条",
        "看一下第9条": "第9条",
        "第九条里合唱节每年几次": "第九条",
        "第一百零二条": "第一百零二条",
        "第102条": "第102条",
    }.items():
        assert decide(known, question) == Decision("none")
        assert unheld(question, known) == ArticleUnheld(asked, (ArticlesHeld("样", "第一条", "第三条"),))


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("第三条", ARTICLES),
        ("三条是什么", ARTICLES),
        ("九条是什么", ARTICLES),  # a rank alone names an article for sure
        ("第九条纪律", ARTICLES),
        ("第九条是什么", TABLE),  # which has no articles at all
        ("第9条说了什么", f"{ARTICLES}\n第四条　依据本省办法第九条制定。"),
        ("教育法第二十九条说就近入学，我们怎么做", ARTICLES),  # a law, which is no paper of ours
        ("第三条", ARTICLES.replace("第三条", "第四条")),  # one that is taken out, of those that there are
        ("第一零三条", ARTICLES),  # no number
    ],
)
def test_of_what_may_be_something_else_no_article_is_missed(question: str, text: str) -> None:
    assert unheld(question, index(text)) is None


def test_articles_beyond_a_hundred_are_found_by_their_number() -> None:
    known = index("\n".join(f"第{number}条　第{number}份。" for number in ("九十九", "一百", "一百零二", "一百一十")))
    for question, number in {"第102条": "一百零二", "第一百条": "一百", "第110条": "一百一十"}.items():
        assert decide(known, question).hits[0].entry.text.startswith(f"第{number}条")


def test_an_article_that_several_papers_have_is_offered_of_each() -> None:
    papers = [replace(entry, document=f"样{n}章程") for n in range(4) for entry in index(ARTICLES).entries]
    decision = decide(Index(tuple(papers)), "第三条")
    assert (decision.tier, len(decision.hits)) == ("choices", 3)
    assert all(hit.entry.text.startswith("第三条") for hit in decision.hits)


def test_a_word_of_the_papers_is_no_slip_for_its_neighbour() -> None:
    known = index("一、请假\n事假由校长批准。当天视同出勤。")
    assert "事假" in "".join(read("请两天事假谁批", known).spans)


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("对异议应如何处理", "penalty"),  # 何处 is no place here
        ("教代会几年一次", "frequency"),
        ("文号是多少", "document_number"),
        ("要注意哪几点", "list"),
        ("请假好多天", "days"),
    ],
)
def test_a_question_is_of_the_kind_that_its_words_mean(question: str, kind: str) -> None:
    found = read(question, index(ARTICLES)).kind
    assert found is not None
    assert found.name == kind
