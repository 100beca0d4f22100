"""The long version of the kill test: `python -m tests.crash --kills 1000 --dialect postgresql --seed N`.

Rounds of thirty-two kills, each with a database, a term and a seed of its own; ends with 1 where a promise was broken.
"""

import argparse
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.crash.kills import killed
from tests.databases import DIALECTS, QUICK, Files, Server, started

ROUND = 32


@contextmanager
def databases(dialect: str, folder: Path) -> Iterator[Files | Server]:
    if dialect == "sqlite":
        yield Files(folder)
        return
    server = Server(started(folder / "postgresql"), "kills")
    for setting in QUICK:
        server.order(f"ALTER SYSTEM SET {setting} = off")
    server.order("SELECT pg_reload_conf()")
    yield server
    server.drop(server.made)
    server.engine.dispose()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=1000)
    parser.add_argument("--dialect", choices=DIALECTS, default="sqlite")
    parser.add_argument("--way", choices=("polling", "webhook"), default="polling")
    parser.add_argument("--seed", type=int, default=20261014)
    asked = parser.parse_args()
    begun, instants, sums = time.monotonic(), Counter[tuple[str, str]](), Counter[str]()
    with TemporaryDirectory(prefix="jiaolian-kills-", ignore_cleanup_errors=True) as home:
        Path(home).chmod(0o755)  # PostgreSQL's own user looks in
        with databases(asked.dialect, Path(home)) as made:
            for number, first in enumerate(range(0, asked.kills, ROUND)):
                seed = asked.seed + number
                kills = range(first, min(first + ROUND, asked.kills))
                try:
                    found = killed(Path(home), made.new(), asked.way, kills, seed)
                except AssertionError as broken:
                    sys.stdout.write(f"seed {seed}: {broken}\n")
                    return 1
                instants += found.instants
                for name in ("kills", "messages", "presses", "repeats", "flagged"):
                    sums[name] += getattr(found, name)
                told = ", ".join(f"{name} {value}" for name, value in sums.items())
                sys.stdout.write(f"seed {seed}: held; so far {told}, {time.monotonic() - begun:.0f} s\n")
                sys.stdout.flush()
    for (stage, method), count in sorted(instants.items()):
        sys.stdout.write(f"  {f'{method} {stage}'.strip() or 'at some instant after the start':40}{count:6}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
