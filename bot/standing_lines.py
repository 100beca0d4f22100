"""Standings as lines of a message: each obligation of the school year, in numbers."""

from datetime import datetime
from zoneinfo import ZoneInfo

from bot.standings import Standing, standings
from handlers.obligations import ObligationLine, ObligationsShown
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


def line(one: Standing) -> ObligationLine:
    return ObligationLine(one.title, one.demanded, one.done, one.missing, one.until, one.beyond)
