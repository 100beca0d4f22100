"""A room's place on the disk: gone when the room is; what a room that was killed left behind goes with the next one.

Somebody's own consortium may have been opened in it. A place whose lock is held has its room still.
"""

import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TextIO

PREFIX = "jiaolian-demo-"
LOCK = "lock"
UNTAKEN = "lock.new"  # so is it called until it is held: no sweeper ever finds a living room's lock free


@contextmanager
def place(home: Path | None = None) -> Iterator[Path]:
    """A new folder in `home`, by default in that of the system for what is passing."""
    home = home or Path(tempfile.gettempdir())
    for one in home.glob(f"{PREFIX}*"):
        sweep(one)
    with tempfile.TemporaryDirectory(prefix=PREFIX, dir=home) as name, Path(name, UNTAKEN).open("w") as lock:
        with suppress(OSError):
            take(lock)
            Path(name, UNTAKEN).rename(Path(name, LOCK))
        yield Path(name)


def sweep(left: Path) -> None:
    """Without a lock it is being made, or was by an older version; what is another user's stays."""
    with suppress(OSError), Path(left, LOCK).open() as lock:
        take(lock)
        shutil.rmtree(left, ignore_errors=True)


def take(lock: TextIO) -> None:
    """Until the program ends, however it does. Raises OSError where another has it."""
    if sys.platform == "win32":
        raise OSError("no such lock: nothing is swept")
    import fcntl

    fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
