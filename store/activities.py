"""Activities (活动): what a consortium does again and again, or once."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from enum import StrEnum

from sqlmodel import Field, Session, select

from store import blueprint
from store.columns import Table, one_of, unique
from store.retiring import keep_named


class ActivityKind(StrEnum):
    JOINT_RESEARCH = "joint_research"
    CLASS_MEETING = "class_meeting"
    CONTEST = "contest"
    INSPECTION = "inspection"
    FESTIVAL = "festival"
    MEETING = "meeting"


class Activity(Table, table=True):
    """When it takes place stands in the consortium's blueprint."""

    __table_args__ = (unique("consortium_id", "key"),)
    id: int | None = Field(default=None, primary_key=True)
    consortium_id: int = Field(foreign_key="consortium.id")
    key: str
    kind: ActivityKind = Field(sa_type=one_of(ActivityKind))
    title: str
    chat_id: int | None = Field(default=None, foreign_key="chat.id")
    retired_at: datetime | None = None


def by_keys(session: Session, consortium: int) -> dict[str, Activity]:
    """Every activity of the consortium, retired ones too."""
    found = session.exec(select(Activity).where(Activity.consortium_id == consortium))
    return {activity.key: activity for activity in found}


def match(
    session: Session,
    consortium: int,
    named: Sequence[blueprint.Activity],
    chats: Mapping[str, int],
    now: datetime,
) -> dict[str, int]:
    """The rows as a consortium file has them, retired where it names them no longer. The ids of those named, by key."""
    rows = by_keys(session, consortium)
    for activity in named:
        kind = ActivityKind(activity.kind)
        new = Activity(consortium_id=consortium, key=activity.key, kind=kind, title=activity.title)
        row = rows.setdefault(activity.key, new)
        row.kind, row.title, row.chat_id = kind, activity.title, chats[activity.chat] if activity.chat else None
    return keep_named(session, rows, {activity.key for activity in named}, now)
