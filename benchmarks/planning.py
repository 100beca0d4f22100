"""A school year planned, and what is planned again after one change, beside dateutil's rrule drawing as many dates.

`python -m benchmarks.planning [--schools N] [--rounds N]` (make bench): 40 schools of 60 classes, in each school five
activities, a weekly class meeting of every class among them. After a change the planner looks no further than its
horizon, so that is what is planned again; a year once more is for comparison. The seconds depend on the machine, the
ratio to rrule less so; half the schools show that the cost grows with the occurrences. Medians, and the spread.
"""

import argparse
import gc
import statistics
import sys
import time
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from dateutil import rrule

from bot.cli import A_THRESHOLD
from scheduling import horizon, occurrences
from store.blueprint import Blueprint, Day

CLASSES, CHANGED = 60, date(2026, 11, 9)  # a Monday: every class meets
FIRST, LAST = date(2026, 9, 1), date(2027, 7, 2)
TERMS = [
    {"key": "autumn", "name": "第一学期", "first_day": FIRST, "last_day": date(2027, 1, 22)},
    {"key": "spring", "name": "第二学期", "first_day": date(2027, 2, 22), "last_day": LAST},
]
AT = {"at": "14:30", "lasts": "90m"}
MIX: list[dict[str, Any]] = [
    {"key": "class", "kind": "class_meeting", "every": "week", "on": "monday", "period": 7},
    {"key": "research", "kind": "joint_research", "every": "month", "on": "day 10", "hosts": ["s0", "s1"], **AT},
    {"key": "morning", "kind": "meeting", "every": "day", "at": "08:00", "lasts": "10m"},
    {"key": "staff", "kind": "meeting", "every": "week", "on": "friday", "weeks": "odd", "on_holiday": "next", **AT},
    {"key": "inspection", "kind": "inspection", "every": "term", "on": "week 10 thursday", **AT},
]


def consortium(schools: int) -> Blueprint:
    keys = [f"s{number}" for number in range(schools)]
    rooms = {key: [f"{key}-c{number}" for number in range(CLASSES)] for key in keys}
    activities = [
        {**activity, "key": f"{key}-{activity['key']}", "title": "样例活动", "chat": "group"}
        | ({"classes": rooms[key]} if activity["kind"] == "class_meeting" else {})
        for key in keys
        for activity in MIX
    ]
    return Blueprint.model_validate({
        "consortium": {"key": "k", "name": "样例", "timezone": "Asia/Shanghai", "public_holidays": "cn"},
        "school": [{"key": key, "name": "样例学校", "role": "member" if key != "s0" else "core"} for key in keys],
        "period": [{"school": key, "number": 7, "starts": "15:50", "ends": "16:35"} for key in keys],
        "class_": [{"key": room, "school": key, "name": "样例班"} for key in keys for room in rooms[key]],
        "term": TERMS,
        "activity": activities,
    })


def plan(blueprint: Blueprint, first: date = FIRST, last: date = LAST) -> int:
    for remembered in (occurrences.course, occurrences.programme_of):
        remembered.cache_clear()  # each plan is reckoned from the start
    return len(occurrences.of(blueprint, first, last))


def drawn(number: int) -> int:
    """As many instants by rrule, a weekly rule at a time; nothing is moved, named or put in order."""
    rule = rrule.rrule(rrule.WEEKLY, dtstart=datetime(2026, 9, 7, 15, 50), count=40)
    rules, rest = divmod(number, 40)
    found = sum(len(list(rule.replace(count=40))) for _ in range(rules))
    return found + (len(list(rule.replace(count=rest))) if rest else 0)


def timed(work: Callable[[], int]) -> tuple[float, int]:
    begun = time.perf_counter()
    number = work()
    return time.perf_counter() - begun, number


def main() -> None:
    gc.set_threshold(A_THRESHOLD)  # as the program itself does
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--schools", type=int, default=40)
    parser.add_argument("--rounds", type=int, default=5)
    asked = parser.parse_args()
    whole, half = consortium(asked.schools), consortium(asked.schools // 2)
    typhoon = whole.model_copy(update={"day": (Day(date=CHANGED, kind="off"),)})
    number = plan(whole)
    works: dict[str, Callable[[], int]] = {
        "half the schools": lambda: plan(half),
        "a year": lambda: plan(whole),
        "a year, one day off more": lambda: plan(typhoon),
        "as far as is looked": lambda: plan(typhoon, horizon.a_month_before(CHANGED), CHANGED + horizon.AHEAD),
        "rrule, as many": lambda: drawn(number),
    }
    rounds = [{name: timed(work) for name, work in works.items()} for _ in range(asked.rounds)]
    middle = {}
    for name in works:
        seconds = [one[name][0] for one in rounds]
        middle[name], found = statistics.median(seconds), rounds[0][name][1]
        each = middle[name] / found * 1e6
        spread = f"{min(seconds):.3f} to {max(seconds):.3f}"
        sys.stdout.write(f"{name:26}{found:8} occurrences {middle[name]:7.3f} s ({spread}) {each:6.2f} µs each\n")
    sys.stdout.write(f"{'ratio to rrule':26}{middle['a year'] / middle['rrule, as many']:8.2f}\n")
    sys.stdout.write(f"{'twice the schools':26}{middle['a year'] / middle['half the schools']:8.2f} times as long\n")


if __name__ == "__main__":
    main()
