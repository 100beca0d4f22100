"""The instants that the life of one occurrence hangs on: None where the file asks for none."""

from datetime import datetime
from zoneinfo import ZoneInfo

from msgspec import Struct

from scheduling.durations import parse
from scheduling.occurrences import CLASS_MEETING, Planned, activity_of
from store.blueprint import Activity, Blueprint


class Instants(Struct, frozen=True):
    """Aware, in the consortium's zone. After `respond_by` an answer is late, after `late_at` a check-in.

    `reflect_by` is when a reflection is due; for a class meeting, its record. `minutes_by` is the same for
    the minutes, of which a class meeting has none.
    """

    respond_by: datetime | None = None
    opens_at: datetime | None = None
    late_at: datetime | None = None
    closes_at: datetime | None = None
    reflect_by: datetime | None = None
    minutes_by: datetime | None = None


def of(blueprint: Blueprint, planned: Planned) -> Instants:
    """From the planned start and end, wherever they were moved to. A class meeting has neither answers nor check-in."""
    activity = activity_of(blueprint, planned)
    zone = ZoneInfo(blueprint.consortium.timezone)
    start, end = planned.starts_at.astimezone(zone), planned.ends_at.astimezone(zone)
    reflect_by = parse(activity.reflect.due).after(end) if activity.reflect else None
    if planned.kind == CLASS_MEETING:
        return Instants(reflect_by=reflect_by)
    respond_by = parse(activity.respond_by).before(start) if activity.respond_by else None
    minutes_by = parse(activity.minutes.due).after(end) if activity.minutes else None
    return Instants(respond_by, *check_in(activity, start), reflect_by, minutes_by)


def check_in(activity: Activity, start: datetime) -> tuple[datetime | None, datetime | None, datetime | None]:
    """When 签到 opens, when it turns late, when it closes."""
    window = activity.check_in
    if window is None:
        return None, None, None
    late_at = parse(window.late_after).after(start) if window.late_after else None
    return parse(window.opens).before(start), late_at, parse(window.closes).after(start)
