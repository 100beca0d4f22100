"""Absence: what leave is asked from, an event or all events of some days, as people read it; and its two ends."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from msgspec import Struct

from store import consortiums, leave_spans, leaves, occurrences
from store.database import Session
from store.leaves import Leave, LeaveSpan
from store.occurrences import Held
from store.persons import Person

MORNING = time(8)  # when days of leave begin, for whoever has to decide them


class Absence(Struct, frozen=True):
    """An event (local, in a teaching week), or days, both included, where `title` is ""."""

    title: str
    first_day: date
    last_day: date
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    week: int | None = None

    @property
    def several(self) -> bool:
        """Whatever is held on these days."""
        return self.title == ""


def of_event(held: Held) -> Absence:
    starts_at, ends_at = held.local(held.starts_at), held.local(held.ends_at)
    return Absence(held.title, starts_at.date(), ends_at.date(), starts_at, ends_at, held.week)


def of_days(first: date, last: date) -> Absence:
    return Absence("", first, last)


def find(session: Session, number: int, *, several: bool) -> tuple[Leave | LeaveSpan, Absence] | None:
    """A request, and what it is for; None also where the event is cancelled."""
    row = leave_spans.get(session, number) if several else leaves.get(session, number)
    about = of_request(session, row) if row else None
    return None if row is None or about is None else (row, about)


def each(session: Session, row: Leave | LeaveSpan) -> list[Leave]:
    """The rows of the events that it covers."""
    return [row] if isinstance(row, Leave) else leave_spans.covered(session, row)


def of_request(session: Session, row: Leave | LeaveSpan) -> Absence | None:
    """None: the event is cancelled."""
    if isinstance(row, LeaveSpan):
        return of_days(row.first_day, row.last_day)
    held = occurrences.get(session, row.occurrence_id)
    return None if held is None or held.cancelled else of_event(held)


def ends(session: Session, row: Leave | LeaveSpan) -> tuple[datetime, datetime]:
    """When it starts, and when it is over: instants."""
    if isinstance(row, Leave):
        held = occurrences.get(session, row.occurrence_id)
        assert held is not None  # a row points at it
        return held.starts_at, held.ends_at
    zone = zone_of(session, row.person_id)
    last = datetime.combine(row.last_day + timedelta(days=1), time(), zone)
    return datetime.combine(row.first_day, MORNING, zone), last


def zone_of(session: Session, person: int) -> ZoneInfo:
    return consortiums.zone(session, session.get_one(Person, person).consortium_id)


def local(session: Session, person: int, at: datetime) -> datetime:
    return at.astimezone(zone_of(session, person))
