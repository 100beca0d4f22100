"""Retention (保存期限): to the day, by the school's own calendar."""

from datetime import date

import pytest

from scheduling.retention import reasons_until, years_until
from store.blueprint import Keep

ENDS = date(2027, 1, 22), date(2027, 7, 2)


@pytest.mark.parametrize(
    ("days", "today", "last"),
    [
        (0, date(2026, 10, 1), None),
        (0, date(2027, 1, 22), None),  # the last day is a day of the term
        (0, date(2027, 1, 23), date(2027, 1, 22)),
        (30, date(2027, 2, 21), None),
        (30, date(2027, 2, 22), date(2027, 1, 22)),
        (0, date(2027, 7, 3), date(2027, 7, 2)),
    ],
)
def test_reasons_are_kept_until_the_term_is_over(days: int, today: date, last: date | None) -> None:
    assert reasons_until(ENDS, Keep(reasons=days), today) == last


@pytest.mark.parametrize(
    ("years", "today", "last"),
    [
        (0, date(2026, 12, 31), date(2026, 8, 31)),
        (1, date(2027, 8, 31), date(2025, 8, 31)),
        (1, date(2027, 9, 1), date(2026, 8, 31)),
        (1, date(2028, 8, 31), date(2026, 8, 31)),  # a text of October 2026 is there on the last day of the next year
        (1, date(2028, 9, 1), date(2027, 8, 31)),
        (3, date(2028, 9, 1), date(2025, 8, 31)),
    ],
)
def test_texts_and_attendance_are_kept_for_school_years(years: int, today: date, last: date) -> None:
    assert years_until(years, today) == last
