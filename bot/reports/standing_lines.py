"""Standings as lines of a message: each obligation of the school year, in numbers."""

from datetime import datetime
from zoneinfo import ZoneInfo

from bot.reports.standings import Standing, standings
from handlers.obligations import ObligationLine, ObligationsShown
from handlers.plan_reminded import ObligationsMissing
from scheduling.demands import of_school_year
from store import consortiums
from store.database import Session, Store


def lines(store: Store, asked: ObligationsShown, now: datetime) -> tuple[ObligationLine, ...]:
    """Of the school year (学年) that holds the day."""

    def read(session: Session) -> tuple[Standing, ...]:
        row = consortiums.by_key(session, asked.key)
        assert row is not None  # it has just answered
        year = of_school_year(now.astimezone(ZoneInfo(row.timezone)).date())
        return standings(session, row, year.first, year.last, now, school=asked.school)

    return tuple(line(one) for one in store.call(read))


def missing(session: Session, asked: ObligationsMissing, now: datetime) -> tuple[ObligationLine, ...]:
    """What lacks something that can only come in this term, or should be there now."""
    row = consortiums.by_key(session, asked.key)
    assert row is not None  # whom it is said to belongs to it
    term, file = asked.term, consortiums.blueprint(row)
    year = of_school_year(term.first_day)
    later = any(term.last_day < one.first_day <= year.last for one in file.term)
    found = standings(session, row, term.first_day, term.last_day, now)
    return tuple(line(one) for one in found if one.missing and not (later and one.rhythm in ("school_year", "once")))


def line(one: Standing) -> ObligationLine:
    return ObligationLine(one.title, one.demanded, one.done, one.missing, one.until, one.beyond)
