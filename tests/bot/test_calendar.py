"""`jiaolian calendar`, read back as a phone reads it: the plan's dates, and what moves and drops become."""

import json
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from icalendar import Calendar
from msgspec.structs import replace

from bot import diary, ics
from bot.diary import Event, Whose
from store import consortiums
from store.database import Session, Store
from tests.bot.command import command
from tests.databases import Databases, Prepared
from tests.handlers.event_sample import CLASSES, MEETING, RESEARCH, SHANGHAI, School, begin, local
from tests.scheduling.test_planner import reapplied

TERM = ("--from", "2026-09-01", "--to", "2027-01-22")
FIRST, LAST = date(2026, 9, 1), date(2027, 1, 22)
ONE = Event(
    "sample.research.2026-10-14@jiaolian", 0, False, False, "教研",
    datetime(2026, 10, 14, 14, 30, tzinfo=SHANGHAI), datetime(2026, 10, 14, 16, tzinfo=SHANGHAI),
    None, None, None, None,
)  # fmt: skip


def entries(content: bytes) -> list[Any]:
    return list(Calendar.from_ical(content).walk("VEVENT"))


def exported(folder: Path, *words: str) -> list[Any]:
    file = folder / "calendar.ics"
    run = command(folder, "calendar", "--consortium", "chuzhong", *TERM, "--out", str(file), *words)
    assert (run.returncode, run.stderr) == (0, "")
    assert sorted(path.name for path in folder.glob("*.ics*")) == ["calendar.ics"]
    return entries(file.read_bytes())


def planned(folder: Path) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = json.loads(command(folder, "plan", *TERM, "--json").stdout)
    return rows


def seen(school: School, person: str | None = None) -> dict[str, tuple[int, bool, str]]:
    """By UID: SEQUENCE, whether it is cancelled, and the local start."""

    def read(session: Session) -> list[Event]:
        consortium = consortiums.by_key(session, "sample")
        assert consortium is not None
        return diary.events(session, consortium, Whose(person), FIRST, LAST)

    content = ics.written("样例", SHANGHAI, school.ask(read), school.now, lambda _: "")
    return {
        str(entry["uid"]): (
            int(entry["sequence"]),
            entry["status"] == "CANCELLED",
            f"{entry.decoded('dtstart'):%m-%d %H:%M}",
        )
        for entry in entries(content)
    }


def test_the_consortiums_calendar_is_the_plan(folder: Path) -> None:
    found, rows = exported(folder), planned(folder)
    assert len(rows) > 200
    times = [(entry.decoded("dtstart").isoformat(), entry.decoded("dtend").isoformat()) for entry in found]
    assert sorted(times) == sorted((row["starts_at"], row["ends_at"]) for row in rows)
    assert {str(entry["dtstart"].params["TZID"]) for entry in found} == {"Asia/Shanghai"}
    tentative = sum(entry["status"] == "TENTATIVE" for entry in found)
    assert tentative == sum(row["provisional"] for row in rows)


def test_one_entry_says_what_a_teacher_must_know(folder: Path) -> None:
    uid = "chuzhong.monthly-research.2026-10-14@jiaolian"
    (entry,) = (entry for entry in exported(folder, "--person", "t101") if entry["uid"] == uid)
    assert str(entry["summary"]) == "共创式主题教研 · 作业设计"
    assert str(entry["location"]) == "样例东城初级中学 综合楼二楼录播教室"
    assert "承办：样例东城初级中学" in str(entry["description"])
    assert entry.decoded("dtstamp").tzinfo is not None


def test_a_class_has_its_own_meetings_and_a_person_those_of_the_own_class(folder: Path) -> None:
    rows = [row for row in planned(folder) if row["class"] == "c701"]
    uids = {f"chuzhong.{row['activity']}.{row['date']}.c701@jiaolian" for row in rows}
    assert {str(entry["uid"]) for entry in exported(folder, "--class", "c701")} == uids
    classes = {str(entry["uid"]) for entry in exported(folder, "--person", "t101") if "-meeting" in entry["uid"]}
    assert classes == uids


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--person", "t999"], "--person: 't999': expected the key of a person of chuzhong\n"),
        (["--class", "c999"], "--class: 'c999': expected the key of a class of chuzhong\n"),
        (["--out", "nowhere/a.ics"], "--out: nowhere/a.ics: No such file or directory: expected a file that can be"),
        (["--consortium", "nowhere"], "--consortium: 'nowhere': expected the key of a consortium that was applied (ch"),
        (["--from", "2027-02-01"], "--from: 2027-02-01: expected no later day than --to 2027-01-22\n"),
    ],
)
def test_a_refusal_writes_nothing(folder: Path, words: list[str], said: str) -> None:
    run = command(folder, "calendar", "--consortium", "chuzhong", *TERM, "--out", "a.ics", *words)
    assert (run.returncode, run.stdout) == (1, "")
    assert run.stderr.startswith(said)
    assert run.stderr.count("\n") == 1
    assert not list(folder.rglob("*.ics*"))


