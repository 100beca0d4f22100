"""Moments: what one occurrence and one month cause, addressed to whom and of use until when."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from scheduling import audience, digests, moments
from scheduling.moment import Moment, ToAudience, ToChat, ToPerson
from store.blueprint import Audience, Blueprint, Day, Reflect, SchoolClass, Term
from tests.scheduling.sample import (
    BASE,
    RESEARCH,
    SHANGHAI,
    TERM,
    WHOLE,
    activity,
    class_meeting,
    having,
    in_zone,
    once,
    planned,
)


def local(at: datetime) -> str:
    return f"{at.astimezone(SHANGHAI):%m-%d %H:%M}"


def of_first(blueprint: Blueprint) -> list[Moment]:
    return moments.of(blueprint, planned(blueprint, *WHOLE)[0])


@pytest.mark.parametrize(
    ("due", "expected"),
    [
        ("3d", ["10-14 16:00 reflect", "10-16 16:00 nudge"]),
        ("1d", ["10-14 16:00 reflect", "10-14 16:00 nudge"]),
        ("24h", ["10-14 16:00 reflect", "10-14 16:00 nudge"]),
        ("23h", ["10-14 16:00 reflect"]),
        ("2h", ["10-14 16:00 reflect"]),
    ],
)
def test_a_reflections_nudge_is_left_out_where_it_would_fall_before_the_end(due: str, expected: list[str]) -> None:
    found = of_first(having(once(date(2026, 10, 14), reflect=Reflect(due=due))))
    assert [f"{local(moment.at)} {moment.kind}" for moment in found] == expected


def test_nudges_need_a_time_to_respond_by() -> None:
    assert of_first(having(once(date(2026, 12, 9), nudge=("1d",)))) == []
    found = of_first(having(once(date(2026, 12, 9), nudge=("1d", "2h"), respond_by="2d")))
    assert [(moment.kind, local(moment.at)) for moment in found] == [("nudge", "12-06 14:30"), ("nudge", "12-07 12:30")]


def test_each_message_knows_until_when_it_is_of_use() -> None:
    found = moments.of(having(RESEARCH), planned(having(RESEARCH))[1])
    assert {(moment.kind, local(moment.until)) for moment in found} == {
        ("announce", "10-14 14:30"),
        ("remind", "10-14 14:30"),
        ("nudge", "10-14 14:30"),
        ("check_in", "10-14 15:00"),
        ("reflect", "10-17 16:00"),
        ("nudge", "10-17 16:00"),
    }


def test_a_message_is_addressed_by_role_in_the_occurrence() -> None:
    found = moments.of(having(RESEARCH), planned(having(RESEARCH))[1])
    assert [(moment.kind, moment.to) for moment in found] == [
        ("announce", ToChat("teaching")),
        ("remind", ToChat("teaching")),
        ("remind", ToChat("teaching")),
        ("nudge", ToAudience("response")),
        ("check_in", ToChat("teaching")),
        ("reflect", ToAudience("attended")),
        ("nudge", ToAudience("reflection")),
    ]
    private = of_first(having(class_meeting(remind=("30m",))))
    assert [(moment.to, moment.class_) for moment in private] == [(ToPerson("t001"), "c701")]


def test_the_digest_is_on_the_first_school_day_of_the_next_month_for_each_chat_that_held_something() -> None:
    blueprint = having(RESEARCH, once(date(2026, 10, 5), key="moved"), class_meeting(chat=None))
    found = digests.of(blueprint, planned(blueprint))
    assert [(moment.subject, local(moment.at), local(moment.until)) for moment in found][:4] == [
        ("2026-09", "10-08 08:30", "11-01 00:00"),
        ("2026-10", "11-02 08:30", "12-01 00:00"),
        ("2026-11", "12-01 08:30", "01-01 00:00"),
        ("2026-12", "01-04 08:30", "02-01 00:00"),
    ]
    assert len(found) == 5
    assert {(moment.kind, moment.to, moment.activity, moment.date, moment.class_) for moment in found} == {
        ("digest", ToChat("teaching"), None, None, None)
    }


def test_the_month_of_a_digest_is_that_of_the_date_held() -> None:
    """day 31 of October is held on 2 November."""
    blueprint = having(activity(every="month", on="day 31", weeks="9"))
    assert [moment.subject for moment in digests.of(blueprint, planned(blueprint))] == ["2026-11"]


def test_a_digest_waits_for_the_end_of_quiet_hours_and_a_month_without_school_days_has_none() -> None:
    consortium = BASE.consortium.model_copy(update={"quiet": (time(18), time(9))})
    closed = (Day(date=date(2026, 12, 1), until=date(2026, 12, 31), kind="off"),)
    blueprint = having(RESEARCH, consortium=consortium, day=closed)
    found = [(moment.subject, local(moment.at)) for moment in digests.of(blueprint, planned(blueprint))]
    assert found[:2] == [("2026-09", "10-08 09:00"), ("2026-10", "11-02 09:00")]
    assert "2026-11" not in dict(found)


def test_moments_and_instants_follow_an_occurrence_that_was_moved_by_hand() -> None:
    blueprint = having(RESEARCH)
    row = planned(blueprint)[1]
    later = row._replace(starts_at=row.starts_at.astimezone(UTC) + timedelta(days=1), date=date(2026, 10, 15))
    assert local(moments.of(blueprint, later)[0].at) == "10-08 14:30"


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        (None, ["t001", "t002", "t003", "o001"]),
        (Audience(), ["t001", "t002", "t003", "o001"]),
        (Audience(roles=("approver", "organiser")), ["t002", "o001"]),
        (Audience(schools=("core",)), ["t001", "o001"]),
        (Audience(subjects=("语文",)), ["t001", "t003"]),
        (Audience(roles=("teacher",), schools=("east", "west"), subjects=("语文",)), ["t003"]),
    ],
)
def test_the_audience_is_by_role_school_of_work_and_subject(asked: Audience | None, expected: list[str]) -> None:
    blueprint = having(once(date(2026, 12, 9), audience=asked))
    row = planned(blueprint)[0]
    assert audience.of(blueprint, blueprint.activity[0], row) == expected


def test_two_instants_that_a_clock_shows_alike_are_two_messages() -> None:
    """02:30 on 2026-10-25 in Berlin: 60 minutes before the second is the first."""
    term = Term(key="t", name="样例学期", first_day=date(2026, 9, 1), last_day=TERM.last_day)
    blueprint = in_zone("Europe/Berlin", once(date(2026, 10, 25), time(4, 30), remind=("2h", "3h")), term=term)
    blueprint = blueprint.model_copy(update={"day": (Day(date=date(2026, 10, 25), kind="school"),)})
    assert [f"{moment.at:%H:%M}" for moment in of_first(blueprint)] == ["01:30", "00:30"]


def test_where_chat_or_head_teacher_is_absent_that_message_is_not_sent() -> None:
    keys = {"announce": "1d", "remind": ("30m",), "reflect": Reflect(due="2d")}
    nobody = (SchoolClass(key="c701", school="core", name="七(1)班"),)
    without_chat, without_head = having(class_meeting(**keys, chat=None)), having(class_meeting(**keys), class_=nobody)
    assert [moment.kind for moment in of_first(without_chat)] == ["remind", "reflect", "nudge"]
    assert [moment.kind for moment in of_first(without_head)] == ["announce"]


def test_what_quiet_hours_hold_back_until_it_is_of_no_use_is_not_sent() -> None:
    evening = once(date(2026, 11, 18), time(19), lasts="90m", reflect=Reflect(due="2h"))
    assert of_first(having(evening)) == []
    assert of_first(having(once(date(2026, 11, 18), remind=("0m",)))) == []
