"""Calendar files (.ics, RFC 5545): events as phones and computers take them in, again and again without doubles."""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from icalendar import Calendar, Timezone
from icalendar import Event as Entry

from bot.diary import Event

PRODID = "-//Jiaolian//Jiaolian//ZH"


def written(name: str, zone: ZoneInfo, events: Sequence[Event], now: datetime, note: Callable[[Event], str]) -> bytes:
    """`name` is what the calendar is called, `now` becomes each DTSTAMP, `note` gives each DESCRIPTION ("" is none)."""
    calendar = Calendar()
    calendar.add("prodid", PRODID)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name)
    calendar.add("x-wr-timezone", zone.key)
    calendar.add_component(zone_of(zone, [event.starts_at.year for event in events] or [now.year]))
    for event in events:
        calendar.add_component(entry(event, now, note(event)))
    content: bytes = calendar.to_ical()
    return content


def zone_of(zone: ZoneInfo, years: Sequence[int]) -> Timezone:
    """What the zone's clocks show in those years, and in the one behind them, into which an event may last."""
    return Timezone.from_tzinfo(zone, zone.key, date(min(years), 1, 1), date(max(years) + 2, 1, 1))


def entry(event: Event, now: datetime, note: str) -> Entry:
    found = Entry()
    found.add("uid", event.uid)
    found.add("dtstamp", now)
    found.add("sequence", event.sequence)
    found.add("dtstart", event.starts_at)
    found.add("dtend", event.ends_at)
    found.add("summary", summary(event))
    found.add("status", status(event))
    where = " ".join(filter(None, (event.host, event.place)))
    if where:
        found.add("location", where)
    if note:
        found.add("description", note)
    return found


def summary(event: Event) -> str:
    """共创式主题教研：作业设计, in signs that both languages read."""
    return " · ".join(filter(None, (event.title, event.class_name, event.theme)))


def status(event: Event) -> str:
    """TENTATIVE: of a year whose holidays are not published yet."""
    if event.cancelled:
        return "CANCELLED"
    return "TENTATIVE" if event.provisional else "CONFIRMED"
