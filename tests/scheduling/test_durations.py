"""Durations: calendar days beside an instant, elapsed hours and minutes, and clocks that change."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduling import durations, wall

BERLIN = ZoneInfo("Europe/Berlin")
ZONES = st.sampled_from(
    ["Asia/Shanghai", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Pacific/Apia", "America/Sao_Paulo"]
).map(ZoneInfo)


def berlin(text: str) -> datetime:
    """`text` has the offset, so the hour that happens twice can be told apart."""
    return datetime.fromisoformat(text).astimezone(BERLIN)


@pytest.mark.parametrize("text", ["90m", "2h", "7d", "0m", "007d"])
def test_one_whole_number_and_one_unit_are_a_duration(text: str) -> None:
    assert durations.parse(text) == durations.Duration(int(text[:-1]), text[-1])


@pytest.mark.parametrize(
    "text", ["", "7", "d", "90 m", " 7d", "7d\n", "-1d", "+1d", "1.5h", "1h30m", "1w", "7D", "٧d", "７d", "12345678m"]
)
def test_anything_else_is_refused_with_what_was_expected(text: str) -> None:
    with pytest.raises(ValueError, match='one whole number and one unit of m, h or d, such as "90m"'):
        durations.parse(text)


@pytest.mark.parametrize(
    ("text", "before", "after"),
    [
        ("1d", "2026-03-28T14:30:00+01:00", "2026-03-30T14:30:00+02:00"),
        ("24h", "2026-03-28T13:30:00+01:00", "2026-03-30T14:30:00+02:00"),
        ("90m", "2026-03-29T13:00:00+02:00", "2026-03-29T16:00:00+02:00"),
    ],
)
def test_days_keep_the_local_time_where_hours_do_not(text: str, before: str, after: str) -> None:
    """2026-03-29 has 23 hours in Berlin; the instant is 14:30 of that day."""
    at = berlin("2026-03-29T14:30:00+02:00")
    duration = durations.parse(text)
    assert duration.before(at).isoformat() == before
    assert duration.after(at).isoformat() == after


def test_a_local_time_that_is_skipped_is_moved_forward_by_the_gap() -> None:
    assert durations.parse("1d").before(berlin("2026-03-30T02:30:00+02:00")) == berlin("2026-03-29T03:30:00+02:00")


def test_of_a_local_time_that_happens_twice_the_first_is_taken() -> None:
    found = durations.parse("1d").before(berlin("2026-10-26T02:30:00+01:00"))
    assert found.astimezone(UTC) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


def test_hours_count_through_the_hour_that_happens_twice() -> None:
    found = durations.parse("2h").after(berlin("2026-10-25T01:30:00+02:00"))
    assert (found.isoformat(), found.fold) == ("2026-10-25T02:30:00+01:00", 1)


def test_lasting_a_day_is_24_hours() -> None:
    assert durations.parse("1d").elapsed == timedelta(hours=24)


@given(st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1)), ZONES, st.integers(0, 400))
def test_a_day_keeps_the_local_time_wherever_the_clock_shows_it(at: datetime, zone: ZoneInfo, amount: int) -> None:
    start = wall.instant(at.date(), time(at.hour, at.minute), zone)
    found = durations.Duration(amount, "d").before(start)
    local = datetime.combine(start.date() - timedelta(days=amount), start.time())
    gap = local.replace(tzinfo=zone, fold=1).utcoffset() != local.replace(tzinfo=zone, fold=0).utcoffset()
    assert gap or found.replace(tzinfo=None) == local


@given(st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1)), ZONES, st.integers(0, 9999), st.sampled_from("mh"))
def test_minutes_and_hours_are_elapsed_time(at: datetime, zone: ZoneInfo, amount: int, unit: str) -> None:
    start = wall.instant(at.date(), at.time(), zone)
    duration = durations.Duration(amount, unit)
    assert start.astimezone(UTC) - duration.before(start).astimezone(UTC) == duration.elapsed
    assert duration.after(start).astimezone(UTC) - start.astimezone(UTC) == duration.elapsed
