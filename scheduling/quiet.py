"""Quiet hours (免打扰时段): when a message that falls inside them goes out instead (contract, "rehearse --json")."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from msgspec import Struct

from scheduling import wall

ONE_DAY = timedelta(days=1)
ONE_MINUTE = timedelta(minutes=1)


class QuietHours(Struct, frozen=True):
    """From the first local time on, until just before the second; past midnight where the second is the earlier one."""

    hours: tuple[time, time] | None
    zone: ZoneInfo

    def before(self, at: datetime, start: datetime) -> datetime:
        """For a message of use before `start`: the end of the quiet hours, else the last minute before they began."""
        match self.around(at):
            case began, ended:
                return ended if ended < start else began - ONE_MINUTE
        return at.astimezone(UTC)

    def after(self, at: datetime) -> datetime:
        """For a message that belongs after the start: it waits for their end."""
        match self.around(at):
            case _, ended:
                return ended
        return at.astimezone(UTC)

    def around(self, at: datetime) -> tuple[datetime, datetime] | None:
        """The quiet hours that hold `at`, in UTC, where two instants of one zone compare as they follow each other."""
        if self.hours is None:
            return None
        begins, ends = self.hours
        today = at.astimezone(self.zone).date()
        for day in (today - ONE_DAY, today):
            began = wall.instant(day, begins, self.zone).astimezone(UTC)
            ended = wall.instant(day if begins < ends else day + ONE_DAY, ends, self.zone).astimezone(UTC)
            if began <= at < ended:
                return began, ended
        return None
