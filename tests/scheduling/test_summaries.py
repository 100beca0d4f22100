"""The week's summary of class meetings: when, to whom, and what it says; by the key alone."""

from datetime import date
from typing import Any

import pytest

from bot.rehearsal import rehearsed
from bot.voice import Voices
from handlers.class_summary import ClassWeekSummed, SchoolRecords
from handlers.record import Record, record
from scheduling import summaries
from store.blueprint import Blueprint, Exam, Reflect
from store.class_records import RecordStatus
from store.database import Store
from tests.handlers.event_sample import CLASSES, FILE, LI, ZHAO, School, begin
from tests.scheduling.sample import BASE, class_meeting, having, planned, sent

WEEKLY: dict[str, Any] = {"consortium": FILE["consortium"] | {"summary": "friday 16:30"}}
MONDAY, SUNDAY = date(2026, 10, 12), date(2026, 10, 18)
BOTH = (SchoolRecords("样例中心校", 1, 2), SchoolRecords("样例东校", 0, 1))


def summed(school: School, until: str) -> dict[str, ClassWeekSummed]:
    return {one.to: one.outcome for one in school.until(until) if isinstance(one.outcome, ClassWeekSummed)}


def begun(store: Store, **tables: Any) -> School:
    return begin(store, CLASSES, **WEEKLY | tables, until="10-12 17:00")


def asking(when: str, **meeting: Any) -> Blueprint:
    consortium = BASE.consortium.model_copy(update={"summary": when})
    return having(class_meeting(**{"reflect": Reflect(due="2d")} | meeting), consortium=consortium)


def november(blueprint: Blueprint) -> list[str]:
    lines = sent(blueprint, date(2026, 11, 2), date(2026, 11, 22))
    return [line.removesuffix(" - -") for line in lines if "summary" in line]


@pytest.mark.parametrize(
    ("when", "at"),
    [("friday 16:30", ("06 16:30", "13 16:30", "20 16:30")), ("friday 21:00", ("07 07:30", "14 07:30", "21 07:30"))],
)
def test_it_goes_out_in_the_week_itself_to_every_linked_organiser_and_approver(when: str, at: tuple[str, ...]) -> None:
    assert november(asking(when)) == [f"11-{one} summary {who}" for one in at for who in ("t002", "o001")]


@pytest.mark.parametrize(
    ("when", "meeting"),
    [("monday 15:00", {}), ("friday 16:30", {"reflect": None}), ("friday 16:30", {"every": "day", "on": None})],
)
def test_where_nothing_is_over_by_then_or_no_record_is_asked_for_there_is_none(
    when: str, meeting: dict[str, Any]
) -> None:
    assert november(asking(when, **meeting)) == []


def test_exams_hold_it_back_until_the_next_one_would_be_due() -> None:
    days = ((6, 8), (13, 20))
    exams = tuple(Exam(from_=date(2026, 11, first), until=date(2026, 11, last)) for first, last in days)
    blueprint = asking("friday 16:30").model_copy(update={"exam": exams})
    sent = [f"11-{one} summary {who}" for one in ("09 16:30", "21 16:30") for who in ("t002", "o001")]
    assert november(blueprint) == sent
    assert [one.subject for one in summaries.of(blueprint, planned(blueprint)) if one.at.month == 11][:2] == [
        "2026-11-02",
        "2026-11-16",
    ]


def test_the_office_hears_the_counts_and_a_school_which_of_its_own_are_missing(store: Store) -> None:
    school = begun(store)
    school.take(record, Record(school.occurrence("classes", "10-12 15:50", "c701"), LI, RecordStatus.HELD))
    assert summed(school, "10-16 16:29") == {}
    week = 7, MONDAY, SUNDAY
    assert summed(school, "10-16 16:30") == {
        "chen": ClassWeekSummed("样陈静", *week, None, 1, 3, BOTH, None),
        "zhou": ClassWeekSummed("样周明", *week, "样例东校", 0, 1, BOTH[1:], ("八(1)班",)),
    }
    assert summed(school, "10-23 16:29") == {}


def test_an_organiser_who_approves_is_told_of_the_own_school_besides(store: Store) -> None:
    people = tuple(
        one | {"roles": ("organiser", "approver")} if one["key"] == "chen" else one for one in FILE["person"]
    )
    school = begun(store, person=people)
    for key, who in (("c701", LI), ("c702", ZHAO)):
        school.take(record, Record(school.occurrence("classes", "10-12 15:50", key), who, RecordStatus.HELD))
    found = summed(school, "10-16 16:30")["chen"]
    assert (found.school, found.recorded, found.classes, found.missing) == (None, 2, 3, ())


def test_a_week_without_a_meeting_and_a_file_without_the_key_have_none(store: Store) -> None:
    school = begin(store, CLASSES, **WEEKLY)
    assert summed(school, "09-25 16:30")
    assert summed(school, "10-09 20:00").keys() == {"chen", "zhou"}  # of the week of 28 September
    bare = begin(store, CLASSES)
    assert summed(bare, "10-30 20:00") == {}


def test_a_rehearsal_supposes_that_nothing_is_recorded_and_names_classes_to_their_own_school(store: Store) -> None:
    begin(store, CLASSES, **WEEKLY)
    lines = [one for one in rehearsed(store, Voices("zh"), None, MONDAY, SUNDAY) if one.kind == "summary"]
    assert {one.to["person"]: one.text for one in lines} == {
        "chen": "样陈静老师您好，第7周，10月12日（星期一）至10月18日（星期日）：班会0/3个班已记录。\n"
        "样例中心校 0/2\n样例东校 0/1",
        "zhou": "样周明老师您好，第7周，10月12日（星期一）至10月18日（星期日）：班会，本校0/1个班已记录。\n"
        "本校还没有记录的：八(1)班。\n方便的话请提醒班主任点一下，开了、改期或没开都可以补登记。",
    }
