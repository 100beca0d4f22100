"""A report of a year: 40 schools of 50 people, 60 events at which everybody is expected.

`python -m benchmarks.report [--schools N] [--people N] [--events N]`: the command in a process of its own, on a SQLite
file; how long it takes and how much memory it needs at most, and how long a press waits meanwhile.
"""

import argparse
import os
import resource
import subprocess
import sys
import time
from datetime import UTC, date, datetime, timedelta
from datetime import time as clock
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from sqlalchemy import insert

from handlers.apply import Apply, apply
from scheduling import planner
from store import agendas, persons, responses
from store.attendees import Attendee
from store.blueprint import Blueprint
from store.check_ins import CheckIn, CheckInMethod
from store.database import Session, Store
from store.leaves import Leave, LeaveState
from store.migrating import upgrade
from store.occurrences import Occurrence
from store.reflections import Reflection
from store.responses import ParticipationStatus, Response

FIRST, LAST = date(2025, 9, 1), date(2026, 7, 3)
BEGIN = datetime(2025, 8, 20, tzinfo=UTC)
CHECK_IN = {"opens": "15m", "late_after": "10m", "closes": "30m"}
ABSENT, AWAY, LATE = 11, 7, 5  # of so many people one


def consortium(schools: int, people: int, events: int) -> Blueprint:
    keys = [f"s{number}" for number in range(schools)]
    days = (FIRST + timedelta(days=number * (LAST - FIRST).days // events) for number in range(events))
    return Blueprint.model_validate(
        {
            "consortium": {
                "key": "large",
                "name": "样例教联体",
                "timezone": "Asia/Shanghai",
                "public_holidays": "none",
            },
            "school": [{"key": key, "name": f"样例第{key}小学", "role": "member"} for key in keys],
            "person": [
                {"key": f"{key}-{number}", "name": f"样{key}-{number}", "school": key, "roles": ["teacher"]}
                for key in keys
                for number in range(people)
            ],
            "term": [{"key": "y", "name": "样例学年", "first_day": FIRST, "last_day": LAST}],
            "chat": [{"key": "group", "title": "样例群", "platform": "telegram"}],
            "activity": [
                {"key": f"a{number}", "kind": "joint_research", "title": f"样例教研{number}", "chat": "group"}
                | {"every": "once", "on": day, "at": clock(14), "lasts": "90m", "announce": "7d", "check_in": CHECK_IN}
                for number, day in enumerate(days)
            ],
        }
    )


def fill(session: Session) -> None:
    """What everybody said and did."""
    people = [(row.id, row.school_id) for row in persons.by_keys(session, 1).values()]
    tables: dict[Any, list[dict[str, Any]]] = {Attendee: [], Response: [], CheckIn: [], Leave: [], Reflection: []}
    for event, _ in agendas.of_consortium(session, 1):
        for number, (person, school) in enumerate(people):
            add(tables, event, number + (event.id or 0), {"occurrence_id": event.id, "person_id": person}, school)
    for table, rows in tables.items():
        session.connection().execute(insert(table), rows)


def add(
    tables: dict[Any, list[dict[str, Any]]], event: Occurrence, number: int, who: dict[str, Any], school: int
) -> None:
    before, after = event.starts_at - timedelta(days=2), event.ends_at + timedelta(hours=2)
    away = number % AWAY == 0
    said = ParticipationStatus.DECLINED if away else ParticipationStatus.ACCEPTED
    tables[Attendee].append(who | {"school_id": school})
    tables[Response].append(who | {"seen_at": before, "status": said, "answered_at": before, "late": False, "note": ""})
    if away:
        tables[Leave].append(who | {"reason": "", "state": LeaveState.APPROVED, "asked_at": before})
    elif number % ABSENT:
        late = number % LATE == 0
        at = event.starts_at + timedelta(minutes=15 if late else -5)
        tables[CheckIn].append(who | {"at": at, "method": CheckInMethod.BUTTON, "late": late, "school_id": school})
        tables[Reflection].append(who | {"text": "样例", "visibility": "school", "submitted_at": after})


def presses(store: Store, report: "subprocess.Popen[bytes]") -> list[float]:
    """While the report is made somebody answers, again and again: how long each answer took to be kept, in seconds."""
    waits: list[float] = []
    statuses = [ParticipationStatus.ACCEPTED, ParticipationStatus.DECLINED]
    while report.poll() is None:
        begun = time.perf_counter()
        store.call(responses.record, 1, 1, statuses[len(waits) % 2], BEGIN, late=False)
        waits.append(time.perf_counter() - begun)
        time.sleep(0.05)
    return waits


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    for name, number in (("schools", 40), ("people", 50), ("events", 60)):
        parser.add_argument(f"--{name}", type=int, default=number)
    asked = parser.parse_args()
    with TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/report.db"
        store = Store(url)
        upgrade(store)
        store.call(apply, Apply(consortium(asked.schools, asked.people, asked.events)), BEGIN)
        store.call(planner.plan, BEGIN)
        store.call(fill)
        command = [sys.executable, "-m", "bot", "report", "--consortium", "large", "--out", f"{folder}/out"]
        days = ["--from", FIRST.isoformat(), "--to", LAST.isoformat(), "--json"]
        with Path(folder, "report.json").open("wb") as out:
            begun = time.perf_counter()
            child = subprocess.Popen([*command, *days], stdout=out, env=os.environ | {"JIAOLIAN_DATABASE_URL": url})
            waits = presses(store, child)
        seconds, used = time.perf_counter() - begun, resource.getrusage(resource.RUSAGE_CHILDREN)
        records = asked.schools * asked.people * asked.events
        cost = f"{seconds:.1f} s, {used.ru_utime + used.ru_stime:.1f} of the processor, {used.ru_maxrss / 1024:.0f} MB"
        sys.stdout.write(f"{records} records: {cost}\n")
        sys.stdout.write(f"presses meanwhile: {len(waits)}, the slowest {max(waits) * 1000:.0f} ms\n")
        store.close()


if __name__ == "__main__":
    main()
