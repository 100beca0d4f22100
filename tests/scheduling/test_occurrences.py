"""Occurrences: hosts and themes in turn, classes, periods, places, zones, and the order of `plan`."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import groupby, islice
from operator import attrgetter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduling import public_holidays
from store.blueprint import Day, Detail, Period, SchoolClass, Term
from tests.scheduling.sample import BASE, FIRST, LAST, RESEARCH, TERM, activity, class_meeting, having, in_zone, planned

SPRING = Term(key="2026-2", name="样例第二学期", first_day=date(2027, 2, 22), last_day=date(2027, 7, 2))
WHOLE = (date(2026, 1, 1), date(2027, 12, 31))


def test_the_sample_research_has_the_hosts_themes_and_weeks_of_the_domain() -> None:
    rows = planned(having(RESEARCH))
    assert [f"{row.date:%m-%d}" for row in rows] == ["09-09", "10-14", "11-11", "12-09", "01-13"]
    assert [row.host for row in rows] == ["core", "east", "west", "core", "east"]
    assert [row.theme for row in rows] == ["课堂提问", "作业设计", None, None, None]
    assert [row.week for row in rows] == [2, 7, 11, 15, 20]
    assert {row.term for row in rows} == {"2026-1"}
    assert [row.provisional for row in rows] == [False] * 4 + [not public_holidays.of(2027).published]


def test_one_row_says_everything_that_plan_says() -> None:
    row = planned(having(RESEARCH), date(2026, 10, 14), date(2026, 10, 14))[0]
    found = (row.consortium, row.activity, row.kind, row.title, row.date, row.moved_from, row.class_, row.leads)
    assert found == ("chuzhong", "research", "joint_research", "共创式主题教研", date(2026, 10, 14), None, None, True)
    assert row.starts_at.isoformat() == "2026-10-14T14:30:00+08:00"
    assert row.ends_at.isoformat() == "2026-10-14T16:00:00+08:00"


@given(st.dates(FIRST, LAST), st.integers(0, 150))
def test_a_part_of_the_term_is_cut_out_of_the_whole(first: date, length: int) -> None:
    blueprint = having(RESEARCH, class_meeting(hosts=["core", "west"], themes=["一", "二", "三"]))
    last = first + timedelta(days=length)
    assert planned(blueprint, first, last) == [row for row in planned(blueprint) if first <= row.date <= last]


def test_hosts_and_themes_advance_once_a_date_however_many_classes_meet() -> None:
    rows = planned(having(class_meeting(hosts=["core", "east"], themes=["一", "二", "三"])))
    by_date = [{(row.host, row.theme) for row in same} for _, same in groupby(rows, attrgetter("date"))]
    turns = [("core", "一"), ("east", "二"), ("core", "三"), ("east", None), ("core", None)]
    assert list(islice(by_date, 5)) == [{turn} for turn in turns]


def test_hosts_and_themes_begin_again_each_term() -> None:
    rows = planned(having(RESEARCH, term=(TERM, SPRING)), *WHOLE)
    spring = [(row.host, row.theme) for row in rows if row.term == "2026-2"]
    assert spring[:3] == [("core", "课堂提问"), ("east", "作业设计"), ("west", None)]


def test_a_date_that_is_dropped_takes_no_turn_and_a_moved_one_keeps_the_order_held() -> None:
    days = (Day(date=date(2026, 10, 14), kind="off"),)
    skipped = planned(having(RESEARCH.model_copy(update={"on_holiday": "skip"}), day=days))
    assert [(f"{row.date:%m-%d}", row.host) for row in skipped][:2] == [("09-09", "core"), ("11-11", "east")]
    moved = planned(having(RESEARCH, day=days))[1]
    assert (moved.rule_date, moved.date, moved.moved_from, moved.host) == (
        date(2026, 10, 14), date(2026, 10, 15), date(2026, 10, 14), "east",
    )  # fmt: skip


def test_each_class_meets_at_its_own_schools_period_and_the_first_speaks_for_the_date() -> None:
    rows = planned(having(class_meeting()))[:2]
    found = [(row.class_, f"{row.starts_at:%m-%d %H:%M}", f"{row.ends_at:%H:%M}", row.head_teacher) for row in rows]
    assert found == [("c701", "09-07 15:50", "16:35", "t001"), ("c801", "09-07 16:00", "16:45", "t002")]
    assert [row.leads for row in rows] == [True, False]


def test_the_first_to_start_leads_and_of_several_the_lowest_key() -> None:
    rooms = [SchoolClass(key=key, school=key[:4], name="样例班") for key in ("east1", "core2", "core1", "west1")]
    rows = planned(having(class_meeting(), class_=tuple(rooms)), date(2026, 9, 7), date(2026, 9, 7))
    assert [(row.class_, row.leads) for row in rows] == [
        ("west1", True), ("core1", False), ("core2", False), ("east1", False),
    ]  # fmt: skip
    at_once = class_meeting(period=None, at=time(16), lasts="40m")
    rows = planned(having(at_once, class_=tuple(rooms)), date(2026, 9, 7), date(2026, 9, 7))
    assert [row.class_ for row in rows if row.leads] == ["core1"]


def test_only_the_classes_named_meet_and_without_any_nobody_does() -> None:
    assert {row.class_ for row in planned(having(class_meeting(classes=["c801"])))} == {"c801"}
    assert planned(having(class_meeting(), class_=())) == []


def test_a_period_is_the_hosts_or_the_core_schools() -> None:
    weekly = {"every": "week", "on": "wednesday", "weeks": "2-4", "period": 7}
    hosted = planned(having(activity(**weekly, hosts=["east", "west", "core"])))
    times = [f"{row.starts_at:%H:%M}-{row.ends_at:%H:%M}" for row in hosted]
    assert times == ["16:00-16:45", "15:45-16:30", "15:50-16:35"]
    assert {f"{row.starts_at:%H:%M}" for row in planned(having(activity(**weekly)))} == {"15:50"}


def test_the_place_is_the_occurrences_else_the_activitys_else_the_hosts() -> None:
    detail = Detail(
        activity="research",
        date=date(2026, 10, 14),
        place="东校区报告厅",
        speaker="t001",
        lesson="《背影》",
        bring="教材",
    )
    rows = planned(having(RESEARCH, occurrence=(detail,)))
    assert [row.place for row in rows] == ["三楼录播室", "东校区报告厅", None, "三楼录播室", None]
    assert (rows[1].speaker, rows[1].lesson, rows[1].recorder, rows[1].bring) == ("t001", "《背影》", None, "教材")
    online = RESEARCH.model_copy(update={"place": "线上"})
    places = [row.place for row in planned(having(online, occurrence=(detail,)))]
    assert places == ["线上", "东校区报告厅", "线上", "线上", "线上"]
    assert {row.place for row in planned(having(class_meeting()))} == {None}


def test_a_detail_is_found_by_the_rules_own_date_and_by_class() -> None:
    first_wednesday = activity(every="month", on="first wednesday")
    detail = Detail(activity="x", date=date(2026, 10, 7), place="样例礼堂")
    rows = planned(having(first_wednesday, occurrence=(detail,)))
    assert [f"{row.date:%m-%d}" for row in rows if row.place == "样例礼堂"] == ["10-08"]
    of_class = Detail(activity="class-meeting", date=date(2026, 9, 7), class_="c801", place="样例操场")
    rows = planned(having(class_meeting(), occurrence=(of_class,)))
    assert [(row.class_, row.date) for row in rows if row.place] == [("c801", date(2026, 9, 7))]


def test_the_order_is_by_start_then_activity_then_class_with_none_first() -> None:
    rooms = (*BASE.class_, SchoolClass(key="c700", school="core", name="七(0)班"))
    b = activity("b", every="week", on="monday", period=7)
    rows = planned(having(b, class_meeting(), class_=rooms), date(2026, 10, 12), date(2026, 10, 12))
    assert [(row.activity, row.class_) for row in rows] == [
        ("b", None), ("class-meeting", "c700"), ("class-meeting", "c701"), ("class-meeting", "c801"),
    ]  # fmt: skip


def test_lasts_is_elapsed_time_even_in_days() -> None:
    term = Term(key="t", name="样例学期", first_day=date(2026, 3, 2), last_day=date(2026, 6, 26))
    contest = activity(every="once", on=date(2026, 3, 27), at=time(14, 30), lasts="3d")
    row = planned(in_zone("Europe/Berlin", contest, term=term), *WHOLE)[0]
    assert row.ends_at.isoformat() == "2026-03-30T15:30:00+02:00"


@pytest.mark.parametrize(
    ("zone", "day", "at", "starts"),
    [
        ("Europe/Berlin", date(2026, 3, 29), time(2, 30), "2026-03-29T03:30:00+02:00"),
        ("Europe/Berlin", date(2026, 10, 25), time(2, 30), "2026-10-25T02:30:00+02:00"),
        ("America/New_York", date(2026, 3, 8), time(2, 15), "2026-03-08T03:15:00-04:00"),
        ("America/New_York", date(2026, 11, 1), time(1, 15), "2026-11-01T01:15:00-04:00"),
        ("Australia/Lord_Howe", date(2026, 10, 4), time(2, 10), "2026-10-04T02:40:00+11:00"),
    ],
)
def test_a_start_when_the_clocks_change(zone: str, day: date, at: time, starts: str) -> None:
    term = Term(key="t", name="样例学期", first_day=date(2026, 1, 5), last_day=date(2026, 12, 18))
    school_day = (Day(date=day, kind="school"),)
    blueprint = in_zone(zone, activity(every="once", on=day, at=at, lasts="1h"), term=term)
    row = planned(blueprint.model_copy(update={"day": school_day}), *WHOLE)[0]
    assert row.starts_at.isoformat() == starts
    assert row.ends_at.astimezone(UTC) - row.starts_at.astimezone(UTC) == timedelta(hours=1)


@pytest.mark.parametrize(
    "zone", ["Asia/Shanghai", "Europe/Berlin", "America/New_York", "Africa/Casablanca", "Pacific/Chatham"]
)
def test_at_noon_it_is_noon_on_every_school_day_of_a_year_in_every_zone(zone: str) -> None:
    term = Term(key="t", name="样例学年", first_day=date(2026, 1, 1), last_day=date(2026, 12, 31))
    rows = planned(in_zone(zone, activity(every="day", at=time(12), lasts="30m"), term=term), *WHOLE)
    assert len(rows) == 261
    assert {row.starts_at.replace(tzinfo=None) - datetime.combine(row.date, time(12)) for row in rows} == {timedelta(0)}
    instants = [row.starts_at.astimezone(UTC) for row in rows]
    assert instants == sorted(instants)


def test_a_period_over_the_changed_clocks_keeps_the_timetable() -> None:
    night = (Period(school="core", number=1, starts=time(1, 30), ends=time(3, 30)),)
    term = Term(key="t", name="样例学期", first_day=date(2026, 3, 2), last_day=date(2026, 6, 26))
    blueprint = in_zone("Europe/Berlin", activity(every="once", on=date(2026, 3, 29), period=1), term=term)
    day = (Day(date=date(2026, 3, 29), kind="school"),)
    row = planned(blueprint.model_copy(update={"period": night, "day": day}), *WHOLE)[0]
    assert row.ends_at.astimezone(UTC) - row.starts_at.astimezone(UTC) == timedelta(hours=1)
