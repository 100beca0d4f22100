"""Retention (保存期限): up to which day what is private has had its time (domain 8.4, 7.1)."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from store import consortiums, retention, terms, updates
from store.blueprint import Keep
from store.database import Session

SEPTEMBER = 9  # a school year begins with it (domain 7.1)


def forget(session: Session, now: datetime) -> None:
    """Of each consortium, by its file, and of terms that the file names no more. Said again, it changes nothing."""
    for consortium in consortiums.every(session):
        number, blueprint = consortium.id or 0, consortiums.blueprint(consortium)
        zone = ZoneInfo(consortium.timezone)
        today = now.astimezone(zone).date()
        keep = blueprint.consortium.keep or Keep()
        named, begun = blueprint.term, terms.every(session, number)
        ends = [*(term.last_day for term in named), *(term.last_day for term in begun)]
        last = reasons_until(ends, keep, today)
        if last is not None:
            retention.forget_reasons(session, number, last)
            gone = last + timedelta(days=keep.reasons + 1)
            updates.empty_failed(session, datetime.combine(gone, time(), zone))
        retention.forget_texts(session, number, years_until(keep.texts, today), now)
        retention.forget_attendance(session, number, years_until(keep.attendance, today))


def reasons_until(ends: Iterable[date], keep: Keep, today: date) -> date | None:
    """The last day of the newest term that has been over for `keep.reasons` days; None while there is none."""
    return max((last for last in ends if today > last + timedelta(days=keep.reasons)), default=None)


def years_until(years: int, today: date) -> date:
    """The last day of the newest school year after which `years` more are over."""
    begun = today.year if today.month >= SEPTEMBER else today.year - 1
    return date(begun - years, SEPTEMBER, 1) - timedelta(days=1)
