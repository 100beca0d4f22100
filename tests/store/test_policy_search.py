"""Search: the papers in force for the asker's own consortium, and no others."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from store.database import Session, Store
from store.policies import editions, importing, search
from store.policies.ranking import Index
from store.policies.search import find
from tests.conftest import SHARED
from tests.databases import ON_SQLITE
from tests.store.policy_sample import CHARTER, NOW, TITLE, adopt, publish

POLICY = SHARED / "policy"
PLANS = {"lianheti": "plan1.txt", "chuzhong": "plan2.txt", "xiaoxue": "plan3.txt"}


def test_an_answer_names_document_edition_and_path(store: Store) -> None:
    river = store.call(adopt, "river")
    store.call(publish, river, CHARTER)
    found = store.call(find, river, "联合教研多久一次")
    citation = found.citations[0]
    assert (found.tier, citation.document, citation.edition) == ("answer", TITLE, 1)
    assert citation.path == ("三、共同工作", "(一)教研联动")
    assert 0 < citation.score <= 1


def test_nothing_is_answered_from_another_consortium(store: Store) -> None:
    river, hill = store.call(adopt, "river"), store.call(adopt, "hill")
    store.call(publish, river, CHARTER)
    store.call(publish, hill, "一、总则\n本章程适用于三所学校。")
    found = store.call(find, hill, "联合教研多久一次")
    assert (found.tier, found.citations) == ("none", ())
    assert [each.document for each in found.searched] == [TITLE]


def test_a_new_edition_answers_at_once(store: Store) -> None:
    river = store.call(adopt, "river")
    store.call(publish, river, CHARTER)
    store.call(find, river, "交流几年")
    store.call(publish, river, CHARTER.replace("交流时间为两年", "交流时间为三年"))
    citation = store.call(find, river, "交流几年").citations[0]
    assert "交流时间为三年" in citation.text
    assert citation.edition == 2


def test_without_a_paper_nothing_is_decided(store: Store) -> None:
    assert store.call(find, store.call(adopt, "river"), "交流几年").searched == ()


@ON_SQLITE
@pytest.mark.skipif(not POLICY.is_dir(), reason="the development questions are not here: ../shared/policy is absent")
def test_the_development_questions_reach_their_thresholds(store: Store, tmp_path: Path) -> None:
    """The floors lie some points under what is reached, so that only a fall is seen."""
    keys = {key: store.call(adopt, key) for key in PLANS}
    for key, name in PLANS.items():
        paper = importing.paper(POLICY / name)
        store.call(editions.publish, keys[key], paper.title, paper.source_name, paper.drafts, paper.text, NOW)
    questions = [json.loads(line) for line in (POLICY / "questions_dev.jsonl").read_text(encoding="utf-8").splitlines()]
    with (tmp_path / "answers.jsonl").open("w", encoding="utf-8") as answers:
        for row in questions:
            found = store.call(find, keys[row["consortium"]], row["question"])
            texts = [{"text": citation.text} for citation in found.citations]
            note = "blank" if found.blank else None
            answers.write(json.dumps({"id": row["id"], "tier": found.tier, "answers": texts, "note": note}) + "\n")
    said = [sys.executable, "-c", "import sys; print(open(sys.argv[1]).read())", answers.name, "{file}"]
    scorer = [sys.executable, str(POLICY / "score.py"), str(POLICY / "questions_dev.jsonl"), "--json", "--", *said]
    done = subprocess.run(scorer, capture_output=True, check=True)
    figures = json.loads(done.stdout)["all"]
    assert figures["precision"] >= 0.975
    assert figures["right_rate"] >= 0.75
    assert figures["top3_containment"] >= 0.96
    assert figures["false_answer_rate"] <= 0.02
    assert figures["blank_noted_rate"] >= 0.85
    assert figures["set_complete_rate"] >= 0.8


def test_as_many_indexes_are_kept_as_memory_allows(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search, "KEPT", 1)
    river, hill = store.call(adopt, "river"), store.call(adopt, "hill")
    for consortium in (river, hill):
        store.call(publish, consortium, CHARTER)
    built = [store.call(kept, consortium) for consortium in (river, hill, hill, river)]
    assert built[1] is built[2]
    assert built[0] is not built[3]


def kept(session: Session, consortium: int) -> Index:
    return search.index(session, consortium, tuple(editions.in_force(session, consortium)))
