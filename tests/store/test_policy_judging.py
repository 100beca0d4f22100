"""The judgement, learned again from the questions in the repository, is the one that is shipped; word lists."""

import json
import tomllib
from collections import Counter
from collections.abc import Iterator

import pytest

from benchmarks import policy_questions, train_policy
from benchmarks.policy_questions import DEVELOPMENT, HOME, SAMPLES
from store.policies import judging
from store.policies.asking import read
from store.policies.evidence import candidates
from tests.store.policy_sample import index

ORDINARY = {"为什么"}  # whoever asks says it
LISTS = ("asking", "english", "kin", "vocabulary")


def test_the_shipped_numbers_are_learned_again_byte_for_byte() -> None:
    learned = train_policy.written(train_policy.train(train_policy.lessons(policy_questions.samples())))
    assert learned == train_policy.WEIGHTS.read_text(encoding="utf-8")


def test_each_weight_is_of_a_fact_that_the_evidence_names() -> None:
    known = index()
    judged = judging.ranked(candidates(known, read("联合教研多久一次", known)), judging.shipped())
    facts = judging.standing(judged)
    assert set(judging.shipped().confidence.of) == set(facts)
    assert set(judging.shipped().fitness.of) < set(facts)


def test_a_section_and_a_paragraph_of_it_are_no_rivals() -> None:
    known = index("一、总则\n各校平等。\n二、活动\n(一)书法比赛每年一次。\n(二)合唱比赛每年一次。")
    found = judging.ranked(candidates(known, read("书法比赛", known)), judging.shipped())
    assert judging.alike(found[0].candidate, found[1].candidate)


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
