"""What the contract is held against from outside: a folder in which its own example and
a sample's charter were taken in."""

import shutil
from pathlib import Path

import pytest

from tests.bot.command import command
from tests.conftest import HOME
from tests.handlers.conftest import research, school

__all__ = ["research", "school"]  # fixtures

EXAMPLE = Path(__file__).parent / "example.toml"
CHARTER = HOME / "samples" / "chuzhong-charter.txt"
SEPTEMBER_TO_JANUARY = ("--from", "2026-09-01", "--to", "2027-01-31")


@pytest.fixture(scope="session")
def applied(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Only read there: `office` is for what writes."""
    folder = tmp_path_factory.mktemp("contract")
    for words in (["apply", str(EXAMPLE)], ["policy", "import", str(CHARTER), "--consortium", "chuzhong"]):
        done = command(folder, *words)
        assert (done.returncode, done.stderr) == (0, "")
    return folder


@pytest.fixture
def office(applied: Path, tmp_path: Path) -> Path:
    """The same once more, for this test alone."""
    shutil.copytree(applied, tmp_path, dirs_exist_ok=True)
    return tmp_path
