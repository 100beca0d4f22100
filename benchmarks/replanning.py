"""The planner with its database: filled, and planned again after one change.

`python -m benchmarks.replanning [--schools N] [--rounds N]` (make bench): the consortium of `benchmarks.planning` with
every message that there is, in a SQLite file of its own. Seconds of processor time, medians and spread; "with nothing
to go by" is the same plan with every mark taken away, so that each row and reminder is looked at.
"""

import argparse
import gc
import statistics
import sys
import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import update

from benchmarks.planning import CHANGED, consortium
from bot.cli import A_THRESHOLD
from handlers.apply import Apply, apply
from scheduling import planner
from store import consortiums
from store.blueprint import Blueprint, Day, Detail
from store.database import Session, Store
from store.migrating import upgrade
from store.occurrences import Occurrence

NOW = datetime(2026, 10, 15, 2, tzinfo=UTC)
PRIVATE = {"remind": ["1d"], "reflect": {"due": "3d"}}
WHOLE = PRIVATE | {
    "announce": "7d",
    "remind": ["1d", "30m"],
    "respond_by": "1d",
    "nudge": ["1d"],
    "check_in": {"opens": "15m", "closes": "30m"},
}
MOVED = Detail(activity="s3-research", date=date(2026, 11, 10), held_on=date(2026, 11, 12))


def asking(blueprint: Blueprint) -> Blueprint:
    """With a head teacher for each class, a group, and every message."""
    file = blueprint.model_dump(exclude_none=True)
    file["chat"] = [{"key": "group", "title": "样例群", "platform": "telegram"}]
    for room in file["class_"]:
        room["head_teacher"] = f"t-{room['key']}"
    heads = [(room["head_teacher"], room["school"]) for room in file["class_"]]
    file["person"] = [{"key": key, "name": "样例", "school": at, "roles": ["teacher"]} for key, at in heads]
    for activity in file["activity"]:
        activity.update(PRIVATE if activity["kind"] == "class_meeting" else WHOLE)
    return Blueprint.model_validate(file)


def filled(store: Store, blueprint: Blueprint) -> None:
    upgrade(store)
    store.call(apply, Apply(blueprint), NOW)


def amend(session: Session, blueprint: Blueprint) -> None:
    consortiums.amend(session, consortiums.every(session)[0], blueprint)


def unmark(session: Session) -> None:
    session.connection().execute(update(Occurrence).values(mark=None))


def round_of(blueprint: Blueprint, folder: Path) -> dict[str, float]:
    """Processor seconds of each step, in a database of its own."""
    store = Store(f"sqlite:///{folder}/planned.db")
    filled(store, blueprint)
    off = blueprint.model_copy(update={"day": (Day(date=CHANGED, kind="off"),)})
    moved = blueprint.model_copy(update={"occurrence": (MOVED,)})
    steps: dict[str, Callable[[], object]] = {
        "first fill": lambda: None,
        "nothing changed": lambda: None,
        "one occurrence moved": lambda: store.call(amend, moved),
        "moved back": lambda: store.call(amend, blueprint),
        "one day off more": lambda: store.call(amend, off),
        "a day off less": lambda: store.call(amend, blueprint),
        "with nothing to go by": lambda: store.call(unmark),
    }
    seconds = {}
    for name, change in steps.items():
        change()
        gc.collect()
        begun = time.process_time()
        store.call(planner.plan, NOW)
        seconds[name] = time.process_time() - begun
    store.close()
    return seconds


def main() -> None:
    gc.set_threshold(A_THRESHOLD)  # as the program itself does
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--schools", type=int, default=40)
    parser.add_argument("--rounds", type=int, default=3)
    asked = parser.parse_args()
    blueprint, rounds = asking(consortium(asked.schools)), []
    for _ in range(asked.rounds):
        with TemporaryDirectory() as folder:
            rounds.append(round_of(blueprint, Path(folder)))
    for name in rounds[0]:
        seconds = [one[name] for one in rounds]
        spread = f"{min(seconds):.2f} to {max(seconds):.2f}"
        sys.stdout.write(f"{name:26}{statistics.median(seconds):6.2f} s ({spread})\n")


if __name__ == "__main__":
    main()