def test_a_person_or_a_class_not_both(folder: Path) -> None:
    words = ["--out", "a.ics", "--person", "t101", "--class", "c701"]
    assert command(folder, "calendar", "--consortium", "chuzhong", *TERM, *words).returncode == 2


def test_whoever_is_not_meant_has_it_not(store: Store) -> None:
    school = begin(store, RESEARCH, MEETING, CLASSES)
    mine, office = seen(school, "li"), seen(school, "chen")
    assert {uid.split(".")[1] for uid in mine} == {"research", "meeting", "classes"}
    assert {uid.split(".")[1] for uid in office} == {"meeting"}
    assert all(uid.endswith(".c701@jiaolian") for uid in mine if "classes" in uid)


def test_whom_the_notice_settled_keeps_it_and_who_came_later_has_it_not(store: Store) -> None:
    school = begin(store, RESEARCH, until="10-08 09:00")
    reapplied(school, RESEARCH | {"audience": {"roles": ("principal",)}})
    assert "sample.research.2026-10-14@jiaolian" in seen(school, "li")
    assert "sample.research.2026-10-14@jiaolian" not in seen(school, "qian")
    assert "sample.research.2026-11-11@jiaolian" in seen(school, "qian")


def test_a_move_keeps_the_uid_and_raises_the_sequence(store: Store) -> None:
    school, uid = begin(store, RESEARCH), "sample.research.2026-10-14@jiaolian"
    assert seen(school)[uid] == (0, False, "10-14 14:30")
    school.until("10-08 09:00")
    reapplied(school, RESEARCH | {"at": time(15)})
    assert seen(school)[uid] == (1, False, "10-14 15:00")
    reapplied(school, RESEARCH, day=({"date": date(2026, 10, 14), "kind": "off"},))
    assert seen(school)[uid] == (2, False, "10-15 14:30")


def test_what_is_dropped_stays_as_cancelled(store: Store) -> None:
    school, uid = begin(store, RESEARCH, CLASSES), "sample.research.2026-10-14@jiaolian"
    school.until("10-08 09:00")
    reapplied(school, RESEARCH | {"on": "second thursday"}, CLASSES | {"on": "tuesday"})
    for whose in (None, "li"):
        found = seen(school, whose)
        assert found[uid] == (1, True, "10-14 14:30")
        assert found["sample.classes.2026-10-12.c701@jiaolian"] == (1, True, "10-12 15:50")
        assert found["sample.classes.2026-10-13.c701@jiaolian"][1] is False
    reapplied(school)  # the activity is named no more
    assert seen(school, "li")[uid][1] is True
    assert uid not in seen(school, "qian")


WORDS = st.sampled_from(["second wednesday", "second thursday", "day 14", "last school day"])


@settings(max_examples=6, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(WORDS, st.sampled_from([time(9), time(14, 30)])), min_size=2, max_size=4))
def test_no_row_is_ever_lost_or_numbered_down(
    databases: Databases, prepared: Prepared, rules: list[tuple[str, time]]
) -> None:
    store = Store(databases.copy(prepared("migrated", lambda _store: None)))
    school, before = School(store, local("09-20 08:00")), dict[str, int]()
    for on, at in rules:
        reapplied(school, RESEARCH | {"on": on, "at": at})
        now = {uid: number for uid, (number, _, start) in seen(school).items() if "09-20" < start < "11-01"}  # rows
        assert before.keys() <= now.keys()
        assert all(now[uid] >= number for uid, number in before.items())
        before = now
    store.close()


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=120))
def test_every_title_comes_back_as_it_was(title: str) -> None:
    one, now = replace(ONE, title=title), datetime(2026, 9, 1, tzinfo=UTC)
    content = ics.written("样例", SHANGHAI, [one], now, lambda _: "一\n二")
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))
    (entry,) = entries(content)
    assert (str(entry["summary"]), str(entry["description"])) == (title, "一\n二")
