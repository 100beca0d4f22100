"""A question asked: quoted, offered, or honestly undecided."""

import pytest

from handlers.ask import Answered, Ask, Choices, Undecided, ask
from scheduling.clock import MovableClock
from store.database import Store
from tests.store.policy_sample import CHARTER, TITLE, adopt, publish


@pytest.fixture
def river(store: Store) -> int:
    river = store.call(adopt, "river")
    store.call(publish, river, CHARTER)
    return river


def test_a_rule_is_quoted(store: Store, clock: MovableClock, river: int) -> None:
    outcome = store.call(ask, Ask(river, "交流几年"), clock.now())
    assert isinstance(outcome, Answered)
    assert "交流时间为两年" in outcome.citations[0].text
    assert not outcome.blank


def test_a_blank_is_quoted_and_said_to_be_one(store: Store, clock: MovableClock, river: int) -> None:
    outcome = store.call(ask, Ask(river, "筹备启动是几月"), clock.now())
    assert isinstance(outcome, Answered)
    assert outcome.blank


def test_several_clauses_are_offered(store: Store, clock: MovableClock, river: int) -> None:
    store.call(publish, river, "一、总则\n各校自定办学特色。\n二、活动\n共同开展特色活动。")
    outcome = store.call(ask, Ask(river, "特色"), clock.now())
    assert isinstance(outcome, Choices)
    assert len(outcome.citations) == 2


def test_what_is_undecided_names_the_papers_searched(store: Store, clock: MovableClock, river: int) -> None:
    outcome = store.call(ask, Ask(river, "请假找谁批"), clock.now())
    assert isinstance(outcome, Undecided)
    assert [(each.document, each.number) for each in outcome.documents] == [(TITLE, 1)]
