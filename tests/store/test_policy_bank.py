"""The bank: a question that the office has given to a clause is answered with it, in each edition that has it."""

import json
from datetime import timedelta
from pathlib import Path

import pytest

from bot import question_file
from store.database import Session, Store
from store.migrating import upgrade
from store.policies import bank, editions, importing
from store.policies.bank import matched
from store.policies.passages import passages
from store.policies.placing import pointed, target
from store.policies.proposing import proposed
from store.policies.ranking import Entry
from store.policies.search import Found, find, index
from store.policies.wording import normal
from tests.conftest import HOME
from tests.store.policy_sample import CHARTER, NOW, adopt, drafts, publish

CLAUSE = "每月开展一次联合教研"
QUESTION = "大伙儿多久聚一回"
PAPERS = {
    "chuzhong": "samples/chuzhong-charter.txt",
    "lianheti": "samples/lianheti-charter.txt",
    "xiaoxue": "samples/xiaoxue-charter.txt",
    "anquan": "samples/policies/anquan.txt",
    "kaohe": "samples/policies/kaohe.txt",
    "jingfei": "samples/policies/jingfei.txt",
    "jiaoyan": "samples/policies/jiaoyan.txt",
    "kaoqin": "samples/policies/kaoqin.docx",
    "zhangcheng": "samples/policies/zhangcheng.txt",
    "zoujiao": "samples/policies/zoujiao.txt",
}


@pytest.fixture
def river(store: Store) -> int:
    river = store.call(adopt, "river")
    store.call(publish, river, CHARTER)
    return river


def give(session: Session, consortium: int, question: str, says: str | None) -> None:
    """`says` None: the papers do not decide it."""
    entries = index(session, consortium, tuple(editions.in_force(session, consortium))).entries
    bank.keep(session, consortium, question, target(pointed(entries, says)[0]) if says else None, None, NOW)


def quoted(found: Found | None) -> str:
    assert found is not None
    assert found.tier == "answer"
    return found.citations[0].text


@pytest.mark.parametrize(
    "asked",
    [
        QUESTION,
        "请问，大伙儿多久聚一回呢？",
        "大夥兒多久聚一回",
        "大伙儿多就聚一回",
        "多久聚一回大伙儿",
        "大伙儿 多久\u200b聚一回!",
    ],
)
def test_a_question_and_its_kin_are_answered_with_the_clause(store: Store, river: int, asked: str) -> None:
    assert CLAUSE not in str(store.call(find, river, asked))
    store.call(give, river, QUESTION, CLAUSE)
    assert CLAUSE in quoted(store.call(matched, river, asked))


@pytest.mark.parametrize(
    "asked", ["大伙儿多久聚二回", "大伙儿多久走一回", "聚一回大伙儿多久呀走", "", "？", "长" * 10_000]
)
def test_another_question_is_none_of_its_kin(store: Store, river: int, asked: str) -> None:
    store.call(give, river, QUESTION, CLAUSE)
    assert store.call(matched, river, asked) is None


def test_one_that_sounds_like_two_questions_is_left_to_the_ranker(store: Store, river: int) -> None:
    store.call(give, river, "食堂谁管", CLAUSE)
    store.call(give, river, "石堂谁管", "每学年开展一次教学视导")
    assert store.call(matched, river, "时堂谁管") is None
    assert CLAUSE in quoted(store.call(matched, river, "食堂谁管"))


def test_a_blank_keeps_its_note(store: Store, river: int) -> None:
    store.call(give, river, "筹备启动是什么时候", "成立筹备组")
    store.call(give, river, "筹备组干什么", "成立筹备组")
    when, what = (store.call(matched, river, each) for each in ("筹备启动是什么时候", "筹备组干什么"))
    assert when is not None
    assert what is not None
    assert (when.blank, what.blank) == (True, False)


def test_no_question_is_answered_across_consortiums(store: Store, river: int) -> None:
    hill = store.call(adopt, "hill")
    store.call(publish, hill, CHARTER)
    store.call(give, river, QUESTION, CLAUSE)
    assert store.call(matched, hill, QUESTION) is None


