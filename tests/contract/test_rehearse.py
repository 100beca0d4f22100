"""Contract, "rehearse --json": keys, order, and every row of its table at its minute and to its recipients."""

import json
from datetime import datetime
from pathlib import Path
from typing import Any

from tests.bot.command import command
from tests.contract.conftest import SEPTEMBER_TO_JANUARY

KEYS = "at to kind activity date class text"
RESEARCH = """announce 10-07 14:30 teaching
nudge 10-12 14:30 t001
remind 10-13 14:30 teaching
remind 10-14 14:00 teaching
check_in 10-14 14:15 teaching
reflect 10-14 16:00 t001
nudge 10-16 16:00 t001"""


def rehearsed(folder: Path, *days: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(command(folder, "rehearse", *days, "--json").stdout)
    return found


def line(row: dict[str, Any]) -> str:
    (to,) = row["to"].values()
    return f"{row['kind']} {datetime.fromisoformat(row['at']):%m-%d %H:%M} {to}"


def test_the_list_has_the_contracts_keys_and_order(applied: Path) -> None:
    whole = rehearsed(applied, *SEPTEMBER_TO_JANUARY)
    assert all(row.keys() >= {*KEYS.split()} and row["text"] for row in whole)
    moments = [datetime.fromisoformat(row["at"]) for row in whole]
    assert moments == sorted(moments)
    day = rehearsed(applied, "--from", "2026-10-14", "--to", "2026-10-14")
    assert day == [row for row in whole if row["at"].startswith("2026-10-14")]
    assert len(day) == 3


def test_each_kind_has_the_moment_and_the_recipients_of_the_table(applied: Path) -> None:
    """The event of 14 October 14:30 to 16:00, which asks to respond by the 13th and to reflect by the 17th."""
    whole = rehearsed(applied, *SEPTEMBER_TO_JANUARY)
    of_it = [row for row in whole if (row["activity"], row["date"]) == ("monthly-research", "2026-10-14")]
    assert "\n".join(map(line, of_it)) == RESEARCH
    assert {row["kind"]: [*row["to"]] for row in of_it} == {
        **{kind: ["chat"] for kind in ("announce", "remind", "check_in")},
        **{kind: ["person"] for kind in ("nudge", "reflect")},
    }
    digests = [row for row in whole if row["kind"] == "digest"]
    assert [line(row) for row in digests][:3] == [  # the first school day of each next month
        "digest 10-08 08:30 teaching",
        "digest 11-02 08:30 teaching",
        "digest 12-01 08:30 teaching",
    ]
    assert {(row["activity"], row["date"], row["class"]) for row in digests} == {(None, None, None)}


def test_nobody_answers_and_everybody_attends(office: Path) -> None:
    """Who declined for good and who never came would change nothing: a rehearsal knows of neither."""
    of_it = [row["kind"] for row in rehearsed(office, "--from", "2026-10-12", "--to", "2026-10-16")]
    assert of_it.count("nudge") == 2
    assert of_it.count("reflect") == 1
