"""A room's place on the disk: gone with the room, at the latest when the next one opens."""

import subprocess
import sys
from pathlib import Path
from typing import TextIO

import pytest

import bot.room.place
from bot.room.place import LOCK, PREFIX, place, sweep, take
from tests.conftest import HOME

KILLED = """
import os, signal, sys
from pathlib import Path
from bot.room.place import place
with place(Path(sys.argv[1])) as mine:
    (mine / "1").mkdir()
    (mine / "1" / "demo.db").write_text("somebody's own")
    os.kill(os.getpid(), signal.SIGKILL)
"""


def test_what_a_killed_room_left_is_gone_and_a_living_ones_stays(tmp_path: Path) -> None:
    subprocess.run([sys.executable, "-c", KILLED, str(tmp_path)], cwd=HOME, check=False)
    [left] = tmp_path.iterdir()
    assert (left / "1" / "demo.db").exists()
    others = tmp_path / f"{PREFIX}without-a-lock"
    others.mkdir()
    with place(tmp_path) as first, place(tmp_path) as second:
        assert not left.exists()
        assert sorted(tmp_path.iterdir()) == sorted((others, first, second))
        assert (first / LOCK).exists()
    assert list(tmp_path.iterdir()) == [others]


def test_a_room_that_is_being_made_is_not_swept_by_another_that_starts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Just before it takes its lock, and when it has it."""

    def others_first(lock: TextIO) -> None:
        monkeypatch.setattr(bot.room.place, "take", take)
        sweep(Path(lock.name).parent)
        take(lock)

    monkeypatch.setattr(bot.room.place, "take", others_first)
    with place(tmp_path) as mine:
        sweep(mine)
        assert [one.name for one in mine.iterdir()] == [LOCK]
    assert list(tmp_path.iterdir()) == []