@pytest.mark.parametrize(
    ("was", "now"),
    [
        ("三、共同工作", "三、各校同做"),  # another heading, the same words
        ("(一)教研联动。每月开展", "(三)教研联动。每月开展"),  # another number
        ("每月开展一次联合教研", "每两月开展一次联合教研"),  # other words under the same heading
    ],
)
def test_a_question_follows_its_clause_into_a_new_edition(store: Store, river: int, was: str, now: str) -> None:
    store.call(give, river, QUESTION, CLAUSE)
    store.call(publish, river, CHARTER.replace(was, now))
    found = store.call(matched, river, QUESTION)
    assert "联合教研" in quoted(found)
    assert found is not None
    assert found.citations[0].edition == 2


def test_a_question_waits_for_a_clause_that_is_gone(store: Store, river: int) -> None:
    store.call(give, river, QUESTION, CLAUSE)
    store.call(publish, river, "一、总则\n各校自定办学特色。")
    assert store.call(matched, river, QUESTION) is None
    store.call(publish, river, CHARTER)
    assert CLAUSE in quoted(store.call(matched, river, QUESTION))


def test_not_decided_holds_until_the_next_edition(store: Store, river: int) -> None:
    store.call(give, river, "教研多久一次", None)
    found = store.call(matched, river, "教研多久一次")
    assert found is not None
    assert (found.tier, found.citations) == ("none", ())
    later = NOW + timedelta(days=1)
    store.call(editions.publish, river, "补充通知", "b.txt", drafts(CHARTER), CHARTER, later)
    assert store.call(matched, river, "教研多久一次") is None


@pytest.mark.parametrize("key", PAPERS)
def test_what_a_paper_suggests_answers_none_of_what_it_does_not_decide(key: str) -> None:
    """By all ways to be kin, over all questions of the measurement sets; where it answers, with the right clause."""
    paper = importing.paper(HOME / PAPERS[key])
    entries = [Entry(each, paper.title, 1) for each in passages(paper.drafts)]
    suggested = proposed(paper.drafts, entries)
    assert len(suggested) >= 5
    assert len({normal(question) for question, _ in suggested}) == len(suggested)
    forms = {form: it for question, it in suggested for form in bank.forms(normal(question))}
    lines = (HOME / "samples" / "policies" / f"{key}.jsonl").read_text(encoding="utf-8").splitlines()
    for asked in map(json.loads, lines):
        it = next((forms[form] for form in bank.forms(normal(asked["question"])) if form in forms), None)
        if it is not None:
            assert asked["expect"] != "none", asked
            assert all(words in it.words for words in asked["gold"]), asked


@pytest.mark.parametrize("key", ["chuzhong", "lianheti", "xiaoxue"])
def test_the_bank_of_a_sample_answers_nothing_that_its_charter_does_not_decide(key: str, tmp_path: Path) -> None:
    store = Store(f"sqlite:///{tmp_path}/bank.db")
    upgrade(store)
    number, paper = store.call(adopt, key), importing.paper(HOME / PAPERS[key])
    store.call(editions.publish, number, paper.title, paper.source_name, paper.drafts, paper.text, NOW)
    file = question_file.read(HOME / "samples" / "questions" / f"{key}.toml")
    given = store.call(question_file.placed, number, file)
    for question, it in given:
        store.call(bank.keep, number, question, it, None, NOW)
    answered = [store.call(matched, number, question) for question, _ in given]
    assert [found.tier for found in answered if found] == ["answer"] * len(given)
    lines = (HOME / "samples" / "policies" / f"{key}.jsonl").read_text(encoding="utf-8").splitlines()
    undecided = [row["question"] for row in map(json.loads, lines) if row["expect"] == "none"]
    assert len(undecided) > 40
    assert [question for question in undecided if store.call(matched, number, question)] == []
    store.close()
