"""Rehearsals: every message of the contract's table, at its minute and to each recipient."""

from datetime import date, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from scheduling import moments
from store.blueprint import Audience, CheckIn, Day, Reflect, SchoolClass, Term
from tests.scheduling.sample import (
    FIRST,
    LAST,
    LINKED,
    RESEARCH,
    SHANGHAI,
    WHOLE,
    class_meeting,
    having,
    in_zone,
    once,
    sent,
)

BERLIN = ZoneInfo("Europe/Berlin")
CHECK_IN = CheckIn(opens="15m", late_after="10m", closes="30m")


def test_october_of_the_sample_research() -> None:
    about = "2026-10-14 -"
    assert sent(having(RESEARCH), date(2026, 10, 7), date(2026, 11, 2)) == [
        f"10-07 14:30 announce teaching {about}",
        "10-08 08:30 digest teaching - -",
        f"10-12 14:30 nudge t001 {about}",
        f"10-12 14:30 nudge t002 {about}",
        f"10-13 14:30 remind teaching {about}",
        f"10-14 14:00 remind teaching {about}",
        f"10-14 14:15 check_in teaching {about}",
        f"10-14 16:00 reflect t001 {about}",
        f"10-14 16:00 reflect t002 {about}",
        f"10-16 16:00 nudge t001 {about}",
        f"10-16 16:00 nudge t002 {about}",
        "11-02 08:30 digest teaching - -",
    ]


def test_quiet_hours_hold_back_all_but_the_check_in() -> None:
    day = date(2026, 11, 18)
    late = once(
        day + timedelta(days=1),
        time(20, 30),
        "late",
        lasts="60m",
        remind=("10m",),
        audience=Audience(schools=("east",)),
        check_in=CHECK_IN,
        reflect=Reflect(due="3d"),
    )
    blueprint = having(
        once(day, time(8), "early", remind=("1h",)), once(day, time(7, 20), "earlier", remind=("30m",)), late
    )
    assert sent(blueprint, date(2026, 11, 17), date(2026, 11, 22)) == [
        "11-17 19:59 remind teaching 2026-11-18 -",
        "11-18 07:30 remind teaching 2026-11-18 -",
        "11-19 19:59 remind teaching 2026-11-19 -",
        "11-19 20:15 check_in teaching 2026-11-19 -",
        "11-20 07:30 reflect t002 2026-11-19 -",
        "11-22 07:30 nudge t002 2026-11-19 -",
    ]


def test_a_class_meeting_is_announced_once_a_date_and_reminded_privately() -> None:
    blueprint = having(class_meeting(announce="1d", remind=("30m",)))
    assert sent(blueprint, date(2026, 10, 11), date(2026, 10, 12)) == [
        "10-11 15:50 announce teaching 2026-10-12 -",
        "10-12 15:20 remind t001 2026-10-12 c701",
        "10-12 15:30 remind t002 2026-10-12 c801",
    ]


def test_the_record_is_asked_of_the_head_teacher_at_the_end_and_nudged_a_day_before_it_is_due() -> None:
    blueprint = having(class_meeting(reflect=Reflect(due="2d"), classes=["c801"]))
    assert sent(blueprint, date(2026, 10, 12), date(2026, 10, 14)) == [
        "10-12 16:45 reflect t002 2026-10-12 c801",
        "10-13 16:45 nudge t002 2026-10-12 c801",
    ]


def test_a_class_meeting_has_neither_answers_nor_check_in() -> None:
    with_keys = class_meeting(respond_by="1d", nudge=("1d",), check_in=CHECK_IN, reflect=Reflect(due="2d"))
    without = class_meeting(reflect=Reflect(due="2d"))
    assert sent(having(with_keys), *WHOLE) == sent(having(without), *WHOLE)


def test_only_those_who_are_linked_get_private_messages() -> None:
    """t003 is not linked: neither nudged, nor reminded as a head teacher."""
    rooms = tuple(SchoolClass(key=f"c{n}", school="core", name="样例班", head_teacher=f"t00{n}") for n in (1, 3))
    found = sent(having(RESEARCH, class_meeting(remind=("30m",), reflect=Reflect(due="2d")), class_=rooms), FIRST, LAST)
    assert {line.split()[3] for line in found} == {"teaching", "t001", "t002"}


def test_messages_of_one_kind_and_recipient_that_fall_on_one_instant_are_one() -> None:
    day = date(2026, 12, 9)
    assert sent(having(once(day, remind=("1d", "24h", "1440m"))), date(2026, 12, 8), day) == [
        "12-08 14:30 remind teaching 2026-12-09 -"
    ]
    held_back = having(once(day, time(8), remind=("40m", "45m", "50m", "10m")))
    assert sent(held_back, day, day) == [
        "12-09 07:30 remind teaching 2026-12-09 -",
        "12-09 07:50 remind teaching 2026-12-09 -",
    ]


def test_different_kinds_and_different_occurrences_are_not_merged() -> None:
    day = date(2026, 12, 9)
    blueprint = having(once(day, announce="1d", remind=("1d",)), once(day, key="y", remind=("1d",)))
    assert sent(blueprint, day - timedelta(days=1), day) == [
        "12-08 14:30 announce teaching 2026-12-09 -",
        "12-08 14:30 remind teaching 2026-12-09 -",
        "12-08 14:30 remind teaching 2026-12-09 -",
    ]


def test_a_message_far_from_its_occurrence_is_found() -> None:
    blueprint = having(once(date(2026, 12, 9), announce="60d", reflect=Reflect(due="100d")))
    about = "2026-12-09 -"
    assert sent(blueprint, date(2026, 10, 10), date(2026, 10, 10)) == [f"10-10 14:30 announce teaching {about}"]
    nudged = [f"03-18 16:00 nudge {person} {about}" for person in ("t001", "t002", "o001")]
    assert sent(blueprint, date(2027, 3, 18), date(2027, 3, 18)) == nudged


@given(st.dates(date(2026, 8, 1), date(2027, 3, 1)), st.integers(0, 60))
def test_a_range_of_days_is_cut_out_of_the_whole_and_in_order(first: date, length: int) -> None:
    blueprint = having(RESEARCH, class_meeting("friday", announce="1d", remind=("1d",), reflect=Reflect(due="2d")))
    last = first + timedelta(days=length)
    everything = moments.rehearse(blueprint, *WHOLE, LINKED)
    days = [row.moment.at.astimezone(SHANGHAI).date() for row in everything]
    assert days == sorted(days)
    assert moments.rehearse(blueprint, first, last, LINKED) == [
        row for row, day in zip(everything, days, strict=True) if first <= day <= last
    ]


def test_days_before_a_start_keep_the_local_time_where_the_clocks_change() -> None:
    term = Term(key="t", name="样例学期", first_day=date(2026, 3, 2), last_day=date(2026, 6, 26))
    blueprint = in_zone("Europe/Berlin", once(date(2026, 3, 30), remind=("1d", "24h", "2d")), term=term)
    found = sent(blueprint, date(2026, 3, 28), date(2026, 3, 30), BERLIN)
    assert [line.split(" remind")[0] for line in found] == ["03-28 14:30", "03-29 14:30"]
    blueprint = in_zone("Europe/Berlin", once(date(2026, 3, 29), remind=("1d", "24h")), term=term)
    blueprint = blueprint.model_copy(update={"day": (Day(date=date(2026, 3, 29), kind="school"),)})
    found = sent(blueprint, date(2026, 3, 28), date(2026, 3, 30), BERLIN)
    assert [line.split(" remind")[0] for line in found] == ["03-28 13:30", "03-28 14:30"]
