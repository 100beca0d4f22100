"""`python -m sandbox [--port N] [--token T]`: the server alone; prints its address, ends with its standard input."""

import argparse
import sys
from datetime import UTC, datetime

from sandbox.server import served
from sandbox.state import Room

parser = argparse.ArgumentParser(description=__doc__)
parser.add_argument("--port", type=int, default=0)
parser.add_argument("--token")
asked = parser.parse_args()
with served(Room(lambda: datetime.now(UTC), token=asked.token), asked.port) as address:
    sys.stdout.write(f"{address}\n")
    sys.stdout.flush()
    sys.stdin.read()
