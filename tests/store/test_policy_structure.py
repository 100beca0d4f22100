"""The structures of Chinese papers: margins, articles with paragraphs and lists, tables, mixed numbers, annexes."""

import pytest

from store.policies import importing
from store.policies.clauses import ClauseDraft, flat, tree
from store.policies.margins import ClauseKind, Line
from tests.conftest import HOME
from tests.store.policy_sample import drafts

SAMPLES = HOME / "samples" / "policies"


def find(clauses: tuple[ClauseDraft, ...], opening: str) -> ClauseDraft:
    return next(clause for clause in flat(clauses) if clause.text.strip().startswith(opening))


def kinds(clauses: tuple[ClauseDraft, ...], kind: ClauseKind) -> list[str]:
    return [clause.text for clause in flat(clauses) if clause.kind is kind]


def test_number_preamble_signature_and_date_stand_under_no_heading() -> None:
    body = "为办好教联体，制定本章程。\n一、总则\n正文。"
    clauses = drafts(f"样教〔2026〕7号\n{body}\n样例教联体理事会\n二〇二六年八月二十日")
    assert [(clause.kind, clause.path) for clause in clauses if clause.label is None] == [
        (ClauseKind.REFERENCE, ()),
        (ClauseKind.PREAMBLE, ()),
        (ClauseKind.SIGNATURE, ()),
        (ClauseKind.DATE, ()),
    ]


@pytest.mark.parametrize(
    "number", ["样教集〔2025〕7号", "样学区办〔20__〕__号", "样教[2026]第12号", "样府办发（2026）3号"]
)
def test_a_document_number_is_known_in_its_spellings(number: str) -> None:
    assert kinds(drafts(f"{number}\n一、总则\n正文。"), ClauseKind.REFERENCE) == [number]


def test_a_stage_with_its_date_is_no_signature() -> None:
    clauses = drafts("序言。\n一、步骤\n1、筹备\n(2026年9月)\n做好准备。\n2、总结\n(2027年6月)")
    assert kinds(clauses, ClauseKind.DATE) == kinds(clauses, ClauseKind.SIGNATURE) == []


def test_an_annex_begins_anew_and_a_list_of_annexes_is_none() -> None:
    end = "附件：1.请假单\n样例学校\n2026年9月1日\n附件1\n一、样式\n姓名：__"
    clauses = drafts(f"序言。\n一、总则\n正文。\n{end}")
    assert kinds(clauses, ClauseKind.ANNEX) == ["附件1"]
    assert find(clauses, "姓名").path == ("附件1", "一、样式")
    assert kinds(clauses, ClauseKind.SIGNATURE) == ["样例学校"]


def test_articles_hold_their_paragraphs_and_lists_and_are_no_headings() -> None:
    clauses = drafts(
        "第一章　总则\n第一条　理事会行使下列两项职权：\n（一）制定章程；\n（二）聘任秘书长。\n决议在三日内印发。\n"
        "第二条　各校产权不变。借用场馆应当预约。\n第三条　宗旨。办好教育。\n第四条【解释】由秘书处解释。\n另行公布。"
    )
    articles = clauses[0].children
    assert [clause.label for clause in articles] == ["第一条", "第二条", "第三条", "第四条"]
    assert [child.text for child in articles[0].children] == ["制定章程；", "聘任秘书长。", "决议在三日内印发。"]
    assert [clause.heading for clause in articles] == [None, None, "　宗旨", "【解释】"]


def test_a_plain_number_stands_beside_the_marked_ones_of_its_kind() -> None:
    marked = [Line("一、总则", 1, 1), Line("（一）范围", 2, 2), Line("正文。", 3)]
    plain = [Line("二、请假", 4), Line("（一）假别", 5), Line("事假。", 6)]
    clauses = tree([*marked, *plain, Line("三、附则", 7, 1)])
    assert [clause.path for clause in clauses] == [("一、总则",), ("二、请假",), ("三、附则",)]
    assert find(clauses, "事假").path == ("二、请假", "（一）假别")


def test_a_table_ends_with_its_rows() -> None:
    table = [Line("表一 假别", 3), Line("假别：事假；天数：3天", 4, row=True)]
    after = [Line("节假日不计入。", 5), Line("二、附则", 6), Line("正文。", 7)]
    clauses = tree([Line("一、请假", 1), Line("按表一办理。", 2), *table, *after])
    assert find(clauses, "假别").path == ("一、请假", "表一 假别")
    assert find(clauses, "节假日").path == ("一、请假",)
    assert [clause.label for clause in clauses] == ["一、", "二、"]


def test_rarer_numbers_are_numbers() -> None:
    clauses = drafts("第一部分 总则\n㈠目的\n⒈范围\n⑴学校\n１、班级\n1.1 年级\n第二部分 附则")
    assert [clause.label for clause in flat(clauses)] == ["第一部分", "㈠", "⒈", "⑴", "１、", "1.1", "第二部分"]


def test_the_sample_charter_of_articles_is_eight_chapters_of_49_articles() -> None:
    clauses = importing.paper(SAMPLES / "zhangcheng.txt").drafts
    chapters = [clause for clause in clauses if clause.label]
    assert [chapter.label for chapter in chapters] == [f"第{number}章" for number in "一二三四五六七八"]
    assert sum((child.label or "").endswith("条") for chapter in chapters for child in chapter.children) == 49
    assert kinds(clauses, ClauseKind.REFERENCE) == ["样教集〔2025〕7号"]
    assert kinds(clauses, ClauseKind.SIGNATURE) == ["样例教育集团理事会", "理事长：样明远"]


def test_the_sample_in_word_is_eight_chapters_two_tables_and_an_annex() -> None:
    clauses = importing.paper(SAMPLES / "kaoqin.docx").drafts
    chapters = [clause.label for clause in clauses if clause.label]
    assert chapters == [f"{number}、" for number in "一二三四五六七八"]
    assert kinds(clauses, ClauseKind.CAPTION) == ["表一 假别一览", "表二 迟到与旷工分档"]
    assert len(kinds(clauses, ClauseKind.ROW)) == 21
    assert kinds(clauses, ClauseKind.ANNEX) == ["附件 请假单样式与填写说明"]
    assert find(clauses, "涂改").path == ("附件 请假单样式与填写说明", "（二）填写说明")


def test_the_sample_notice_has_thirteen_headings_without_numbers() -> None:
    clauses = importing.paper(SAMPLES / "zoujiao.txt").drafts
    assert len([clause for clause in clauses if clause.heading]) == 13
    assert kinds(clauses, ClauseKind.SIGNATURE) == ["样例联盟理事会"]
    assert kinds(clauses, ClauseKind.DATE) == ["二〇二六年八月二十日"]
