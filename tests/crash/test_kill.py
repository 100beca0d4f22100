"""`jiaolian run`, killed at many instants: the short version of `python -m tests.crash`."""

from pathlib import Path

import pytest

from tests.crash.kills import killed
from tests.databases import Databases

SEED = 20261014


@pytest.mark.parametrize(
    ("dialect", "way", "kills"),
    [  # of the webhook's eight instants each database has every other one
        ("sqlite", "polling", range(16)),
        ("postgresql", "polling", range(8)),
        ("sqlite", "webhook", range(0, 8, 2)),
        ("postgresql", "webhook", range(1, 8, 2)),
    ],
)
def test_kills_lose_nothing_and_repeat_only_what_was_on_the_wire(
    tmp_path: Path, databases: Databases, way: str, kills: range
) -> None:
    found = killed(tmp_path, databases.new(), way, kills, SEED)
    assert found.kills == len(kills)
    assert found.presses > found.kills
    assert found.repeats > 0, "no kill fell between send and settle: it proves nothing"
