"""`python -m sandbox [--port N] [--token T] [--limits] [--strict]`: the server alone.

Prints its address, ends with its stdin.
"""

import argparse
import sys
from datetime import UTC, datetime

from sandbox.server import served
from sandbox.state import Room

parser = argparse.ArgumentParser(description=__doc__)
parser.add_argument("--port", type=int, default=0)
parser.add_argument("--token")
parser.add_argument("--limits", action="store_true", help="refuse whoever is faster than Telegram permits")
parser.add_argument("--strict", action="store_true", help="refuse a call that is not as the Bot API is described")
asked = parser.parse_args()
room = Room(lambda: datetime.now(UTC), token=asked.token, pace=asked.limits, strict=asked.strict)
with served(room, asked.port) as address:
    sys.stdout.write(f"{address}\n")
    sys.stdout.flush()
    sys.stdin.read()
