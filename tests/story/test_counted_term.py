"""A whole term in which everybody acts: each figure of its report is counted again from what the server saw alone."""

import json
from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.file import consortium_file
from bot.reports import report_json
from handlers import report_sums
from handlers.apply import Applied, Apply, apply
from handlers.report import Report, report
from handlers.report_sums import Sum
from scheduling.clock import MovableClock
from store import consortiums
from store.database import Session, Store
from tests.databases import ON_SQLITE
from tests.story import counted_again
from tests.story.consortium import PEOPLE
from tests.story.counted_again import Log
from tests.story.crowd import Crowd
from tests.story.everybody import everybody_is_there, linked_and_bound
from tests.story.stage import ZONE, at, staged

TERM = date(2026, 9, 1), date(2027, 1, 22)
RESEARCH = [  # second Wednesdays
    *(at(f"{day} 14:30") for day in ("09-09", "10-14", "11-11", "12-09")),
    datetime(2027, 1, 13, 14, 30, tzinfo=ZONE),
]
MONDAYS = [date(2026, 9, 7) + timedelta(weeks=week) for week in range(20) if week != 4]  # 5 October is a holiday
RECORDED = 16, 50  # both class meetings are over
CAME = ("present", "late")
Events = list[dict[str, Any]]


@pytest.fixture
def clock() -> MovableClock:
    return MovableClock(at("09-01 09:00"))


@pytest.fixture
def applied(store: Store, clock: MovableClock, tmp_path: Path) -> Store:
    file = tmp_path / "story.toml"
    file.write_text(linked_and_bound({"teaching": "sunday 19:00", "heads": "monday 08:00"}), encoding="utf-8")
    assert isinstance(store.call(apply, Apply(consortium_file.read(file)), clock.now()), Applied)
    return store


@ON_SQLITE  # the first month is told on both
async def test_a_report_of_a_term_is_what_the_log_alone_says(applied: Store, clock: MovableClock) -> None:
    async with staged(applied, clock) as stage:
        log, crowd = Log(stage.room), Crowd(stage, 7)
        await everybody_is_there(stage)
        lessons = [datetime(day.year, day.month, day.day, *RECORDED, tzinfo=ZONE) for day in MONDAYS]
        await crowd.live(RESEARCH, lessons)
        await crowd.to(datetime(2027, 2, 1, 9, tzinfo=ZONE))
        whole = applied.read(made, clock.now())
        told = counted_again.records(log.entries, log.codes, RESEARCH, MONDAYS)
    assert events(whole) == told
    assert {one["attendance"] for event in told for one in event["people"]} >= {*CAME, "leave", "absent_pending"}
    held = [event for event in told if event["class"] is None]
    agree(report_sums.total(whole, ""), held)
    for one in report_sums.by_month(whole):
        agree(one, [event for event in held if event["date"].startswith(one.name)])
    schools = report_sums.by_school(whole)
    for one in schools:
        agree(one, [of_school(event, one.school) for event in held])
    for one in report_sums.by_person(whole):
        agree(one, [of_person(event, one.name) for event in held])
    total = report_sums.total(whole, "")
    assert sum((one.counts for one in schools), Counter()) == total.counts
    assert (sum(one.expected for one in schools), sum(one.came for one in schools)) == (total.expected, total.came)


def made(session: Session, now: datetime) -> Report:
    found = consortiums.by_key(session, "story")
    assert found is not None
    return report(session, found, TERM, now)


def events(found: Report) -> Events:
    """As `report --json` has them, as far as the log tells of them."""
    names = "person", "seen", "response", "response_late", "leave", "attendance", "late_minutes", "reflected"
    return [
        {name: one[name] for name in ("activity", "date", "class", "counts")}
        | {
            "people": sorted(
                ({name: who[name] for name in names} for who in one["people"]), key=lambda who: who["person"]
            )
        }
        for one in json.loads("".join(report_json.written(found, (), ())))["events"]
    ]


def of_school(event: dict[str, Any], school: str) -> dict[str, Any]:
    return event | {"people": [one for one in event["people"] if PEOPLE[one["person"]][1] == school]}


def of_person(event: dict[str, Any], name: str) -> dict[str, Any]:
    return event | {"people": [one for one in event["people"] if PEOPLE[one["person"]][0] == name]}


def agree(one: Sum, told: Iterable[dict[str, Any]]) -> None:
    """Every figure of a sum, from the records that were counted again."""
    parts = [event["people"] for event in told if event["people"]]
    people = [person for part in parts for person in part]
    assert one.events == len(parts)
    assert {status.value: count for status, count in one.counts.items() if count} == Counter(
        person["attendance"] for person in people
    )
    assert (one.expected, one.came) == (len(people), sum(person["attendance"] in CAME for person in people))
    assert one.answered == sum(person["response"] is not None for person in people)
    assert one.reflected == sum(person["reflected"] for person in people)
    assert {state.value: count for state, count in one.leaves.items()} == Counter(
        person["leave"] for person in people if person["leave"]
    )
    assert one.unused == sum(person["leave"] == "approved" and person["attendance"] in CAME for person in people)
