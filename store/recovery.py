"""Recovery: what a life that ended, an answer that was lost, or a clock that was set has left in the outbox."""

from collections.abc import Collection
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, bindparam, or_, update
from sqlalchemy import select as columns
from sqlmodel import Session, col

from store.deliveries import Delivery, DeliveryState, is_open


def take_back(session: Session, alive: Collection[int] = ()) -> None:
    """The holds of an earlier life, or of nodes that are not `alive`, end at once: what was claimed is claimed again,
    marked `perhaps_twice`.

    Those of pending rows too: an edit that was owed again while it was on the wire still has its lease, and patience
    that Telegram asked for it asks for again.
    """
    held = is_open(), col(Delivery.held_until).is_not(None)
    gone = or_(col(Delivery.node).is_(None), col(Delivery.node).not_in(sorted(alive)))
    session.connection().execute(update(Delivery).where(*held, gone).values(held_until=None))


def give_back(session: Session, until: datetime, node: int | None) -> None:
    """What was claimed until then by a claim whose answer never came: nobody has it in hand, nothing was sent."""
    lost = of_node(node), col(Delivery.state) == DeliveryState.CLAIMED, col(Delivery.held_until) == until
    session.connection().execute(update(Delivery).where(*lost).values(state=DeliveryState.PENDING, held_until=None))


def move_holds(session: Session, by: timedelta, node: int | None) -> None:
    """Those of this node last as long as before by a clock that was set `by` so much: few rows are held at a time."""
    rows = columns(col(Delivery.id), col(Delivery.held_until))
    held = session.connection().execute(rows.where(of_node(node), is_open(), col(Delivery.held_until).is_not(None)))
    moved = [{"row": row, "until": until + by} for row, until in held if until is not None]
    if moved:
        change = update(Delivery).where(col(Delivery.id) == bindparam("row")).values(held_until=bindparam("until"))
        session.connection().execute(change, moved)


def of_node(node: int | None) -> ColumnElement[bool]:
    """It was the last to claim it."""
    return col(Delivery.node).is_(None) if node is None else col(Delivery.node) == node


def move_due(session: Session, before: datetime, now: datetime, since: datetime, until: datetime) -> None:
    """What acts have made due between `since` and `until` by a clock that showed `before` and was set to `now`: else it
    would wait until the clock is as late again, or be of no use at once. What is planned for a moment waits for that
    moment. Twice is as once: each node of a machine does it."""
    lost = or_(is_open(), col(Delivery.state) == DeliveryState.MISSED)
    theirs = lost, ~col(Delivery.planned), col(Delivery.due_at) > since, col(Delivery.due_at) <= until
    rows = columns(col(Delivery.id), col(Delivery.due_at), col(Delivery.expires_at)).where(*theirs)
    moved = []
    for row, due, end in session.connection().execute(rows):
        new = now + max(due - before, timedelta(0))
        moved.append({"row": row, "due": new, "end": new + (end - due)})
    if moved:
        change = update(Delivery).where(col(Delivery.id) == bindparam("row"))
        change = change.values(due_at=bindparam("due"), expires_at=bindparam("end"))
        session.connection().execute(change, moved)


def not_missed(session: Session, now: datetime) -> None:
    """What a clock that ran ahead had given up is owed again: it would still be of use."""
    given_up = col(Delivery.state) == DeliveryState.MISSED, col(Delivery.expires_at) > now
    session.connection().execute(update(Delivery).where(*given_up).values(state=DeliveryState.PENDING))
