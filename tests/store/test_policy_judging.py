"""The judgement, learned again from the questions in the repository, is the one that is shipped; word lists."""

import json
import tomllib
from collections import Counter
from collections.abc import Iterator

import pytest
from msgspec.structs import replace

from benchmarks import policy_questions, train_policy
from benchmarks.policy_questions import DEVELOPMENT, HOME, SAMPLES
from store.policies import asking, judging
from store.policies.evidence import candidates
from store.policies.judging import read
from store.policies.telling import Held, Wording
from tests.store.policy_sample import index

ORDINARY = {"为什么"}  # whoever asks says it
LISTS = ("asking", "english", "kin", "vocabulary")


def test_the_shipped_numbers_are_of_the_evidence_of_today() -> None:
    """Learning them all again (`python -m benchmarks.train_policy --check`, in `make bench`) takes half a minute."""
    shipped = json.loads(train_policy.WEIGHTS.read_text(encoding="utf-8"))
    assert shipped["evidence"] == train_policy.witness(policy_questions.samples())


def test_the_same_questions_teach_the_same_numbers() -> None:
    papers = [replace(paper, questions=paper.questions[::6]) for paper in policy_questions.samples()][2:5]
    lessons = train_policy.lessons(papers)
    learned = train_policy.train(lessons)
    assert train_policy.written(learned, "") == train_policy.written(train_policy.train(lessons), "")
    assert read(train_policy.written(learned, "")) == learned


def test_each_weight_is_of_a_fact_that_the_evidence_names() -> None:
    known, model = index(), judging.shipped()
    found = candidates(known, asking.read("联合教研多久一次", known))
    facts = judging.standing(judging.ranked(found, model.wording, model.fitness))
    assert set(model.confidence.of) == set(model.decided.of) == set(facts)
    assert set(model.fitness.of) < set(facts)


def test_a_section_and_a_paragraph_of_it_are_no_rivals() -> None:
    known, model = (
        index("一、总则\n各校平等。\n二、活动\n(一)书法比赛每年一次。\n(二)合唱比赛每年一次。"),
        judging.shipped(),
    )
    found = judging.ranked(candidates(known, asking.read("书法比赛", known)), model.wording, model.fitness)
    assert judging.alike(found[0].candidate, found[1].candidate)


@pytest.mark.parametrize(
    ("held", "said"),
    [
        ([Held("名", True, True), Held("咋", False, False)], 0.9),  # 咋 belongs to asking
        ([Held("名", False, False), Held("咋", True, True)], 0.1),
        ([Held("犇", False, True)], 1.0),  # of which nothing is known counts as usual
    ],
)
def test_what_answers_seldom_say_is_hardly_missed(held: list[Held], said: float) -> None:
    facts = Wording(0.5, {"名": 0.9, "咋": 0.1}).facts(held)
    assert facts["said_passage"] == pytest.approx(said)


def words() -> Iterator[str]:
    for name in LISTS:
        for table in tomllib.loads((HOME / f"store/policies/{name}.toml").read_text(encoding="utf-8")).values():
            rows = table if isinstance(table, list) else [table.get("words", [])]
            yield from (word for row in rows for word in row if len(word) > 2 and not plain_english(word))


def plain_english(word: str) -> bool:
    """One word of a dictionary is no phrase of anybody's."""
    return word.isascii() and word.isalpha()


@pytest.mark.skipif(not DEVELOPMENT.is_dir(), reason="the development questions are not here")
def test_no_word_list_holds_what_only_a_development_question_says() -> None:
    lines = (DEVELOPMENT / "questions_dev.jsonl").read_text(encoding="utf-8").splitlines()
    asked = [json.loads(line)["question"] for line in lines]
    elsewhere = "\n".join(
        path.read_text(encoding="utf-8")
        for path in (*SAMPLES.rglob("*.txt"), *SAMPLES.rglob("*.jsonl"), *DEVELOPMENT.glob("plan*.txt"))
    )
    used = Counter(word for word in set(words()) for question in asked if word in question)
    assert [word for word, times in used.items() if times == 1 and word not in elsewhere and word not in ORDINARY] == []
