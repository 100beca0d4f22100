"""`jiaolian term-plan` and `import-plan`: out, edited, in, and `plan` has it."""

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.bot.command import command
from tests.bot.sheet_sample import NAME, Edited

KEY = ("--consortium", "chuzhong")


@pytest.fixture
def edited(folder: Path) -> Edited:
    """Of the sample's second term row after row, as it was written."""
    run = command(folder, "term-plan", *KEY, "--term", "2026-1", "--out", NAME)
    assert (run.returncode, run.stdout) == (0, f"已写入 {NAME}（2026—2027学年第一学期，28 次活动）。\n")
    return Edited((folder / NAME).read_bytes())


def imported(folder: Path, edited: Edited, *more: str) -> dict[str, Any]:
    (folder / NAME).write_bytes(edited.content)
    run = command(folder, "import-plan", NAME, *KEY, "--json", *more)
    assert (run.returncode, run.stderr) == (0, "")
    found: dict[str, Any] = json.loads(run.stdout)
    return found


def planned(folder: Path) -> list[dict[str, Any]]:
    run = command(folder, "plan", *KEY, "--from", "2026-09-01", "--to", "2027-01-22", "--json")
    found: list[dict[str, Any]] = json.loads(run.stdout)
    return found
