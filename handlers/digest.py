"""The month's digest (每月小结): what took place in a chat's activities, in numbers by event, without a name."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from msgspec import Struct

from handlers import quotations
from handlers.quotations import Quotation
from store import agendas, attendance, chats, class_records, consortiums, mentions
from store.activities import Activity
from store.database import Session
from store.occurrences import Occurrence
from store.schools import School
from store.shared_texts import SchoolCount
from store.statuses import AttendanceStatus

LONG_AGO = datetime.min.replace(tzinfo=UTC)
NEXT_WITHIN = timedelta(days=31)  # a plan surely reaches so far: what is beyond is known now and then only


class SchoolTotal(Struct, frozen=True):
    """So many of a school's: people who came of those expected, or class meetings recorded of those planned."""

    school: str
    counted: int
    of: int


class DigestEvent(Struct, frozen=True):
    """实到 is `present`, late ones (迟到) included; None where nobody checks in, for then nobody knows. `schools`: the
    same by school, where there are several."""

    title: str
    day: date
    host: str | None
    theme: str | None
    expected: int
    present: int | None
    late: int
    on_leave: int
    schools: tuple[SchoolTotal, ...]


class MonthDigested(Struct, frozen=True):
    """`next_at`: when the chat's next event begins, local; None where none does within a month. `class_schools`: the
    class meetings by school, where there are several."""

    year: int
    month: int
    events: tuple[DigestEvent, ...]
    class_meetings: int
    class_records: int
    class_schools: tuple[SchoolTotal, ...]
    reflections: tuple[SchoolCount, ...]
    quotations: tuple[Quotation, ...]
    next_title: str | None
    next_at: datetime | None


DigestOutcome = MonthDigested


def month_digest(session: Session, chat: int, month: str, now: datetime) -> MonthDigested | None:
    """`month`: `2026-10`. None where nothing took place after all. Of what began before the file was with us nobody
    was asked: class meetings are not counted, events named without numbers."""
    consortium = consortiums.get(session, session.get_one(chats.Chat, chat).consortium_id)
    assert consortium is not None
    local, first = ZoneInfo(consortium.timezone), date.fromisoformat(f"{month}-01")
    held = agendas.of_chat(session, chat, first, (first + timedelta(days=31)).replace(day=1))
    since = consortium.since if consortium.since <= now else LONG_AGO  # a rehearsal may tell of any month
    held = [one for one in held if one[0].class_id is None or one[0].starts_at >= since]
    if not held:
        return None
    events = [one for one in held if one[0].class_id is None]
    classes = class_records.written(session, [one.id or 0 for one, _ in held if one.class_id is not None])
    about = [one.id or 0 for one, _ in events]
    coming = agendas.next_of_chat(session, chat, now, now + NEXT_WITHIN)
    mentions.note(session, chat, month, [coming[0].id] if coming and coming[0].id else (), whole=False)
    return MonthDigested(
        first.year,
        first.month,
        tuple(event(session, *one, since, now) for one in events),
        len(classes),
        sum(written for _, written in classes),
        by_school(classes),
        quotations.counted(session, about),
        quotations.quoted(session, about),
        coming[1].title if coming else None,
        coming[0].starts_at.astimezone(local) if coming else None,
    )


def event(session: Session, row: Occurrence, activity: Activity, since: datetime, now: datetime) -> DigestEvent:
    assert row.id is not None
    host = session.get_one(School, row.host_id).name if row.host_id is not None else None
    if row.starts_at < since:
        return DigestEvent(activity.title, row.date, host, row.theme, 0, None, 0, 0, ())
    expected = attendance.expected(attendance.standings(session, [row.id], now))
    counted = attendance.counts(expected)
    late, away = counted[AttendanceStatus.LATE], counted[AttendanceStatus.LEAVE]
    about = activity.title, row.date, host, row.theme, len(expected)
    if row.opens_at is None:
        return DigestEvent(*about, None, late, away, ())
    came = by_school([(one.facts.school, one.came) for one in expected])
    return DigestEvent(*about, sum(one.came for one in expected), late, away, came)


def by_school(found: Iterable[tuple[str, bool]]) -> tuple[SchoolTotal, ...]:
    """In the order in which the schools come; of one alone it would say nothing new."""
    totals: dict[str, list[bool]] = {}
    for school, counts in found:
        totals.setdefault(school, []).append(counts)
    told = tuple(SchoolTotal(school, sum(each), len(each)) for school, each in totals.items())
    return told if len(told) > 1 else ()
