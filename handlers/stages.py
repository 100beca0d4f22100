"""Stages: how far an event has come, from the plan to the archive (domain 3.2, state words)."""

from datetime import datetime
from enum import StrEnum

from store import attendance
from store.database import Session
from store.occurrences import Held, Occurrence
from store.statuses import AttendanceStatus


class Stage(StrEnum):
    """计划, 已通知, 进行中, 待核, 待归档, 已归档 and 已取消."""

    PLANNED = "planned"
    ANNOUNCED = "announced"
    UNDER_WAY = "under_way"
    TO_CHECK = "to_check"
    TO_ARCHIVE = "to_archive"
    ARCHIVED = "archived"
    CANCELLED = "cancelled"


def stage_of(session: Session, held: Held, now: datetime) -> Stage:
    """待核 while somebody's absence is open."""
    if held.cancelled:
        return Stage.CANCELLED
    if now < held.starts_at:
        told = session.get_one(Occurrence, held.id).settled_at is not None
        return Stage.ANNOUNCED if told else Stage.PLANNED
    if now < held.ends_at:
        return Stage.UNDER_WAY
    if now >= held.archived_at:
        return Stage.ARCHIVED
    standings = attendance.standings(session, [held.id], now)
    open_ = any(one.status is AttendanceStatus.ABSENT_PENDING for one in standings)
    return Stage.TO_CHECK if open_ else Stage.TO_ARCHIVE
