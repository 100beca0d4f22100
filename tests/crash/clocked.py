"""`jiaolian run` in a process whose clock is set from outside: each line that it is told is how many hours it is off.

time-machine alters what Python asks for the time of day; what measures how long something takes goes on, as it does
where a machine's clock is set.
"""

import sys
import threading
from datetime import UTC, datetime, timedelta

import time_machine

from bot.cli import main


def listen(clock: time_machine.Traveller) -> None:
    off = timedelta(0)
    for line in sys.stdin:
        hours = timedelta(hours=int(line))
        clock.shift(hours - off)
        off = hours


if __name__ == "__main__":
    with time_machine.travel(datetime.now(UTC), tick=True) as clock:
        threading.Thread(target=listen, args=(clock,), daemon=True).start()
        main()
