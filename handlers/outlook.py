"""The week's outlook (第N周安排): what a chat's activities hold in the teaching week that follows."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from msgspec import Struct

from store import agendas, chats, consortiums, mentions
from store.activities import Activity
from store.database import Session
from store.occurrences import Occurrence
from store.schools import School

ONE_WEEK = timedelta(weeks=1)


class OutlookEvent(Struct, frozen=True):
    title: str
    starts_at: datetime
    ends_at: datetime
    host: str | None
    place: str | None
    theme: str | None


class WeekAhead(Struct, frozen=True):
    """`first` and `last` are its Monday and Sunday; `class_days` those on which the `class_meetings` are."""

    week: int
    first: date
    last: date
    events: tuple[OutlookEvent, ...]
    class_days: tuple[date, ...]
    class_meetings: int


def week_ahead(session: Session, chat: int, monday: str) -> WeekAhead | None:
    """`monday`: `2026-10-12`. None where nothing is held after all."""
    consortium = consortiums.get(session, session.get_one(chats.Chat, chat).consortium_id)
    assert consortium is not None
    first = date.fromisoformat(monday)
    held = agendas.of_chat(session, chat, first, first + ONE_WEEK)
    if not held:
        return None
    mentions.note(session, chat, monday, [row.id for row, _ in held if row.id is not None], whole=True)
    local = ZoneInfo(consortium.timezone)
    classes = [row.date for row, _ in held if row.class_id is not None]
    return WeekAhead(
        held[0][0].week,
        first,
        first + ONE_WEEK - timedelta(days=1),
        tuple(event(session, *one, local) for one in held if one[0].class_id is None),
        tuple(sorted(set(classes))),
        len(classes),
    )


def event(session: Session, row: Occurrence, activity: Activity, local: ZoneInfo) -> OutlookEvent:
    host = session.get_one(School, row.host_id).name if row.host_id is not None else None
    times = row.starts_at.astimezone(local), row.ends_at.astimezone(local)
    return OutlookEvent(activity.title, *times, host, row.place, row.theme)
