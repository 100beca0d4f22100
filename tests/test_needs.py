"""What a test needs beside Python: skipped and said at the end, or a failure where all is asked for."""

import os
import subprocess
import sys
from pathlib import Path

from tests.conftest import HOME

ASKING = "def test_it_opens(chromium: str) -> None:\n    assert chromium\n"
SAID = "tests/room needs Chromium and a Chinese font: apt install -y chromium fonts-noto-cjk"


def run_without_browsers(folder: Path, *more: str, **environment: str) -> subprocess.CompletedProcess[str]:
    (folder / "tests" / "room").mkdir(parents=True)
    (folder / "tests" / "room" / "test_page.py").write_text(ASKING)
    command = [sys.executable, "-m", "pytest", "-q", "-p", "tests.needs", "-p", "no:cacheprovider", *more, "tests"]
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(("JIAOLIAN_", "PYTEST_"))}
    searched = {"PATH": str(folder), "PYTHONPATH": str(HOME)}
    return subprocess.run(
        command, cwd=folder, env=inherited | searched | environment, capture_output=True, text=True, check=False
    )


def test_an_absent_browser_is_said_once_with_its_mend(tmp_path: Path) -> None:
    """Also by workers side by side, each of which finds it absent."""
    run = run_without_browsers(tmp_path, "-n", "2")
    assert run.returncode == 0
    assert run.stdout.splitlines().count(SAID) == 1
    assert "1 skipped" in run.stdout


def test_it_is_a_failure_where_all_is_asked_for(tmp_path: Path) -> None:
    run = run_without_browsers(tmp_path, JIAOLIAN_TEST_ALL="1")
    assert run.returncode == 1
    assert "apt install -y chromium fonts-noto-cjk" in run.stdout
