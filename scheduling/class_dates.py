"""Class dates: to a group the class meetings (班会) of a date are one, announced once and told of once (contract)."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from itertools import groupby
from zoneinfo import ZoneInfo

from scheduling.quiet import QuietHours
from store import changes, deliveries, occurrences, reminders
from store.blueprint import Blueprint
from store.changes import Change
from store.database import Session
from store.deliveries import DeliveryKind, Owed
from store.mentions import Mentions
from store.occurrences import Occurrence

A_DAY = timedelta(days=1)  # an edit that comes late is still true


def retell_dates(
    session: Session, blueprint: Blueprint, rows: Iterable[Occurrence], mentioned: Mapping[int, Mentions], now: datetime
) -> None:
    """`rows` have been changed. What was announced is about those that are left on the date; that none is left, or that
    all are back, each group is told in which any of them was announced, or which an outlook told of them.
    `mentioned`: by occurrence."""
    ours = sorted((row for row in rows if row.class_id is not None), key=rule)
    for (activity, rule_date), same in groupby(ours, rule):
        changed = list(same)
        until = max(now, *(row.starts_at for row in changed)) + A_DAY
        announced = changes.announcing(session, activity, rule_date)
        for occurrence in announced:
            deliveries.owe_cards(session, occurrence, (DeliveryKind.ANNOUNCE,), now, until, every=True)
        known = (row for row in changed if row.settled_at is not None or row.id in mentioned)
        found = ((row, changes.unsaid(session, row.id or 0)) for row in known)
        told = next(((row, change) for row, change in found if change is not None and change.at == now), None)
        if told is not None and concerns_group(session, blueprint, *told):
            heard = {chat for one in announced for chat in reminders.recipients(session, one)[0]}
            chats = heard.union(mentioned.get(told[0].id or 0, {}))
            deliveries.owe(session, list(owed(blueprint, *told, chats, now)))


def rule(row: Occurrence) -> tuple[int, date]:
    return row.activity_id, row.rule_date


def concerns_group(session: Session, blueprint: Blueprint, row: Occurrence, change: Change) -> bool:
    left = occurrences.fates(session, row.activity_id, row.rule_date)
    if change.cancelled:
        return len(left) == 1
    return change.starts_at.astimezone(ZoneInfo(blueprint.consortium.timezone)).date() not in left


def owed(blueprint: Blueprint, row: Occurrence, change: Change, chats: Iterable[int], now: datetime) -> Iterable[Owed]:
    """One message to each chat."""
    zone, until = ZoneInfo(blueprint.consortium.timezone), max(change.starts_at, row.starts_at)
    at = QuietHours(blueprint.consortium.quiet, zone).before(now.astimezone(zone), until.astimezone(zone))
    for chat in sorted(chats):
        key = f"change:{change.id}>chat{chat}"
        kind = DeliveryKind.CHANGE
        yield Owed(key, kind, max(at, now), until, chat, occurrence_id=row.id, subject=str(change.id))
