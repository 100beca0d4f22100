"""Where the best passage stands: how far ahead of those that say something else, what that is as a chance, and the
numbers of a judgement as they are kept."""

import pytest

from benchmarks import train_policy
from store.policies.asking import read as asked
from store.policies.evidence import candidates
from store.policies.judging import Model, Weights, alike, chance, ranked, read, standing
from store.policies.sought import Candidate
from store.policies.telling import Wording
from tests.store.made_model import model
from tests.store.policy_sample import index

FEASTS = "一、书画\n书画展每年一次。\n二、歌咏\n歌咏展每年一次。\n三、劳动\n劳动展每年一次。\n四、附则\n由各校解释。"
CONTESTS = "一、总则\n各校平等。\n二、比赛\n(一)书法比赛每年一次。\n(二)合唱比赛两年一次。"


def leads(paper: str, question: str, fitness: Weights) -> tuple[float, float]:
    """Of the best over the second and over the third."""
    known = index(paper)
    facts = standing(ranked(candidates(known, asked(question, known)), model().wording, fitness))
    return facts["ahead_of_second"], facts["ahead_of_third"]


@pytest.mark.parametrize(("apart", "expected"), [(2.0, (2.0, 4.0)), (6.0, (6.0, 8.0)), (10.0, (8.0, 8.0))])
def test_a_lead_counts_up_to_eight(apart: float, expected: tuple[float, float]) -> None:
    assert leads(FEASTS, "展一年几次", model(apart=apart).fitness) == expected


@pytest.mark.parametrize(("odds", "lead"), [(0.0, 3.0), (2.0, 5.0), (-2.0, 3.0)])
def test_one_that_stands_alone_is_three_ahead_of_what_nothing_speaks_for(odds: float, lead: float) -> None:
    assert leads(FEASTS, "谁来解释", Weights(odds, {})) == (lead, lead)


def test_of_two_the_third_is_three_behind_the_second() -> None:
    assert leads(FEASTS.replace("劳动展每年一次", "各校自定"), "展一年几次", model(apart=2.0).fitness) == (2.0, 5.0)


def test_what_says_the_same_is_nothing_to_be_ahead_of() -> None:
    """书法比赛 by itself, then its section, then 合唱比赛: the last is the second."""
    assert leads(CONTESTS, "书法比赛", model(apart=2.0).fitness)[0] == 4.0


def test_a_section_is_like_each_paragraph_of_it_whichever_sentence_fits_best() -> None:
    entries = index(CONTESTS).entries
    section = next(entry for entry in entries if entry.passage.together)
    paragraph = next(entry for entry in entries if entry.text.endswith("书法比赛每学年一次"))
    for place in range(len(section.sentences)):
        one, other = Candidate(section, place), Candidate(paragraph, 0)
        assert alike(one, other)
        assert alike(other, one)


def test_odds_are_told_as_a_chance_however_far_they_are() -> None:
    assert chance(0.0) == 0.5
    assert chance(2.0) + chance(-2.0) == pytest.approx(1.0)
    assert 0.0 < chance(-1e6) < chance(-2.0) < chance(2.0) < chance(1e6) <= 1.0


def test_numbers_that_are_kept_are_read_back_each_in_its_place() -> None:
    made = Model(
        Wording(0.4, {"名": 0.9}),
        Weights(0.1, {"strict": 1.0}),
        Weights(0.2, {"odds": 2.0}),
        Weights(0.3, {"fair": 3.0, "odds": 4.0}),
    )
    assert read(train_policy.written(made, "")) == made
