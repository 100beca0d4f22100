"""What a sign-in sheet (签到表) would keep of one event, as it is now."""

import hashlib
from collections.abc import Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from msgspec import Struct

from handlers.check_in import is_late
from handlers.sign_in_sheet import Laid, SignedRow, SignInSheet, laid
from store import attendees, check_ins, persons
from store.database import Session
from store.occurrences import Held


class Found(Struct, frozen=True):
    """`fresh`: who has not checked in yet, by person; `guests`: how many of those are not expected (旁听)."""

    held: Held
    laid: Laid
    fresh: Mapping[int, SignedRow]
    guests: int

    @property
    def late(self) -> int:
        return sum(self.is_late(row) for row in self.fresh.values())

    @property
    def again(self) -> int:
        """How many have checked in before, which stands."""
        return len(self.laid.came) - len(self.fresh)

    @property
    def digest(self) -> str:
        """Of all that is shown."""
        people = self.laid.doubts, self.laid.open, self.laid.unknown, sorted(self.laid.came.items())
        facts = repr((self.held.id, self.held.starts_at, sorted(self.fresh), self.guests, people))
        return hashlib.sha256(facts.encode()).hexdigest()

    def at(self, row: SignedRow) -> datetime:
        """On the day of the event; where the sheet says no time, at its start."""
        start = self.held.starts_at
        if row.clock is None:
            return start
        day = self.held.local(start).date()
        return datetime.combine(day, row.clock, ZoneInfo(self.held.timezone)).astimezone(start.tzinfo)

    def is_late(self, row: SignedRow) -> bool:
        return row.late if row.late is not None else is_late(self.held, self.at(row))


def found(session: Session, held: Held, sheet: SignInSheet, chosen: Mapping[int, int]) -> Found:
    """`chosen`: as in `laid`."""
    beside = laid(sheet, persons.named(session, held.consortium_id), chosen)
    there = set(check_ins.people(session, held.id))
    fresh = {person: row for person, row in beside.came.items() if person not in there}
    guests = set(fresh) - set(attendees.of(session, held.id))
    return Found(held, beside, fresh, len(guests))
