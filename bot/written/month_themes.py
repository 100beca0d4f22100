"""一月一主题 in words: `11月主题 爱我家乡`, `11月共创式主题教研主题：作业设计`, `theme 2026-11 Our hometown`."""

import re
from collections.abc import Sequence
from datetime import date

from bot.written.asked_back import AskedBack, Doubt
from bot.written.one_event import Meant
from scheduling.expressions.numerals import value
from scheduling.rules import Span, months
from store.amendments import Entries
from store.blueprint import Activity, Blueprint, Theme

SAID = (
    re.compile(
        r"(?P<when>(?:(?P<year>\d{4})\s*年\s*)?(?P<month>\d{1,2}|[一二三四五六七八九十]{1,2})\s*月份?|(?P<near>本|这个?|下个?)月)"
        r"\s*的?(?P<title>.*?)的?\s*主题(?:\s*[:：]\s*|\s+|是|定为|改为|改成)(?P<theme>.+)"
    ),
    re.compile(
        r"theme\s+(?P<when>(?P<year>\d{4})-(?P<month>\d{1,2}))(?P<near>)(?:(?P<title>[^:]*):|\s)\s*(?P<theme>.+)",
        re.IGNORECASE,
    ),
)


def read(text: str, blueprint: Blueprint, today: date) -> Meant | AskedBack | None:
    """None where it speaks of no theme, or of an activity that there is not."""
    found = next((match for pattern in SAID if (match := pattern.fullmatch(text))), None)
    fits = fitting(blueprint, (found["title"] or "").strip()) if found else []
    if found is None or not fits:
        return None
    month, theme = month_of(found, today), found["theme"].strip()
    if month not in known(blueprint, today):
        return AskedBack(Doubt.MONTH_OUTSIDE, words=found["when"])
    if len(fits) > 1:
        theme, _, title = theme.rpartition(" ")  # which one was asked back, and the answer stands behind
        fits = [one for one in fits if theme and title in one.title] or fits
    if len(fits) > 1:
        return AskedBack(Doubt.WHICH_ACTIVITY, words=" / ".join(one.title for one in fits))
    return Meant(Entries.of([Theme(activity=fits[0].key, month=month, theme=theme)]), None)


def fitting(blueprint: Blueprint, title: str) -> Sequence[Activity]:
    """The activities called so; without a title class meetings (S2-45), where one has a theme for a month already or
    takes themes in turn only such."""
    if title:
        return [one for one in blueprint.activity if title in one.title]
    meetings = [one for one in blueprint.activity if one.kind == "class_meeting"] or blueprint.activity
    monthly = {theme.activity for theme in blueprint.theme}
    return [one for one in meetings if one.key in monthly] or [one for one in meetings if one.themes] or meetings


def month_of(found: re.Match[str], today: date) -> str | None:
    """`2026-11`; without a year the nearest that is not over."""
    if found["near"]:
        ahead = today.month + found["near"].startswith("下")
        return f"{today.year + (ahead > 12)}-{(ahead - 1) % 12 + 1:02}"
    number = value(found["month"]) or 0
    year = int(found["year"]) if found["year"] else today.year + (number < today.month)
    return f"{year}-{number:02}"


def known(blueprint: Blueprint, today: date) -> set[str]:
    """The months of the terms that are not over."""
    spans = (Span(max(term.first_day, today), term.last_day) for term in blueprint.term)
    return {f"{month.first:%Y-%m}" for span in spans if span.first <= span.last for month in months(span)}
