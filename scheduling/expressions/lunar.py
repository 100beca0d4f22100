"""Days of the moon's last and first month (腊月初八, 正月十五), for a question only."""

import re
from datetime import UTC, date, datetime, timedelta, timezone
from math import radians, sin

from scheduling import public_holidays
from scheduling.expressions.numerals import value

BEIJING = timezone(timedelta(hours=8))
MONTH = 29.530588861  # days, on average
FIRST = datetime(2000, 1, 6, 14, 20, tzinfo=UTC)  # a mean new moon


def coming(words: str, today: date) -> date | None:
    """The next such day; None for months and feasts that are not reckoned here."""
    found = re.fullmatch("(?:农历)?([腊正])月初?(.+)", words.replace("腊八节", "腊八").replace("腊八", "腊月初八"))
    number = value(found[2]) if found else None
    if found is None or number is None or not 1 <= number <= 30:
        return None
    for year in (today.year, today.year + 1):
        new_year = public_holidays.named(year).get("春节")
        if new_year is None:
            return None
        month = new_year if found[1] == "正" else new_moon(new_year - timedelta(days=29))
        day = month + timedelta(days=number - 1)
        if day >= today:
            return day if found[1] == "正" or day < new_year else None
    return None


def new_moon(near: date) -> date:
    """Beijing's day of the new moon nearest to a date: the mean one and its largest terms (Meeus, chapter 49)."""
    k = round((near - FIRST.date()).days / MONTH)
    sun, moon = radians(2.5534 + 29.1053567 * k), radians(201.5643 + 385.81693528 * k)
    node = radians(160.7108 + 390.67050284 * k)
    terms = (
        -0.4072 * sin(moon) + 0.17241 * sin(sun) + 0.01608 * sin(2 * moon) + 0.01039 * sin(2 * node)
        + 0.00739 * sin(moon - sun) - 0.00514 * sin(moon + sun) + 0.00208 * sin(2 * sun)
    )  # fmt: skip
    return (FIRST + timedelta(days=MONTH * k + terms)).astimezone(BEIJING).date()
