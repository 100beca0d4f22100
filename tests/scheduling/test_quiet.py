"""Quiet hours: the table of the contract, then every minute of two days against a walk along the clock."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduling.quiet import QuietHours

SHANGHAI = ZoneInfo("Asia/Shanghai")
NIGHT = QuietHours((time(20), time(7, 30)), SHANGHAI)
NOON = QuietHours((time(12), time(14)), SHANGHAI)
MIDNIGHT = datetime(2026, 11, 18, tzinfo=SHANGHAI)
ONE_MINUTE = timedelta(minutes=1)
MINUTES = st.integers(0, 24 * 60 - 1)


def at(text: str) -> datetime:
    return datetime.strptime(f"2026-11-{text}", "%Y-%m-%d %H:%M").replace(tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    ("hours", "due", "start", "sent"),
    [
        (NIGHT, "18 19:59", "19 14:30", "18 19:59"),
        (NIGHT, "18 20:00", "19 14:30", "19 07:30"),
        (NIGHT, "19 00:00", "19 14:30", "19 07:30"),
        (NIGHT, "19 07:29", "19 14:30", "19 07:30"),
        (NIGHT, "19 07:30", "19 14:30", "19 07:30"),
        (NIGHT, "19 07:00", "19 08:00", "19 07:30"),
        (NIGHT, "19 07:00", "19 07:31", "19 07:30"),
        (NIGHT, "19 07:00", "19 07:30", "18 19:59"),
        (NIGHT, "19 06:50", "19 07:20", "18 19:59"),
        (NIGHT, "18 20:20", "18 20:30", "18 19:59"),
        (NIGHT, "18 23:50", "19 00:20", "18 19:59"),
        (NOON, "18 11:59", "18 12:30", "18 11:59"),
        (NOON, "18 12:00", "18 12:30", "18 11:59"),
        (NOON, "18 13:59", "18 14:30", "18 14:00"),
        (NOON, "18 14:00", "18 14:30", "18 14:00"),
    ],
)
def test_before_the_start_it_goes_out_at_their_end_or_just_before_they_began(
    hours: QuietHours, due: str, start: str, sent: str
) -> None:
    assert hours.before(at(due), at(start)) == at(sent)


@pytest.mark.parametrize(
    ("due", "sent"),
    [("18 19:59", "18 19:59"), ("18 20:00", "19 07:30"), ("19 07:29", "19 07:30"), ("19 07:30", "19 07:30")],
)
def test_after_the_start_it_waits_for_their_end(due: str, sent: str) -> None:
    assert NIGHT.after(at(due)) == at(sent)


def test_without_quiet_hours_nothing_is_held_back() -> None:
    assert QuietHours(None, SHANGHAI).before(at("18 23:00"), at("18 23:30")) == at("18 23:00")
    assert QuietHours(None, SHANGHAI).after(at("18 23:00")) == at("18 23:00")


@pytest.mark.parametrize(
    ("due", "sent"),
    [
        ("2026-03-28T22:00:00+01:00", "2026-03-29T03:30:00+02:00"),
        ("2026-03-29T03:15:00+02:00", "2026-03-29T03:30:00+02:00"),
        ("2026-10-25T02:15:00+02:00", "2026-10-25T02:30:00+02:00"),
        ("2026-10-25T02:15:00+01:00", "2026-10-25T02:15:00+01:00"),
    ],
)
def test_their_end_when_the_clocks_change_is_after_the_gap_or_at_the_first_of_two(due: str, sent: str) -> None:
    """02:30 in Berlin: skipped on 2026-03-29, twice on 2026-10-25."""
    hours = QuietHours((time(20), time(2, 30)), ZoneInfo("Europe/Berlin"))
    assert hours.after(datetime.fromisoformat(due)) == datetime.fromisoformat(sent)


@given(MINUTES, MINUTES, st.integers(0, 2 * 24 * 60), st.integers(1, 2000))
def test_against_a_walk_along_the_clock(begins: int, ends: int, due: int, ahead: int) -> None:
    if begins == ends:
        return
    hours = QuietHours((clock(begins), clock(ends)), SHANGHAI)
    moment, start = MIDNIGHT + due * ONE_MINUTE, MIDNIGHT + (due + ahead) * ONE_MINUTE
    end, last = moment, moment
    while is_quiet(end, begins, ends):
        end += ONE_MINUTE
    while is_quiet(last, begins, ends):
        last -= ONE_MINUTE
    assert hours.after(moment) == end
    assert hours.before(moment, start) == (end if end < start or end == moment else last)


def clock(minutes: int) -> time:
    return time(minutes // 60, minutes % 60)


def is_quiet(moment: datetime, begins: int, ends: int) -> bool:
    minute = moment.hour * 60 + moment.minute
    return begins <= minute < ends if begins < ends else not ends <= minute < begins


def test_what_is_given_back_is_in_utc() -> None:
    assert NIGHT.after(at("18 12:00")).tzinfo is UTC
    assert NIGHT.before(at("18 21:00"), at("19 12:00")).tzinfo is UTC
    assert NIGHT.after(at("18 21:00")).astimezone(SHANGHAI).date() == date(2026, 11, 19)
