"""Messages sent and presses answered: `jiaolian run` against a stock bot and a bare client, on the same kind of server.

`python -m benchmarks.throughput [--sends N] [--presses N] [--rounds N]` (make bench): the server and each contender are
processes of their own, and in each round they take turns, so that a machine at work with other things slows them all:
the seconds say little, the ratios of pairs more. The server counts. Pacing is off.

Sends: so many reminders (at most 1000) fall due at once. Presses: so many at once on one card, by 400 people; each is
durable, answered, and in the card. Then 50 a second for ten seconds.

`--people N` (at most 1000) instead: all of them press one card in the same moment, our bot keeping Telegram's pace.
`--permitted N` (at most 1000) instead: so many messages that are due at once, under Telegram's limits: how much of the
permitted rate is used, and how often the server had to refuse; with `--nodes N` by so many on one PostgreSQL.
"""

import argparse
import statistics
import sys
from collections import defaultdict
from collections.abc import Callable

from benchmarks import pressing, sending
from benchmarks.contenders import ours
from benchmarks.counting_server import serving
from benchmarks.measured import Measured, middle, ratio

STEADY = 50  # presses a second
ROWS: dict[tuple[str, str], Callable[[int], Measured]] = {
    ("sends", "jiaolian"): sending.by_ours,
    ("sends", "stock"): sending.by_stock,
    ("sends", "bare"): sending.by_bare,
    ("presses", "jiaolian"): pressing.by_ours,
    ("presses", "stock"): pressing.by_stock,
    ("presses", "bare"): pressing.by_bare,
}


def steadily() -> Measured:
    with serving() as server:
        return pressing.steady(ours(server), server, STEADY)


def line(what: str, name: str, found: list[Measured]) -> str:
    parts = [f"{what:8}{name:9}{middle([one.rate for one in found])} a second"]
    if any(one.cpu for one in found):
        parts.append(f"{middle([one.cpu for one in found], 2)} s of processor for 1,000")
    if any(one.p99 for one in found):
        parts.append(f"p99 {middle([one.p99 for one in found])} ms")
    if any(one.edits for one in found):
        parts.append(f"{statistics.median(one.edits for one in found):.3f} edits each")
    parts += sorted({one.wrong for one in found if one.wrong})
    return ", ".join(parts) + "\n"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sends", type=int, default=1_000)
    parser.add_argument("--presses", type=int, default=2_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--people", type=int)
    parser.add_argument("--permitted", type=int)
    parser.add_argument("--nodes", type=int, default=0)
    asked = parser.parse_args()
    if asked.people:
        sys.stdout.write(pressing.paced(asked.people))
        return
    if asked.permitted:
        sys.stdout.write(sending.permitted(asked.permitted, asked.nodes))
        return
    found: defaultdict[tuple[str, str], list[Measured]] = defaultdict(list)
    for _ in range(asked.rounds):
        for (what, name), measure in ROWS.items():
            number = asked.sends if what == "sends" else asked.presses
            if number:
                found[what, name].append(measure(number))
        if asked.presses:
            found["steady", "jiaolian"].append(steadily())
    for (what, name), measured in found.items():
        sys.stdout.write(line(what, name, measured))
    for what in {what: None for what, name in found if name == "stock"}:
        for other in ("stock", "bare"):
            sys.stdout.write(f"{what}: {ratio(found[what, 'jiaolian'], found[what, other])} x {other}\n")


if __name__ == "__main__":
    main()
