"""Whatever people say and do, in whatever order: no fact is lost or invented, the excused are never counted absent, all
adds up, and every change has its trace (domain 4)."""

import os

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from store.database import Store
from tests.databases import DIALECTS, Databases, Prepared
from tests.handlers.fact_machine import FactMachine
from tests.handlers.fact_sample import prepare

EXAMPLES = int(os.environ.get("JIAOLIAN_TEST_EXAMPLES", "12"))
FEW = {"sqlite": 2, "postgresql": 6}  # of so many examples one
SEARCH = settings(
    derandomize=True,
    database=None,
    deadline=None,
    stateful_step_count=40,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.generate],  # a failure prints its steps, few enough to read; to shrink them takes minutes
    report_multiple_bugs=False,
)


@pytest.mark.parametrize("dialect", DIALECTS)
def test_whatever_people_do_the_store_keeps_just_that(dialect: str, databases: Databases, prepared: Prepared) -> None:
    url = prepared("facts", prepare)
    machine = type("Machine", (FactMachine,), {"opened": staticmethod(lambda: Store(databases.copy(url)))})
    examples = max(EXAMPLES // FEW[dialect], 2)
    run_state_machine_as_test(machine, settings=settings(SEARCH, max_examples=examples))
