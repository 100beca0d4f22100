"""Plans: a consortium's occurrences as the planner compares and writes them, many at once."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import bindparam, func, insert
from sqlalchemy import select as columns
from sqlmodel import Session, col, select

from store.activities import Activity
from store.engine import slices
from store.occurrences import Occurrence, OccurrenceState

Slot = tuple[int, date, str]  # activity's id, rule's own date, class key or "": unique


class Standing(NamedTuple):
    """An occurrence that has not begun; `known_as` is the first of its rule's own dates, `mark` what it was planned
    by."""

    id: int
    activity_id: int
    rule_date: date
    slot: str
    known_as: date
    revision: int
    cancelled: bool
    mark: str | None


def coming(session: Session, consortium: int, now: datetime) -> dict[Slot, Standing]:
    """Those that start after `now`, cancelled ones too."""
    found = session.connection().execute(standing(), {"consortium": consortium, "now": now}).all()
    return {(row[1], row[2], row[3]): Standing(*row) for row in found}


@cache  # building a statement takes longer than executing it
def standing() -> Any:
    return (
        columns(
            col(Occurrence.id),
            col(Occurrence.activity_id),
            col(Occurrence.rule_date),
            col(Occurrence.slot),
            func.coalesce(Occurrence.known_as, Occurrence.rule_date),
            col(Occurrence.revision),
            col(Occurrence.state) == OccurrenceState.CANCELLED,
            col(Occurrence.mark),
        )
        .join(Activity, col(Occurrence.activity_id) == Activity.id)
        .where(col(Activity.consortium_id) == bindparam("consortium"), col(Occurrence.starts_at) > bindparam("now"))
        .order_by(col(Occurrence.starts_at), col(Occurrence.id))
    )


def begun(session: Session, consortium: int, now: datetime, first: date) -> set[Slot]:
    """Those that have started by `now`, of rules' dates from `first` on."""
    rows = (
        columns(col(Occurrence.activity_id), col(Occurrence.rule_date), col(Occurrence.slot))
        .join(Activity, col(Occurrence.activity_id) == Activity.id)
        .where(col(Activity.consortium_id) == consortium)
        .where(col(Occurrence.starts_at) <= now, col(Occurrence.rule_date) >= first)
    )
    return {(activity, day, slot) for activity, day, slot in session.connection().execute(rows)}


def furthest(session: Session, activities: Collection[int]) -> date:
    """The last date for which a class meeting of theirs was ever planned."""
    rows = columns(func.max(Occurrence.date)).where(col(Occurrence.class_id).is_not(None))
    return session.connection().execute(rows.where(col(Occurrence.activity_id).in_(activities))).scalar() or date.min


def add(session: Session, rows: Sequence[Mapping[str, Any]]) -> None:
    """Each with every column but `id`, `known_as`, `settled_at`."""
    if rows:
        session.connection().execute(insert(Occurrence), rows)


def rows_of(session: Session, occurrences: Collection[int]) -> dict[int, Occurrence]:
    """The rows themselves, by id."""
    found: dict[int, Occurrence] = {}
    for part in slices(list(occurrences), 500):
        found |= {row.id: row for row in session.exec(select(Occurrence).where(col(Occurrence.id).in_(part))) if row.id}
    return found
