"""Contract, "plan --json": keys, order, which days, and that the present time plays no part."""

import json
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from tests.bot.command import command
from tests.contract.conftest import EXAMPLE, SEPTEMBER_TO_JANUARY
from tests.contract.test_the_file import LEAST

KEYS = "consortium activity kind title date starts_at ends_at term week host theme class moved_from provisional"
# each is 1 September, and a Tuesday
LONG_AGO, FAR_AHEAD = date(2009, 9, 1), date(2037, 9, 1)


def planned(folder: Path, *days: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(command(folder, "plan", *days, "--json").stdout)
    return found


def test_the_list_has_the_contracts_keys_and_order(office: Path) -> None:
    """Two consortiums whose events begin at one instant, with hosts and themes and without, classes and none."""
    text = LEAST.replace("on = 2026-09-17\nat", "on = 2026-09-16\nat").replace('"15:30"', '"14:30"')
    (office / "least.toml").write_text(text, encoding="utf-8")
    assert command(office, "apply", "least.toml").returncode == 0
    rows = planned(office, "--from", "2026-09-01", "--to", "2026-10-31")
    assert all(row.keys() >= {*KEYS.split()} for row in rows)
    told = [(row["date"], row["consortium"], row["activity"], row["class"]) for row in rows]
    assert told == [
        ("2026-09-09", "chuzhong", "monthly-research", None),
        ("2026-09-16", "least", "class", "ca"),
        ("2026-09-16", "least", "class", "cb"),
        ("2026-09-16", "least", "talk", None),
        ("2026-10-14", "chuzhong", "monthly-research", None),
    ]
    first, *_, talk, second = rows
    assert (first["host"], first["theme"], first["term"], first["week"]) == ("core", "课堂提问", "2026-1", 2)
    assert (second["host"], second["theme"], second["kind"]) == ("east", "作业设计", "joint_research")
    assert (second["starts_at"], second["ends_at"]) == ("2026-10-14T14:30:00+08:00", "2026-10-14T16:00:00+08:00")
    assert [talk[key] for key in ("host", "theme", "class", "moved_from", "provisional")] == [None] * 4 + [False]


def test_what_was_moved_says_from_where(tmp_path: Path) -> None:
    text = EXAMPLE.read_text(encoding="utf-8")
    text = text.replace('on = "second wednesday"', 'on = "first thursday"').replace(
        "date = 2026-10-14", "date = 2026-10-01"
    )
    (tmp_path / "a.toml").write_text(text, encoding="utf-8")
    assert command(tmp_path, "apply", "a.toml").returncode == 0
    days = [(row["date"], row["moved_from"], row["week"]) for row in planned(tmp_path, *SEPTEMBER_TO_JANUARY)]
    assert days == [
        ("2026-09-03", None, 1),
        ("2026-10-08", "2026-10-01", 6),  # behind National Day
        ("2026-11-09", "2026-11-05", 11),  # behind the file's own two days off
        ("2026-12-03", None, 14),
    ]


def test_both_days_are_included_and_a_part_is_cut_out_of_the_whole(applied: Path) -> None:
    whole = planned(applied, *SEPTEMBER_TO_JANUARY)
    assert [row["date"] for row in planned(applied, "--from", "2026-09-09", "--to", "2026-10-14")] == [
        "2026-09-09",
        "2026-10-14",
    ]
    assert planned(applied, "--from", "2026-10-14", "--to", "2026-10-14") == [
        row for row in whole if row["date"] == "2026-10-14"
    ]
    assert planned(applied, "--from", "2026-10-15", "--to", "2026-10-31") == []


def test_days_long_past_and_far_ahead_are_planned_and_rehearsed_alike(tmp_path: Path) -> None:
    told = []
    for first in (LONG_AGO, FAR_AHEAD):
        folder = tmp_path / f"{first.year}"
        folder.mkdir()
        (folder / "a.toml").write_text(LEAST.replace("= 2026-", f"= {first.year}-"), encoding="utf-8")
        assert command(folder, "apply", "a.toml").returncode == 0
        days = ("--from", f"{first:%Y-%m-%d}", "--to", f"{first + timedelta(days=60):%Y-%m-%d}", "--json")
        rows = json.loads(command(folder, "plan", *days).stdout)
        lines = json.loads(command(folder, "rehearse", *days).stdout)
        assert [line["at"] for line in lines] == sorted(line["at"] for line in lines)
        told.append(
            (
                [(row["activity"], datetime.fromisoformat(row["starts_at"]).date() - first) for row in rows],
                [(line["kind"], line["to"], datetime.fromisoformat(line["at"]).date() - first) for line in lines],
            )
        )
    assert told[0] == told[1]
    assert all(told[0])
