"""`python -m sandbox [--port N] [--token T] [--limits] [--strict] [--storm RATE [--seed N]]`: the server alone.

Prints its address, ends with its stdin.
"""

import argparse
import sys
from datetime import UTC, datetime

from sandbox.server import served
from sandbox.state import Room

PURPOSE = "The server alone: prints its address, ends with its stdin."
parser = argparse.ArgumentParser("python -m sandbox", description=PURPOSE)
parser.add_argument("--port", type=int, default=0)
parser.add_argument("--token")
parser.add_argument("--limits", action="store_true", help="refuse whoever is faster than Telegram permits")
parser.add_argument("--strict", action="store_true", help="refuse a call that is not as the Bot API is described")
parser.add_argument("--storm", type=float, metavar="RATE", help="let this share of all calls meet a fault")
parser.add_argument("--seed", type=int, default=0, help="which calls those are")
asked = parser.parse_args()
room = Room(lambda: datetime.now(UTC), token=asked.token, pace=asked.limits, strict=asked.strict)
if asked.storm is not None:
    if not 0 < asked.storm <= 1:
        parser.error(f"--storm: {asked.storm}: expected a share of more than 0, at most 1")
    room.faults.storm(asked.seed, asked.storm)
with served(room, asked.port) as address:
    sys.stdout.write(f"{address}\n")
    sys.stdout.flush()
    sys.stdin.read()
