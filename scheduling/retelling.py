"""Retelling: whoever was told of an occurrence hears once what has become of it (domain 3.2, notices 9 and 10)."""

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from scheduling.quiet import QuietHours
from store import changes, deliveries, occurrences, reminders
from store.blueprint import Blueprint, Detail
from store.changes import Told
from store.database import Session
from store.deliveries import ANSWERED, DeliveryKind, Owed
from store.mentions import Mentions
from store.occurrences import Occurrence


def retell(
    session: Session, blueprint: Blueprint, row: Occurrence, before: Told, mentioned: Mentions, now: datetime
) -> None:
    """`row` has been changed; `before` is what people know of it, by a reminder or because it was `mentioned`. What
    comes to be known is shown in cards alone."""
    after = changes.told(row)
    heard = [chat for chat, whole in mentioned.items() if whole or retimed(before, after)]
    if row.id is None or (row.settled_at is None and not heard):
        return
    zone = ZoneInfo(blueprint.consortium.timezone)
    until = max(before.starts_at, after.starts_at)
    if row.class_id is None:
        deliveries.owe_cards(session, row.id, ANSWERED, now, until, every=True)
    if overturned(before, after):
        reason = why(session, blueprint, row, before.starts_at.astimezone(zone))
        number = changes.note(session, row.id, before, reason, now)
        at = QuietHours(blueprint.consortium.quiet, zone).before(now.astimezone(zone), until.astimezone(zone))
        deliveries.owe(session, owed(session, row, heard, number, max(at, now), until))


def overturned(before: Told, after: Told) -> bool:
    """Whether something that people rely on is no longer so; what comes to be known overturns nothing."""
    known = [(before.host_id, after.host_id), (before.place, after.place), (before.theme, after.theme)]
    return retimed(before, after) or any(was is not None and was != now for was, now in known)


def retimed(before: Told, after: Told) -> bool:
    """Whether it is held, and when."""
    was, now = ((one.starts_at, one.ends_at, one.cancelled) for one in (before, after))
    return was != now


def owed(
    session: Session, row: Occurrence, heard: Sequence[int], change: int, at: datetime, until: datetime
) -> list[Owed]:
    """To each chat and each person that a reminder of it went to, and to the chats that `heard` of it otherwise; what a
    group hears of class meetings is of them all (`class_dates`)."""
    assert row.id is not None
    chats, persons = reminders.recipients(session, row.id)
    chats = sorted({*chats, *heard}) if row.class_id is None else []
    told = [(chat, None) for chat in chats] + [(None, person) for person in persons]
    return [
        Owed(
            f"change:{change}>{'chat' if chat else 'person'}{chat or person}",
            DeliveryKind.CHANGE,
            at,
            until,
            chat,
            person,
            row.id,
            str(change),
        )
        for chat, person in told
    ]


def why(session: Session, blueprint: Blueprint, row: Occurrence, was: datetime) -> str:
    """The organiser's words, or the name of the days off that it had to leave."""
    off = (day for day in blueprint.day if day.kind == "off" and day.date <= was.date() <= (day.until or day.date))
    return detail_of(session, blueprint, row).reason or next((day.name for day in off if day.name), "")


def detail_of(session: Session, blueprint: Blueprint, row: Occurrence) -> Detail:
    """What the chat says of it, with the organiser's reason."""
    activity = occurrences.activity_key(session, row)
    found = (one for one in blueprint.occurrence if one.activity == activity and one.date == row.rule_date)
    return next((one for one in found if (one.class_ or "") == row.slot), Detail(activity=activity, date=row.rule_date))
